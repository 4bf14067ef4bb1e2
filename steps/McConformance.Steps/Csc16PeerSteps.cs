using System.Net.Security;
using System.Text;
using McConformance.Fakes.GroupManagement;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;

namespace McConformance.Steps;

/// <summary>CSC-16: a group management server of another MC system that sends what it must not, or is not who it
/// says.</summary>
[Binding]
public sealed class Csc16PeerSteps(ScenarioWorld world)
{
    private static string Identity(string role) => $"sip:gms@{ScenarioPlan.DomainOf(role)}";

    [Given("^another administrator of the partner has proposed (.+)$")]
    public async Task AnotherHasProposed(string users)
    {
        await SendAsync(Proposal(Text(Good(users.Split(' ')))), null);
        if (world.Administered != 201)
            throw new InvalidOperationException($"the precondition does not hold: {world.Administered}");
    }

    [When("^a group management server sends, in the name of the partner, (.+)$")]
    public Task Sends(string what) => SendAsync(RequestOf(what), null);

    [When("^a group management server proposes in the name of the partner with (.+)$")]
    public Task SendsWith(string certificate)
    {
        var tls = SystemsUnderTest.TlsWith(certificate, "gms.partner.example", "gms.primary.example");
        return SendAsync(Proposal(Text(Good("zoe", "yann"))), tls);
    }

    private FakeRequest RequestOf(string what) => what switch
    {
        "a proposal of a user of the primary" =>
            Proposal(Text(Good("zoe")).Replace("sip:zoe@partner", "sip:alice@primary")),
        "a proposal of a user of the third MC system" =>
            Proposal(Text(Good("zoe")).Replace("sip:zoe@partner", "sip:bob@third")),
        "a proposal that names a user twice" => Proposal(Text(Good("zoe", "yann")).Replace("sip:yann@", "sip:zoe@")),
        "a proposal for another group than it is sent for" =>
            Proposal(Text(Good("zoe")).Replace("sip:joint-ops@", "sip:other-ops@")),
        "a proposal of another MC system" =>
            Proposal(Text(Good("zoe")).Replace("partner-system=\"partner.", "partner-system=\"third.")),
        "a proposal without an id" => Proposal(Text(Good("zoe")).Replace(" id=\"urn:", " it=\"urn:")),
        "a proposal with a user who has no identity" =>
            Proposal(Text(Good("zoe")).Replace(" uri=\"sip:zoe@partner.example\"", "")),
        "a proposal that is cut off" => Proposal(Text(Good("zoe"))[..^9]),
        "a proposal with a document type" =>
            Proposal(Text(Good("zoe")).Replace("?><", "?><!DOCTYPE x><")),
        "a decision in place of a proposal" => Proposal(Encoding.UTF8.GetString(
            new MembershipDecision("urn:uuid:1", ScenarioPlan.JointOps, ApprovalState.Approved).ToOctets())),
        "a proposal as plain text" => Proposal(Text(Good("zoe"))) with { ContentType = "text/plain" },
        "a proposal that is built on nothing" => Proposal(Text(Good("zoe", "yann"))) with { Condition = null },
        "a proposal that is built on an older list" =>
            Proposal(Text(Good("zoe", "yann"))) with { Condition = ("If-Match", "\"0123456789abcdef\"") },
        "a proposal in the tree of the third MC system" =>
            Proposal(Text(Good("zoe"))) with { Path = Path("third", List) },
        "a request for the overview of the third MC system" =>
            new FakeRequest(HttpMethod.Get, Path("third", BindingSet.InUse.Membership.OverviewDocument),
                Identity("partner")),
        "the group without the members of the primary" =>
            new FakeRequest(HttpMethod.Put, $"{GroupDocument.Auid}/global/byGroupID/{Group}", Identity("partner"))
            {
                ContentType = GroupDocument.ContentType,
                Body = GroupDocument.Create(
                new GroupDescription { Id = ScenarioPlan.JointOps, Members = [.. Good("zoe").Members] }).ToOctets(),
            },
        "the deletion of the group" =>
            new FakeRequest(HttpMethod.Delete, $"{GroupDocument.Auid}/global/byGroupID/{Group}", Identity("partner")),
        _ => throw new ArgumentException($"nothing to send is called \"{what}\""),
    };

    private static string List => $"{BindingSet.InUse.Membership.Proposals}/{Group}";

    private static string Group => Uri.EscapeDataString(ScenarioPlan.JointOps.Value);

    private static string Path(string role, string document) =>
        $"{BindingSet.InUse.Membership.Auid}/users/{Uri.EscapeDataString(Identity(role))}/{document}";

    private static MembershipProposal Good(params IEnumerable<string> names) => new(
        $"urn:uuid:{Guid.NewGuid()}", ScenarioPlan.JointOps, new McSystemId(ScenarioPlan.DomainOf("partner")),
        [.. names.Select(n => new GroupMember(new McServiceId($"sip:{n}@{ScenarioPlan.DomainOf("partner")}")))]);

    private static string Text(MembershipProposal proposal) => Encoding.UTF8.GetString(proposal.ToOctets());

    private static FakeRequest Proposal(string text) =>
        new(HttpMethod.Put, Path("partner", List), Identity("partner"))
        {
            ContentType = Membership.ContentType,
            Body = Encoding.UTF8.GetBytes(text),
            Condition = ("If-None-Match", "*"),
        };

    private async Task SendAsync(FakeRequest request, SslClientAuthenticationOptions? tls)
    {
        var systems = await world.SystemsAsync();
        var at = systems.GroupManagementOf("primary");
        var fake = world.Keep(new FakeGroupManagementServer(systems.Links, "fake-gms", "gms.primary.example", at, tls));
        var sending = fake.SendAsync(request);
        await world.Pace.UntilAsync(sending, "an answer on CSC-16", TimeSpan.FromSeconds(30));
        world.Administered = await sending;
    }
}
