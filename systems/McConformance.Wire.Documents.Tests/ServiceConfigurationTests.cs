using System.Text;
using System.Xml.Linq;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Identities;

namespace McConformance.Wire.Documents.Tests;

[Parallelizable(ParallelScope.All)]
internal sealed class ServiceConfigurationTests
{
    private static readonly string[] Ten =
    [
        "mcptt-private-calls-out", "mcptt-private-calls-in", "mcptt-groups-out", "mcptt-groups-in",
        "mcvideo-calls-out", "mcvideo-calls-in", "mcvideo-groups-out", "mcvideo-groups-in", "mcdata-out", "mcdata-in",
    ];

    private static readonly string[] Five =
        ["migration-in", "mcptt-private-calls", "mcptt-groups", "mcvideo", "mcdata"];

    private static PartnerConfiguration Partner(string id) => new()
    {
        Id = new McSystemId(id),
        Addresses =
        [
            new PartnerAddress(PartnerAddress.McServiceServer, $"sip:mcptt-psi@{id}", "mc.example"),
            new PartnerAddress(PartnerAddress.ConfigurationManagementServer, $"https://cms.{id}", "mc.example"),
            new PartnerAddress(PartnerAddress.GroupManagementServer, $"https://gms.{id}", "mc.example"),
        ],
        SignallingPlane = [$"sip:ibcf.{id}:5060;lr"],
        Interconnection = InterconnectionPermissions.McpttPrivateCallsOut | InterconnectionPermissions.McDataIn,
        Migration = MigrationPermissions.MigrationIn | MigrationPermissions.McData,
    };

    private static ServiceConfiguration Configuration(McService service = McService.Mcptt) => new()
    {
        Service = service,
        Domain = "a.example",
        Partners = [Partner("b.example"), Partner("c.example")],
    };

    [TestCase(McService.Mcptt, "urn:3gpp:ns:mcpttServiceConfig:1.0", "mcptt-service-config")]
    [TestCase(McService.McVideo, "urn:3gpp:ns:mcvideoServiceConfig:1.0", "mcvideo-service-config")]
    [TestCase(McService.McData, "urn:3gpp:ns:mcdataServiceConfig:1.0", "mcdata-service-config")]
    public void Writes_what_the_schema_accepts_and_reads_it_back(McService service, string ns, string contentType)
    {
        var octets = Configuration(service).ToOctets();
        Schema.Of(octets).Should().BeEmpty();
        XDocument.Load(new MemoryStream(octets)).Root!.Name.Should()
            .Be(XNamespace.Get(ns) + "service-configuration-info");
        var read = Read(octets, out var findings);
        findings.Should().BeEmpty();
        read.Should().BeEquivalentTo(Configuration(service));
        read.ContentType.Should().Be($"application/vnd.3gpp.{contentType}+xml");
        read.Partner(new McSystemId("B.example"))!.Migration.Should().HaveFlag(MigrationPermissions.McData);
        read.Partner(new McSystemId("d.example")).Should().BeNull();
    }

    [Test]
    public void Writes_all_fifteen_switches()
    {
        XNamespace icx = "urn:mcconformance:ns:interconnection:1.0";
        var partner = Configuration().ToXml().Descendants(icx + "partner-system").First();
        var ten = partner.Element(icx + "interconnection")!.Elements().ToArray();
        ten.Select(e => e.Name.LocalName).Should().Equal(Ten);
        ten.Where(e => e.Value == "true").Select(e => e.Name.LocalName).Should()
            .Equal("mcptt-private-calls-out", "mcdata-in");
        var five = partner.Element(icx + "migration")!.Elements().ToArray();
        five.Select(e => e.Name.LocalName).Should().Equal(Five);
        five.Where(e => e.Value == "true").Select(e => e.Name.LocalName).Should().Equal("migration-in", "mcdata");
    }

    [Test]
    public void Each_switch_is_its_own()
    {
        for (var bit = 0; bit < 10; bit++)
        {
            var only = (InterconnectionPermissions)(1 << bit);
            var one = Configuration() with { Partners = [Partner("b.example") with { Interconnection = only }] };
            Read(one.ToOctets(), out _).Partners[0].Interconnection.Should().Be(only);
            one.ToXml().Descendants().Single(e => e.Name.LocalName == Ten[bit]).Value.Should().Be("true");
        }
    }

