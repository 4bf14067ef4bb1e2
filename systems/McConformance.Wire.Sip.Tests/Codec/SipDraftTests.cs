using McConformance.Wire.Sip.Codec;

namespace McConformance.Wire.Sip.Tests.Codec;

[Parallelizable(ParallelScope.All)]
internal sealed class SipDraftTests
{
    [Test]
    public void Writes_a_message_line_by_line() =>
        Text(new SipDraft().Request(SipMethod.Message, "sip:b@x"u8).Line(SipHeader.CSeq).Put(7).Put(" MESSAGE"u8)
            .Line("X-Own"u8).PutQuoted("a\"b\\c").Finish("text/plain"u8, "hi"u8))
        .Should().Be("MESSAGE sip:b@x SIP/2.0\r\nCSeq: 7 MESSAGE\r\nX-Own: \"a\\\"b\\\\c\"\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nhi");

    [TestCase("x\r\nInjected: y", "xInjected: y")]
    [TestCase("x\nInjected: y", "xInjected: y")]
    [TestCase("x\r\n\r\nbody", "xbody")]
    [TestCase("\r", "")]
    public void A_value_cannot_begin_a_line_of_its_own(string value, string expected)
    {
        var octets = System.Text.Encoding.ASCII.GetBytes(value);
        Text(new SipDraft().Line(SipHeader.Subject).Put(octets)).Should().Be("Subject: " + expected);
        Text(new SipDraft().Line(SipHeader.Subject).Put(value)).Should().Be("Subject: " + expected);
        Text(new SipDraft().Line(octets)).Should().Be(expected + ": ");
        Text(new SipDraft().Request("OPTIONS"u8, octets)).Should().Be("OPTIONS " + expected + " SIP/2.0");
        Text(new SipDraft().Response(400, octets)).Should().Be("SIP/2.0 400 " + expected);
        Text(new SipDraft().PutQuoted(value)).Should().Be("\"" + expected + "\"");
    }

    [TestCase("<sip:a@b;tag=in>;tag=1;x=2", "tag", "<sip:a@b;tag=in>;x=2")]
    [TestCase("\"semi;tag=q\" <sip:a@b>;x=\"a;tag=b\";tag=1", "tag", "\"semi;tag=q\" <sip:a@b>;x=\"a;tag=b\"")]
    [TestCase("\"a>b\" <sip:a@b;lr>;tag=1", "tag", "\"a>b\" <sip:a@b;lr>")]
    [TestCase("SIP/2.0/UDP h:1;rport;branch=z", "rport", "SIP/2.0/UDP h:1;branch=z")]
    [TestCase("SIP/2.0/UDP h:1;branch=z;rport=5", "rport", "SIP/2.0/UDP h:1;branch=z")]
    [TestCase("SIP/2.0/UDP h:1;rports=5", "rport", "SIP/2.0/UDP h:1;rports=5")]
    [TestCase("Digest realm=\"a,ck=1\", ck=\"00\", ik=\"11\"", "ck", "Digest realm=\"a,ck=1\", ik=\"11\"")]
    [TestCase("Digest ck=\"00\", realm=\"a\"", "ck", "Digest realm=\"a\"")]
    [TestCase("digest ck=\"00\",realm=\"a\"", "ck", "digest realm=\"a\"")]
    [TestCase("Digest realm=\"a\", CK =\"00\"", "ck", "Digest realm=\"a\"")]
    public void Leaves_one_parameter_out(string value, string name, string expected) =>
        Text(new SipDraft().PutWithoutParameter(Samples.Octets(value), Samples.Octets(name))).Should().Be(expected);

    [Test]
    public void Leaves_two_parameters_out() =>
        Text(new SipDraft().PutWithoutParameters("Digest realm=\"a\",ik=\"1\",nonce=\"n\",ck=\"2\""u8, "ck"u8, "ik"u8))
            .Should().Be("Digest realm=\"a\",nonce=\"n\"");

    [Test]
    public void Copies_lines_with_their_folds()
    {
        var message = Samples.Read("OPTIONS sip:a SIP/2.0\nRoute: <sip:p1>,\n <sip:p2>\nSubject: x\nRoute: <sip:p3>\n\n");
        Text(new SipDraft().StartLineOf(message).CopyLines(message, SipHeader.Route).Finish())
            .Should().Be("OPTIONS sip:a SIP/2.0\r\nRoute: <sip:p1>,\r\n <sip:p2>\r\nRoute: <sip:p3>\r\nContent-Length: 0\r\n\r\n");
    }

    [Test]
    public void Grows_and_begins_anew()
    {
        var draft = new SipDraft();
        draft.Response(200, "OK"u8).Line(SipHeader.Subject).Put(new string('x', 100_000)).Finish();
        draft.Written.Length.Should().Be(100_048);
        Text(draft.Reset().Put(-5L).Put(4_000_000_000).PutBase64("abc"u8).PutHex([0xab, 1])).Should().Be("-54000000000YWJjab01");
    }

    private static string Text(SipDraft draft) => Samples.Text(draft.Written);
}
