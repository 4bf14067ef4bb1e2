using System.Text;
using System.Xml.Linq;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Identities;

namespace McConformance.Wire.Documents.Tests;

/// <summary>What documents may leave out, have elsewhere, or have in another form.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class EdgesTests
{
    private static readonly McServiceId Alice = new("sip:alice@a.example");

    [TestCase("<mcptt-client-id/>", DocumentFault.Empty, "mcptt-client-id", "no mcpttString in it")]
    [TestCase("<mcptt-client-id type=\"Encrypted\"/>", DocumentFault.Encrypted, "mcptt-client-id", "type Encrypted")]
    [TestCase("<emergency-ind><mcpttBoolean>x</mcpttBoolean></emergency-ind>", DocumentFault.Malformed,
        "emergency-ind", "x")]
    public void Says_what_of_a_service_info_cannot_be_read(string inside, DocumentFault fault, string name, string text)
    {
        var findings = new List<DocumentFinding>();
        McServiceInfo.TryRead(Info(inside), out var info, findings).Should().BeTrue();
        findings.Should().Equal(new DocumentFinding(fault, name, new Clause("TS 24.379", "F.1.2"), text));
        (info!.ClientId, info.Emergency).Should().Be((null, null));
    }

    [Test]
    public void Reads_every_indication_and_the_group()
    {
        var info = new McServiceInfo
        {
            Service = McService.Mcptt,
            Emergency = true,
            ImminentPeril = false,
            AssociatedGroupId = new McGroupId("sip:joint-ops@a.example"),
        };
        Schema.Of(info.ToOctets()).Should().BeEmpty();
        info.ToXml().Descendants().Select(e => e.Name.LocalName).Should()
            .Contain(["emergency-ind", "imminentperil-ind", "associated-group-id"]).And.NotContain("anyExt");
        McServiceInfo.TryRead(info.ToOctets(), out var read, []).Should().BeTrue();
        read.Should().BeEquivalentTo(info);
        read!.Migration.Should().BeNull();
    }

    [Test]
    public void An_info_without_a_block_does_not_name_its_namespace()
    {
        var info = new McServiceInfo { Service = McService.Mcptt, RequestType = "x" };
        info.ToXml().ToString().Should().NotContain("xmlns:mig").And.Contain("<request-type>x</request-type>");
        var data = new McServiceInfo { Service = McService.McData, RequestType = "one-to-one-sds" };
        data.ToXml().Root!.Elements().Single().Elements().Select(e => e.Name.LocalName).Should().Equal("request-type");
    }

    [Test]
    public void Who_is_affiliated_to_nothing_says_so()
    {
        XNamespace pidf = "urn:ietf:params:xml:ns:pidf";
        var octets = new GroupAffiliations
        { Service = McService.Mcptt, User = Alice, ClientId = "1", RequestId = "r" }.ToOctets();
        XDocument.Load(new MemoryStream(octets)).Root!.Name.Should().Be(pidf + "presence");
        var findings = new List<DocumentFinding>();
        GroupAffiliations.TryRead(octets, McService.Mcptt, out var read, findings).Should().BeTrue();
        (read!.User, read.ClientId, read.RequestId, read.Groups.Count).Should().Be((Alice, "1", "r", 0));
        var bare = Encoding.UTF8.GetBytes($"<presence xmlns='{pidf}' entity='{Alice.Value}'><tuple/></presence>");
        GroupAffiliations.TryRead(bare, McService.Mcptt, out read, findings).Should().BeTrue();
        (read!.ClientId, read.RequestId).Should().Be(("", ""));
        findings.Should().ContainSingle().Which.Element.Should().Be("tuple@id");
    }

    [Test]
    public void Elements_of_others_come_last_in_a_list()
    {
        XNamespace ns = "urn:ietf:params:xml:ns:resource-lists";
        var list = new ResourceList
        {
            Others = [new XElement(XNamespace.Get("urn:x") + "y"), new XElement(ns + "external")],
        };
        new ResourceLists { Lists = [list] }.ToXml().Root!.Elements().Single().Elements()
            .Select(e => e.Name.LocalName).Should().Equal("external", "y");
    }

    [Test]
    public void Elements_of_others_come_last_in_a_service_configuration()
    {
        var ns = McServiceNames.Of(McService.Mcptt).ServiceConfigurationNamespace;
        var configuration = new ServiceConfiguration
        {
            Service = McService.Mcptt,
            Domain = "a.example",
            OnNetwork = null,
            Others =
            [
                new XElement(XNamespace.Get("urn:x") + "common"), new XElement(ns + "more"),
                new XElement(ns + "off-network"), new XElement(ns + "common"),
            ],
        };
        var written = configuration.ToXml();
        written.Descendants().Skip(2).Select(e => (e.Name.Namespace == ns, e.Name.LocalName)).Should()
            .Equal((true, "common"), (true, "off-network"), (true, "more"), (false, "common"));
        ServiceConfiguration.TryRead(written, out var read, []).Should().BeTrue();
        read!.OnNetwork.Should().BeNull();
        read.Partners.Should().BeEmpty();
    }

    [Test]
    public void A_service_configuration_without_parameters_or_domain_is_none()
    {
        var ns = McServiceNames.Of(McService.Mcptt).ServiceConfigurationNamespace;
        var findings = new List<DocumentFinding>();
        var root = new XElement(ns + "service-configuration-info");
        ServiceConfiguration.TryRead(new XDocument(root), out var read, findings).Should().BeFalse();
        root.Add(new XElement(ns + "service-configuration-params"));
        ServiceConfiguration.TryRead(new XDocument(root), out read, findings).Should().BeFalse();
        read.Should().BeNull();
        findings.Select(f => f.Element).Should()
            .Equal("service-configuration-params", "service-configuration-params@domain");
    }

    [Test]
    public void The_time_of_short_data_has_five_octets()
    {
        var late = new ShortData(
            DateTimeOffset.FromUnixTimeSeconds(0x1_2345_6789), Guid.NewGuid(), Guid.NewGuid(), "x");
        late.ToSignalling()[1..6].Should().Equal(0x01, 0x23, 0x45, 0x67, 0x89);
        ShortData.TryRead(late.ToSignalling(), late.ToPayload(), out var read).Should().BeTrue();
        read.Should().Be(late);
        var longest = late with { Text = new string('x', ushort.MaxValue - 1) };
        ShortData.TryRead(longest.ToSignalling(), longest.ToPayload(), out read).Should().BeTrue();
        read.Should().Be(longest);
        var tooLong = late with { Text = new string('x', ushort.MaxValue) };
        tooLong.Invoking(d => d.ToPayload()).Should().Throw<InvalidOperationException>()
            .WithMessage("65535 octets; 65,534 at most");
    }

    [Test]
    public void Short_data_may_be_empty_and_not_shorter()
    {
        var empty = new ShortData(DateTimeOffset.UnixEpoch, Guid.NewGuid(), Guid.NewGuid(), "");
        empty.ToPayload().Should().HaveCount(6);
        ShortData.TryRead(empty.ToSignalling(), empty.ToPayload(), out var read).Should().BeTrue();
        read.Should().Be(empty);
        ShortData.TryRead(empty.ToSignalling(), empty.ToPayload()[..5], out _).Should().BeFalse();
    }

    [Test]
    public void The_list_of_partners_is_read_from_the_root_as_well_and_from_within_first()
    {
        XNamespace ns = "urn:3gpp:mcptt:user-profile:1.0", mig = "urn:mcconformance:ns:migration:1.0";
        var profile = new UserProfile
        {
            Service = McService.Mcptt,
            XuiUri = Alice.Value,
            Index = new ProfileIndex(1),
            UserId = Alice,
            MaxSimultaneousCalls = 3,
        };
        var xml = profile.ToXml();
        xml.Descendants(ns + "anyExt").Should().BeEmpty();
        xml.Descendants(ns + "MCPTT-group-call").Single().Elements().Select(e => e.Name.LocalName)
            .Should().Equal("MaxSimultaneousCallsN6");
        xml.Root!.Add(new XElement(ns + "anyExt", new XElement(mig + "migration-allowed", Partner("c.example"))));
        Partners(xml).Should().Equal("c.example");
        xml.Root.Element(ns + "OnNetwork")!.Add(
            new XElement(ns + "anyExt", new XElement(mig + "migration-allowed", Partner("b.example"))));
        Partners(xml).Should().Equal("b.example");

        static string[] Partners(XDocument xml)
        {
            UserProfile.TryRead(xml, out var read, []).Should().BeTrue();
            return [.. read!.MigrationAllowed.Select(p => p.Id.Value)];
        }

        XElement Partner(string id) => Whole(id).Descendants(mig + "partner-system").Single();

        XDocument Whole(string id) => (profile with
        {
            MigrationAllowed =
            [
                new MigrationPartner
                {
                    Id = new McSystemId(id),
                    Services = [McService.Mcptt],
                    Access = Samples.Access(id),
                    IdmsAudience = $"https://idms.{id}",
                    SipCore = new SipCoreAddress(id, $"pcscf.{id}:5060"),
                    ServicePsis = [new ServicePsi(McService.Mcptt, $"sip:mcptt-psi@{id}")],
                },
            ],
        }).ToXml();
    }

    [Test]
    public void Only_what_is_allowed_outright_is_allowed()
    {
        var profile = new UserProfile
        {
            Service = McService.Mcptt,
            XuiUri = Alice.Value,
            Index = new ProfileIndex(1),
            UserId = Alice,
            Allowed = new HashSet<string> { "allow-private-call", "allow-private-call-participation" },
        };
        profile.MayBeCalled.Should().BeTrue();
        var xml = profile.ToXml();
        var action = xml.Descendants().Single(e => e.Name.LocalName == "allow-private-call");
        action.AddAfterSelf(
            new XElement(XNamespace.Get("urn:x") + "allow-x", "true"),
            new XElement(action.Name.Namespace + "allow-y", new XElement("z"), "true"),
            new XElement(action.Name.Namespace + "allow-z", "false"));
        var findings = new List<DocumentFinding>();
        UserProfile.TryRead(xml, out var read, findings).Should().BeTrue();
        read!.Allowed.Should().BeEquivalentTo(profile.Allowed);
        findings.Should().BeEmpty();
    }

    private static byte[] Info(string inside) => Encoding.UTF8.GetBytes(
        $"<mcpttinfo xmlns='urn:3gpp:ns:mcpttInfo:1.0'><mcptt-Params>{inside}</mcptt-Params></mcpttinfo>");
}
