using McConformance.Fakes.Transport;

namespace McConformance.Fakes.Tests;

/// <summary>An answer is read however a server may write it.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class RawHttpAnswerTests
{
    private const string Xcap = "<e:xcap-error xmlns:e=\"urn:ietf:params:xml:ns:xcap-error\">\r\n <!-- x --> "
        + "<e:not-well-formed phrase=\"x\"/>\r\n</e:xcap-error>";

    [TestCase("<xcap-error xmlns=\"urn:ietf:params:xml:ns:xcap-error\"><no-parent/></xcap-error>", "no-parent")]
    [TestCase(Xcap, "not-well-formed")]
    [TestCase("<xcap-error><no-parent/></xcap-error>", "")]
    [TestCase("<other xmlns=\"urn:ietf:params:xml:ns:xcap-error\"><no-parent/></other>", "")]
    [TestCase("{ \"error_description\" : \"x\",\r\n \"error\" :\t\"invalid_grant\" }", "invalid_grant")]
    [TestCase("{ \"error\": 4 }", "")]
    [TestCase("[]", "")]
    [TestCase("error=\"none\"", "")]
    public void Tells_why_it_refuses(string body, string error) =>
        new RawHttpAnswer($"HTTP/1.1 400 x\r\nContent-Length: {body.Length}\r\n\r\n{body}").Error.Should().Be(error);

    [TestCase("WWW-Authenticate: Bearer error=\"invalid_token\"", "invalid_token")]
    [TestCase("Location: https://ue.example/done?state=1&error=access_denied", "access_denied")]
    public void Tells_in_a_header_why_it_refuses(string field, string error) =>
        new RawHttpAnswer($"HTTP/1.1 401 x\r\n{field}\r\nContent-Length: 0\r\n\r\n").Error.Should().Be(error);

    [TestCase("5\r\nhello\r\n0\r\n\r\n", true)]
    [TestCase("2;x=\"y\";z\r\nhe\r\n3 ;x\r\nllo\r\n0;x\r\nDigest: 1\r\n\r\n", true)]
    [TestCase("5\r\nhello\r\n0\r\n", false)]
    [TestCase("5\r\nhello\r\n0\r\nDigest: 1\r\n", false)]
    [TestCase("5\r\nhello\r\n", false)]
    public void Joins_chunks(string chunks, bool isWhole)
    {
        var answer = new RawHttpAnswer($"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}");

        answer.Body.Should().Be("hello");
        answer.IsWhole.Should().Be(isWhole);
    }

    [Test]
    public void Interim_responses_are_none()
    {
        const string interim = "HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n";

        new RawHttpAnswer(interim).Should().Match<RawHttpAnswer>(a => a.StatusCode == 0 && !a.IsWhole);
        new RawHttpAnswer(interim + "HTTP/1.1 409 Conflict\r\nContent-Length: 2\r\n\r\nno").Should()
            .Match<RawHttpAnswer>(a => a.StatusCode == 409 && a.IsWhole && a.Body == "no" && a["Link"] == null);
    }
}
