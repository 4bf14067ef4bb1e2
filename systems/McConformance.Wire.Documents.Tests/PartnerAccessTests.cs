using System.Text;
using System.Xml.Linq;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Identities;

namespace McConformance.Wire.Documents.Tests;

[Parallelizable(ParallelScope.All)]
internal sealed class PartnerAccessTests
{
    private static readonly McServiceId Alice = new("sip:alice@a.example");
    private static readonly McSystemId B = new("b.example");

    private static PartnerGrant Grant() => new(Set("in-0001@ims.b.example"), Samples.Initial("b.example"));

    private static PartnerAccess[] Messages() =>
    [
        new PartnerConnectionRequest(Alice, new UeLocation("00102", "harbour"), B),
        new PartnerConnectionRequest(Alice, new UeLocation(null, "harbour")),
        new PartnerConnectionResponse(B, Grant()),
        new PartnerConnectionResponse(PartnerAccessCause.NoPartner),
        new PartnerAccessRequest(Alice, new DiameterIdentity("hss.a.example"), Set("alice-ue@ims.a.example"), false),
        new PartnerAccessRequest(Alice, new DiameterIdentity("slf.a.example"), Set("out-0001@ims.a.example"), true),
        new PartnerAccessResponse(Grant()),
        new PartnerAccessResponse(PartnerAccessCause.SystemNotAuthorized),
    ];

    [TestCase(0, "get-partner-connection-details-request")]
    [TestCase(1, "get-partner-connection-details-request")]
    [TestCase(2, "get-partner-connection-details-response")]
    [TestCase(3, "get-partner-connection-details-response")]
    [TestCase(4, "partner-access-request")]
    [TestCase(5, "partner-access-request")]
    [TestCase(6, "partner-access-response")]
    [TestCase(7, "partner-access-response")]
    public void Writes_what_the_schema_accepts_and_reads_it_back(int message, string root)
    {
        var written = Messages()[message];
        var octets = written.ToOctets();
        Schema.Of(octets).Should().BeEmpty();
        XNamespace ns = "urn:mcconformance:ns:partner-access:1.0";
        written.ToXml().Root!.Name.Should().Be(ns + root);
        var findings = new List<DocumentFinding>();
        PartnerAccess.TryRead(octets, out var read, findings).Should().BeTrue();
        findings.Should().BeEmpty();
        read.Should().BeOfType(written.GetType()).And.BeEquivalentTo(written, o => o.RespectingRuntimeTypes());
    }

    [TestCase(0, "mc-service-id", "6.2.1 step 1")]
    [TestCase(0, "location", "6.2.1 step 1")]
    [TestCase(2, "partner-system", "6.2.1 step 13")]
    [TestCase(2, "inbound-sip-identities", "6.2.1 step 13")]
    [TestCase(2, "mcptt-UE-initial-configuration", "6.2.1 step 13")]
    [TestCase(4, "mc-service-id", "6.2.1 step 7")]
    [TestCase(4, "sip-database", "6.2.1 step 7")]
    [TestCase(4, "sip-identities", "6.2.1 step 7")]
    [TestCase(6, "inbound-sip-identities", "6.2.1 step 12")]
    [TestCase(6, "mcptt-UE-initial-configuration", "6.2.1 step 12")]
    public void Names_the_missing_element_and_its_step(int message, string element, string place)
    {
        var document = Messages()[message].ToXml();
        document.Descendants().First(e => e.Name.LocalName == element).Remove();
        var findings = new List<DocumentFinding>();
        PartnerAccess.TryRead(document, out _, findings).Should().BeFalse();
        findings.Should().ContainSingle().Which.Should().BeEquivalentTo(new
        {
            Fault = DocumentFault.Missing,
            Element = element,
            Clause = new Clause("TR 23.781", place),
        });
        // a refusal has no partner, so that it is optional in the schema
        SchemaSet.Validate(document).Any().Should().Be(element != "partner-system");
    }

    [TestCase(0, " plmn=\"00102\" area=\"harbour\"", "", DocumentFault.Empty, "location")]
    [TestCase(0, "sip:alice@a.example", "alice", DocumentFault.Malformed, "mc-service-id")]
    [TestCase(3, "no-partner", "whatever", DocumentFault.Malformed, "cause")]
    [TestCase(4, "impi=\"alice-ue@ims.a.example\"", "impi=\"alice\"", DocumentFault.Malformed, "sip-identities@impi")]
    [TestCase(4, "impu=\"sip:alice-ue@ims.a.example\"", "", DocumentFault.Missing, "sip-identities@impu")]
    public void Tells_what_is_wrong(int message, string old, string instead, DocumentFault fault, string label)
    {
        var text = Encoding.UTF8.GetString(Messages()[message].ToOctets());
        text.Should().Contain(old);
        var findings = new List<DocumentFinding>();
        PartnerAccess.TryRead(Encoding.UTF8.GetBytes(text.Replace(old, instead)), out _, findings).Should().BeFalse();
        findings.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Fault = fault, Element = label });
    }

    [Test]
    public void The_schema_finds_a_wrong_order()
    {
        var document = Messages()[4].ToXml();
        var first = document.Root!.Elements().First();
        first.Remove();
        document.Root.Add(first);
        SchemaSet.Validate(document).Should().NotBeEmpty();
    }

    [Test]
    public void A_partner_cannot_both_give_and_refuse()
    {
        var document = Messages()[6].ToXml();
        document.Root!.Add(Messages()[7].ToXml().Root!.Elements());
        var findings = new List<DocumentFinding>();
        PartnerAccess.TryRead(document, out var read, findings).Should().BeTrue();
        ((PartnerAccessResponse)read!).Grant.Should().BeNull("a cause means no");
        findings.Should().ContainSingle().Which.Fault.Should().Be(DocumentFault.Unexpected);
        SchemaSet.Validate(document).Should().NotBeEmpty();
    }

    [Test]
    public void Another_binding_profile_changes_the_names()
    {
        var binding = PartnerAccessBinding.Load("""
            { "namespace": "urn:vendor", "accessRequest": "ask", "sipDatabase": "hss" }
            """);
        var octets = Messages()[4].ToOctets(binding);
        Encoding.UTF8.GetString(octets).Should()
            .Contain("<ask xmlns=\"urn:vendor\">").And.Contain("<hss>hss.a.example<");
        PartnerAccess.TryRead(octets, out _, []).Should().BeFalse();
        PartnerAccess.TryRead(octets, out var read, [], binding).Should().BeTrue();
        read.Should().Be(Messages()[4]);
    }

    [TestCase(81, 0)]
    [TestCase(82, 2)]
    [TestCase(83, 5)]
    [TestCase(84, 6)]
    public void Mutations_never_throw(int seed, int message) =>
        DocumentMutations.Run(seed, Messages()[message].ToOctets(), octets =>
        {
            var findings = new List<DocumentFinding>();
            if (!PartnerAccess.TryRead(octets, out var read, findings)) findings.Should().NotBeEmpty();
            if (read is not null) PartnerAccess.TryRead(read.ToOctets(), out _, findings).Should().BeTrue();
        }, forms: 4);

    private static SipIdentitySet Set(string user) =>
        new(new PrivateUserIdentity(user), new PublicUserIdentity("sip:" + user));
}
