using System.Text;
using System.Xml.Linq;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Identities;

namespace McConformance.Wire.Documents.Tests;

[Parallelizable(ParallelScope.All)]
internal sealed class McServiceInfoTests
{
    private const string Request = """
        <?xml version="1.0" encoding="UTF-8"?>
        <mcpttinfo xmlns="urn:3gpp:ns:mcpttInfo:1.0" xmlns:mig="urn:mcconformance:ns:migration:1.0">
          <mcptt-Params>
            <mcptt-access-token type="Normal"><mcpttString>eyJh.b.c</mcpttString></mcptt-access-token>
            <mcptt-client-id type="Normal"><mcpttString>urn:uuid:4f0c1a52-0000-4000</mcpttString></mcptt-client-id>
            <anyExt>
              <request-type>migration-service-authorization-request</request-type>
              <mig:partner-mc-service-id>sip:alice.guest@b.example</mig:partner-mc-service-id>
              <mig:primary-mc-service-id>sip:alice@a.example</mig:primary-mc-service-id>
              <mig:user-profile-index>2</mig:user-profile-index>
            </anyExt>
          </mcptt-Params>
        </mcpttinfo>
        """;

    private static McServiceInfo ClientRequest(McService service = McService.Mcptt) => new()
    {
        Service = service,
        AccessToken = "eyJh.b.c",
        ClientId = "urn:uuid:4f0c1a52-0000-4000",
        RequestType = "migration-service-authorization-request",
        Migration = new MigrationExtension
        {
            PartnerMcServiceId = new McServiceId("sip:alice.guest@b.example"),
            PrimaryMcServiceId = new McServiceId("sip:alice@a.example"),
            UserProfileIndex = new ProfileIndex(2),
        },
    };

    private static McServiceInfo ServerRequest() => ClientRequest() with
    {
        AccessToken = null,
        Migration = ClientRequest().Migration! with
        {
            TransactionId = "urn:uuid:1",
            PartnerSystem = new McSystemId("b.example"),
            Service = McService.Mcptt,
        },
    };

    private static McServiceInfo Response(bool success) => new()
    {
        Service = McService.Mcptt,
        ResponseType = "migration-service-authorization-response",
        Migration = new MigrationExtension
        {
            TransactionId = "urn:uuid:1",
            PartnerMcServiceId = new McServiceId("sip:alice.guest@b.example"),
            PrimaryMcServiceId = new McServiceId("sip:alice@a.example"),
            Success = success,
            Cause = success ? null : MigrationCause.PartnerNotPermitted,
        },
    };

    [Test]
    public void Reads_the_request_of_a_client()
    {
        var info = Read(Request, out var findings);
        findings.Should().BeEmpty();
        info.Should().BeEquivalentTo(ClientRequest());
        info.Fits(MigrationForm.ClientRequest, findings).Should().BeTrue();
        info.ContentType.Should().Be("application/vnd.3gpp.mcptt-info+xml");
    }

    [Test]
    public void Writes_the_elements_that_the_binding_names_in_schema_order()
    {
        var text = Encoding.UTF8.GetString(ClientRequest().ToOctets());
        text.Should().Be("""
            <?xml version="1.0" encoding="utf-8"?><mcpttinfo xmlns="urn:3gpp:ns:mcpttInfo:1.0"><mcptt-Params>
            <mcptt-access-token type="Normal"><mcpttString>eyJh.b.c</mcpttString></mcptt-access-token>
            <mcptt-client-id type="Normal"><mcpttString>urn:uuid:4f0c1a52-0000-4000</mcpttString></mcptt-client-id>
            <anyExt xmlns:mig="urn:mcconformance:ns:migration:1.0">
            <request-type>migration-service-authorization-request</request-type>
            <mig:partner-mc-service-id>sip:alice.guest@b.example</mig:partner-mc-service-id>
            <mig:primary-mc-service-id>sip:alice@a.example</mig:primary-mc-service-id>
            <mig:user-profile-index>2</mig:user-profile-index></anyExt></mcptt-Params></mcpttinfo>
            """.ReplaceLineEndings(""));
    }

