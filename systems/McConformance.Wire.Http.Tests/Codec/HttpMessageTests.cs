using System.Text;
using McConformance.Wire.Http.Codec;

namespace McConformance.Wire.Http.Tests.Codec;

[Parallelizable(ParallelScope.All)]
internal sealed class HttpMessageTests
{
    [Test]
    public void Reads_a_request()
    {
        var message = Read("PUT /a%20b/c?x=1 HTTP/1.1\r\nHost: h\r\nContent-Type: Text/XML; charset=utf-8\r\nContent-Length: 2\r\n\r\nhi")!;
        (message.Method, message.Path, message.Query, message.MediaType).Should().Be(("PUT", "/a%20b/c", "x=1", "text/xml"));
        Encoding.ASCII.GetString(message.Body.Span).Should().Be("hi");
        message["HOST"].Should().Be("h");
        message.IsRequest.Should().BeTrue();
    }

    [Test]
    public void Reads_a_response_in_chunks()
    {
        var message = Read("HTTP/1.1 200 All right\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x\r\nde\r\n0\r\n\r\n")!;
        (message.StatusCode, message.Reason, message.IsRequest).Should().Be((200, "All right", false));
        Encoding.ASCII.GetString(message.Body.Span).Should().Be("abcde");
    }

    [Test]
    public void Reads_an_absolute_target()
    {
        var message = Read("GET http://h/p?q HTTP/1.1\r\nHost: h\r\n\r\n")!;
        (message.Path, message.Query).Should().Be(("/p", "q"));
    }

    [TestCase("")]
    [TestCase("\r\n\r\n")]
    [TestCase("GET / HTTP/1.0\r\n\r\n")]
    [TestCase("HTTP/1.1 abc\r\n\r\n")]
    [TestCase("GET / HTTP/1.1\r\nno colon\r\n\r\n")]
    [TestCase("GET / HTTP/1.1\r\nHost: h\r\n")]
    public void What_is_no_message_is_not_read(string text) => Read(text).Should().BeNull();

    private static HttpMessage? Read(string text) => HttpMessage.Read(Encoding.ASCII.GetBytes(text));
}
