using System.Buffers.Binary;
using System.Text;

namespace McConformance.Reports.Tests.Samples;

/// <summary>Octets of the messages of a registration in a partner MC system, as TS 23.280 10.1.6.2 has it.</summary>
internal static class SampleOctets
{
    private const uint Tgpp = 10415;

    public static byte[] Register(int sequence, string user, bool answers) => Encoding.UTF8.GetBytes(
        $"REGISTER sip:ims.partner.example SIP/2.0\r\n" +
        $"Via: SIP/2.0/UDP 127.0.0.1:5062;branch=z9hG4bK-{user}-{sequence};rport\r\n" +
        "Max-Forwards: 70\r\n" +
        $"From: <sip:{user}@ims.partner.example>;tag=4fa3{sequence}\r\n" +
        $"To: <sip:{user}@ims.partner.example>\r\n" +
        $"Call-ID: reg-{user}@127.0.0.1\r\n" +
        $"CSeq: {sequence} REGISTER\r\n" +
        $"Contact: <sip:{user}@127.0.0.1:5062>;+g.3gpp.mcptt;+sip.instance=\"<urn:gsma:imei:90420156-025763-0>\";expires=600000\r\n" +
        $"Authorization: Digest username=\"{user}@ims.partner.example\", realm=\"ims.partner.example\", nonce=\"" +
        (answers ? "hOp1J8t4Xw9mSoeJZ2cMnGd0YQxSgAAArV2Tq8M6zvA=" : "") + "\", uri=\"sip:ims.partner.example\", response=\"" +
        (answers ? "6629fae49393a05397450978507c4ef1" : "") + "\", algorithm=AKAv1-MD5\r\n" +
        "Supported: path, sec-agree\r\n" +
        "P-Access-Network-Info: 3GPP-E-UTRAN-FDD; utran-cell-id-3gpp=234151D0FCE11\r\n" +
        "Content-Length: 0\r\n\r\n");

    public static byte[] Answer(string status, int sequence, string user, string more) => Encoding.UTF8.GetBytes(
        $"SIP/2.0 {status}\r\n" +
        $"Via: SIP/2.0/UDP 127.0.0.1:5062;branch=z9hG4bK-{user}-{sequence};rport=5062;received=127.0.0.1\r\n" +
        $"From: <sip:{user}@ims.partner.example>;tag=4fa3{sequence}\r\n" +
        $"To: <sip:{user}@ims.partner.example>;tag=99c{sequence}\r\n" +
        $"Call-ID: reg-{user}@127.0.0.1\r\n" +
        $"CSeq: {sequence} REGISTER\r\n{more}" +
        "Content-Length: 0\r\n\r\n");

    public static byte[] Challenge(int sequence, string user) => Answer("401 Unauthorized", sequence, user,
        "WWW-Authenticate: Digest realm=\"ims.partner.example\", nonce=\"hOp1J8t4Xw9mSoeJZ2cMnGd0YQxSgAAArV2Tq8M6zvA=\", algorithm=AKAv1-MD5, qop=\"auth\"\r\n");

    public static byte[] Accepted(int sequence, string user) => Answer("200 OK", sequence, user,
        $"Contact: <sip:{user}@127.0.0.1:5062>;expires=600000\r\nService-Route: <sip:scscf.partner.example;lr>\r\nP-Associated-URI: <sip:{user}@ims.partner.example>\r\n");

    public static byte[] Mar(uint id, string user, string realm, string origin, string target) => Message(303, 0xC0, 16777216, id,
        Text(263, $"{origin};1876543210;{id}"), VendorApplication(), Number(277, 1), Text(264, origin),
        Text(296, origin[(origin.IndexOf('.') + 1)..]), Text(283, realm), Text(293, target), Text(1, user), Text(601, "sip:" + user, Tgpp),
        Number(607, 1, Tgpp), Group(612, Tgpp, Text(608, "Digest-AKAv1-MD5", Tgpp)), Text(602, "sip:scscf.partner.example:5060", Tgpp));

    public static byte[] Maa(uint id, string user, string origin, uint result = 2001) => Message(303, 0x40, 16777216, id,
        Text(263, $"{origin};1876543210;{id}"), VendorApplication(), Number(277, 1), Text(264, origin),
        Text(296, origin[(origin.IndexOf('.') + 1)..]), result < 5000 ? Number(268, result)
            : Group(297, 0, Number(266, Tgpp), Number(298, result)), Text(1, user), Text(601, "sip:" + user, Tgpp),
        Number(607, 1, Tgpp), Group(612, Tgpp, Number(613, 1, Tgpp), Text(608, "Digest-AKAv1-MD5", Tgpp),
            Avp(609, Tgpp, Noise(32, id)), Avp(610, Tgpp, Noise(8, id + 1)), Avp(625, Tgpp, Noise(16, id + 2)), Avp(626, Tgpp, Noise(16, id + 3))));

    public static byte[] Watchdog(uint id, string origin) =>
        Message(280, 0x80, 0, id, Text(264, origin), Text(296, origin[(origin.IndexOf('.') + 1)..]));

    public static byte[] Message(int command, byte flags, uint application, uint id, params byte[][] avps)
    {
        var message = new byte[20 + avps.Sum(a => a.Length)];
        BinaryPrimitives.WriteUInt32BigEndian(message, 1u << 24 | (uint)message.Length);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(4), (uint)flags << 24 | (uint)command);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(8), application);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(12), 0x11000000 + id);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(16), 0x22000000 + id);
        var at = 20;
        foreach (var avp in avps)
        {
            avp.CopyTo(message, at);
            at += avp.Length;
        }

        return message;
    }

    public static byte[] Avp(uint code, uint vendor, byte[] value)
    {
        var header = vendor == 0 ? 8 : 12;
        var length = header + value.Length;
        var avp = new byte[length + 3 & ~3];
        BinaryPrimitives.WriteUInt32BigEndian(avp, code);
        BinaryPrimitives.WriteUInt32BigEndian(avp.AsSpan(4), (vendor == 0 ? 0x40u : 0xC0u) << 24 | (uint)length);
        if (vendor != 0) BinaryPrimitives.WriteUInt32BigEndian(avp.AsSpan(8), vendor);
        value.CopyTo(avp, header);
        return avp;
    }

    public static byte[] Text(uint code, string value, uint vendor = 0) => Avp(code, vendor, Encoding.UTF8.GetBytes(value));

    private static byte[] Number(uint code, uint value, uint vendor = 0)
    {
        var octets = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(octets, value);
        return Avp(code, vendor, octets);
    }

    private static byte[] Group(uint code, uint vendor, params byte[][] avps) => Avp(code, vendor, [.. avps.SelectMany(a => a)]);

    private static byte[] VendorApplication() => Group(260, 0, Number(266, Tgpp), Number(258, 16777216));

    private static byte[] Noise(int length, uint seed)
    {
        var octets = new byte[length];
        for (var i = 0; i < length; i++) octets[i] = (byte)((seed + 17) * 31 + (uint)i * 97);
        return octets;
    }
}
