using System.Text;
using McConformance.Entities.GroupManagement;
using McConformance.Wire;
using McConformance.Wire.Documents;
using McConformance.Wire.Http.Transport;
using McConformance.Wire.Identities;

namespace McConformance.Entities.Tests.GroupManagement;

/// <summary>Members from a partner, between the group management servers of two MC systems (TR 23.781
/// 5.1.12).</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class MembershipTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly McSystemId Partner = new(GroupScene.Partner);

    [Test]
    public async Task A_list_waits_for_approval_and_then_the_group_changes_in_both_systems()
    {
        await using var scene = await DefinedAsync(MembershipChanges.AfterApproval);
        var proposal = List("urn:uuid:1", "zoe1", "yann");
        (await AtPartner(scene).ProposeAsync(proposal).WaitAsync(Limit)).Outcome!.State
            .Should().Be(ApprovalState.Pending);
        (await MembersAsync(scene)).Should().Equal("alice", "zoe1");
        AtHome(scene).Pending.Select(p => p.Id).Should().Equal(proposal.Id);

        (await AtHome(scene).DecideAsync(Decision(proposal, ApprovalState.Approved), Partner).WaitAsync(Limit))
            .Should().Be(200);
        (await MembersAsync(scene)).Should().Equal("alice", "zoe1", "yann");
        AtPartner(scene).OutcomeOf(GroupScene.Group)!.State.Should().Be(ApprovalState.Approved, "the partner was told");
        AtHome(scene).Pending.Should().BeEmpty();
    }

    [Test]
    public async Task A_rejected_list_changes_nothing_and_the_partner_is_told_why()
    {
        await using var scene = await DefinedAsync(MembershipChanges.AfterApproval);
        var proposal = List("urn:uuid:1", "yann");
        await AtPartner(scene).ProposeAsync(proposal).WaitAsync(Limit);
        var rejection = Decision(proposal, ApprovalState.Rejected) with { Reason = "not now" };
        (await AtHome(scene).DecideAsync(rejection, Partner).WaitAsync(Limit)).Should().Be(200);
        (await MembersAsync(scene)).Should().Equal("alice", "zoe1");
        AtPartner(scene).OutcomeOf(GroupScene.Group).Should().Be(rejection);
        (await AtPartner(scene).LookAsync(GroupScene.Group).WaitAsync(Limit)).Outcome.Should().Be(rejection);
    }

    [Test]
    public async Task A_direct_change_reaches_a_partner_that_never_held_the_group()
    {
        await using var scene = await DefinedAsync(MembershipChanges.Direct);
        var told = await AtPartner(scene).ProposeAsync(List("urn:uuid:1", "yann")).WaitAsync(Limit);
        (told.StatusCode, told.Outcome!.State).Should().Be((201, ApprovalState.Approved));
        (await MembersAsync(scene)).Should().Equal("alice", "yann");
    }

    [Test]
    public async Task A_list_that_was_replaced_is_not_decided_on()
    {
        await using var scene = await DefinedAsync(MembershipChanges.AfterApproval);
        var (first, second) = (List("urn:uuid:1", "yann"), List("urn:uuid:2", "xena"));
        await AtPartner(scene).ProposeAsync(first).WaitAsync(Limit);
        (await AtPartner(scene).ProposeAsync(second).WaitAsync(Limit)).StatusCode.Should().Be(200);
        (await AtHome(scene).DecideAsync(Decision(first, ApprovalState.Approved), Partner)).Should().Be(409);
        (await AtHome(scene).DecideAsync(Decision(second, ApprovalState.Approved), new McSystemId("third.example")))
            .Should().Be(404);
        (await AtHome(scene).DecideAsync(Decision(second, ApprovalState.Approved), Partner).WaitAsync(Limit))
            .Should().Be(200);
        (await AtHome(scene).DecideAsync(Decision(second, ApprovalState.Rejected), Partner))
            .Should().Be(409, "it is decided");
        (await MembersAsync(scene)).Should().Equal("alice", "xena");
    }

    [Test]
    public async Task A_second_attempt_is_answered_as_the_first_and_another_list_under_the_same_id_is_refused()
    {
        await using var scene = await DefinedAsync(MembershipChanges.AfterApproval);
        var octets = List("urn:uuid:1", "yann").ToOctets();
        (await PutAsync(scene, octets)).StatusCode.Should().Be(201);
        var again = await PutAsync(scene, octets);
        again.StatusCode.Should().Be(200);
        again.ETag.Should().NotBeNull();
        (await PutAsync(scene, List("urn:uuid:1", "xena").ToOctets())).StatusCode.Should().Be(409);
        (await PutAsync(scene, List("urn:uuid:2", "xena").ToOctets())).StatusCode
            .Should().Be(412, "something is there");
        (await PutAsync(scene, List("urn:uuid:2", "xena").ToOctets(), ("If-Match", again.ETag!))).StatusCode
            .Should().Be(200);
    }

    [TestCase("If-Match", "\"0\"", 412)]
    [TestCase("X-Nothing", "1", 428)]
    public async Task A_list_is_built_on_the_newest(string field, string value, int status)
    {
        await using var scene = await DefinedAsync(MembershipChanges.Direct);
        (await PutAsync(scene, List("urn:uuid:1", "yann").ToOctets(), (field, value))).StatusCode.Should().Be(status);
        (await MembersAsync(scene)).Should().Equal("alice", "zoe1");
    }

    [TestCase("sip:gms@third.example", "sip:gms@third.example", 403)]
    [TestCase("sip:gms@partner.example", "sip:gms@third.example", 403)]
    [TestCase("", "sip:gms@partner.example", 403)]
    public async Task Nobody_proposes_for_another_system(string asserted, string owner, int status)
    {
        await using var scene = await DefinedAsync(MembershipChanges.Direct);
        var path = $"mcconformance.membership/users/{Uri.EscapeDataString(owner)}/proposals/{Group}";
        var answer = await scene.SendAsync(
            HttpMethod.Put, GroupScene.Primary, path, List("urn:uuid:1", "yann").ToOctets(), Membership.ContentType,
            ("X-3GPP-Asserted-Identity", $"\"{asserted}\""), ("If-None-Match", "*"));
        answer.StatusCode.Should().Be(status);
        AtHome(scene).Pending.Should().BeEmpty();
    }

    [Test]
    public async Task A_system_that_may_not_propose_is_shown_nothing()
    {
        await using var scene = await DefinedAsync(MembershipChanges.Direct, p => p with { MayPropose = false });
        (await AtPartner(scene).OverviewAsync(new McSystemId(GroupScene.Primary)).WaitAsync(Limit)).StatusCode
            .Should().Be(403);
        (await AtPartner(scene).ProposeAsync(List("urn:uuid:1", "yann")).WaitAsync(Limit)).StatusCode.Should().Be(403);
    }

    [Test]
    public async Task The_overview_follows_the_groups()
    {
        await using var scene = await DefinedAsync(MembershipChanges.Direct);
        (await OverviewAsync(scene))
            .Should().Equal(new ProposableGroup(GroupScene.Group, "Joint ops", MembershipChanges.Direct));
        (await AtHome(scene).SetPartnersAsync(GroupScene.Group, []).WaitAsync(Limit)).Should().Be(200);
        (await OverviewAsync(scene)).Should().BeEmpty();
        (await AtPartner(scene).ProposeAsync(List("urn:uuid:1", "yann")).WaitAsync(Limit)).StatusCode.Should().Be(403);
    }

    [Test]
    public async Task Closing_a_group_takes_it_from_the_partner_with_its_members_and_rejects_what_waits()
    {
        await using var scene = await DefinedAsync(MembershipChanges.AfterApproval);
        await AtPartner(scene).ProposeAsync(List("urn:uuid:1", "yann")).WaitAsync(Limit);
        (await AtHome(scene).SetPartnersAsync(GroupScene.Group, []).WaitAsync(Limit)).Should().Be(200);
        var left = await scene.SendAsync(HttpMethod.Get, GroupScene.Primary, ("Authorization", "Bearer admin"));
        Encoding.UTF8.GetString(left.Body.Span).Should().Contain("alice@").And.NotContain("zoe1@");
        AtPartner(scene).OutcomeOf(GroupScene.Group)!.State.Should().Be(ApprovalState.Rejected);
        (await AtHome(scene).DecideAsync(Decision(List("urn:uuid:1"), ApprovalState.Approved), Partner))
            .Should().Be(409);
    }

    [Test]
    public async Task Only_known_partners_and_known_groups_are_opened()
    {
        await using var scene = await DefinedAsync(MembershipChanges.Direct);
        (await AtHome(scene).SetPartnersAsync(GroupScene.Group, [new GroupPartner(new McSystemId("third.example"))]))
            .Should().Be(409);
        (await AtHome(scene).SetPartnersAsync(new McGroupId("sip:x@primary.example"), [])).Should().Be(404);
        (await OverviewAsync(scene)).Should().ContainSingle("nothing has changed");
    }

    [TestCase("sip:joint-ops@primary.example", "urn:uuid:1", 200)]
    [TestCase("sip:joint-ops@primary.example", "urn:uuid:9", 409)]
    [TestCase("sip:joint-ops@elsewhere.example", "urn:uuid:1", 403)]
    public async Task A_partner_takes_decisions_on_its_own_lists_from_their_home_only(
        string group, string id, int status)
    {
        await using var scene = await DefinedAsync(MembershipChanges.AfterApproval);
        await AtPartner(scene).ProposeAsync(List("urn:uuid:1", "yann")).WaitAsync(Limit);
        var decision = new MembershipDecision(id, new McGroupId(group), ApprovalState.Approved);
        var path =
            $"mcconformance.membership/users/sip%3Agms%40primary.example/decisions/{Uri.EscapeDataString(group)}";
        var answer = await scene.SendAsync(
            HttpMethod.Put, GroupScene.Partner, path, decision.ToOctets(), Membership.ContentType,
            ("X-3GPP-Asserted-Identity", "\"sip:gms@primary.example\""));
        answer.StatusCode.Should().Be(status);
    }

    private static string Group => Uri.EscapeDataString(GroupScene.Group.Value);

    private static MembershipAtHome AtHome(GroupScene scene) => scene.Servers[GroupScene.Primary].MembersFromPartners;

    private static MembershipAtPartner AtPartner(GroupScene scene) =>
        scene.Servers[GroupScene.Partner].MembersForPartners;

    private static async Task<GroupScene> DefinedAsync(
        MembershipChanges changes, Func<GroupPartnerSystem, GroupPartnerSystem>? asPrimary = null)
    {
        var scene = await GroupScene.StartAsync(p => p with { Policy = new() }, asPrimary);
        await scene.DefineAsync(GroupScene.Document().WithPartners([new GroupPartner(Partner, changes)]));
        return scene;
    }

    private static MembershipProposal List(string id, params IEnumerable<string> names) => new(
        id, GroupScene.Group, Partner, [.. names.Select(
            n => new GroupMember(new McServiceId($"sip:{n}@{GroupScene.Partner}")))]);

    private static MembershipDecision Decision(MembershipProposal proposal, ApprovalState state) =>
        new(proposal.Id, proposal.Group, state);

    private static Task<HttpAnswer> PutAsync(GroupScene scene, byte[] octets, (string, string)? condition = null) =>
        scene.SendAsync(
        HttpMethod.Put, GroupScene.Primary,
        $"mcconformance.membership/users/sip%3Agms%40partner.example/proposals/{Group}",
        octets, Membership.ContentType, (
            "X-3GPP-Asserted-Identity", "\"sip:gms@partner.example\""), condition ?? ("If-None-Match", "*"));

    private static async Task<IReadOnlyList<ProposableGroup>> OverviewAsync(GroupScene scene) =>
        (await AtPartner(scene).OverviewAsync(new McSystemId(GroupScene.Primary)).WaitAsync(Limit)).Groups!.Groups;

    /// <summary>Members as the partner has them, which asks the home where it holds nothing.</summary>
    private static async Task<IEnumerable<string>> MembersAsync(GroupScene scene) =>
        (await scene.EffectiveAsync()).Members.Select(m => m.Id.Value.Split(':', '@')[1]);
}
