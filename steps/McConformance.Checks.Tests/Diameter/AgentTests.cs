using McConformance.Checks.Diameter;
using McConformance.Checks.Tests.Scenes;
using McConformance.Wire;
using static McConformance.Checks.Tests.Scenes.Messages;
using static McConformance.Checks.Tests.Scenes.Registration;

namespace McConformance.Checks.Tests.Diameter;

/// <summary>RFC 6733: what agents do to messages on their way.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class AgentTests
{
    private static readonly byte[] Session = Avp(263, "session;1");

    [Test]
    public void Agents_keep_the_end_to_end_identifier_and_choose_their_own_hop_by_hop()
    {
        const string claim =
            "an agent gives the request its own hop-by-hop identifier and keeps the end-to-end identifier";
        const string inUse = "a hop-by-hop identifier not in use on the connection";
        Judge(Hops()).Passes("DPX-1", claim, 3);
        Judge(Hops().Without(1, 2)).Misses("DPX-1", "a request that an agent passed on");
        Judge(Hops().Without(3)).Passes("DPX-1", claim, 2);
        Judge(Hops().With(3, Passed(0xC0, 7, 2000))).Fails("DPX-1", "end-to-end identifier 000003e8", "000007d0", 3);
        Judge(Hops().Diameter("dpx.transit", "mms.primary", Passed(0xC0, 3, 9))).Fails("DPX-1", inUse, "00000003", 3);

        // what does not use the same identifier on the same connection
        Judge(Hops().Diameter("dpx.transit", "mms.primary", Passed(0x40, 3, 9))).Passes("DPX-1", claim, 3);
        Judge(Hops().Diameter("dpx.transit", "mms.primary", Passed(0xC0, 4, 9))).Passes("DPX-1", claim, 3);
        Judge(Hops().Diameter("mms.third", "mms.primary", Passed(0xC0, 3, 9))).Passes("DPX-1", claim, 3);
        Judge(Hops().Diameter("dpx.transit", "mms.third", Passed(0xC0, 3, 9))).Passes("DPX-1", claim, 3);
        Judge(Hops().Diameter("dpx.transit", "mms.primary", Passed(0xC0, 3, 9), Fate.Duplicated))
            .Passes("DPX-1", claim, 3);

        Judge(Hops().Without(3).Diameter("mms.primary", "mms.third", Passed(0x40, 1, 9))
            .Diameter("mms.third", "sdb.third", Passed(0xC0, 8, 8))).Passes("DPX-1", claim, 2);

        // what was not passed on, but is a request of its own
        Judge(Hops().With(3, Request(MultimediaAuth, 3, Avp(263, "session;2")))).Passes("DPX-1", claim, 2);
        Judge(Hops().With(3, Request(UserAuthorization, 3, Session))).Passes("DPX-1", claim, 2);
        Judge(Hops().With(3, Answer(MultimediaAuth, 3, Session))).Passes("DPX-1", claim, 2);
        Judge(Hops().Sent(3, from: "dpx1.transit")).Passes("DPX-1", claim, 2);
        Judge(Hops().Swapped(2, 3)).Passes("DPX-1", claim, 3);
        Judge(Hops().Without(2).With(3, Request(MultimediaAuth, 3)).With(1, Request(MultimediaAuth, 1)))
            .Misses("DPX-1", "a request that an agent passed on");

        static Judged Judge(Scene scene) => scene.Judge(AgentsKeepTheRules.JudgeIdentifiers);
    }

    [Test]
    public void Agents_add_where_the_request_came_from()
    {
        const string claim = "an agent adds the peer that the request came from to the route record";
        Judge(Hops()).Passes("DPX-2", claim, 3);
        Judge(Hops().Without(1, 2)).Misses("DPX-2", "a request that an agent passed on");
        Judge(Hops().With(3, Passed(0xC0, 3, 1000))).Fails(
            "DPX-2", "scscf.partner.example mms.partner.example", "nothing", 3);
        Judge(Hops().With(3, Passed(0xC0, 3, 1000, "mms.partner.example", "scscf.partner.example"))).Fails(
            "DPX-2", "scscf.partner.example mms.partner.example", "mms.partner.example scscf.partner.example", 3);
        Hops().Judge(s => AgentsKeepTheRules.JudgeRouteRecord(s)).Passes("DPX-1", claim, 3);

        static Judged Judge(Scene scene) => scene.Judge(s => AgentsKeepTheRules.JudgeRouteRecord(s, "DPX-2"));
    }

    [Test]
    public void Answers_carry_no_route_record()
    {
        Judge(Scene()).Passes("DPX-1", "an answer carries no route record and goes the way back", 7);
        Judge(Scene().Without(5, 6, 7)).Misses("DPX-1", "an answer");
        Judge(Scene().With(6, Answer(MultimediaAuth, 2, Avp(282, "a.example"), Avp(282, "b.example"))))
            .Fails("DPX-1", "no Route-Record", "a.example b.example", 6);

        static Judged Judge(Scene scene) => scene.Judge(AgentsKeepTheRules.JudgeAnswers);
    }

    [Test]
    public void Connections_begin_with_the_exchange_of_capabilities()
    {
        const string claim = "a connection begins with the exchange of capabilities";
        const string before = "CER and CEA before";
        Judge(Open()).Passes("DPX-1", claim, 1);
        Judge(Open().Without(2)).Misses("DPX-1", "a Diameter request");
        Judge(Open().Sent(1, "mms.partner", "mms.primary")).Passes("DPX-1", claim, 1);
        Judge(Open().Without(1)).Fails("DPX-1", before, "a request at once", 2);
        Judge(Open().Swapped(1, 2)).Fails("DPX-1", before, "a request at once", 1);
        Judge(Open().Sent(1, from: "mms.third")).Fails("DPX-1", before, "a request at once", 2);
        Judge(Open().Sent(1, to: "mms.third")).Fails("DPX-1", before, "a request at once", 2);
        Judge(Open().Sent(1, "mms.partner", "mms.third")).Fails("DPX-1", before, "a request at once", 2);
        Judge(Open().Sent(1, "mms.third", "mms.primary")).Fails("DPX-1", before, "a request at once", 2);
        Judge(Open().With(1, Answer(CapabilitiesExchange, 9, Avp(268, 5010))))
            .Fails("DPX-1", "result 2001", "result 5010", 1);

        // each connection
        Judge(Open().Diameter("mms.partner", "mms.third", Request(MultimediaAuth, 4)))
            .Fails("DPX-1", before, "a request at once", 3);

        static Judged Judge(Scene scene) => scene.Judge(AgentsKeepTheRules.JudgeCapabilities);
        static Scene Open() => new Scene()
            .Diameter("mms.primary", "mms.partner", Answer(CapabilitiesExchange, 9, Avp(268, 2001)))
            .Diameter("mms.partner", "mms.primary", Request(MultimediaAuth, 3));
    }

    [Test]
    public void A_request_on_a_failed_connection_goes_another_way()
    {
        const string claim =
            "a request that waits on a failed connection goes another way, marked as possibly sent before";
        Judge(Twice()).Passes("DPX-1", claim, 2);
        Judge(Twice().Without(1, 2)).Misses("DPX-1", "the request on two links; it was sent 0 times");
        Judge(Twice().Without(2)).Misses("DPX-1", "the request on two links; it was sent 1 times");
        Judge(Twice().Sent(2, to: "sdb.partner")).Misses("DPX-1", "the request on two links; it was sent 1 times");
        Judge(Twice().Sent(2, from: "dpx.transit", to: "mms.primary"))
            .Misses("DPX-1", "the request on two links; it was sent 1 times");
        Judge(Twice().Sent(2, to: "dpx1.transit")).Fails("DPX-1", "another peer", "dpx1.transit.example", 2);
        Judge(Twice().With(2, Passed(0xC0, 2, 1000))).Fails("DPX-1", "the T bit", "not set", 2);
        Judge(Twice().With(1, Passed(0xD0, 1, 1000))).Fails("DPX-1", "no T bit at first", "set", 1);
        Judge(Twice().With(2, Passed(0xD0, 2, 0xABC))).Fails("DPX-1", "000003e8", "00000abc", 2);

        static Judged Judge(Scene scene) => scene.Judge(FailsOver.Judge);
        static Scene Twice() => new Scene()
            .Diameter("mms.partner", "dpx1.transit", Passed(0xC0, 1, 1000))
            .Diameter("mms.partner", "dpx2.transit", Passed(0xD0, 2, 1000));
    }

    [Test]
    public void Requests_pass_every_proxy()
    {
        const string claim = "the request passes 1 further Diameter proxies";
        Judge(Hops(), 1).Passes("DPX-3", claim, 3);
        Judge(Scene(), 1).Fails("DPX-3", "1 reached", "0 reached", 3);
        Judge(Scene(), 0).Passes("DPX-3", "the request passes 0 further Diameter proxies", 3);
        Judge(Hops().Without(3), 1).Fails("DPX-3", "1 passed it on", "0 passed it on", 2);
        Judge(Hops().Diameter("mms.partner", "dpx.transit", Passed(0xC0, 8, 8)), 1).Passes("DPX-3", claim, 4);
        Judge(Hops().Diameter("mms.partner", "dpx1.transit", Passed(0xC0, 8, 8)), 1)
            .Fails("DPX-3", "1 reached", "2 reached", 4);
        Judge(Scene().Without(3), 1).Misses("DPX-3", "a request on CSC-18");

        static Judged Judge(Scene scene, int count) => scene.Judge(s => PassesFurtherProxies.Judge(s, count));
    }

    [Test]
    public void What_is_not_for_it_is_passed_on_unchanged()
    {
        const string claim = "the migration management server passes on what is not for it, unchanged";
        Judge(Passing()).Passes("MMS-6", claim, 2);
        Judge(Passing().Without(1)).Misses("MMS-6", "a request of the SIP core");
        Judge(Passing().Sent(1, from: "scscf.third")).Misses("MMS-6", "a request of the SIP core");
        Judge(Passing().Sent(1, from: "sdb.partner")).Misses("MMS-6", "a request of the SIP core");
        Judge(Passing().Sent(1, to: "sdb.partner"))
            .Fails("MMS-6", "the migration management server as receiver", "sdb.partner.example", 1);
        foreach (var scene in (Scene[])[Passing().Without(2), Passing().Sent(2, from: "scscf.partner"),
            Passing().Sent(2, to: "mms.primary"), Passing().Swapped(1, 2)])
            Judge(scene).Misses("MMS-6", "the request at the SIP database");

        // hop's own AVPs may differ, and the order; another may be added where nobody has to understand it
        foreach (var rest in (byte[][])[
            [.. Avp(293, "sdb"), .. Session, .. Avp(1, "u"), .. Avp(284, 1u), .. Avp(282, "x")],
            [.. Avp(1, "u"), .. Session], [.. Session, .. Avp(1, "u"), .. Optional("u")]])
            Judge(Passing().With(2, Request(UserAuthorization, 5, rest))).Passes("MMS-6", claim, 2);
        var user = Convert.ToHexString(Avp(1, "u").AsSpan(0, 9));
        foreach (var rest in (byte[][])[Session, [.. Session, .. Avp(1, "v")], [.. Session, .. Optional("u")]])
            Judge(Passing().With(2, Request(UserAuthorization, 5, rest))).Fails("MMS-6", user, "no such AVP", 2);
        Judge(Passing().With(2, Request(UserAuthorization, 5, Session, Avp(1, "u"), Avp(1, "u"))))
            .Fails("MMS-6", "no AVP more that has to be understood", user, 2);

        static byte[] Optional(string text)
        {
            var avp = Avp(1, text);
            avp[4] = 0;
            return avp;
        }

        static Judged Judge(Scene scene) =>
            scene.Judge(s => PassesUnchanged.Judge("MMS-6", s, UserAuthorization, "partner.example"));
        static Scene Passing() => new Scene()
            .Diameter("icscf.partner", "mms.partner", Request(UserAuthorization, 4, Session, Avp(1, "u")))
            .Diameter("mms.partner", "sdb.partner", Request(UserAuthorization, 5, Session, Avp(1, "u"), Avp(282, "x")));
    }

    [Test]
    public void Only_authentication_information_crosses()
    {
        Judge(Scene()).Passes("C18-1", "only SIP authentication information crosses CSC-18", 3);
        Judge(Scene().Without(3, 6)).Misses("C18-1", "a message on CSC-18");
        Judge(Scene().Diameter("mms.partner", "mms.primary", Watchdog(0x80, 5))).Passes(
            "C18-1", "only SIP authentication information crosses CSC-18", 3);
        Judge(Scene().Diameter("mms.partner", "mms.primary", Request(UserAuthorization, 5)))
            .Fails("C18-1", "Multimedia-Auth", "User-Authorization-Request", 11);
        Judge(Scene().Diameter("mms.partner", "mms.primary", new byte[19]))
            .Fails("C18-1", "Multimedia-Auth", "19 octets", 11);

        static Judged Judge(Scene scene) => scene.Judge(CrossesOnlyAuthentication.Judge);
    }

    [Test]
    public void No_vector_crosses()
    {
        Judge(Scene().With(6, Answer(MultimediaAuth, 2)))
            .Passes("C18-1", "no authentication information crosses CSC-18", 6);
        Judge(Scene().Without(6)).Misses("C18-1", "an answer on CSC-18");
        Judge(Scene()).Fails("C18-1", "no SIP-Auth-Data-Item", "one", 6);

        static Judged Judge(Scene scene) => scene.Judge(s => GivesNoVector.Judge("C18-1", s));
    }

    /// <summary>A request on its way by a proxy in transit: 1 to 3.</summary>
    private static Scene Hops() => new Scene()
        .Diameter("scscf.partner", "mms.partner", Passed(0xC0, 1, 1000))
        .Diameter("mms.partner", "dpx.transit", Passed(0xC0, 2, 1000, "scscf.partner.example"))
        .Diameter("dpx.transit", "mms.primary", Passed(0xC0, 3, 1000, "scscf.partner.example", "mms.partner.example"));

    private static byte[] Passed(byte flags, uint hopByHop, uint endToEnd, params string[] record) => Messages.Diameter(
        flags, MultimediaAuth, hopByHop, endToEnd, [Session, .. record.Select(r => Avp(282, r))]);
}
