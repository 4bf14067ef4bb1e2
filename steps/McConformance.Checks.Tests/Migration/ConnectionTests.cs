using McConformance.Checks.Migration;
using McConformance.Checks.Tests.Scenes;
using McConformance.Wire;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;
using static McConformance.Checks.Tests.Scenes.Connection;
using static McConformance.Checks.Tests.Scenes.Messages;
using static McConformance.Checks.Tests.Scenes.Registration;

namespace McConformance.Checks.Tests.Migration;

/// <summary>TR 23.781 6.2.1: identities are allocated and passed on.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ConnectionTests
{
    [Test]
    public void Primary_asks_for_outbound_identities_and_passes_them_on()
    {
        const string request = "the access request names user, SIP database and outbound identities";
        Judge(Details()).Passes("SOL2-7", request, 4);
        Judge(Details().Without(2)).Misses("SOL2-4", "a request for outbound identities")
            .Of("the SIP database is asked with the user's identities");
        Judge(Details().Sent(2, from: "mcptt.primary")).Misses("SOL2-4", "a request for outbound identities");
        Judge(Details().Sent(2, from: "cms.partner")).Misses("SOL2-4", "a request for outbound identities");
        Judge(Details().Sent(2, to: "sdb.partner")).Misses("SOL2-4", "a request for outbound identities");
        Judge(Details().With(2, Asks(2, Set(Outbound)))).Fails("SOL2-4", $"{Isim}", $"{Set(Outbound)}", 2);
        foreach (var about in (byte[][])[Request(UserData, 2), Request(UserData, 2, Avp(1, "x")),
            Request(UserData, 2, Avp(1, "x"), Avp(700, "")),
            Request(UserData, 2, Group(700, Avp(601, "sip:x")))])
            Judge(Details().With(2, about)).Fails("SOL2-4", $"{Isim}", "nothing", 2);
        Judge(Details().Without(3)).Misses("SOL2-6", "an answer with outbound identities")
            .Of("the SIP database returns the outbound identities");
        Judge(Details().Sent(3, from: "sdb.partner")).Misses("SOL2-6", "an answer with outbound identities");
        Judge(Details().Sent(3, to: "mcptt.primary")).Misses("SOL2-6", "an answer with outbound identities");
        Judge(Details().Sent(3, to: "cms.partner")).Misses("SOL2-6", "an answer with outbound identities");
        foreach (var given in (byte[][])[Answer(UserData, 2, Avp(268, 2001)), Gives(2, "<"), Gives(2, "<x/>"),
            Gives(2, "<sip-identities impi='a'/>"),
            Gives(2, "<sip-identities impu='a'/>")])
            Judge(Details().With(3, given)).Fails("SOL2-6", "outbound identities", "none", 3);
        Judge(Details().With(3, Gives(2, Set(Outbound), 5012))).Fails("SOL2-6", "result 2001", "result 5012", 3);
        Judge(Details().Without(4)).Misses("SOL2-7", "a partner access request");
        Judge(Details().Sent(4, to: "cms.third")).Misses("SOL2-7", "a partner access request");
        var half = new SipIdentitySet(Set(Outbound).Private, Set(Inbound).Public);
        var other = new SipIdentitySet(Set(Inbound).Private, Set(Outbound).Public);
        foreach (var set in (SipIdentitySet[])[Set(Inbound), half, other])
            Judge(Details().With(3, Gives(2, set))).Fails("SOL2-5", "identities of ims.primary.example", $"{set}", 3);
        Judge(Details().With(3, Gives(2, Isim))).Fails("SOL2-5", "other identities than the user's", $"{Isim}", 3)
            .Of("outbound identities of the primary are allocated in place of the user's");
        Judge(Details().With(4, Wants(user: "sip:bob@primary.example")))
            .Fails("SOL2-7", User, "sip:bob@primary.example", 4);
        Judge(Details().With(4, Wants(database: "hss.example")))
            .Fails("SOL2-7", "sdb.ims.primary.example", "hss.example", 4);
        Judge(Details().With(4, Wants(set: Isim))).Fails("SOL2-7", $"outbound {Set(Outbound)}", $"outbound {Isim}", 4);
        Judge(Details().With(4, Wants(outbound: false)))
            .Fails("SOL2-7", $"outbound {Set(Outbound)}", $"the user's {Set(Outbound)}", 4);

        static Judged Judge(Scene scene) =>
            scene.Judge(s =>
                PassesIdentitiesOn.AtPrimary(new ConnectionDetails(s, "primary.example", "partner.example"), User,
                Facts));
    }

    [Test]
    public void Partner_allocates_inbound_identities_and_gives_them()
    {
        Judge(Details()).Passes("SOL2-13", "the client gets what the partner gave", 8);
        Judge(Details().Without(4)).Misses("SOL2-7", "a partner access request");
        Judge(Details().Without(5)).Misses("SOL2-9", "a request for inbound identities")
            .Of("the partner's SIP database is asked with what the primary named");
        Judge(Details().Without(6)).Misses("SOL2-11", "an answer with inbound identities")
            .Of("the partner's SIP database returns the inbound identities");
        Judge(Details().With(6, Answer(UserData, 5, Avp(268, 2001))))
            .Fails("SOL2-11", "inbound identities", "none", 6);
        Judge(Details().With(6, Gives(5, Set(Inbound), 5012))).Fails("SOL2-11", "result 2001", "result 5012", 6);
        Judge(Details().Without(7)).Misses("SOL2-12", "a partner access response")
            .Of("the partner answers with inbound identities and initial configuration");
        Judge(Details().Without(8)).Misses("SOL2-13", "a response to the client");
        Judge(Details().Sent(8, to: "cms.third")).Misses("SOL2-13", "a response to the client");
        Judge(Details().With(5, Asks(5, Isim, "sdb.ims.primary.example")))
            .Fails("SOL2-9", $"{Set(Outbound)}", $"{Isim}", 5);
        Judge(Details().With(5, Asks(5, Set(Outbound), "x"))).Fails("SOL2-9", "sdb.ims.primary.example", "x", 5);
        Judge(Details().With(5, Asks(5, Set(Outbound)))).Fails("SOL2-9", "sdb.ims.primary.example", "nothing", 5);
        Judge(Details().With(6, Gives(5, Set(Outbound))))
            .Fails("SOL2-10", "identities of ims.partner.example", $"{Set(Outbound)}", 6)
            .Of("inbound identities of the partner are allocated");
        Judge(Details().With(7, Body(new PartnerAccessResponse(Grant(set: Outbound)))))
            .Fails("SOL2-12", $"{Set(Inbound)}", $"{Set(Outbound)}", 7);
        Judge(Details().With(7, Body(new PartnerAccessResponse(Grant("third.example")))))
            .Fails("SOL2-12", "partner.example", "third.example", 7);
        Judge(Details().With(7, Body(new PartnerAccessResponse(PartnerAccessCause.UserNotAuthorized))))
            .Fails("SOL2-12", $"{Set(Inbound)}", "nothing", 7);
        Judge(Details().With(7, "HTTP/1.1 200", "HTTP/1.1 500")).Fails("SOL2-12", $"{Set(Inbound)}", "nothing", 7);
        Judge(Details().With(8, "HTTP/1.1 200", "HTTP/1.1 404")).Fails("SOL2-13", $"{Set(Inbound)}", "nothing", 8);
        Judge(Details().With(8, Told("third.example", Grant())))
            .Fails("SOL2-13", "partner.example", "third.example", 8);
        Judge(Details().With(8, Body(new PartnerConnectionResponse(PartnerAccessCause.UserNotAuthorized))))
            .Fails("SOL2-13", "partner.example", "nothing", 8);
        Judge(Details().With(8, Told("partner.example", Grant(set: Outbound))))
            .Fails("SOL2-13", $"{Set(Inbound)}", $"{Set(Outbound)}", 8);
        Judge(Details().With(8, Told("partner.example", Grant("third.example")))).Fails(
            "SOL2-13", $"{Grant().Configuration.ToXml()}", $"{Grant("third.example").Configuration.ToXml()}", 8);

        static Judged Judge(Scene scene) =>
            scene.Judge(s =>
                PassesIdentitiesOn.AtPartner(new ConnectionDetails(s, "primary.example", "partner.example"), Facts));
    }

    [Test]
    public void Every_step_is_found_where_it_passes()
    {
        var seen = Details().Http("cms.primary", "ue", Told("partner.example", Grant())).Seen;
        var details = new ConnectionDetails(seen, "primary.example", "partner.example");
        (details.ClientRequest!.Number, details.OutboundRequest!.Number, details.OutboundAnswer!.Number,
            details.AccessRequest!.Number)
            .Should().Be((1, 2, 3, 4));
        (details.InboundRequest!.Number, details.InboundAnswer!.Number, details.AccessResponse!.Number)
            .Should().Be((5, 6, 7));
        details.ClientResponses.Select(m => m.Number).Should().Equal(8, 9);
        var none = new ConnectionDetails(new Scene().Seen, "primary.example", "partner.example");
        (none.ClientRequest, none.OutboundRequest, none.OutboundAnswer, none.AccessRequest, none.InboundRequest,
            none.InboundAnswer, none.AccessResponse)
            .Should().Be((null, null, null, null, null, null, null));
    }

    [Test]
    public void Steps_pass_in_order()
    {
        Judge(Details()).Passes("SOL2-13", "the client's response comes in its place", 8);
        string[] steps = ["SOL2-1", "SOL2-4", "SOL2-6", "SOL2-7", "SOL2-9", "SOL2-11", "SOL2-12", "SOL2-13"];
        string[] what =
        [
            "the client's request", "the request for outbound identities", "outbound identities",
            "the partner access request",
            "the request for inbound identities", "inbound identities", "the partner access response",
            "the client's response",
        ];
        for (var i = 0; i < 8; i++)
        {
            Judge(Details().Without(i + 1)).Misses(steps[i], what[i]).Of($"{what[i]} comes in its place");
            Judge(Details().Sent(i + 1, from: "stranger")).Misses(steps[i], what[i]);
            Judge(Details().Sent(i + 1, to: "stranger")).Misses(steps[i], what[i]);
            if (i < 7) Judge(Details().Swapped(i + 1, i + 2)).Misses(steps[i + 1], what[i + 1]);
        }

        foreach (var number in (int[])[1, 4]) Judge(Details().With(number, "POST", "GET"))
            .Misses(steps[number - 1], what[number - 1]);
        foreach (var number in (int[])[7, 8])
            Judge(Details().With(number, Http("HTTP/1.1 403 No"))).Misses(steps[number - 1], what[number - 1]);
        foreach (var number in (int[])[2, 5])
        {
            Judge(Details().With(number, Request(MultimediaAuth, 1))).Misses(steps[number - 1], what[number - 1]);
            Judge(Details().With(number, Answer(UserData, 1))).Misses(steps[number - 1], what[number - 1]);
        }

        foreach (var number in (int[])[3, 6])
        {
            Judge(Details().With(number, Answer(MultimediaAuth, 1))).Misses(steps[number - 1], what[number - 1]);
            Judge(Details().With(number, Request(UserData, 1))).Misses(steps[number - 1], what[number - 1]);
        }

        foreach (var (number, system) in new[] { (1, "cms.third"), (2, "sdb.third"), (3, "cms.third"), (4, "cms.third"),
            (5, "sdb.third"), (6, "cms.third"), (7, "cms.third") })
            Judge(Details().Sent(number, to: system)).Misses(steps[number - 1], what[number - 1]);

        static Judged Judge(Scene scene) =>
            scene.Judge(s => AllocatesIdentities.InOrder(s, "primary.example", "partner.example"));
    }

    [Test]
    public void Own_identities_are_sent_where_none_are_allocated()
    {
        const string claim = "without allocation by policy the user's own identities are sent";
        Judge(Own()).Passes("SOL2-4", claim, 4);
        Judge(Own().Diameter("cms.partner", "sdb.partner", Asks(9, Isim))).Passes("SOL2-4", claim, 4);
        Judge(Details()).Fails("SOL2-4", "nothing", "Diameter command 306-Request", 2);
        Judge(Own().Without(4)).Misses("SOL2-4", "a partner access request");
        Judge(Own().With(4, Wants(outbound: false))).Fails("SOL2-4", "alice-ue", "another", 4);

        static Judged Judge(Scene scene) =>
            scene.Judge(s => AllocatesIdentities.OwnOnly(s, "primary.example", "partner.example", "alice-ue"));
        static Scene Own() => Details().Without(2, 3).With(4, Wants(set: Isim, outbound: false));
    }

    [Test]
    public void Nothing_is_asked_of_the_partner()
    {
        const string claim = "nothing is asked of the partner";
        Judge(Details().Without(4)).Passes("SOL2-1", claim);
        Judge(Details().Sent(4, to: "cms.third")).Passes("SOL2-1", claim);
        Judge(Details()).Fails("SOL2-1", "nothing", $"{Details().Recorded(4).Octets.Length} octets", 4);

        static Judged Judge(Scene scene) =>
            scene.Judge(s => AllocatesIdentities.NothingAsked(s, "SOL2-1", "partner.example"));
    }

    [Test]
    public void No_identities_are_allocated()
    {
        const string claim = "no identities are allocated";
        Judge(Details()).Fails("SOL2-5", "nothing", "Diameter command 306-Answer with result 2001", 3);
        foreach (var scene in (Scene[])[Details().Without(3), Details().With(3, Answer(UserData, 2)),
            Details().Fated(3, Wire.Fate.Lost), Details().Sent(3, from: "sdb.third"), Details()
                .Sent(3, to: "mms.primary")])
            Judge(scene).Passes("SOL2-5", claim);

        static Judged Judge(Scene scene) =>
            scene.Judge(s => AllocatesIdentities.Nothing(s, "SOL2-5", "primary.example"));
    }

    [Test]
    public void A_user_is_given_the_same_again_and_another_user_is_not()
    {
        var (same, other) = (Details().Http("cms.primary", "ue", Told("partner.example", Grant())),
            Details().Http("cms.primary", "ue", Told("partner.example", Grant(set: "in-2@ims.partner.example"))));
        const string once = "the binding of a UE is made once", each = "identities are bound to one user";
        var texts =
            (Same: $"{Set(Inbound)}, {Set(Inbound)}", Other: $"{Set(Inbound)}, {Set("in-2@ims.partner.example")}");
        same.Judge(AllocatesIdentities.SameAgain).Passes("SOL2-10", once);
        other.Judge(AllocatesIdentities.SameAgain).Fails("SOL2-10", "two equal answers", texts.Other);
        other.Judge(s => AllocatesIdentities.OneEach(s, "SOL2-10")).Passes("SOL2-10", each);
        same.Judge(s => AllocatesIdentities.OneEach(s, "SOL2-10"))
            .Fails("SOL2-10", "two different answers", texts.Same);

        // who was refused was given nothing: two refusals are not the same identities, one is not another
        var refusal = Body(new PartnerConnectionResponse(PartnerAccessCause.UserNotAuthorized));
        Details().With(8, refusal).Http("cms.primary", "ue", refusal).Judge(AllocatesIdentities.SameAgain)
            .Fails("SOL2-10", "two equal answers", "none");
        Details().Http("cms.primary", "ue", refusal).Judge(s => AllocatesIdentities.OneEach(s, "SOL2-10"))
            .Fails("SOL2-10", "two different answers", $"{Set(Inbound)}");
    }
}