    [TestCase(McService.Mcptt, "application/vnd.3gpp.mcptt-info+xml", "urn:3gpp:ns:mcpttInfo:1.0")]
    [TestCase(McService.McVideo, "application/vnd.3gpp.mcvideo-info+xml", "urn:3gpp:ns:mcvideoInfo:1.0")]
    [TestCase(McService.McData, "application/vnd.3gpp.mcdata-info+xml", "urn:3gpp:ns:mcdataInfo:1.0")]
    public void Writes_what_the_schema_accepts_and_reads_it_back(McService service, string contentType, string ns)
    {
        var all = ClientRequest(service) with
        {
            SessionType = service == McService.McData ? null : "private",
            RequestUri = "sip:zoe@b.example",
            CallingUserId = new McServiceId("sip:alice@a.example"),
            CalledPartyId = new McServiceId("sip:zoe@b.example"),
            CallingGroupId = new McGroupId("sip:joint-ops@a.example"),
            Alert = false,
            OriginatedBy = new McServiceId("sip:bob@a.example"),
        };
        var octets = all.ToOctets();
        all.ContentType.Should().Be(contentType);
        Encoding.UTF8.GetString(octets).Should().Contain($"xmlns=\"{ns}\"");
        Schema.Of(octets).Should().BeEmpty();
        var findings = new List<DocumentFinding>();
        McServiceInfo.TryRead(octets, out var read, findings).Should().BeTrue();
        findings.Should().BeEmpty();
        read.Should().BeEquivalentTo(all);
    }

    [Test]
    public void Servers_messages_fit_their_forms()
    {
        var findings = new List<DocumentFinding>();
        ServerRequest().Fits(MigrationForm.ServerRequest, findings).Should().BeTrue();
        Response(true).Fits(MigrationForm.ServerResponse, findings).Should().BeTrue();
        Response(false).Fits(MigrationForm.ServerResponse, findings).Should().BeTrue();
        Response(true).Fits(MigrationForm.ClientResponse, findings).Should().BeTrue();
        (ServerRequest() with { RequestType = "migration-service-deauthorization-notification" })
            .Fits(MigrationForm.DeauthorizationNotification, findings).Should().BeTrue();
        findings.Should().BeEmpty();
        Schema.Of(ServerRequest().ToOctets()).Should().BeEmpty();
        Schema.Of(Response(false).ToOctets()).Should().BeEmpty();
    }

