using System.Buffers;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Wire.Sip.Tests.Codec;

[Parallelizable(ParallelScope.All)]
internal sealed class SipMessageTests
{
    [Test]
    public void Reads_a_request_line()
    {
        var message = Samples.Read(Samples.Register);
        message.IsRequest.Should().BeTrue();
        message.Method.Should().Be(SipMethod.Register);
        Samples.Text(message.RequestUri).Should().Be("sip:home.example");
        Samples.Text(message.Version).Should().Be("SIP/2.0");
        message.HeaderCount.Should().Be(8);
        message.Body.Length.Should().Be(0);
    }

    [TestCase("SIP/2.0 200 OK\nCSeq: 1 INVITE\n\n", 200, "OK", SipMethod.Invite)]
    [TestCase("SIP/2.0 100 \nCSeq: 1  OPTIONS\n\n", 100, "", SipMethod.Options)]
    [TestCase("SIP/2.0 404 Not Found Here\nCSeq: 1\n REGISTER\n\n", 404, "Not Found Here", SipMethod.Register)]
    [TestCase("SIP/2.0 699\nCSeq: 1 NEWMETHOD\n\n", 699, "", SipMethod.Unknown)]
    public void Reads_a_status_line(string text, int status, string reason, SipMethod method)
    {
        var message = Samples.Read(text);
        message.IsRequest.Should().BeFalse();
        message.StatusCode.Should().Be(status);
        message.Method.Should().Be(method);
        Samples.Text(message.ReasonPhrase).Should().Be(reason);
    }

    [TestCase("\n\n")]
    [TestCase("REGISTER\n\n")]
    [TestCase("REGISTER sip:a HTTP/1.1\n\n")]
    [TestCase("SIP/2.0 99 Low\n\n")]
    [TestCase("SIP/2.0 700 High\n\n")]
    [TestCase("SIP/2.0 2xx Letters\n\n")]
    [TestCase("REGISTER sip:a SIP/2.0\n folded: before any header\n\n")]
    [TestCase("REGISTER sip:a SIP/2.0\nContent-Length: 4000000000\n\n")]
    public void Refuses_what_is_no_message(string text) =>
        new SipMessage().TryIndex(Samples.Octets(text), stream: false, out _).Should().Be(OperationStatus.InvalidData);

    [TestCase("v: SIP/2.0/UDP a", SipHeader.Via)]
    [TestCase("F: <sip:a@b>", SipHeader.From)]
    [TestCase("t: <sip:a@b>", SipHeader.To)]
    [TestCase("i: 1", SipHeader.CallId)]
    [TestCase("m: *", SipHeader.Contact)]
    [TestCase("c: text/plain", SipHeader.ContentType)]
    [TestCase("l: 0", SipHeader.ContentLength)]
    [TestCase("k: path", SipHeader.Supported)]
    [TestCase("e: gzip", SipHeader.ContentEncoding)]
    [TestCase("s: x", SipHeader.Subject)]
    [TestCase("o: reg", SipHeader.Event)]
    [TestCase("u: reg", SipHeader.AllowEvents)]
    [TestCase("r: <sip:a@b>", SipHeader.ReferTo)]
    [TestCase("x: 90", SipHeader.SessionExpires)]
    [TestCase("p-ASSOCIATED-uri: <sip:a@b>", SipHeader.PAssociatedUri)]
    [TestCase("Call-ID \t : x", SipHeader.CallId)]
    [TestCase("X-Other: x", SipHeader.Unknown)]
    [TestCase("no colon at all", SipHeader.Unknown)]
    public void Knows_a_header_by_its_names(string line, SipHeader expected) =>
        Samples.Read($"OPTIONS sip:a SIP/2.0\n{line}\n\n").IdAt(0).Should().Be(expected);

    [Test]
    public void Every_header_is_found_by_its_long_name_in_any_case()
    {
        foreach (var header in Enum.GetValues<SipHeader>().Where(h => h != SipHeader.Unknown))
        {
            var name = Samples.Text(SipHeaderNames.NameOf(header));
            SipHeaderNames.Find(Samples.Octets(name.ToUpperInvariant())).Should().Be(header);
            SipHeaderNames.Find(Samples.Octets(name.ToLowerInvariant())).Should().Be(header);
        }
    }

