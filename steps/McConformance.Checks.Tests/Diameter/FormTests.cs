using McConformance.Checks.Diameter;
using McConformance.Checks.Sip;
using McConformance.Checks.Tests.Scenes;
using McConformance.Wire;
using static McConformance.Checks.Tests.Scenes.Messages;

namespace McConformance.Checks.Tests.Diameter;

/// <summary>The form of messages, whoever they are from; answers to requests with faults.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class FormTests
{
    private static readonly byte[] WrongVersion = [2, .. Watchdog(0x80, 1)[1..]];

    [Test]
    public void Diameter_of_systems_follows_its_grammar()
    {
        Judge(One(Watchdog(0x80, 1))).IsSilent();
        Judge(One(Watchdog(0x80, 1, Avp(278, 1u), Unknown()))).IsSilent();
        Judge(One(WrongVersion)).Fails("RFC 6733 3", "version 1", "version 2", 1);
        Judge(One(Watchdog(0x80, 1)).Diameter("mms.primary", "mms.partner", WrongVersion))
            .Fails("RFC 6733 3", "version 1", "version 2", 2);

        // not theirs
        Judge(One(WrongVersion).Sent(1, from: "dpx.transit")).IsSilent();
        Judge(One(WrongVersion).Sent(1, from: "other-mms.partner")).IsSilent();
        Judge(One(WrongVersion).Sent(1, to: "other-mms.primary")).IsSilent();
        Judge(One(WrongVersion).Fated(1, Fate.Altered)).IsSilent();
        Judge(One([])).IsSilent();
        Judge(new Scene().Http("gms.partner", "gms.primary", WrongVersion)).IsSilent();

        static Judged Judge(Scene scene) => scene.Judge(DiameterIsWellFormed.Judge);
        static Scene One(byte[] octets) => new Scene().Diameter("mms.partner", "mms.primary", octets);
    }

    [Test]
    public void Sip_of_systems_and_their_ues_follows_its_grammar()
    {
        const string broken = "REGISTER sip:x SIP/2.0\nVia: SIP/2.0/UDP a;branch=z9hG4bK1\nFrom: <sip:a@b>;tag=1\n" +
            "To: <sip:a@b>\n" +
            "Call-ID: 1\nCSeq: 1 REGISTER\nContent-Length: 0\n\n";
        const string sound = "REGISTER sip:x SIP/2.0\nMax-Forwards: 70\nVia: SIP/2.0/UDP a;branch=z9hG4bK1\n" +
            "From: <sip:a@b>;tag=1\nTo: <sip:a@b>\nCall-ID: 1\nCSeq: 1 REGISTER\nContent-Length: 0\n\n";
        Judge(One(sound)).IsSilent();
        Judge(One(sound).Sip("ue", "pcscf.partner", broken)).Fails("RFC 3261 8.1.1.6", "Max-Forwards", "nothing", 2);
        Judge(One(broken)).Fails("RFC 3261 8.1.1.6", "Max-Forwards", "nothing", 1);
        Judge(One(broken).Sent(1, "pcscf.partner", "scscf.partner"))
            .Fails("RFC 3261 8.1.1.6", "Max-Forwards", "nothing", 1);
        Judge(One("\u0001")).Fails("RFC 3261 7", "a SIP message", "octets that are none", 1);

        // not theirs
        Judge(One(broken).Sent(1, from: "ue2")).IsSilent();
        Judge(One(broken).Sent(1, to: "stranger")).IsSilent();
        Judge(One(broken).Fated(1, Fate.Altered)).IsSilent();
        Judge(new Scene().Http("gms.partner", "gms.primary", Messages.Sip(broken))).IsSilent();

        static Judged Judge(Scene scene) => scene.Judge(s => IsWellFormed.Judge(s, "ue"));
        static Scene One(string text) => new Scene().Sip("ue", "pcscf.partner", text);
    }

    [Test]
    public void A_faulty_request_is_answered_with_its_result()
    {
        const string claim = "a faulty request is answered with 5005 or 5004";
        const string others = "the identifiers and the command of the request";
        var request = Watchdog(0x80, 1);
        Judge(request, Watchdog(0, 1, Avp(268, 5005))).Passes("DPX-1", claim);
        Judge(request, Watchdog(0, 1, Avp(268, 5004))).Passes("DPX-1", claim);
        Judge(request, Watchdog(0, 1, Avp(268, 2001))).Fails("DPX-1", "5005 or 5004", "2001");
        Judge(request, Watchdog(0, 1, Avp(268, 0u))).Fails("DPX-1", "5005 or 5004", "no result");
        Judge(request, []).Misses("DPX-1", "an answer");
        Judge(request, Watchdog(0, 2, Avp(268, 5005))).Fails("DPX-1", others, "others");
        Judge(request, Messages.Diameter(0, 280, 2, 1001)).Fails("DPX-1", others, "others");
        Judge(request, Messages.Diameter(0, 280, 1, 1002)).Fails("DPX-1", others, "others");
        Judge(request, Messages.Diameter(0, 281, 1, 1001)).Fails("DPX-1", others, "others");
        Judge(request, Watchdog(0, 1)).Fails("DPX-1", "an answer as RFC 6733 5.5.2 has it: Result-Code", "none");
        Judge(request, Watchdog(0, 1, Avp(268, 5005), Unknown())).Passes("DPX-1", claim);

        static Judged Judge(byte[] request, byte[] answer) => new(
            new Scene(), AnswersFaultyRequest.JudgeResult(request, answer, "5005 or 5004"));
    }

    [Test]
    public void An_answer_repeats_the_session_where_there_is_one()
    {
        var session = Avp(263, "session;1");
        byte[][] rest = [Avp(268, 5005), Group(260, Avp(266, 10415), Avp(258, 16777216)), Avp(277, 1u),
            Avp(264, "mms.primary.example"), Avp(296, "ims.primary.example")];
        Judge(Request(MultimediaAuth, 1), Answer(MultimediaAuth, 1, rest))
            .Passes("DPX-1", "a faulty request is answered with 5005");
        Judge(Request(MultimediaAuth, 1, session), Answer(MultimediaAuth, 1, [session, .. rest]))
            .Passes("DPX-1", "a faulty request is answered with 5005");
        Judge(Request(MultimediaAuth, 1, session), Answer(MultimediaAuth, 1, rest))
            .Fails("DPX-1", "an answer as TS 29.229 6.1.8 has it: Session-Id", "none");
        byte[][] experimental = [Group(297, Avp(266, 10415), Avp(298, 5001)), .. rest[1..]];
        Judge(Request(MultimediaAuth, 1, session), Answer(MultimediaAuth, 1, [session, .. experimental]))
            .Fails("DPX-1", "5005", "experimental 5001");

        static Judged Judge(byte[] request, byte[] answer) => new(
            new Scene(), AnswersFaultyRequest.JudgeResult(request, answer, "5005"));
    }

    [Test]
    public void A_faulty_request_is_answered_with_what_failed()
    {
        Judge([], "nothing").Misses("DPX-1", "an answer");
        Judge(Watchdog(0, 1), "nothing").Passes("DPX-1", "the answer names nothing as what failed");
        Judge(Watchdog(0, 1), "User-Name").Fails("DPX-1", "User-Name", "nothing");
        Judge(Watchdog(0, 1, Group(279, Avp(1, "u"))), "User-Name")
            .Passes("DPX-1", "the answer names User-Name as what failed");
        Judge(Watchdog(0, 1, Group(279, Avp(1, "u"), Avp(9999, "x"))), "nothing")
            .Fails("DPX-1", "nothing", "User-Name, AVP 9999");
        Judge(Watchdog(0, 1, Avp(279, "")), "User-Name").Fails("DPX-1", "User-Name", "an empty Failed-AVP");

        static Judged Judge(byte[] answer, string expected) => new(
            new Scene(), AnswersFaultyRequest.JudgeFailed(answer, expected));
    }
}