    [TestCase("mcptt-access-token", "10.6.3.2.1")]
    [TestCase("mcptt-client-id", "10.6.3.2.1")]
    [TestCase("request-type", "10.6.3.2.1")]
    [TestCase("partner-mc-service-id", "10.6.3.2.1")]
    [TestCase("primary-mc-service-id", "10.6.3.2.1")]
    [TestCase("user-profile-index", "10.6.3.2.1")]
    public void Names_the_missing_element_and_its_clause(string element, string place)
    {
        var document = XDocument.Parse(Request);
        document.Descendants().Single(e => e.Name.LocalName == element).Remove();
        var findings = new List<DocumentFinding>();
        McServiceInfo.TryRead(document, out var info, findings).Should().BeTrue();
        info!.Fits(MigrationForm.ClientRequest, findings).Should().BeFalse();
        findings.Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { Fault = DocumentFault.Missing, Element = element, Clause = new Clause("TS 23.280", place) });
    }

    [TestCase("<mig:primary-mc-service-id>alice</mig:primary-mc-service-id>", DocumentFault.Malformed)]
    [TestCase("<mig:primary-mc-service-id></mig:primary-mc-service-id>", DocumentFault.Empty)]
    [TestCase("<mig:primary-mc-service-id><x/>sip:a@a.example</mig:primary-mc-service-id>", DocumentFault.Malformed)]
    [TestCase("<mig:primary-mc-service-id>sip:alice@a.example</mig:primary-mc-service-id>" +
        "<mig:primary-mc-service-id>sip:bob@a.example</mig:primary-mc-service-id>", DocumentFault.Duplicated)]
    public void Tells_what_is_wrong_with_an_identity(string instead, DocumentFault fault)
    {
        const string Right = "<mig:primary-mc-service-id>sip:alice@a.example</mig:primary-mc-service-id>";
        Read(Request.Replace(Right, instead), out var findings);
        findings.Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { Fault = fault, Element = "primary-mc-service-id" });
    }

    [Test]
    public void Says_that_a_server_hands_on_no_token_and_that_success_has_no_cause()
    {
        var findings = new List<DocumentFinding>();
        (ServerRequest() with { AccessToken = "x" }).Fits(MigrationForm.ServerRequest, findings).Should().BeFalse();
        (Response(true) with { Migration = Response(false).Migration! with { Success = true } })
            .Fits(MigrationForm.ServerResponse, findings).Should().BeFalse();
        (Response(false) with { Migration = Response(true).Migration! with { Success = false } })
            .Fits(MigrationForm.ServerResponse, findings).Should().BeFalse();
        findings.Select(f => (f.Fault, f.Element)).Should().Equal(
            (DocumentFault.Unexpected, "mcptt-access-token"),
            (DocumentFault.Unexpected, "cause"), (DocumentFault.Missing, "cause"));
    }

    [Test]
    public void Says_that_an_element_is_encrypted()
    {
        Read(Request.Replace("client-id type=\"Normal\"", "client-id type=\"Encrypted\""), out var findings);
        findings.Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { Fault = DocumentFault.Encrypted, Element = "mcptt-client-id" });
    }

    [Test]
    public void Keeps_elements_that_it_does_not_know()
    {
        var text = Request.Replace("<anyExt>", "<anyExt><x:new xmlns:x='urn:x'>1</x:new>")
            .Replace("<mcptt-client-id", "<floor-state>Floor-idle</floor-state><mcptt-client-id");
        var info = Read(text, out var findings);
        findings.Should().BeEmpty();
        var octets = info.ToOctets();
        Schema.Of(octets).Should().BeEmpty("floor-state is back at its place");
        Encoding.UTF8.GetString(octets).Should().Contain("urn:x").And.Contain("<floor-state>Floor-idle</floor-state>");
    }

    [Test]
    public void The_schema_finds_a_wrong_order_and_a_wrong_type()
    {
        var document = XDocument.Parse(Request);
        var client = document.Descendants().Single(e => e.Name.LocalName == "mcptt-client-id");
        client.Remove();
        document.Root!.Elements().Single().AddFirst(client);
        SchemaSet.Validate(document).Should().NotBeEmpty();
        SchemaSet.Validate(XDocument.Parse(Request.Replace(">2<", ">2000<"))).Should().ContainSingle();
        SchemaSet.Validate(XDocument.Parse(Request)).Should().BeEmpty();
    }

    [Test]
    public void Refuses_another_document_and_no_document()
    {
        var findings = new List<DocumentFinding>();
        McServiceInfo.TryRead("<a/>"u8.ToArray(), out _, findings).Should().BeFalse();
        McServiceInfo.TryRead("a"u8.ToArray(), out _, findings).Should().BeFalse();
        var empty = "<mcpttinfo xmlns='urn:3gpp:ns:mcpttInfo:1.0'/>"u8.ToArray();
        McServiceInfo.TryRead(empty, out _, findings).Should().BeFalse();
        findings.Select(f => f.Fault).Should()
            .Equal(DocumentFault.UnknownRoot, DocumentFault.NotXml, DocumentFault.Missing);
        findings[1].ToFinding().Severity.Should().Be(Severity.Syntax);
    }

    [Test]
    public void Another_binding_profile_changes_every_name()
    {
        var binding = MigrationBinding.Load("""
            { "name": "vendor-x", "namespace": "urn:vendor:x", "partnerMcServiceId": "visited-id",
              "authorizationRequest": "migrate", "unknownUser": "nobody" }
            """);
        var info = ClientRequest() with { RequestType = "migrate" };
        var octets = info.ToOctets(binding);
        Encoding.UTF8.GetString(octets).Should()
            .Contain("urn:vendor:x").And.Contain(":visited-id>").And.NotContain("mcconformance");
        var findings = new List<DocumentFinding>();
        McServiceInfo.TryRead(octets, out var read, findings, binding).Should().BeTrue();
        read!.Fits(MigrationForm.ClientRequest, findings, binding).Should().BeTrue();
        binding.Text(MigrationCause.UnknownUser).Should().Be("nobody");
        binding.TryRead("nobody", out var cause).Should().BeTrue();
        cause.Should().Be(MigrationCause.UnknownUser);
    }

    [TestCase("{ \"parnerMcServiceId\": \"x\" }", "parnerMcServiceId")]
    [TestCase("{ \"cause\": \"a b\" }", "cause")]
    [TestCase("{ \"cause\": \"\" }", "cause")]
    [TestCase("{ \"cause\": 1 }", "cause")]
    [TestCase("null", "null")]
    public void A_binding_profile_that_cannot_be_used_says_where(string json, string label) =>
        ((Action)(() => MigrationBinding.Load(json))).Should().Throw<FormatException>().WithMessage($"*{label}*");

    [TestCase(11, McService.Mcptt)]
    [TestCase(12, McService.McVideo)]
    [TestCase(13, McService.McData)]
    public void Mutations_never_throw(int seed, McService service)
    {
        var valid = ClientRequest(service) with { RequestUri = "sip:a@b.example", Emergency = true };
        DocumentMutations.Run(seed, valid.ToOctets(), octets =>
        {
            var findings = new List<DocumentFinding>();
            if (!McServiceInfo.TryRead(octets, out var info, findings)) findings.Should().NotBeEmpty();
            info?.Fits(MigrationForm.ServerRequest, findings);
            if (info is not null) McServiceInfo.TryRead(info.ToOctets(), out _, findings).Should().BeTrue();
        }, forms: 3);
    }

    private static McServiceInfo Read(string text, out List<DocumentFinding> findings)
    {
        findings = [];
        McServiceInfo.TryRead(Encoding.UTF8.GetBytes(text), out var info, findings).Should().BeTrue();
        return info!;
    }
}
