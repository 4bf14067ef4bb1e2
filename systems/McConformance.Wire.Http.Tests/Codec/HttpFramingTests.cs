using System.Text;
using McConformance.Wire.Http.Codec;

namespace McConformance.Wire.Http.Tests.Codec;

[Parallelizable(ParallelScope.All)]
internal sealed class HttpFramingTests
{
    private static readonly string[] Messages =
    [
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "PUT /x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello",
        "PUT /x HTTP/1.1\r\nHost: a\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n3;x=y\r\n\r\n!\r\n0\r\nTrailer: t\r\n\r\n",
        "HTTP/1.1 204 No Content\r\nETag: \"1\"\r\n\r\n",
        "HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "\r\nGET /after-an-empty-line HTTP/1.1\r\nHost: a\r\n\r\n",
    ];

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(7)]
    [TestCase(4096)]
    public void Messages_come_out_whole_however_they_are_cut(int step)
    {
        var stream = Encoding.ASCII.GetBytes(string.Concat(Messages));
        var framing = new HttpFraming();
        var found = new List<string>();
        for (var at = 0; at < stream.Length; at += step)
            framing.Push(stream.AsSpan(at, Math.Min(step, stream.Length - at)), m => found.Add(Encoding.ASCII.GetString(m.Span)));
        found.Should().Equal(Messages);
        framing.Finish().Length.Should().Be(0);
    }

    [Test]
    public void An_answer_to_head_has_no_body()
    {
        var framing = new HttpFraming { AnswersHead = true };
        var found = 0;
        framing.Push("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n"u8, _ => found++);
        found.Should().Be(1);
    }

    [Test]
    public void A_response_without_a_length_ends_with_the_stream()
    {
        var framing = new HttpFraming();
        framing.Push("HTTP/1.1 200 OK\r\n\r\nall of it"u8, _ => Assert.Fail("it has no end yet"));
        Encoding.ASCII.GetString(framing.Finish().Span).Should().EndWith("all of it");
    }

    [TestCase("PUT / HTTP/1.1\r\nContent-Length: -1\r\n\r\n")]
    [TestCase("PUT / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n")]
    [TestCase("PUT / HTTP/1.1\r\nContent-Length: 5x\r\n\r\n")]
    [TestCase("PUT / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n")]
    [TestCase("PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n")]
    [TestCase("PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\n")]
    public void Lengths_that_make_no_sense_lose_the_framing(string text)
    {
        var framing = new HttpFraming();
        framing.Push(Encoding.ASCII.GetBytes(text), _ => Assert.Fail("not a message")).Should().BeFalse();
        framing.IsLost.Should().BeTrue();
    }

    [Test]
    public void A_hundred_thousand_mutations_neither_throw_nor_hang()
    {
        var random = new Random(11);
        var whole = Encoding.ASCII.GetBytes(string.Concat(Messages));
        for (var i = 0; i < 100_000; i++)
        {
            var octets = whole.ToArray();
            for (var n = random.Next(1, 6); n > 0; n--) octets[random.Next(octets.Length)] = (byte)random.Next(256);
            var framing = new HttpFraming();
            var sum = 0;
            framing.Push(octets, m => sum += m.Length);
            (sum + framing.Finish().Length).Should().Be(octets.Length);
        }
    }
}
