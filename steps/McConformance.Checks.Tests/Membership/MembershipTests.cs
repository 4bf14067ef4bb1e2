using McConformance.Checks.Membership;
using McConformance.Checks.Migration;
using McConformance.Checks.Tests.Scenes;
using McConformance.Wire;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;
using static McConformance.Checks.Tests.Scenes.Messages;

namespace McConformance.Checks.Tests.Membership;

/// <summary>TR 23.781 5.1.12: members of a partner in a group of the home MC system.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class MembershipTests
{
    private const string Home = "primary.example", Partner = "partner.example";
    private static readonly McGroupId Fire = new("sip:fire-1@primary.example");

    [Test]
    public void Overview_shows_the_groups_that_are_open()
    {
        const string claim = "the overview shows the groups that are open to the partner, and no others";
        var both =
            Overview(new(Fire, null, MembershipChanges.Direct),
            new(new("sip:ops@primary.example"), "Ops", MembershipChanges.AfterApproval));
        Judge(One(both), "fire-1 directly, ops after approval").Passes("KI-1.12-b", claim, 1);
        Judge(One(both), "fire-1 directly")
            .Fails("KI-1.12-b", "fire-1 directly", "fire-1 directly, ops after approval", 1);
        Judge(One(Overview()), "nothing").Passes("KI-1.12-b", claim, 1);
        Judge(One(both).Http("gms.primary", "gms.partner", Put(Overview())), "nothing").Passes("KI-1.12-b", claim, 2);
        Judge(One(both).Sent(1, to: "proxy.primary"), "fire-1 directly, ops after approval")
            .Passes("KI-1.12-b", claim, 1);
        foreach (var scene in (Scene[])[One(both).Fated(1, Fate.Lost), One(both).Sent(1, to: "ue"), One(both)
            .Sent(1, from: "cms.primary"),
            One(both).Sent(1, from: "gms.third"), One(both).With(1, "partner.example", "partner.exempel"),
            One(both).With(1, "membership+xml", "other+xml"), One(both).With(1, "home-system", "x"),
            One(both).With(1, "PUT / HTTP/1.1", "HTTP/1.1 503 X")])
            Judge(scene, "nothing").Misses("KI-1.12-b", "an overview");

        static Judged Judge(Scene scene, string expected) => scene
            .Judge(s => OverviewShowsGroups.Judge(s, "KI-1.12-b", Home, Partner, expected));
        static Scene One(InterconnectionGroups overview) => new Scene()
            .Http("gms.primary", "gms.partner", Put(overview));
        static InterconnectionGroups Overview(params ProposableGroup[] groups) =>
            new(new McSystemId(Home), new McSystemId(Partner), groups);
    }

    [Test]
    public void Proposal_carries_the_list()
    {
        const string claim = "the proposal carries the list that the partner's administrator defined";
        Judge(Proposed("yann", "zoe"), "yann zoe").Passes("KI-1.12-d", claim, 1);
        Judge(Proposed(), "nobody").Passes("KI-1.12-d", claim, 1);
        Judge(Proposed("yann"), "zoe").Fails("KI-1.12-d", "zoe", "yann", 1);
        Judge(Proposed("yann").Http("gms.partner", "gms.primary", Put(Proposal("zoe"))), "zoe")
            .Passes("KI-1.12-d", claim, 2);
        foreach (var scene in (Scene[])[Proposed().Without(1), Proposed().Sent(1, from: "gms.third"), Proposed()
            .With(1, "PUT", "POST"),
            Proposed().With(1, Put(Decision(ApprovalState.Approved)))])
            Judge(scene, "nobody").Misses("KI-1.12-d", "a proposal");

        static Judged Judge(Scene scene, string expected) => scene
            .Judge(s => ProposalCarriesTheList.Judge(s, Partner, expected));
        static Scene Proposed(params string[] names) => new Scene()
            .Http("gms.partner", "gms.primary", Put(Proposal(names)));
    }

    [Test]
    public void Home_answers_as_it_must()
    {
        const string claim = "the group's home MC system answers as it must";
        const string none = "an answer of the group's home MC system";
        Judge(Answered(), 200).Passes("KI-1.12-a", claim, 2);
        Judge(Answered(), 403).Fails("KI-1.12-a", "403", "200", 2);
        Judge(Answered().Http("gms.primary", "gms.partner", Http("HTTP/1.1 409 X")), 409).Passes("KI-1.12-a", claim, 3);
        foreach (var scene in (Scene[])[Answered().Fated(2, Fate.Lost), Answered()
            .Sent(2, to: "proxy.primary"), Answered().Sent(2, from: "gms.third"),
            Answered().With(2, "HTTP/1.1 200", "GET /x"), Answered().Without(2)])
            Judge(scene, 200).Misses("KI-1.12-a", none);

        static Judged Judge(Scene scene, int status) => scene
            .Judge(s => HomeAnswers.Status(s, "KI-1.12-a", Home, status));
    }

    [TestCase(ApprovalState.Pending, "pending")]
    [TestCase(ApprovalState.Approved, "accepted")]
    [TestCase(ApprovalState.Rejected, "rejected")]
    public void Home_says_what_became_of_a_proposal(ApprovalState state, string word)
    {
        Judge(Answered(state), word).Passes("KI-1.12-a", "the answer says what became of the proposal", 2);
        Judge(Answered(state), "other").Fails("KI-1.12-a", "other", word, 2);
        Judge(Answered(state).Http("gms.primary", "gms.partner", Http("HTTP/1.1 200 OK")), word)
            .Passes("KI-1.12-a", "the answer says what became of the proposal", 2);
        Judge(Answered(state).With(2, "HTTP/1.1 200", "HTTP/1.1 201"), word)
            .Passes("KI-1.12-a", "the answer says what became of the proposal", 2);
        Judge(Answered(state).With(2, "HTTP/1.1 200", "HTTP/1.1 503"), word)
            .Misses("KI-1.12-a", "an answer that says what became of the proposal");
        Judge(Answered(state).With(2, Http("HTTP/1.1 200 OK")), word)
            .Misses("KI-1.12-a", "an answer that says what became of the proposal");

        static Judged Judge(Scene scene, string expected) => scene
            .Judge(s => HomeAnswers.State(s, "KI-1.12-a", Home, expected));
    }

    [Test]
    public void Partner_is_told_what_was_decided()
    {
        const string claim = "the partner is told what was decided on its list";
        const string noReceipt = "the partner's receipt";
        Judge(Told()).Passes("KI-1.12-e", claim, 2);
        foreach (var scene in (Scene[])[Told().Without(1), Told().Fated(1, Fate.Lost), Told()
            .Sent(1, from: "gms.third"),
            Told().With(1, "PUT", "POST"), Told().With(1, Put(Proposal()))])
            Judge(scene).Misses("KI-1.12-e", "a decision on its way to the partner");
        foreach (var scene in (Scene[])[Told().Without(2), Told().Swapped(1, 2), Told().Sent(2, from: "gms.third"),
            Told().With(2, Http("PUT / HTTP/1.1")), Told().With(2, Http("HTTP/1.1 200 OK", fields: "ETag: \"1\""))])
            Judge(scene).Misses("KI-1.12-e", noReceipt);
        Judge(Told(ApprovalState.Rejected)).Fails("KI-1.12-e", "accepted", "rejected", 1);
        Judge(Told().With(2, "200 OK", "500 No")).Fails("KI-1.12-e", "200", "500", 2);
        Judge(Told(ApprovalState.Rejected).Http("gms.primary", "gms.partner", Put(Decision(ApprovalState.Approved)))
            .Http("gms.partner", "gms.primary", Http("HTTP/1.1 200 OK"))).Passes("KI-1.12-e", claim, 4);

        static Judged Judge(Scene scene) => scene.Judge(s => DecisionIsTold.Judge(s, Home, Partner, "accepted"));
        static Scene Told(ApprovalState state = ApprovalState.Approved) => new Scene()
            .Http("gms.primary", "gms.partner", Put(Decision(state)))
                .Http("gms.partner", "gms.primary", Http("HTTP/1.1 200 OK"));
    }

    [Test]
    public void Nothing_is_told_before_it_is_decided()
    {
        const string claim = "nothing is told before it is decided";
        Judge(new Scene()).Passes("KI-1.12-e", claim);
        Judge(Sent()).Fails("KI-1.12-e", "nothing", $"{Sent().Recorded(1).Octets.Length} octets", 1);
        Judge(Sent().Sent(1, from: "gms.partner")).Passes("KI-1.12-e", claim);
        Judge(Sent().With(1, "PUT", "GET")).Passes("KI-1.12-e", claim);
        Judge(Sent().With(1, Http("PUT / HTTP/1.1"))).Passes("KI-1.12-e", claim);

        static Judged Judge(Scene scene) => scene.Judge(s => DecisionIsTold.Not(s, Home));
        static Scene Sent() => new Scene().Http("gms.primary", "gms.partner", Put(Decision(ApprovalState.Approved)));
    }

    [Test]
    public void Partner_is_provided_with_the_changed_group()
    {
        const string claim = "the partner is provided with the changed group";
        Judge(Pushed("alice", "zoe"), "alice zoe").Passes("KI-1.12-e", claim, 1);
        Judge(Pushed("alice"), "alice zoe").Fails("KI-1.12-e", "alice zoe", "alice", 1);
        Judge(Pushed("alice").Http("gms.primary", "gms.partner", Put(Group("bob"))), "bob")
            .Passes("KI-1.12-e", claim, 2);
        foreach (var scene in (Scene[])[Pushed("bob").Fated(1, Fate.Lost), Pushed("bob")
            .Sent(1, to: "gms.third"), Pushed("bob").Sent(1, to: "proxy.primary"),
            Pushed("bob").Sent(1, from: "gms.third"), Pushed("bob").With(1, "PUT", "POST"), Pushed("bob")
                .With(1, Http("PUT / HTTP/1.1"))])
            Judge(scene, "bob").Misses("KI-1.12-e", "the group's configuration on its way to the partner");

        static Judged Judge(Scene scene, string members) =>
            scene.Judge(s => GroupFollowsItsMembers.Provided(s, "KI-1.12-e", Home, Partner, members));
    }

    [Test]
    public void Nothing_changes_before_it_is_decided()
    {
        const string claim = "nothing changes before it is decided";
        Judge(Pushed("alice", "zoey"), "zoe").Passes("KI-1.12-e", claim);
        Judge(Pushed("azoe", "alice"), "zoe").Passes("KI-1.12-e", claim);
        Judge(Pushed("alice", "zoe"), "zoe")
            .Fails("KI-1.12-e", "nothing", $"{Pushed("alice", "zoe").Recorded(1).Octets.Length} octets", 1);
        Judge(Pushed("zoe", "alice"), "zoe")
            .Fails("KI-1.12-e", "nothing", $"{Pushed("zoe", "alice").Recorded(1).Octets.Length} octets", 1);
        Judge(Pushed("zoe").Sent(1, from: "gms.third"), "zoe").Passes("KI-1.12-e", claim);

        static Judged Judge(Scene scene, string member) =>
            scene.Judge(s => GroupFollowsItsMembers.NotProvidedWith(s, "KI-1.12-e", Home, member));
    }

    [Test]
    public void Group_is_taken_away()
    {
        const string claim = "the group is taken away from the MC system that is its partner no more";
        Judge(Taken()).Passes("KI-1.12-e", claim, 1);
        Judge(Taken().Http("gms.primary", "gms.partner", Http("DELETE / HTTP/1.1"))).Passes("KI-1.12-e", claim, 2);
        foreach (var scene in (Scene[])[Taken().Fated(1, Fate.Lost), Taken().Sent(1, to: "gms.third"), Taken()
            .Sent(1, from: "gms.third"),
            Taken().Sent(1, to: "cms.partner"), Taken().Sent(1, from: "cms.primary"), Taken().With(1, "DELETE", "GET")])
            Judge(scene).Misses("KI-1.12-e", "the deletion of the group at the partner");

        static Judged Judge(Scene scene) => scene
            .Judge(s => GroupFollowsItsMembers.Taken(s, "KI-1.12-e", Home, Partner));
        static Scene Taken() => new Scene().Http("gms.primary", "gms.partner", Http("DELETE / HTTP/1.1"));
    }

    [Test]
    public void Members_get_the_group_as_it_is()
    {
        const string claim = "members get the group of partner.example as it is";
        Judge(Served(), "alice zoe").Passes("KI-1.12-e", claim, 1);
        Judge(Served().Sent(1, from: "proxy.partner"), "alice zoe").Passes("KI-1.12-e", claim, 1);
        Judge(Served(), "alice").Fails("KI-1.12-e", "alice", "alice zoe", 1);
        Judge(Served().With(1, "HTTP/1.1 200", "HTTP/1.1 404"), "alice zoe")
            .Fails("KI-1.12-e", "alice zoe", "404", 1);
        Judge(Served().Http("gms.partner", "ue", Http("HTTP/1.1 404 No")), "404").Passes("KI-1.12-e", claim, 2);
        foreach (var scene in (Scene[])[Served().Sent(1, from: "gms.primary"), Served()
            .Sent(1, from: "cms.partner"), Served().Sent(1, to: "ue2"),
            Served().With(1, Http("PUT / HTTP/1.1"))])
            Judge(scene, "alice zoe")
                .Misses("KI-1.12-e", "an answer of the group management server of partner.example to ue");

        static Judged Judge(Scene scene, string members) =>
            scene.Judge(s => GroupFollowsItsMembers.Served(s, "KI-1.12-e", Partner, "ue", members));
        static Scene Served() => new Scene().Http("gms.partner", "ue", Http(
            "HTTP/1.1 200 OK", Group("alice", "zoe").ToOctets(), "application/vnd.oma.poc.groups+xml"));
    }

    [Test]
    public void Service_server_is_notified()
    {
        const string claim = "the MC service server is notified of the changed group";
        const string body =
            "NOTIFY sip:a SIP/2.0\n\n<document previous-etag=\"1\" sel=\"sip%3Afire-1%40primary.example\"/>";
        Judge(Notified()).Passes("GCI-PUSH-4", claim, 1);
        Judge(Notified().Sip("gms.partner", "mcptt.partner", body)).Passes("GCI-PUSH-4", claim, 2);
        foreach (var scene in (Scene[])[Notified().With(1, "NOTIFY", "MESSAGE"), Notified()
            .Sent(1, from: "gms.primary"), Notified().Sent(1, from: "cms.partner"),
            Notified().Sent(1, to: "ue"), Notified().With(1, "previous-etag", "new-etag"), Notified()
                .With(1, "fire-1", "fire-2")])
            Judge(scene).Misses("GCI-PUSH-4", "a notification of partner.example that names the change of the group");

        static Judged Judge(Scene scene) => scene.Judge(s => GroupFollowsItsMembers.Notified(s, Partner, Fire.Value));
        static Scene Notified() => new Scene().Sip("gms.partner", "mcptt.partner", body);
    }

    [Test]
    public void Only_what_can_be_read_is_a_document()
    {
        var all = new Scene().Sip("gms.primary", "gms.partner", "NOTIFY sip:a SIP/2.0\n\n")
            .Http("gms.primary", "gms.partner", Http("GET / HTTP/1.1"))
            .Http("gms.primary", "gms.partner",
                Http("PUT / HTTP/1.1", "<x/>"u8.ToArray(), Wire.Documents.Membership.ContentType)).Seen.All;
        foreach (var message in all)
        {
            message.Group().Should().BeNull();
            message.Access().Should().BeNull();
            message.Grant().Should().BeNull();
            message.Carried<Wire.Documents.Membership>().Should().BeNull();
        }
    }

    private static Scene Pushed(params string[] members) => new Scene()
        .Http("gms.primary", "gms.partner", Put(Group(members)));

    private static Scene Answered(ApprovalState state = ApprovalState.Approved) => new Scene()
        .Http("gms.partner", "gms.primary", Put(Proposal()))
        .Http("gms.primary", "gms.partner",
            Http("HTTP/1.1 200 OK", Decision(state).ToOctets(), Wire.Documents.Membership.ContentType));

    private static GroupDocument Group(params string[] members) => GroupDocument.Create(new GroupDescription
    {
        Id = Fire,
        Members = [.. members.Select(m => new GroupMember(new McServiceId($"sip:{m}@primary.example")))],
    });

    private static MembershipProposal Proposal(params string[] names) => new(
        "urn:uuid:1", Fire, new McSystemId(Partner), [.. names
            .Select(n => new GroupMember(new McServiceId($"sip:{n}@{Partner}")))]);

    private static MembershipDecision Decision(ApprovalState state) => new("urn:uuid:1", Fire, state);

    private static byte[] Put(Wire.Documents.Membership body) =>
        Http("PUT / HTTP/1.1", body.ToOctets(), Wire.Documents.Membership.ContentType);

    private static byte[] Put(GroupDocument group) =>
        Http("PUT / HTTP/1.1", group.ToOctets(), "application/vnd.oma.poc.groups+xml");
}
