using System.Text;
using System.Xml.Linq;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Identities;

namespace McConformance.Wire.Documents.Tests;

[Parallelizable(ParallelScope.All)]
internal sealed class UserProfileTests
{
    private static readonly McSystemId B = new("b.example");

    private static MigrationPartner Partner() => new()
    {
        Id = B,
        Services = [McService.Mcptt, McService.McData],
        ValidProfiles = [new ProfileIndex(2)],
        Access = Samples.Access("b.example"),
        IdmsAudience = "https://idms.b.example",
        SipCore = new SipCoreAddress("b.example", "pcscf.b.example:5060"),
        SipIdentities = new SipIdentitySet(
            new PrivateUserIdentity("ue7.in@b.example"), new PublicUserIdentity("sip:ue7.in@b.example")),
        ServicePsis =
        [
            new ServicePsi(McService.Mcptt, "sip:mcptt-psi@b.example"),
            new ServicePsi(McService.McData, "sip:mcdata-psi@b.example"),
        ],
    };

    private static UserProfile Profile(McService service = McService.Mcptt) => new()
    {
        Service = service,
        XuiUri = "sip:alice@a.example",
        Index = new ProfileIndex(2),
        Name = "On duty",
        PreSelected = true,
        UserId = new McServiceId("sip:alice@a.example"),
        DisplayName = "Alice",
        Groups =
        [
            new ProfileGroup(new McGroupId("sip:joint-ops@a.example"))
            {
                DisplayName = "Joint ops",
                GmsAddress = "sip:gms@b.example",
                IdmsTokenEndpoint = "https://idms.b.example/token",
                KmsUri = "https://kms.b.example",
            },
            new ProfileGroup(new McGroupId("sip:fire-1@a.example")),
        ],
        CallableUsers = [new McServiceId("sip:bob@a.example"), new McServiceId("sip:zoe@b.example")],
        Allowed = new HashSet<string> { "allow-private-call", "allow-create-group-broadcast-group" },
        MaxAffiliations = 10,
        MaxSimultaneousCalls = 3,
        Priority = 7,
        MigrationAllowed = [Partner()],
    };

    [TestCase(McService.Mcptt, "urn:3gpp:mcptt:user-profile:1.0", "mcptt-user-profile", "MCPTTGroupInfo")]
    [TestCase(McService.McVideo, "urn:3gpp:ns:mcvideo:user-profile:1.0", "mcvideo-user-profile", "MCVideoGroupInfo")]
    [TestCase(McService.McData, "urn:3gpp:ns:mcdata:user-profile:1.0", "mcdata-user-profile", "MCDataGroupInfo")]
    public void Writes_what_the_schema_accepts_and_reads_it_back(
        McService service, string ns, string root, string groups)
    {
        var octets = Profile(service).ToOctets();
        Schema.Of(octets).Should().BeEmpty();
        var xml = XDocument.Load(new MemoryStream(octets));
        xml.Root!.Name.Should().Be(XNamespace.Get(ns) + root);
        xml.Descendants(XNamespace.Get(ns) + groups).Should().ContainSingle();
        Read(octets, out var findings).Should().BeEquivalentTo(Profile(service));
        findings.Should().BeEmpty();
    }

    [Test]
    public void A_small_profile_is_valid_too()
    {
        var small = new UserProfile
        {
            Service = McService.Mcptt,
            XuiUri = "sip:a@a.example",
            Index = new ProfileIndex(0),
            UserId = new McServiceId("sip:a@a.example"),
            Enabled = false,
        };
        Schema.Of(small.ToOctets()).Should().BeEmpty();
        Read(small.ToOctets(), out _).Should().BeEquivalentTo(small);
    }

    [Test]
    public void The_migration_list_has_the_form_of_the_binding()
    {
        XNamespace mig = "urn:mcconformance:ns:migration:1.0";
        XNamespace profile = "urn:3gpp:mcptt:user-profile:1.0";
        var partner = Profile().ToXml().Root!.Element(profile + "OnNetwork")!.Element(profile + "anyExt")!
            .Element(mig + "migration-allowed")!.Element(mig + "partner-system")!;
        partner.Attribute("id")!.Value.Should().Be("b.example");
        partner.Attribute("services")!.Value.Should().Be("mcptt mcdata");
        partner.Elements().Select(e => e.Name.LocalName).Should().Equal("valid-profile-index", "on-network",
            "idms-audience", "sip-core", "sip-identities", "service-psi", "service-psi");
        partner.Element(mig + "sip-core")!.Attribute("pcscf")!.Value.Should().Be("pcscf.b.example:5060");
        partner.Element(mig + "sip-identities")!.Attribute("impu")!.Value.Should().Be("sip:ue7.in@b.example");
        partner.Elements(mig + "service-psi").First().Attribute("service")!.Value.Should().Be("mcptt");
    }