    [TestCaseSource(nameof(Ten))]
    [TestCaseSource(nameof(Five))]
    public void A_missing_switch_leaves_the_partner_out(string name)
    {
        var document = Configuration().ToXml();
        document.Descendants().First(e => e.Name.LocalName == name).Remove();
        var findings = new List<DocumentFinding>();
        ServiceConfiguration.TryRead(document, out var read, findings).Should().BeTrue();
        read!.Partners.Select(p => p.Id.Value).Should().Equal("c.example");
        findings.Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { Fault = DocumentFault.Missing, Element = name, Clause = new Clause("TR 23.781", "6.1.1") });
        SchemaSet.Validate(document).Should().NotBeEmpty();
    }

    [TestCase("mc-service-server", "address")]
    [TestCase("configuration-management-server", "address")]
    public void A_partner_needs_these_servers(string entity, string element)
    {
        var text = Encoding.UTF8.GetString(Configuration().ToOctets()).Replace($"entity=\"{entity}\"", "entity=\"x\"");
        Read(Encoding.UTF8.GetBytes(text), out var findings).Partners.Should().BeEmpty();
        findings.Should().HaveCount(2).And.OnlyContain(f => f.Fault == DocumentFault.Missing && f.Element == element);
    }

    [TestCase("fc-timers-counters")]
    [TestCase("T20-floor-granted")]
    [TestCase("C7-floor-idle")]
    [TestCase("normal-resource-priority")]
    [TestCase("resource-priority-namespace")]
    public void Names_what_is_missing_in_the_settings(string name)
    {
        var document = Configuration().ToXml();
        document.Descendants().First(e => e.Name.LocalName == name).Remove();
        var findings = new List<DocumentFinding>();
        ServiceConfiguration.TryRead(document, out var read, findings).Should().BeTrue();
        read!.OnNetwork.Should().BeNull();
        findings.Should().ContainSingle().Which.Element.Should().Be(name);
        SchemaSet.Validate(document).Should().NotBeEmpty();
    }

    [Test]
    public void Protection_is_written_off_and_its_absence_means_on()
    {
        var text = Encoding.UTF8.GetString(Configuration().ToOctets());
        text.Should().Contain("<confidentiality-protection>false<").And.Contain("<allow-signalling-protection>false<");
        var without = XDocument.Parse(text);
        without.Descendants().Where(e => e.Name.LocalName is "signalling-protection").Remove();
        var findings = new List<DocumentFinding>();
        ServiceConfiguration.TryRead(without, out var read, findings).Should().BeTrue();
        read!.OnNetwork!.ConfidentialityProtection.Should().BeTrue();
        read.OnNetwork.IntegrityProtection.Should().BeTrue();
        read.OnNetwork.ProtectionBetweenServers.Should().BeFalse();
    }

    [Test]
    public void Puts_elements_that_it_does_not_know_back_at_their_places()
    {
        var text = Encoding.UTF8.GetString(Configuration().ToOctets())
            .Replace("<on-network>", "<common><min-length-alias>3</min-length-alias></common><on-network>" +
                "<transmit-time><time-limit>PT30S</time-limit></transmit-time>")
            .Replace("</on-network>", "</on-network><off-network/>");
        var octets = Read(Encoding.UTF8.GetBytes(text), out var findings).ToOctets();
        findings.Should().BeEmpty();
        Schema.Of(octets).Should().BeEmpty();
        Encoding.UTF8.GetString(octets).Should().MatchRegex("<common>.*<on-network><transmit-time>.*<off-network");
    }

    [Test]
    public void The_schema_finds_a_wrong_order_of_switches()
    {
        var document = Configuration().ToXml();
        var first = document.Descendants().First(e => e.Name.LocalName == "mcptt-private-calls-out");
        var parent = first.Parent!;
        first.Remove();
        parent.Add(first);
        SchemaSet.Validate(document).Should().NotBeEmpty();
    }

    [TestCase(61, McService.Mcptt)]
    [TestCase(62, McService.McData)]
    public void Mutations_never_throw(int seed, McService service) =>
        DocumentMutations.Run(seed, Configuration(service).ToOctets(), octets =>
        {
            var findings = new List<DocumentFinding>();
            if (!ServiceConfiguration.TryRead(octets, out var read, findings)) findings.Should().NotBeEmpty();
            if (read is not null) ServiceConfiguration.TryRead(read.ToOctets(), out _, findings).Should().BeTrue();
        }, forms: 2);

    private static ServiceConfiguration Read(byte[] octets, out List<DocumentFinding> findings)
    {
        findings = [];
        ServiceConfiguration.TryRead(octets, out var read, findings).Should().BeTrue();
        return read!;
    }
}
