using McConformance.Checks.Flow;
using McConformance.Checks.Sip;
using McConformance.Checks.Tests.Scenes;
using static McConformance.Checks.Tests.Scenes.Registration;

namespace McConformance.Checks.Tests.Flow;

/// <summary>TS 23.280 10.1.6.2 steps 10 and 11: challenge, answer, success.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ChallengeTests
{
    private const string Response = "0123456789abcdef0123456789abcdef";
    private static readonly string Auts = $",auts=\"{Convert.ToBase64String(Messages.Octets(14, 7))}\"";

    [Test]
    public void Ue_is_challenged_with_the_vector_and_answers()
    {
        const string noAnswer = "a REGISTER of the UE that answers the challenge";
        const string noChallenge = "a 401 to the UE after the vector came";
        Judge(Scene()).Passes("SPR-10", "the SIP core challenges with the received vector and the UE answers it", 9);
        Judge(Scene().Without(2)).Misses("SPR-10", "an answer to the partner's SIP core");
        Judge(Scene().Without(7)).Misses("SPR-10", "an answer to the partner's SIP core");
        Judge(Scene().Without(8)).Misses("SPR-10", noChallenge);
        Judge(Scene().Swapped(7, 8)).Misses("SPR-10", noChallenge);
        Judge(Scene().Sent(8, to: "ue2")).Misses("SPR-10", noChallenge);
        Judge(Scene().With(8, "WWW-Authenticate", "X")).Fails("SPR-10", "a digest challenge", "none", 8);
        Judge(Scene().With(8, "Digest", "Basic")).Fails("SPR-10", "a digest challenge", "none", 8);
        Judge(Scene().With(8, "AKAv1-MD5", "MD5")).Fails("SPR-10", "AKAv1-MD5", "MD5", 8);
        Judge(Scene().With(8, "nonce=\"", "nonce=\"x")).Fails("SPR-10", Nonce, $"x{Nonce}", 8);
        Judge(Scene().With(8, "realm=\"ims.partner", "realm=\"ims.primary"))
            .Fails("SPR-10", "ims.partner.example", "ims.primary.example", 8);
        Judge(Scene().Without(9)).Misses("SPR-10", noAnswer);
        Judge(Scene().Sent(9, from: "ue2")).Misses("SPR-10", noAnswer);
        Judge(Scene().Swapped(8, 9)).Misses("SPR-10", noAnswer);
        Judge(Scene().With(9, Messages.Sip(Register("")))).Misses("SPR-10", noAnswer);
        Judge(Scene().With(9, "Authorization", "X")).Misses("SPR-10", noAnswer);
        Judge(Scene().With(9, "Digest", "Basic")).Misses("SPR-10", noAnswer);

        static Judged Judge(Scene scene) => scene.Judge(s => Authenticates.Judge(s, Facts));
    }

    [Test]
    public void Registration_is_confirmed_after_the_challenge()
    {
        const string no200 = "a 200 to the UE's REGISTER";
        Judge(Scene()).Passes("SPR-11", "the SIP core confirms the registration after the challenge was answered", 10);
        Judge(Scene().Without(10)).Misses("SPR-11", no200);
        Judge(Scene().Sent(10, to: "ue2")).Misses("SPR-11", no200);
        Judge(Scene().Sent(10, from: "pcscf.primary")).Misses("SPR-11", no200);
        Judge(Scene().Without(8)).Fails("SPR-11", "a challenge before", "none", 10);
        Judge(Scene().Sent(8, to: "ue2")).Fails("SPR-11", "a challenge before", "none", 10);
        Judge(Scene().Sent(8, from: "pcscf.primary")).Fails("SPR-11", "a challenge before", "none", 10);
        Judge(Scene().Swapped(8, 10)).Fails("SPR-11", "a challenge before", "none", 8);
        Judge(Scene().With(10, "Contact", "X")).Fails("SPR-11", "the bound contact", "no Contact", 10);
        Judge(Scene().With(10, "Service-Route", "X")).Fails("SPR-11", "a Service-Route", "none", 10);
        var expected = $"{Partner.Public} in P-Associated-URI";
        Judge(Scene().With(10, "P-Associated-URI", "X")).Fails("SPR-11", expected, "none", 10);
        Judge(Scene().With(10, "URI: <sip:in-0001@ims.partner.example>", "URI: <x"))
            .Fails("SPR-11", expected, "none", 10);
        Judge(Scene().With(10, "URI: <sip:in-0001@", "URI: <sip:other@x>, <sip:in-0002@"))
            .Fails("SPR-11", expected, "sip:other@x, sip:in-0002@ims.partner.example", 10);
        Judge(Scene().With(10, "URI: ", "URI: <sip:other@x>, ")).Passes(
            "SPR-11", "the SIP core confirms the registration after the challenge was answered", 10);

        static Judged Judge(Scene scene) => scene.Judge(s => ConfirmsRegistration.Judge(s, Facts));
    }

    [Test]
    public void Ue_is_told_one_identity()
    {
        const string claim = "the registration response names no identity but that of the UE";
        Judge(Scene()).Passes("SPR-11", claim, 10);
        Judge(Scene().Sip("pcscf.partner", "ue", "SIP/2.0 200 OK\nCSeq: 1 REGISTER\n\n"))
            .Fails("SPR-11", "one P-Associated-URI", "0", 11);
        Judge(Scene().With(10, "P-Associated-URI", "Subject")).Fails("SPR-11", "one P-Associated-URI", "0", 10);
        Judge(Scene().Without(10)).Misses("SPR-11", "a 200 to the UE's REGISTER");
        Judge(Scene().Sent(10, to: "ue2")).Misses("SPR-11", "a 200 to the UE's REGISTER");
        Judge(Scene().Sent(10, from: "pcscf.primary")).Misses("SPR-11", "a 200 to the UE's REGISTER");
        var injected = Scene().With(10, "Contact:", "X-Injected: 1\r\nContact:");
        injected.Diameter(
            "sdb.partner", "scscf.partner", Messages.Answer(301, 9, Messages.Avp(606, "&#10;X-Injected: 1")));
        Judge(injected).Fails("SPR-11", "headers of its own", "X-Injected: 1", 10);
        Judge(Scene().With(10, "Contact:", "X-Lawful: 1\r\nContact:")
            .Diameter("sdb.partner", "scscf.partner", Messages.Answer(301, 9, Messages.Avp(606, "X-Injected: 1"))))
            .Passes("SPR-11", claim, 10);
        Judge(Scene().With(10, "Contact:", "X-Lawful: 1\r\nContact:")
            .Diameter("sdb.partner", "scscf.partner", Messages.Answer(303, 9, Messages.Avp(606, "X-Lawful: 1"))))
            .Passes("SPR-11", claim, 10);
        Judge(Scene().With(10, "URI: <", "URI: <sip:x>\r\nP-Associated-URI: <"))
            .Fails("SPR-11", "one P-Associated-URI", "2", 10);
        Judge(Scene().With(10, "URI: <", "URI: <sip:x>, <"))
            .Fails("SPR-11", $"<{Partner.Public}>", $"<sip:x>, <{Partner.Public}>", 10);

        static Judged Judge(Scene scene) => scene.Judge(s => ConfirmsOneIdentity.Judge(s, Facts));
    }

    [Test]
    public void Ue_does_not_answer_a_false_challenge()
    {
        const string claim = "the UE sends no response to a challenge that is not genuine";
        Judge(Scene().With(9, Messages.Sip(Register("")))).Passes("SPR-10", claim, 8);
        Judge(Scene().With(9, "Authorization", "X")).Passes("SPR-10", claim, 8);
        Judge(Scene().With(9, "Digest", "Basic")).Passes("SPR-10", claim, 8);
        Judge(Scene().Sent(9, from: "ue2")).Passes("SPR-10", claim, 8);
        Judge(Scene().Swapped(8, 9)).Passes("SPR-10", claim, 9);
        Judge(Scene().Without(8)).Misses("SPR-10", "a challenge to the UE");
        Judge(Scene().Sent(8, to: "ue2")).Misses("SPR-10", "a challenge to the UE");
        Judge(Scene()).Fails("SPR-10", "an empty response and no auts", "an answer", 9);
        Judge(Scene().With(9, Messages.Sip(Register("", Auts))))
            .Fails("SPR-10", "an empty response and no auts", "an answer", 9);

        static Judged Judge(Scene scene) => scene.Judge(s => AnswersNoFalseChallenge.Judge(s, "ue"));
    }

    [Test]
    public void Ue_asks_for_resynchronisation()
    {
        const string missing = "a REGISTER of the UE with auts of 14 octets";
        var wrong = $",auts=\"{Convert.ToBase64String(new byte[13])}\"";
        var tooLong = $",auts=\"{Convert.ToBase64String(new byte[65])}\"";
        Judge(Resynchronised()).Passes("SPR-10", "the UE answers a challenge that is not fresh by AUTS", 9);
        Judge(Resynchronised().Sent(9, from: "ue2")).Misses("SPR-10", missing);
        Judge(Resynchronised().With(9, "Authorization", "X")).Misses("SPR-10", missing);
        Judge(Resynchronised().With(9, "Digest", "Basic")).Misses("SPR-10", missing);
        Judge(Scene()).Misses("SPR-10", missing);
        foreach (var auts in (string[])[wrong, tooLong, ",auts=\"***\""])
            Judge(Scene().With(9, Messages.Sip(Register("", auts)))).Misses("SPR-10", missing);

        static Judged Judge(Scene scene) => scene.Judge(s => AsksForResynchronisation.Judge(s, Facts));
    }

    [Test]
    public void Resynchronisation_reaches_the_database()
    {
        const string claim = "after resynchronisation the UE gets a new challenge";
        const string missing = "a second request at the primary's SIP database";
        Judge(Resynchronised()).Passes("SPR-10", claim, 11);
        Judge(Scene()).Misses("SPR-10", "a REGISTER of the UE with auts");
        Judge(Resynchronised().Without(11)).Misses("SPR-10", missing);
        Judge(Resynchronised().Swapped(9, 11)).Misses("SPR-10", missing);
        Judge(Resynchronised().Sent(11, to: "sdb.partner")).Misses("SPR-10", missing);
        Judge(Resynchronised().With(11, Again(Partner, 30, 7))).Fails("SPR-10", $"{Primary}", $"{Partner}", 11);
        Judge(Resynchronised().With(11, Again(Primary, 29, 7)))
            .Fails("SPR-10", "RAND and AUTS, 30 octets", "29 octets", 11);
        Judge(Resynchronised().With(11, Again(Primary, 30, 8))).Fails(
            "SPR-10", Convert.ToHexString(Messages.Octets(14, 7)), Convert.ToHexString(Messages.Octets(14, 8)), 11);

        static Judged Judge(Scene scene) => scene.Judge(s => ChallengesAfterResynchronisation.JudgeRequest(s, Facts));
    }

    [Test]
    public void Second_challenge_is_a_new_one()
    {
        Judge(Resynchronised()).Passes("SPR-10", "after resynchronisation the UE gets a new challenge", 12);
        Judge(Resynchronised().Without(12)).Misses("SPR-10", "a second challenge; there were 1");
        Judge(Resynchronised().Sent(12, to: "ue2")).Misses("SPR-10", "a second challenge; there were 1");
        Judge(Resynchronised().With(12, Messages.Sip(Challenge(Nonce))))
            .Fails("SPR-10", "a new nonce", "the first one again", 12);
        Judge(Resynchronised().With(12, "WWW-Authenticate", "X").With(8, Messages.Sip(Challenge(""))))
            .Fails("SPR-10", "a new nonce", "the first one again", 12);
        Judge(Resynchronised().With(12, "Digest", "Basic").With(8, Messages.Sip(Challenge(""))))
            .Fails("SPR-10", "a new nonce", "the first one again", 12);

        static Judged Judge(Scene scene) => scene.Judge(s => ChallengesAfterResynchronisation.Judge(s, Facts));
    }

    [Test]
    public void Ue_gets_no_keys()
    {
        var key = Messages.Octets(16, 4);
        Judge(Scene()).Passes("SPR-10", "neither cipher key nor integrity key is sent to the UE", 8);
        Judge(Scene().Without(8)).Misses("SPR-10", "a challenge to the UE");
        Judge(Scene().Sent(8, to: "ue2")).Misses("SPR-10", "a challenge to the UE");
        Judge(Scene().With(8, "Digest", "Basic")).Fails("SPR-10", "a digest challenge", "none", 8);
        Judge(Scene().With(8, "algorithm", "ik=\"00\",algorithm"))
            .Fails("SPR-10", "neither ik nor ck", "one or both", 8);
        Judge(Scene().With(8, "algorithm", "ck=\"00\",algorithm"))
            .Fails("SPR-10", "neither ik nor ck", "one or both", 8);
        Judge(Scene().Without(5, 6, 7)).Misses("SPR-10", "a vector with keys");
        Judge(Scene().Without(5, 6).With(7, Answered(1, Partner, vector: []))).Misses("SPR-10", "a vector with keys");
        foreach (var form in (string[])[Convert.ToHexStringLower(key), Convert.ToBase64String(key)])
        {
            Judge(Scene().With(10, "Contact", $"X: {form}\r\nContact"))
                .Fails("SPR-10", "no key of a vector anywhere", "one", 10);
            Judge(Scene().With(9, "Via", $"X: {form}\r\nVia")).Passes(
                "SPR-10", "neither cipher key nor integrity key is sent to the UE", 8);
        }

        Judge(Scene().With(10, "Contact", $"X: {Convert.ToHexString(Messages.Octets(16, 3))}\r\nContact"))
            .Fails("SPR-10", "no key of a vector anywhere", "one", 10);

        static Judged Judge(Scene scene) => scene.Judge(s => UserAgentSeesNoKeys.Judge(s, "ue"));
    }

    /// <summary>The UE answers by AUTS: 9; 11 is the request for another vector, 12 the second challenge.</summary>
    private static Scene Resynchronised() => Scene().With(9, Messages.Sip(Register(Response, Auts)))
        .Diameter("mms.primary", "sdb.primary", Again(Primary, 30, 7))
        .Sip("pcscf.partner", "ue", Challenge("another"));

    /// <summary>A request with RAND and AUTS: so many octets, AUTS from the seventeenth.</summary>
    private static byte[] Again(Wire.Identities.SipIdentitySet set, int count, byte first) => Messages.Request(
        Messages.MultimediaAuth, 13,
        [.. Messages.Identities(set),
            Messages.Group(612, Messages.Avp(610, [.. new byte[16], .. Messages.Octets(count - 16, first)]))]);
}