    [Test]
    public void Tells_whom_the_user_may_call_and_whither_migrate()
    {
        var profile = Profile();
        profile.MayCall(new McServiceId("sip:bob@a.example")).Should().BeTrue();
        profile.MayCall(new McServiceId("sip:yann@b.example")).Should().BeFalse();
        (profile with { Allowed = new HashSet<string> { "allow-private-call", "allow-private-call-to-any-user" } })
            .MayCall(new McServiceId("sip:yann@b.example")).Should().BeTrue();
        (profile with { Allowed = new HashSet<string>() })
            .MayCall(new McServiceId("sip:bob@a.example")).Should().BeFalse();
        profile.MayCreateBroadcastGroups.Should().BeTrue();
        profile.MayBeCalled.Should().BeFalse();
        profile.MigrationTo(B)!.Services.Should().Equal(McService.Mcptt, McService.McData);
        (profile with { Index = new ProfileIndex(1) }).MigrationTo(B).Should().BeNull("2 alone is valid there");
        profile.MigrationTo(new McSystemId("c.example")).Should().BeNull();
    }

    [TestCase("mcptt-user-profile@XUI-URI", "XUI-URI", false)]
    [TestCase("mcptt-user-profile@user-profile-index", "user-profile-index", false)]
    [TestCase("Common", null, false)]
    [TestCase("MCPTTUserID", null, false)]
    [TestCase("GMS-Serv-Id", null, true)]
    [TestCase("idms-audience", null, true)]
    [TestCase("sip-core", null, true)]
    [TestCase("on-network", null, true)]
    [TestCase("kms", null, true)]
    [TestCase("service-psi", null, true)]
    [TestCase("partner-system@services", "services", true)]
    public void Names_what_is_missing(string label, string? attribute, bool stillRead)
    {
        var document = Profile().ToXml();
        var element = document.Descendants().First(e => e.Name.LocalName == label.Split('@')[0]);
        if (attribute is null) element.Remove();
        else element.Attribute(attribute)!.Remove();
        var findings = new List<DocumentFinding>();
        UserProfile.TryRead(document, out _, findings).Should().Be(stillRead);
        findings.Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { Fault = DocumentFault.Missing, Element = label });
        // the schema cannot say one psi for each service, nor who must be in a choice
        var unseen = label is "service-psi" or "Common" or "MCPTTUserID";
        SchemaSet.Validate(document).Any().Should().Be(!unseen);
    }

    [Test]
    public void A_partner_whose_access_information_cannot_be_read_is_left_out()
    {
        var text = Encoding.UTF8.GetString(Profile().ToOctets()).Replace("id=\"b.example\"", "id=\"b example\"");
        Read(Encoding.UTF8.GetBytes(text), out var findings).MigrationAllowed.Should().BeEmpty();
        findings.Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { Fault = DocumentFault.Malformed, Element = "partner-system@id" });
        findings[0].Clause.ToString().Should().Be("OWN MIG-ALLOWED");
    }

    [Test]
    public void The_schema_finds_a_wrong_order_in_access_information()
    {
        var document = Profile().ToXml();
        var core = document.Descendants().Single(e => e.Name.LocalName == "sip-core");
        var parent = core.Parent!;
        core.Remove();
        parent.AddFirst(core);
        SchemaSet.Validate(document).Should().NotBeEmpty();
    }

    [TestCase(51, McService.Mcptt)]
    [TestCase(52, McService.McVideo)]
    [TestCase(53, McService.McData)]
    public void Mutations_never_throw(int seed, McService service) =>
        DocumentMutations.Run(seed, Profile(service).ToOctets(), octets =>
        {
            var findings = new List<DocumentFinding>();
            if (!UserProfile.TryRead(octets, out var profile, findings)) findings.Should().NotBeEmpty();
            if (profile is not null) UserProfile.TryRead(profile.ToOctets(), out _, findings).Should().BeTrue();
        }, forms: 3);

    private static UserProfile Read(byte[] octets, out List<DocumentFinding> findings)
    {
        findings = [];
        UserProfile.TryRead(octets, out var profile, findings).Should().BeTrue();
        return profile!;
    }
}
