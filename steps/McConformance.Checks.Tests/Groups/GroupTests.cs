using McConformance.Checks.Groups;
using McConformance.Checks.Tests.Scenes;
using McConformance.Wire;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;
using static McConformance.Checks.Tests.Scenes.Messages;

namespace McConformance.Checks.Tests.Groups;

/// <summary>TS 23.280 10.2.x: a group of the primary is pushed to the partner, or pulled by it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class GroupTests
{
    private const string Home = "primary.example", Partner = "partner.example",
        NoNotice = "a notification that names the group";
    private static readonly McGroupId Ops = new("sip:joint-ops@primary.example");

    [Test]
    public void Group_is_provided()
    {
        Judge(Pushed()).Passes("GCI-PUSH-1", "the primary provides the configuration of the group", 1);
        Judge(Pushed().With(1, Put("sip:other@primary.example")))
            .Fails("GCI-PUSH-1", Ops.Value, "sip:other@primary.example", 1);
        Judge(Pushed().With(1, Http("PUT / HTTP/1.1"))).Fails("GCI-PUSH-1", Ops.Value, "nothing", 1);
        foreach (var scene in (Scene[])[Pushed().Without(1), Pushed().Fated(1, Fate.Lost), Pushed()
            .With(1, "PUT", "POST"),
            Pushed().Sent(1, from: "gms.third"), Pushed().Sent(1, from: "proxy.primary")])
            Judge(scene).Misses("GCI-PUSH-1", "the group's configuration on its way to the partner");

        static Judged Judge(Scene scene) => scene.Judge(s => GroupIsPushed.Provided(s, Home, Ops));
    }

    [Test]
    public void Nothing_is_provided()
    {
        Judge(Pushed().Without(1)).Passes("GCI-PUSH-PRE-1", "nothing is provided");
        Judge(Pushed().Sent(1, to: "gms.third")).Passes("GCI-PUSH-PRE-1", "nothing is provided");
        Judge(Pushed().With(1, "PUT", "GET")).Passes("GCI-PUSH-PRE-1", "nothing is provided");
        Judge(Pushed()).Fails("GCI-PUSH-PRE-1", "nothing", $"{Pushed().Recorded(1).Octets.Length} octets", 1);

        static Judged Judge(Scene scene) => scene.Judge(s => GroupIsPushed.Nothing(s, "GCI-PUSH-PRE-1", Partner));
    }

    [Test]
    public void Servers_are_notified_before_the_answer()
    {
        const string claim = "the MC service server is notified of the group";
        Judge(Pushed()).Passes("GCI-PUSH-4", claim, 2);
        Judge(Pushed().Without(3)).Passes("GCI-PUSH-4", claim, 2);
        Judge(Pushed().Swapped(2, 3)).Fails("GCI-PUSH-4", "before the answer", "after it", 3);
        Judge(Pushed().Swapped(2, 3).Sent(2, to: "mcptt.partner")).Passes("GCI-PUSH-4", claim, 3);
        Judge(Pushed().Swapped(2, 3).Sent(2, from: "cms.partner")).Passes("GCI-PUSH-4", claim, 3);
        Judge(Pushed().Swapped(2, 3).With(2, Http("GET / HTTP/1.1"))).Passes("GCI-PUSH-4", claim, 3);
        foreach (var scene in (Scene[])[Pushed().Without(2), Pushed().Sent(2, to: "ue"), Pushed()
            .Sent(2, from: "gms.third"),
            Pushed().With(2, "NOTIFY", "MESSAGE"), Pushed().With(2, "joint", "other")])
            Judge(scene).Misses("GCI-PUSH-4", NoNotice);

        static Judged Judge(Scene scene) => scene.Judge(s => GroupIsPushed.Notified(s, Partner, Ops));
    }

    [TestCase(999, true)]
    [TestCase(1000, true)]
    [TestCase(1001, false)]
    public void What_an_external_server_sends_may_overtake_for_a_second(int milliseconds, bool passes)
    {
        var scene = new Scene().Http("other-gms.partner", "gms.primary", Http("HTTP/1.1 201 Created"));
        for (var i = 1; i < milliseconds; i++) scene.Sip("ue", "pcscf.partner", "OPTIONS sip:a SIP/2.0\n\n");
        var judged = scene.Sip("other-gms.partner", "mcptt.partner", Notice)
            .Judge(s => GroupIsPushed.Notified(s, Partner, Ops));
        if (passes) judged.Passes("GCI-PUSH-4", "the MC service server is notified of the group", milliseconds + 1);
        else judged.Fails("GCI-PUSH-4", "before the answer", "after it", milliseconds + 1);
    }

    [Test]
    public void Servers_are_not_notified()
    {
        Judge(Pushed().Without(2)).Passes("GCI-PUSH-4", "notification after a push is left out");
        Judge(Pushed()).Fails("GCI-PUSH-4", "nothing", "NOTIFY", 2);
        Judge(Pushed().Without(2).Sip("mcptt.partner", "gms.partner", Subscription).Sip(
            "gms.partner", "mcptt.partner", State)).Passes("GCI-PUSH-4", "notification after a push is left out");
        Judge(Pushed().Without(2).Sip("mcptt.partner", "gms.partner", Subscription).Sip(
            "gms.partner", "mcptt.partner", State).Sip("gms.partner", "mcptt.partner", State))
            .Fails("GCI-PUSH-4", "nothing", "NOTIFY", 6);
        Judge(Pushed().Without(2).Sip("mcptt.partner", "gms.partner", Subscription.Replace("c1", "c2")).Sip(
            "gms.partner", "mcptt.partner", State)).Fails("GCI-PUSH-4", "nothing", "NOTIFY", 5);
        Judge(Pushed().Without(2).Sip("gms.partner", "mcptt.partner", State).Sip(
            "mcptt.partner", "gms.partner", Subscription)).Fails("GCI-PUSH-4", "nothing", "NOTIFY", 4);

        static Judged Judge(Scene scene) => scene.Judge(s => GroupIsPushed.NotNotified(s, Partner, Ops));
    }

    [Test]
    public void Partner_answers_that_it_has_stored_the_group()
    {
        const string claim = "the partner answers that the group is received and stored";
        Judge(Pushed()).Passes("GCI-PUSH-5", claim, 3);
        Judge(Pushed().Http("gms.partner", "gms.primary", Http("HTTP/1.1 103 Early Hints")))
            .Passes("GCI-PUSH-5", claim, 3);
        Judge(Pushed().With(3, "201 Created", "200 OK")).Passes("GCI-PUSH-5", claim, 3);
        Judge(Pushed().With(3, "201", "202")).Fails("GCI-PUSH-5", "201 with an entity tag", "202 with one", 3);
        Judge(Pushed().With(3, "ETag", "X")).Fails("GCI-PUSH-5", "201 with an entity tag", "201 without one", 3);
        Judge(Pushed().Http("gms.partner", "gms.primary", Http("HTTP/1.1 500 X")))
            .Fails("GCI-PUSH-5", "201 with an entity tag", "500 without one", 4);
        Judge(Pushed().Without(3)).Misses("GCI-PUSH-5", "an answer of the partner's group management server");

        static Judged Judge(Scene scene) => scene.Judge(s => GroupIsPushed.Stored(s, Partner));
    }

    [Test]
    public void Group_is_requested()
    {
        const string claim = "the group's configuration is requested";
        Judge(Pulled()).Passes("GCI-PULL-2", claim, 2);
        Judge(Pulled().Sent(2, to: "proxy.partner")).Passes("GCI-PULL-2", claim, 2);
        foreach (var scene in (Scene[])[Pulled().Without(2), Pulled().Sent(2, from: "cms.partner"), Pulled()
            .Sent(2, from: "gms.third"),
            Pulled().Sent(2, to: "gms.third"), Pulled().With(2, "GET", "PUT"), Pulled().With(2, "joint", "other")])
            Judge(scene).Misses("GCI-PULL-2", "a request for the group");

        static Judged Judge(Scene scene) =>
            scene.Judge(s =>
                GroupIsPulled.Asked(s, "GCI-PULL-2", EntityKind.GroupManagementServer, Partner, Home, Ops));
    }

    [Test]
    public void Group_is_not_requested_again()
    {
        const string claim = "a group that is stored is not requested again";
        foreach (var scene in (Scene[])[Pulled().Without(2), Pulled().Sent(2, from: "gms.third"), Pulled()
            .Sent(2, to: "gms.third"),
            Pulled().With(2, "GET", "PUT")])
            Judge(scene).Passes("GCI-PULL-2", claim);
        Judge(Pulled()).Fails("GCI-PULL-2", "nothing", $"{Pulled().Recorded(2).Octets.Length} octets", 2);

        static Judged Judge(Scene scene) => scene.Judge(s => GroupIsPulled.NotAsked(s, "GCI-PULL-2", Partner, Home));
    }

    [Test]
    public void Primary_gives_the_group_as_defined()
    {
        Judge(Pulled(), 120).Passes("GCI-PULL-3", "the primary provides the configuration of the group", 3);
        Judge(Pulled(), 100).Fails("GCI-PULL-3", "100", "120", 3);
        foreach (var scene in (Scene[])[Pulled().Without(3), Pulled().Sent(3, from: "gms.third"), Pulled()
            .With(3, "200 OK", "404 No"),
            Pulled().With(3, Http("HTTP/1.1 200 OK"))])
            Judge(scene, 120).Misses("GCI-PULL-3", "the group's configuration from the primary");

        static Judged Judge(Scene scene, int priority) => scene.Judge(s => GroupIsPulled.Given(s, Home, priority));
    }

    [Test]
    public void Server_gets_the_group_as_it_holds()
    {
        Judge(Pulled(), 100)
            .Passes("GCI-PULL-6", "the MC service server is told of the group as it holds in the partner", 5);
        Judge(Pulled(), 120).Fails("GCI-PULL-6", "120", "100", 4);
        Judge(Pulled().Without(5), 100).Misses("GCI-PULL-6", NoNotice);
        Judge(Pulled().Sip("gms.partner", "mcptt.partner", Notice), 100)
            .Passes("GCI-PULL-6", "the MC service server is told of the group as it holds in the partner", 6);
        foreach (var scene in (Scene[])[Pulled().Without(4), Pulled().Sent(4, from: "gms.third"), Pulled()
            .Sent(4, to: "ue"),
            Pulled().With(4, "200 OK", "404 No")])
            Judge(scene, 100).Misses("GCI-PULL-6", "the group's configuration for the MC service server");

        static Judged Judge(Scene scene, int priority) => scene
            .Judge(s => GroupIsPulled.Got(s, Partner, priority, Ops));
    }

    [Test]
    public void Server_is_told_that_there_is_no_group()
    {
        const string claim = "without the group's configuration nothing is stored";
        Judge(Pulled().Without(5)).Passes("GCI-PULL-5", claim);
        Judge(Pulled().Without(5).Http("gms.partner", "mcptt.partner", Http("HTTP/1.1 404 X")))
            .Fails("GCI-PULL-5", "200", "404", 6);
        Judge(Pulled()).Fails("GCI-PULL-5", "nothing", "NOTIFY", 5);
        foreach (var scene in (Scene[])[Pulled().Without(4), Pulled().Sent(4, from: "gms.third"), Pulled()
            .Sent(4, to: "ue"),
            Pulled().With(4, Http("PUT / HTTP/1.1"))])
            Judge(scene).Misses("GCI-PULL-5", "an answer to the MC service server");

        static Judged Judge(Scene scene) => scene.Judge(s => GroupIsPulled.Refused(s, "GCI-PULL-5", Partner, 200, Ops));
    }

    [Test]
    public void Members_ask_the_partner_alone()
    {
        const string claim = "members served by the partner obtain the group there";
        Judge(Asked()).Passes("GCI-OV-2", claim, 1);
        Judge(Asked().Sent(1, to: "gms.primary"))
            .Fails("GCI-OV-2", "nothing", $"{Asked().Recorded(1).Octets.Length} octets", 1);
        Judge(Asked().Sent(1, "ue2", "gms.primary"))
            .Misses("GCI-OV-2", "a request of the UE to the partner's group management server");
        Judge(Asked().Sent(1, from: "ue2"))
            .Misses("GCI-OV-2", "a request of the UE to the partner's group management server");

        static Judged Judge(Scene scene) => scene
            .Judge(s => GroupIsPulled.ByPartner(s, "GCI-OV-2", "ue", Partner, Home));
        static Scene Asked() => new Scene().Http("ue", "gms.partner", Http("GET /joint-ops HTTP/1.1"));
    }

    private const string Notice = "NOTIFY sip:a SIP/2.0\n\njoint-ops",
        State = "NOTIFY sip:a SIP/2.0\nCall-ID: c1\n\njoint-ops",
        Subscription = "SUBSCRIBE sip:a SIP/2.0\nCall-ID: c1\n\n";

    /// <summary>1 the group, 2 notification, 3 the answer.</summary>
    private static Scene Pushed() => new Scene()
        .Http("gms.primary", "gms.partner", Put(Ops.Value))
        .Sip("gms.partner", "mcptt.partner", Notice)
        .Http("gms.partner", "gms.primary", Http("HTTP/1.1 201 Created", fields: "ETag: \"1\""));

    /// <summary>1 and 2 requests, 3 the group from the primary, 4 as it holds in the partner, 5 notification.</summary>
    private static Scene Pulled() => new Scene()
        .Http("mcptt.partner", "gms.partner", Http("GET /sip:joint-ops@primary.example HTTP/1.1"))
        .Http("gms.partner", "gms.primary", Http("GET /sip:joint-ops@primary.example HTTP/1.1"))
        .Http("gms.primary", "gms.partner", Http("HTTP/1.1 200 OK", Group(Ops.Value, 120)))
        .Http("gms.partner", "mcptt.partner", Http("HTTP/1.1 200 OK", Group(Ops.Value, 100)))
        .Sip("gms.partner", "mcptt.partner", Notice);

    private static byte[] Put(string id) => Http("PUT / HTTP/1.1", Group(id, 120));

    private static byte[] Group(string id, byte priority) =>
        GroupDocument.Create(new GroupDescription { Id = new McGroupId(id), GroupPriority = priority }).ToOctets();
}
