using System.Text;
using McConformance.Wire.Sip.Bodies;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Wire.Sip.Tests.Bodies;

[Parallelizable(ParallelScope.All)]
internal sealed class MultipartTests
{
    [TestCase("multipart/mixed;boundary=b", "--b\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n--b\r\nContent-Type: x/y\r\n\r\n<a/>\r\n--b--\r\n", "application/sdp=v=0|x/y=<a/>")]
    [TestCase("multipart/mixed; boundary=\"b c\"", "preamble\r\n--b c\r\n\r\nbare\r\n--b c--\r\nepilogue", "=bare")]
    [TestCase("multipart/mixed;boundary=b", "--b\r\nContent-Type: x\r\n\r\n--inner\r\n--bb is not it", "x=--inner")]
    [TestCase("multipart/mixed;boundary=b", "--b\r\nContent-Type: x\r\n\r\nnever closed", "x=never closed")]
    [TestCase("multipart/mixed;boundary=b", "", "")]
    [TestCase("application/sdp", "v=0", "none")]
    [TestCase("multipart/mixed", "--b\r\n\r\nx\r\n--b--", "none")]
    public void Parts_are_read(string type, string body, string expected)
    {
        var read = new List<string>();
        if (!Multipart.TryRead(Encoding.ASCII.GetBytes(type), Encoding.ASCII.GetBytes(body), out var parts)) read.Add("none");
        else
        {
            while (parts.MoveNext())
            {
                parts.TryGetHeader("content-type"u8, out var of);
                read.Add($"{Encoding.ASCII.GetString(of)}={Encoding.ASCII.GetString(parts.Content)}");
            }
        }

        string.Join("|", read).Should().StartWith(expected);
    }

    [Test]
    public void Edits_change_their_ranges_and_nothing_else()
    {
        var text = "OPTIONS sip:b SIP/2.0\r\nTo:   <sip:b>  \r\nX: 1\r\n\r\n";
        var message = new SipMessage();
        message.TryIndex(Encoding.ASCII.GetBytes(text), stream: false, out _);
        var draft = new SipEdits().SetValue(message, 1, "2"u8).SetValue(message, 0, "<sip:c>"u8).Replace(0, 0, "\r\n"u8).Apply(message, SipDraft.Rent());
        Encoding.ASCII.GetString(draft.Written).Should().Be("\r\nOPTIONS sip:b SIP/2.0\r\nTo:   <sip:c>  \r\nX: 2\r\n\r\n");
        FluentActions.Invoking(() => new SipEdits().Replace(3, 9, default).Replace(5, 6, default)).Should().Throw<ArgumentException>();
    }
}
