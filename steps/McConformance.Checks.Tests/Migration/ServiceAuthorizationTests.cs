using McConformance.Checks.Migration;
using McConformance.Checks.Tests.Scenes;
using McConformance.Wire;
using McConformance.Wire.Documents;
using static McConformance.Checks.Tests.Scenes.ServiceAuthorization;

namespace McConformance.Checks.Tests.Migration;

/// <summary>TS 23.280 10.6.3.3: who asks whom, with what, and who believes whom.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ServiceAuthorizationTests
{
    private const string NoRequest = "a migration service authorization request of the client";

    [Test]
    public void Client_asks_the_partner_and_nobody_else()
    {
        const string claim = "the client asks the partner's MC service server, and names user and profile";
        var all = $"{PrimaryId} {PartnerId} 2";
        Judge(Scene()).Passes("MSA-1", claim, 2);
        Judge(Scene().Without(2)).Misses("MSA-1", NoRequest);
        Judge(Scene().Sent(2, from: "scscf.partner")).Misses("MSA-1", NoRequest);
        Judge(Scene().With(2, Messages.Sip(Publish(Token, "other")))).Misses("MSA-1", NoRequest);
        Judge(Scene().With(2, Messages.Sip("PUBLISH sip:a SIP/2.0\n\n"))).Misses("MSA-1", NoRequest);
        Judge(Scene().Sip("ue", "pcscf.primary", Publish(Token))).Fails("MSA-1", "partner.example only", "PUBLISH", 12);
        Judge(Scene().Without(3)).Misses("MSA-1", "the request at the partner's MC service server");
        Judge(Scene().Sent(3, to: "gw.partner")).Misses("MSA-1", "the request at the partner's MC service server");
        Judge(Scene().Sent(3, to: "mcptt.primary")).Misses("MSA-1", "the request at the partner's MC service server");
        Judge(Scene().With(3, Messages.Sip(Publish(Token, "other"))))
            .Misses("MSA-1", "the request at the partner's MC service server");
        Judge(Scene().With(2, "alice@primary", "alicia@primary"))
            .Fails("MSA-1", all, all.Replace("alice@", "alicia@"), 2);
        Judge(Scene().With(2, "guest", "gast")).Fails("MSA-1", all, all.Replace("guest", "gast"), 2);
        Judge(Scene().With(2, "index>2<", "index>3<")).Fails("MSA-1", all, $"{PrimaryId} {PartnerId} 3", 2);
        Judge(Scene().With(2, "mcconformance:ns", "other:ns")).Fails("MSA-1", all, "  ", 2);

        static Judged Judge(Scene scene) => scene.Judge(s => AsksThePartner.Judge(s, Facts));
    }

    [Test]
    public void Client_asks_nobody()
    {
        Judge(Scene().Without(2)).Passes("MSA-1", "the client sends no migration service authorization request");
        Judge(Scene()).Fails("MSA-1", "nothing", "PUBLISH", 2);

        static Judged Judge(Scene scene) => scene.Judge(s => AsksThePartner.Nobody("MSA-1", s));
    }

    [Test]
    public void Client_presents_what_was_issued_to_it()
    {
        const string issued = "an access token that the partner issued before";
        Judge(Scene())
            .Passes(
                "MSA-IE-REQ-4", "the request names the identity that the partner's identity management server issued",
                2);
        Judge(Scene().Without(2)).Misses("MSA-IE-REQ-4", NoRequest);
        Judge(Scene().With(2, Messages.Sip(Publish(null)))).Fails("MSA-PRE-2", issued, "none", 2)
            .Of("the request carries a credential that user authentication supplied");
        Judge(Scene().With(2, "<mcptt-Params>", "<mcptt-Params><!--").With(2, "</mcptt-Params>", "--></mcptt-Params>"))
            .Misses("MSA-IE-REQ-4", NoRequest);
        foreach (var scene in (Scene[])[Scene().Without(1), Scene().Swapped(1, 11), Scene()
            .Sent(1, from: "idms.primary"),
            Scene().Sent(1, from: "cms.partner"), Scene().With(1, "200 OK", "400 No"), Scene()
                .With(1, Issued("other"))])
            Judge(scene).Fails("MSA-PRE-2", issued, "another", 2);
        Judge(Scene().With(2, "guest", "gast"))
            .Fails("MSA-IE-REQ-4", PartnerId, PartnerId.Replace("guest", "gast"), 2);
        Judge(Scene().With(2, "mcconformance:ns", "other:ns")).Fails("MSA-IE-REQ-4", PartnerId, "nothing", 2);

        static Judged Judge(Scene scene) => scene.Judge(s => AsksThePartner.WithWhatWasIssued(s, "partner.example"));
    }

    [TestCase("no-token")]
    [TestCase("a.b")]
    [TestCase("a.*.c")]
    [TestCase("a.bm8.c")]
    [TestCase("a.e30.c", TestName = "empty object")]
    [TestCase("a.W10.c", TestName = "array")]
    [TestCase("a.eyJtY3B0dF9pZCI6MX0.c", TestName = "number")]
    public void A_token_that_names_no_identity_names_none(string token) =>
        new Scene().Http("idms.partner", "ue", Issued(token)).Sip("ue", "pcscf.partner", Publish(token))
            .Judge(s => AsksThePartner.WithWhatWasIssued(s, "partner.example"))
            .Fails("MSA-IE-REQ-4", "nothing", PartnerId, 2);

    [Test]
    public void Nobody_hands_the_access_token_on()
    {
        const string claim = "the client presents the partner's access token, and nobody hands it on";
        const string own = "the access token that the partner issued";
        Judge(Scene()).Passes("MSA-1N", claim, 3);
        Judge(Scene().Without(3)).Misses("MSA-1N", "a request of the client");
        Judge(Scene().With(3, Messages.Sip(Publish(null)))).Fails("MSA-1N", own, "none", 3);
        Judge(Scene().With(3, Messages.Sip(Publish("x")))).Fails("MSA-1N", own, "another", 3);
        foreach (var number in (int[])[4, 5])
            Judge(Scene().With(number, Messages.Sip(Publish(Token))))
                .Fails("MSA-1N", "no access token", "the client's access token", number);

        static Judged Judge(Scene scene) => scene.Judge(s => TokenStaysAtPartner.Judge(s, Token));
    }

    [Test]
    public void Requests_name_user_and_profile()
    {
        Judge(Scene()).Passes("MSA-IE-REQ-3", "the request carries the index of the selected profile", 6);
        Judge(Scene().Without(4, 5, 6)).Misses("MSA-IE-REQ-1", "a migration service authorization request")
            .Of("the request carries the MC service ID that the partner gave");
        Judge(Scene().With(5, "guest", "gast")).Fails("MSA-IE-REQ-1", PartnerId, PartnerId.Replace("guest", "gast"), 5);
        Judge(Scene().With(5, "alice@primary", "bob@primary"))
            .Fails("MSA-IE-REQ-2", PrimaryId, "sip:bob@primary.example", 5)
            .Of("the request carries the MC service ID of the primary");
        Judge(Scene().With(5, "index>2<", "index>3<")).Fails("MSA-IE-REQ-3", "2", "3", 5);
        Judge(Scene().With(5, "partner-mc-service-id", "x")).Fails("MSA-IE-REQ-1", PartnerId, "nothing", 5);
        Judge(Scene().With(5, "primary-mc-service-id", "x")).Fails("MSA-IE-REQ-2", PrimaryId, "nothing", 5);
        Judge(Scene().With(5, "user-profile-index", "x")).Fails("MSA-IE-REQ-3", "2", "nothing", 5);
        Scene().Judge(s => RequestNamesUserAndProfile.Judge(s.All.Take(1), Facts))
            .Fails("MSA-IE-REQ-1", PartnerId, "nothing", 1);
        Scene().With(4, "mcconformance:ns", "other:ns")
            .Judge(s => RequestNamesUserAndProfile.Judge(s.All.Skip(3).Take(1), Facts))
            .Fails("MSA-IE-REQ-1", PartnerId, "nothing", 4);

        static Judged Judge(Scene scene) => scene
            .Judge(s => RequestNamesUserAndProfile.Judge(s.ServerRequests(), Facts));
    }

    [Test]
    public void Claims_need_nothing_else_where_one_was_seen() => Scene()
        .Unseen("mcptt.partner", "mcptt.primary", WireProtocol.Sip)
        .Judge(s => RequestNamesUserAndProfile.Judge(s.ServerRequests(), Facts))
        .Passes("MSA-IE-REQ-3", "the request carries the index of the selected profile", 6);

    [Test]
    public void Claims_about_what_nobody_saw_are_not_judged() => FluentActions
        .Invoking(() => new Scene().Unseen("mcptt.partner", "mcptt.primary", WireProtocol.Sip)
            .Judge(s => RequestNamesUserAndProfile.Judge(s.ServerRequests(), Facts)))
        .Should().Throw<Checks.Flow.UnobservableException>();

    [Test]
    public void Responses_repeat_the_identities_and_carry_the_result()
    {
        var ids = $"{PartnerId} {PrimaryId}";
        Judge(Scene(), true).Passes("MSA-IE-RSP-2", "the response carries the result", 9);
        Judge(Scene().Without(7, 8, 9), true).Misses("MSA-IE-RSP-1", "a migration service authorization response")
            .Of("the response carries the MC service IDs of the request");
        Judge(Scene().With(8, "guest", "gast"), true).Fails("MSA-IE-RSP-1", ids, ids.Replace("guest", "gast"), 8);
        Judge(Scene().With(8, "alice@primary", "bob@primary"), true)
            .Fails("MSA-IE-RSP-1", ids, ids.Replace("alice@", "bob@"), 8);
        Judge(Scene(), false).Fails("MSA-IE-RSP-2", "failure", "success", 7);
        Judge(Scene().With(7, Messages.Sip(Response(false))), true).Fails("MSA-IE-RSP-2", "success", "failure", 7);
        Judge(Scene().With(7, Messages.Sip(Response(null))), true).Fails("MSA-IE-RSP-2", "success", "nothing", 7);
        Scene().Judge(s => ResponseRepeatsRequest.Judge(s.All.Take(1), Facts, true)).Fails("MSA-IE-RSP-1", ids, " ", 1);
        Scene().With(4, "mcconformance:ns", "other:ns")
            .Judge(s => ResponseRepeatsRequest.Judge(s.All.Skip(3).Take(1), Facts, true))
            .Fails("MSA-IE-RSP-1", ids, " ", 4);

        static Judged Judge(Scene scene, bool success) =>
            scene.Judge(s => ResponseRepeatsRequest.Judge(s.ServerResponses(), Facts, success));
    }

    [Test]
    public void Partner_serves_by_the_primarys_word()
    {
        const string claim = "the partner serves the user when the primary has permitted it, and not before";
        const string noRequest = "a request of the partner's MC service server to the primary";
        const string noWord = "a response of the primary at the partner's MC service server";
        Judge(Scene()).Passes("KI-2.1-b", claim, 10);
        Judge(Scene().With(9, Messages.Sip(Response(false))).With(10, Messages.Sip(Told(403))))
            .Passes("KI-2.1-b", claim, 10);
        Judge(Scene().Without(4)).Misses("KI-2.1-b", noRequest);
        Judge(Scene().Sent(4, from: "gw.partner")).Misses("KI-2.1-b", noRequest);
        Judge(Scene().Sent(4, from: "mcptt.third")).Misses("KI-2.1-b", noRequest);
        Judge(Scene().Without(9)).Misses("KI-2.1-b", noWord);
        Judge(Scene().Swapped(4, 9)).Misses("KI-2.1-b", noWord);
        Judge(Scene().Without(10)).Misses("KI-2.1-b", "an answer to the client");
        Judge(Scene().Sent(10, from: "mcptt.primary")).Misses("KI-2.1-b", "an answer to the client");
        Judge(Scene().With(10, "PUBLISH", "MESSAGE")).Misses("KI-2.1-b", "an answer to the client");
        Judge(Scene().With(10, "200 X", "199 X")).Misses("KI-2.1-b", "an answer to the client");
        Judge(Scene().Sent(10, from: "gw.partner")).Misses("KI-2.1-b", "an answer to the client");
        Judge(Scene().Swapped(9, 10))
            .Fails("KI-2.1-b", "the primary's response first", "the client was answered before", 9);
        Judge(Scene().With(10, Messages.Sip(Told(403)))).Fails("KI-2.1-b", "200", "403", 10);
        Judge(Scene().With(9, Messages.Sip(Response(false)))).Fails("KI-2.1-b", "a refusal", "200", 10);
        Judge(Scene().With(9, Messages.Sip(Response(null)))).Fails("KI-2.1-b", "a refusal", "200", 10);
        Judge(Scene().With(9, "mcconformance:ns", "other:ns")).Fails("KI-2.1-b", "a refusal", "200", 10);

        static Judged Judge(Scene scene) => scene.Judge(s => ServesByThePrimarysWord.Judge(s, Facts));
    }

    [Test]
    public void Primary_says_no_and_why()
    {
        const string none = "a response of the primary's MC service server";
        Judge(Scene().With(7, Messages.Sip(Response(false, MigrationCause.UnknownUser))))
            .Passes("MSA-6", "the primary's MC service server refuses what it does not permit", 7);
        Judge(Scene().Without(7)).Misses("MSA-6", none);
        Judge(Scene().Sent(7, from: "gw.primary")).Misses("MSA-6", none);
        Judge(Scene().Sent(7, from: "mcptt.third")).Misses("MSA-6", none);
        Judge(Scene()).Fails("MSA-6", "unknown-user", "success", 7);
        Judge(Scene().With(7, Messages.Sip(Response(false)))).Fails("MSA-6", "unknown-user", "no cause", 7);
        Judge(Scene().With(7, "mcconformance:ns", "other:ns")).Fails("MSA-6", "unknown-user", "no cause", 7);
        Judge(Scene().With(7, Messages.Sip(Response(false, MigrationCause.TokenMismatch))))
            .Fails("MSA-6", "unknown-user", "token-mismatch", 7);

        static Judged Judge(Scene scene) => scene.Judge(s => ServesByThePrimarysWord.Refuses(s, Facts, "unknown-user"));
    }

    [Test]
    public void Primary_says_yes()
    {
        const string none = "a response of the primary's MC service server";
        Judge(Scene()).Passes("MSA-6", "the primary's MC service server permits what it must", 7);
        Judge(Scene().Without(7)).Misses("MSA-6", none);
        Judge(Scene().Sent(7, from: "gw.primary")).Misses("MSA-6", none);
        Judge(Scene().With(7, Messages.Sip(Response(false)))).Fails("MSA-6", "success", "failure", 7);
        Judge(Scene().With(7, "mcconformance:ns", "other:ns")).Fails("MSA-6", "success", "failure", 7);

        static Judged Judge(Scene scene) => scene.Judge(s => ServesByThePrimarysWord.Permits(s, Facts));
    }

    [Test]
    public void End_of_migration_is_told_and_arrives()
    {
        const string claim = "primary.example tells partner.example that the migration has ended";
        const string noCrossing =
            "a notification of primary.example to partner.example that migrated service has ended";
        const string noArrived = "the notification at the MC service server of partner.example";
        Judge(Ended()).Passes("MSA-7", claim, 3);
        Judge(Ended().Without(1, 2).Sent(3, from: "mcptt.primary")).Passes("MSA-7", claim, 3);
        foreach (var scene in (Scene[])[Ended().Without(2), Ended().Sent(2, from: "mcptt.third"),
            Ended().Sent(2, to: "gw.third"), Ended().Fated(2, Fate.Lost), Ended().With(2, Messages.Sip(Request()))])
            Judge(scene).Misses("MSA-7", noCrossing);
        foreach (var scene in (Scene[])[Ended().Without(3), Ended().Sent(3, to: "mcptt.third"),
            Ended().Sent(3, to: "gw.partner"), Ended().Fated(3, Fate.Lost), Ended().Swapped(2, 3)])
            Judge(scene).Misses("MSA-7", noArrived);
        Judge(Ended().Without(1, 3).Unseen("gw.partner", "mcptt.partner", WireProtocol.Sip)).Passes("MSA-7", claim, 2);
        Judge(Ended().With(3, "alice@primary", "bob@primary")).Fails("MSA-7", PrimaryId, "sip:bob@primary.example", 3);
        Judge(Ended().With(3, "primary-mc-service-id", "x")).Fails("MSA-7", PrimaryId, "nothing", 3);
        Judge(Ended().With(3, "mcconformance:ns", "other:ns")).Fails("MSA-7", PrimaryId, "nothing", 3);

        static Judged Judge(Scene scene) =>
            scene.Judge(s => EndIsTold.Judge(s, "MSA-7", "primary.example", "partner.example", PrimaryId));
        static Scene Ended() => new Scene().Sip("mcptt.primary", "gw.primary", Ending())
            .Sip("gw.primary", "gw.partner", Ending()).Sip("gw.partner", "mcptt.partner", Ending());
    }
}