    [TestCase("Subject: one\n two", "one\r\n two")]
    [TestCase("Subject:\n\tone", "one")]
    [TestCase("Subject:   one  \n   ", "one")]
    [TestCase("Subject:", "")]
    [TestCase("Subject: a: b", "a: b")]
    public void Reads_folded_and_padded_values(string line, string expected)
    {
        var message = Samples.Read($"OPTIONS sip:a SIP/2.0\n{line}\nCSeq: 1 OPTIONS\n\n");
        message.HeaderCount.Should().Be(2);
        Samples.Text(message.ValueAt(0)).Should().Be(expected);
        Samples.Text(message.LineAt(0)).Should().Be(line.Replace("\n", "\r\n") + "\r\n");
    }

    [Test]
    public void Reads_lines_that_end_in_a_bare_line_feed()
    {
        var message = new SipMessage();
        message.TryIndex("OPTIONS sip:a SIP/2.0\nl: 2\n\nhi"u8.ToArray(), stream: true, out var consumed).Should().Be(OperationStatus.Done);
        consumed.Should().Be(30);
        Samples.Text(message.Body).Should().Be("hi");
    }

    [Test]
    public void Asks_for_more_until_the_last_octet_of_a_stream_message()
    {
        var octets = Samples.Octets("OPTIONS sip:a SIP/2.0\nContent-Length: 5\n\nhello");
        var message = new SipMessage();
        for (var length = 0; length < octets.Length; length++)
        {
            message.TryIndex(octets.AsMemory(0, length), stream: true, out var none).Should().Be(OperationStatus.NeedMoreData);
            none.Should().Be(0);
        }

        message.TryIndex(octets, stream: true, out var consumed).Should().Be(OperationStatus.Done);
        consumed.Should().Be(octets.Length);
    }

    [Test]
    public void Takes_the_first_of_two_messages_on_a_stream()
    {
        var one = Samples.Octets("OPTIONS sip:a SIP/2.0\nContent-Length: 5\n\nhello");
        var message = new SipMessage();
        message.TryIndex(one.Concat(one).ToArray(), stream: true, out var consumed).Should().Be(OperationStatus.Done);
        consumed.Should().Be(one.Length);
        Samples.Text(message.Body).Should().Be("hello");
    }

    [TestCase("Content-Length: 2\n\nhello", "he", 3, 2)]
    [TestCase("Content-Length: 9\n\nhello", "hello", 0, 9)]
    [TestCase("Content-Length: x\n\nhello", "hello", 0, -1)]
    [TestCase("Content-Length: -1\n\nhello", "hello", 0, -1)]
    [TestCase("Subject: x\n\nhello", "hello", 0, -1)]
    public void Frames_a_datagram(string tail, string body, int excess, long stated)
    {
        var message = Samples.Read("OPTIONS sip:a SIP/2.0\n" + tail);
        Samples.Text(message.Body).Should().Be(body);
        message.ExcessOctets.Should().Be(excess);
        message.StatedLength.Should().Be(stated);
    }

    [TestCase(256, OperationStatus.Done)]
    [TestCase(257, OperationStatus.InvalidData)]
    public void Bounds_the_number_of_header_lines(int count, OperationStatus expected)
    {
        var text = "OPTIONS sip:a SIP/2.0\n" + string.Concat(Enumerable.Repeat("X: y\n", count)) + "\n";
        new SipMessage().TryIndex(Samples.Octets(text), stream: false, out _).Should().Be(expected);
    }

    [Test]
    public void Keeps_a_copy_that_outlives_the_buffer()
    {
        var octets = Samples.Octets(Samples.Register);
        var message = new SipMessage();
        message.TryIndex(octets, stream: false, out _);
        var copy = new SipMessage();
        copy.Keep(message);
        octets.AsSpan().Clear();
        copy.TryGet(SipHeader.CallId, out var callId).Should().BeTrue();
        Samples.Text(callId).Should().Be("1@192.0.2.1");
        copy.Method.Should().Be(SipMethod.Register);
    }
}
