using System.Buffers;
using System.Text;
using BenchmarkDotNet.Attributes;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Benchmarks;

/// <summary>Reading and writing a multipart INVITE of 2.8 kB, as a proxy does: index, judge strictly, read what routing needs, write it anew with a Via on top.</summary>
public class SipBenchmarks
{
    private readonly byte[] invite = Invite();
    private readonly SipMessage message = new();
    private readonly FindingList findings = new();
    private readonly SipDraft draft = SipDraft.Rent();

    /// <summary>One INVITE in and out.</summary>
    [Benchmark(Description = "INVITE 2.8 kB: strict parse + serialise")]
    public int ParseAndSerialise()
    {
        if (message.TryIndex(invite, stream: false, out _) != OperationStatus.Done) throw new InvalidOperationException("the sample does not parse");
        SipValidator.Validate(message, findings);
        if (findings.Findings.Count > 0) throw new InvalidOperationException($"the sample is not sound: {findings.Findings[0]}");
        message.TryGet(SipHeader.Via, out var line);
        ViaValue.TryRead(line, out var via);
        message.TryGet(SipHeader.To, out var value);
        NameAddress.TryRead(value, out var to);
        SipUri.TryRead(message.RequestUri, out var uri);
        draft.Reset().StartLineOf(message).Line(SipHeader.Via).Put("SIP/2.0/UDP 127.0.0.1:5060;rport;branch=z9hG4bK1"u8);
        for (var i = 0; i < message.HeaderCount; i++)
            if (message.IdAt(i) != SipHeader.ContentLength) draft.CopyLine(message, i);
        draft.FinishBody(message.Body);
        return draft.Written.Length + via.Branch.Length + to.Uri.Length + uri.Host.Length;
    }

    internal static byte[] Invite()
    {
        var info = "<?xml version=\"1.0\"?><mcpttinfo xmlns=\"urn:3gpp:ns:mcpttInfo:1.0\"><mcptt-Params>" +
            string.Concat(Enumerable.Range(0, 8).Select(i => $"<anyExt{i} type=\"Normal\"><mcpttURI>sip:user{i}@primary.example</mcpttURI></anyExt{i}>")) +
            "</mcptt-Params></mcpttinfo>";
        var body = "--b\r\nContent-Type: application/sdp\r\n\r\nv=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n" +
            "m=audio 40000 RTP/AVP 99\r\na=rtpmap:99 AMR-WB/16000\r\nm=application 40002 udp MCPTT\r\na=fmtp:MCPTT mc_queueing;mc_priority=5\r\n" +
            $"--b\r\nContent-Type: application/vnd.3gpp.mcptt-info+xml\r\n\r\n{info}\r\n--b--\r\n";
        var head = "INVITE sip:mcptt-psi@primary.example SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:5062;branch=z9hG4bKnashds8;rport\r\n" +
            "Max-Forwards: 70\r\nRoute: <sip:pcscf.ims.primary.example;lr>, <sip:orig@scscf.ims.primary.example;lr>\r\n" +
            "From: \"Alice\" <sip:alice@primary.example>;tag=a48s\r\nTo: <sip:mcptt-psi@primary.example>\r\nCall-ID: a84b4c76e66710@ue\r\n" +
            "CSeq: 314159 INVITE\r\nContact: <sip:127.0.0.1:5062>;+g.3gpp.mcptt;+g.3gpp.icsi-ref=\"urn%3Aurn-7%3A3gpp-service.ims.icsi.mcptt\"\r\n" +
            "Accept-Contact: *;+g.3gpp.mcptt;require;explicit\r\n" +
            "Accept-Contact: *;+g.3gpp.icsi-ref=\"urn%3Aurn-7%3A3gpp-service.ims.icsi.mcptt\";require;explicit\r\n" +
            "P-Preferred-Service: urn:urn-7:3gpp-service.ims.icsi.mcptt\r\nP-Preferred-Identity: <sip:alice@primary.example>\r\n" +
            "Supported: timer, 100rel, gruu, path\r\nSession-Expires: 1800;refresher=uac\r\nAllow: INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE, PRACK\r\n" +
            "Answer-Mode: Auto\r\nResource-Priority: mcpttp.5\r\nUser-Agent: McConformance\r\nContent-Type: multipart/mixed;boundary=b\r\n" +
            $"Content-Length: {body.Length}\r\n\r\n";
        return Encoding.ASCII.GetBytes(head + body);
    }
}
