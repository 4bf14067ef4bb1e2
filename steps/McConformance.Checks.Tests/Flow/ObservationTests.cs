using McConformance.Checks.Flow;
using McConformance.Checks.Sip;
using McConformance.Checks.Tests.Scenes;
using McConformance.Wire;
using McConformance.Wire.Sip.Codec;
using static McConformance.Checks.Tests.Scenes.Registration;

namespace McConformance.Checks.Tests.Flow;

/// <summary>What checks look at, and how they name it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ObservationTests
{
    private const string Body =
        """<mcpttinfo xmlns="urn:3gpp:ns:mcpttInfo:1.0"><mcptt-Params><session-type>chat</session-type>""" +
        "</mcptt-Params></mcpttinfo>";

    [Test]
    public void What_was_replaced_is_not_there_and_what_nobody_sees_comes_last()
    {
        var seen = Scene().Fated(1, Fate.Replaced).Unseen("mms.partner", "mms.primary", WireProtocol.Diameter).Seen;
        seen.All.Should().HaveCount(10);
        seen.All[^1].IsUnseen.Should().BeTrue();
        seen.All[0].IsUnseen.Should().BeFalse();
        seen.Seen.Should().HaveCount(9).And.OnlyContain(m => !m.IsUnseen);
    }

    [Test]
    public void A_procedure_has_no_housekeeping_but_may_be_where_nobody_sees()
    {
        var scene = new Scene().Unseen("mms.partner", "mms.primary", WireProtocol.Diameter)
            .Sip("ue", "pcscf.partner", "OPTIONS sip:a SIP/2.0\n\n");
        foreach (var command in (uint[])[257, 280, 282, 303])
            scene.Diameter("mms.partner", "mms.primary", Messages.Diameter(0x80, command, 1, 1));
        scene.Seen.Procedure.Select(m => m.IsUnseen ? 0 : m.Number).Should().Equal(1, 5, 0);
    }

    [Test]
    public void Messages_are_found_by_protocol_kind_and_name()
    {
        var seen = Scene().Sip("ue", "pcscf.partner", "OPTIONS sip:a SIP/2.0\n\n")
            .Sip("pcscf.partner", "ue", "SIP/2.0 401 X\nCSeq: 1 OPTIONS\n\n")
            .Diameter("mms.partner", "mms.primary", Messages.Request(Messages.UserData, 1))
            .Diameter("mms.primary", "mms.partner", Messages.Answer(Messages.UserData, 1))
            .Unseen("gms.partner", "gms.primary", WireProtocol.Http).Seen;
        Numbers(seen.Requests(SipMethod.Register)).Should().Equal(1, 9);
        Numbers(seen.Responses(SipMethod.Register, 401)).Should().Equal(8);
        Numbers(seen.Responses(SipMethod.Register, 200)).Should().Equal(10);
        Numbers(seen.Requests(Messages.MultimediaAuth)).Should().Equal(2, 3, 4);
        Numbers(seen.Answers(Messages.MultimediaAuth)).Should().Equal(5, 6, 7);
        static IEnumerable<int> Numbers(IEnumerable<ObservedMessage> messages) => messages.Select(m => m.Number);
    }

    [Test]
    public void What_is_on_a_link_that_nobody_sees_may_be_any_message_of_its_protocol()
    {
        var seen = new Scene().Unseen("ue", "pcscf.partner", WireProtocol.Sip)
            .Unseen("mms.partner", "mms.primary", WireProtocol.Diameter)
                .Unseen("gms.partner", "gms.primary", WireProtocol.Http).Seen;
        seen.Requests(SipMethod.Register).Should().Equal(seen.All[0]);
        seen.Answers(303).Should().Equal(seen.All[1]);
        var (sip, diameter, http) = (seen.All[0], seen.All[1], seen.All[2]);
        (sip.Diameter, sip.Http, diameter.Sip, diameter.Info, diameter.Http, http.Sip, http.Info, http.Diameter)
            .Should().Be((null, null, null, null, null, null, null, null));
        const string reason = "could not be observed: SIP-1 ue -> pcscf.partner.example lies between "
            + "two nodes that are not the harness's, "
            + "and no relay stands there";
        Refuses(() => _ = sip.Sip).WithMessage(reason);
        Refuses(() => _ = sip.Info).WithMessage(reason);
        Refuses(() => _ = sip.Recorded).WithMessage(reason);
        Refuses(() => _ = sip.Number).WithMessage(reason);
        Refuses(() => sip.Holds("x"u8)).WithMessage(reason);
        Refuses(() => _ = diameter.Diameter);
        Refuses(() => _ = http.Http);
        (sip.From.Name, sip.To.Name, sip.ReferencePoint, sip.Protocol)
            .Should().Be(("ue", "pcscf.partner.example", "SIP-1", WireProtocol.Sip));
        sip.MayFollow(diameter).Should().BeTrue();
        new UnseenLink(sip.From, sip.To, WireProtocol.Sip).Reason.Should()
            .StartWith("SIP-1 ue -> pcscf.partner.example lies");

        static FluentAssertions.Specialized.ExceptionAssertions<UnobservableException> Refuses(Action look) =>
            look.Should().Throw<UnobservableException>();
    }

    [Test]
    public void A_message_follows_those_before_it()
    {
        var all = Scene().Seen.All;
        all[1].MayFollow(all[0]).Should().BeTrue();
        all[0].MayFollow(all[1]).Should().BeFalse();
        all[1].MayFollow(all[1]).Should().BeFalse();
        (all[0].Protocol, all[0].ReferencePoint, all[0].IsUnseen).Should().Be((WireProtocol.Sip, "SIP-1", false));
    }

    [Test]
    public void Only_what_can_be_read_is_a_message_of_its_protocol()
    {
        var all = new Scene().Sip("ue", "pcscf.partner", "x").Diameter("mms.partner", "mms.primary", new byte[19])
            .Http("gms.partner", "gms.primary", [1])
                .Http("gms.partner", "gms.primary", Messages.Http("GET / HTTP/1.1")).Seen.All;
        (all[0].Sip, all[0].Info, all[0].Http, all[1].Diameter, all[1].Sip, all[2].Http, all[3].Sip, all[3].Diameter)
            .Should().Be((null, null, null, null, null, null, null, null));
        var others = new Scene().Http("gms.partner", "gms.primary", Messages.Sip("OPTIONS sip:a SIP/2.0\n\n"))
            .Http("gms.partner", "gms.primary", Messages.Watchdog(0x80, 1))
                .Sip("ue", "pcscf.partner", "GET / HTTP/1.1\n\n").Seen.All;
        (others[0].Sip, others[1].Diameter, others[2].Http).Should().Be((null, null, null));
        new Observation([]).All.Should().BeEmpty();
        all[3].Http!.Method.Should().Be("GET");
        (all[3].Holds("GET"u8), all[3].Holds("/"u8), all[3].Holds("PUT"u8)).Should().Be((true, true, false));
    }

    [TestCase("MESSAGE sip:a SIP/2.0\n\n" + Body, null)]
    [TestCase("MESSAGE sip:a SIP/2.0\nContent-Type: application/vnd.3gpp.mcptt-info+xml\n\n" + Body, "chat")]
    [TestCase("MESSAGE sip:a SIP/2.0\nContent-Type: APPLICATION/vnd.3gpp.mcptt-info+XML ;charset=utf-8\n\n"
        + Body, "chat")]
    [TestCase("MESSAGE sip:a SIP/2.0\nContent-Type: text/xml\n\n" + Body, null)]
    [TestCase("MESSAGE sip:a SIP/2.0\nContent-Type: application/vnd.3gpp.mcptt-info+xml\n\n<x/>", null)]
    [TestCase("MESSAGE sip:a SIP/2.0\nContent-Type: multipart/mixed;boundary=b\n\n" +
        "--b\nContent-Type: text/plain\n\nx\n--b\n" +
        "Content-Type: application/vnd.3gpp.mcptt-info+xml\n\n" + Body
            + "\n--b\nContent-Type: application/vnd.3gpp.mcptt-info+xml\n\n<x/>\n--b--\n", "chat")]
    [TestCase("MESSAGE sip:a SIP/2.0\nContent-Type: multipart/mixed;boundary=b\n\n--b\nContent-Type: text/xml\n\n"
        + Body + "\n--b--\n", null)]
    [TestCase("MESSAGE sip:a SIP/2.0\nContent-Type: multipart/mixed;boundary=b\n\n--b\n\n" + Body + "\n--b--\n", null)]
    public void Service_info_is_found_in_the_body_or_a_part_of_it(string text, string? expected) =>
        (new Scene().Sip("ue", "pcscf.partner", text).Seen.All[0].Info?.SessionType).Should().Be(expected);

    [Test]
    public void Nothing_passes_where_nothing_may()
    {
        const string claim = "nothing is sent on SIP-1";
        var diameter = Scene().Without(1, 8, 9, 10);
        Judge(diameter).Passes("SPR-9", claim);
        Judge(new Scene()).Misses("SPR-9", "at least one message of the procedure anywhere");
        Judge(new Scene().Unseen("gms.partner", "gms.primary", WireProtocol.Http))
            .Misses("SPR-9", "at least one message of the procedure anywhere");
        Judge(Scene().Fated(1, Fate.Lost)).Fails("SPR-9", "nothing", "401 Unauthorized", 8);
        Judge(Scene()).Fails("SPR-9", "nothing", "REGISTER", 1);

        static Judged Judge(Scene scene) => scene
            .Judge(s => NothingPasses.Judge("SPR-9", s, m => m.ReferencePoint == "SIP-1", "SIP-1"));
    }

    [TestCase(300u, "User-Authorization-Request", "User-Authorization-Answer with result 2001")]
    [TestCase(301u, "Server-Assignment-Request", "Server-Assignment-Answer with result 2001")]
    [TestCase(302u, "Location-Info-Request", "Location-Info-Answer with result 2001")]
    [TestCase(303u, "Multimedia-Auth-Request", "Multimedia-Auth-Answer with result 2001")]
    [TestCase(306u, "Diameter command 306-Request", "Diameter command 306-Answer with result 2001")]
    public void Diameter_is_named_by_its_command(uint command, string request, string answer)
    {
        var claim = new Claim("SPR-9", "x");
        new Scene().Diameter("mms.partner", "mms.primary", Messages.Request(command, 1))
            .Judge(s => claim.None(s.All[0])).Fails("SPR-9", "nothing", request, 1);
        new Scene().Diameter("mms.partner", "mms.primary", Messages.Answer(command, 1, Messages.Avp(268, 2001)))
            .Judge(s => claim.None(s.All[0])).Fails("SPR-9", "nothing", answer, 1);
    }

    [Test]
    public void A_check_that_judges_nothing_is_a_fault_of_ours() =>
        FluentActions.Invoking(() => Claim.All()).Should().Throw<InvalidOperationException>()
            .WithMessage("a check judged nothing");

    [Test]
    public void Of_several_judgements_the_first_that_does_not_pass_decides_else_the_last()
    {
        var claim = new Claim("SPR-9", "x");
        var (pass, fail) = (claim.Pass(), claim.Fail(null, "a", "b"));
        Claim.All(pass, fail, claim.Missing("c")).Should().BeSameAs(fail);
        Claim.All(claim.Seen(true, "a", "b"), pass).Should().BeSameAs(pass);
        claim.Seen(false, "a", "b").Should().Be(fail);
        claim.None(null).Should().Be(pass);
        claim.Compare(new ObservedMessage(Scene().Recorded(1)), null, "b").Reason
            .Should().Contain("expected nothing, received b");
    }

    [Test]
    public void No_message_to_the_ue_shows_an_inner_node()
    {
        Judge(Scene()).Passes("IC-TH-1", "no message to the UE shows an inner node of the SIP core", 10);
        Judge(Scene().Without(8, 10)).Misses("IC-TH-1", "a SIP message to the UE");
        Judge(Scene().Sent(8, to: "ue2").Sent(10, to: "ue2")).Misses("IC-TH-1", "a SIP message to the UE");
        Judge(new Scene().Http("gms.partner", "ue", Messages.Http("HTTP/1.1 200 OK")))
            .Misses("IC-TH-1", "a SIP message to the UE");
        Judge(Scene().With(10, "Contact", "X: INNER.partner.example\r\nContact"))
            .Fails("IC-TH-1", "no address of an inner node", "inner.partner in X", 10);
        Judge(Scene().With(10, "200 OK", "200 10.0.0.9"))
            .Fails("IC-TH-1", "no address of an inner node", "10.0.0.9 in the start line or the body", 10);

        static Judged Judge(Scene scene) =>
            scene.Judge(s => UserAgentSeesNoInnerNode.Judge(s, "ue", ["inner.partner", "10.0.0.9"]));
    }
}
