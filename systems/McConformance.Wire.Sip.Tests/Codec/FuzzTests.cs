using System.Buffers;
using System.Text;
using McConformance.Wire.Sip.Authentication;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Tests;

namespace McConformance.Wire.Sip.Tests.Codec;

/// <summary>Whatever octets come, the codec neither throws nor hangs nor grows.</summary>
internal sealed class FuzzTests
{
    private static readonly byte[][] Valid = new[]
    {
        "REGISTER sip:ims.partner.example SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:5060;rport;branch=z9hG4bKabc\r\nMax-Forwards: 70\r\n" +
        "From: <sip:in-0001@ims.partner.example>;tag=1\r\nTo: <sip:in-0001@ims.partner.example>\r\nCall-ID: x@y\r\nCSeq: 1 REGISTER\r\n" +
        "Contact: <sip:127.0.0.1:5060>;+sip.instance=\"<urn:uuid:0>\";expires=3600\r\nSupported: path, gruu\r\n" +
        "Authorization: Digest username=\"a@b\",realm=\"b\",uri=\"sip:b\",nonce=\"I1U8vpY3qJ0hiuZNrke/NVXzKLQ1d7m5Sp/6w1Tfr7M=\"," +
        "response=\"b359d7ced5cec65c18885c1d0bfcfc7e\",algorithm=AKAv1-MD5,qop=auth,nc=00000001,cnonce=\"0a\",auts=\"uoU/PBIbHULnlDBfgb0=\"\r\n" +
        "Path: <sip:term@127.0.0.1:5061;lr>\r\nContent-Length: 0\r\n\r\n",
        "SIP/2.0 401 Unauthorized\r\nv: SIP/2.0/TCP [::1]:5060;received=::1;branch=z9hG4bK1, SIP/2.0/UDP a.b;branch=z9hG4bK2\r\n" +
        "f: \"A \\\"quoted\\\" <name>\" <sip:a@b;lr?h=v>;tag=1\r\nt: sip:b@c;tag=2\r\ni: 1\r\nCSeq: 1\r\n REGISTER\r\n" +
        "WWW-Authenticate: Digest realm=\"b\",nonce=\"aa\",algorithm=AKAv1-MD5,qop=\"auth,auth-int\",ik=\"00\",ck=\"11\"\r\n" +
        "Service-Route: <sip:orig@s;lr>,<sip:p;lr>\r\nP-Associated-URI: <sip:a@b>\r\nl: 4\r\n\r\nbody",
    }.Select(Encoding.ASCII.GetBytes).ToArray();

    private static readonly FindingList Findings = new();

    [Test]
    public void A_million_mutations_neither_throw_nor_hang_nor_grow()
    {
        var mutations = new Mutations(20260101);
        var (datagram, stream, draft) = (new SipMessage(), new SipMessage(), SipDraft.Rent());
        for (var i = 0; i < 1000; i++) Read(mutations.Next(Valid[i & 1]), datagram, stream, draft);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var held = GC.GetTotalMemory(forceFullCollection: true);
        var read = 0;
        for (var i = 0; i < Mutations.Count; i++) read += Read(mutations.Next(Valid[i & 1]), datagram, stream, draft);

        read.Should().BeGreaterThan(Mutations.Count / 20, "some mutations are still messages");
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(
            8L * 1024 * Mutations.Count, "reading allocates nothing, and a message has 64 findings at the most");
        (GC.GetTotalMemory(forceFullCollection: true) - held).Should().BeLessThan(4 << 20, "nothing is kept");
    }

    private static int Read(ReadOnlyMemory<byte> octets, SipMessage datagram, SipMessage stream, SipDraft draft)
    {
        stream.TryIndex(octets, stream: true, out _);
        if (datagram.TryIndex(octets, stream: false, out _) != OperationStatus.Done) return 0;
        Findings.Clear();
        SipValidator.Validate(datagram, Findings);
        draft.Reset().StartLineOf(datagram);
        for (var i = 0; i < datagram.HeaderCount; i++)
        {
            ReadValue(datagram.ValueAt(i));
            draft.CopyLine(datagram, i);
        }

        foreach (var value in datagram.Values(SipHeader.Via)) ViaValue.TryRead(value, out _);
        foreach (var value in datagram.Values(SipHeader.Contact)) ReadValue(value);
        SipUri.TryRead(datagram.RequestUri, out _);
        draft.FinishBody(datagram.Body);
        return 1;
    }

    private static void ReadValue(ReadOnlySpan<byte> value)
    {
        Span<byte> octets = stackalloc byte[DigestAkaV1Md5.NonceOctetsMax];
        if (NameAddress.TryRead(value, out var address))
        {
            address.TryGetParameter("tag"u8, out _);
            if (SipUri.TryRead(address.Uri, out var uri)) uri.TryGetParameter("lr"u8, out _);
        }

        CSeqValue.TryRead(value, out _);
        if (!DigestValues.TryRead(value, out var digest)) return;
        DigestAkaV1Md5.TryReadNonce(digest.Nonce, octets, out _);
        DigestAkaV1Md5.TryReadAuts(digest.Auts, octets);
    }
}
