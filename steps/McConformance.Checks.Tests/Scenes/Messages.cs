using System.Buffers.Binary;
using System.Text;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;

namespace McConformance.Checks.Tests.Scenes;

/// <summary>Octets of messages, no more of each than checks look at. Codes of AVPs are numbers here (RFC 6733 4.5,
/// TS 29.229 6.3, TS 29.329 6.3): what checks and systems write down must not be what they are compared with.</summary>
internal static class Messages
{
    public const uint MultimediaAuth = 303;
    public const uint UserAuthorization = 300;
    public const uint UserData = 306;
    public const uint CapabilitiesExchange = 257;
    private const uint Tgpp = 10415;

    /// <summary>A SIP message of its lines.</summary>
    public static byte[] Sip(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));

    /// <summary>An HTTP message: start line, further lines, body.</summary>
    public static byte[] Http(string start, byte[]? body = null, string type = "", params string[] fields)
    {
        List<string> lines = [start, .. fields];
        if (type.Length > 0) lines.Add($"Content-Type: {type}");
        lines.Add($"Content-Length: {body?.Length ?? 0}");
        return [.. Encoding.Latin1.GetBytes(string.Join("\r\n", lines) + "\r\n\r\n"), .. body ?? []];
    }

    /// <summary>A Diameter request: proxiable, of application Cx.</summary>
    public static byte[] Request(uint command, uint id, params byte[][] avps) =>
        Diameter(0xC0, command, id, id + 1000, avps);

    /// <summary>The answer to one of the same number.</summary>
    public static byte[] Answer(uint command, uint id, params byte[][] avps) =>
        Diameter(0x40, command, id, id + 1000, avps);

    /// <summary>A message of the base protocol without fault: DWR or its answer (RFC 6733 5.5).</summary>
    public static byte[] Watchdog(byte flags, uint id, params byte[][] avps) =>
        Diameter(flags, 280, 0, id, id
            + 1000, [.. avps, Avp(264, "mms.primary.example"), Avp(296, "ims.primary.example")]);

    /// <summary>A Diameter message of Cx with identifiers of its own.</summary>
    public static byte[] Diameter(byte flags, uint command, uint hopByHop, uint endToEnd, params byte[][] avps) =>
        Diameter(flags, command, 16777216, hopByHop, endToEnd, avps);

    private static byte[] Diameter(
        byte flags, uint command, uint application, uint hopByHop, uint endToEnd, byte[][] avps)
    {
        var draft = new DiameterDraft().Start(flags, command, application, hopByHop, endToEnd);
        foreach (var avp in avps) draft.CopyOctets(avp);
        return draft.Finish().Octets.ToArray();
    }

    /// <summary>An AVP of octets; those of 3GPP are 600 to 799.</summary>
    public static byte[] Avp(uint code, params byte[] data)
    {
        var draft = new DiameterDraft().Avp(code, code is >= 600 and < 800 ? Tgpp : 0, 0x40, data);
        return draft.Octets.ToArray();
    }

    /// <summary>An AVP of text.</summary>
    public static byte[] Avp(uint code, string text) => Avp(code, Encoding.UTF8.GetBytes(text));

    /// <summary>An AVP of a number.</summary>
    public static byte[] Avp(uint code, uint value)
    {
        var data = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(data, value);
        return Avp(code, data);
    }

    /// <summary>An AVP without any flag that nobody knows: worth a note (RFC 6733 4.1).</summary>
    public static byte[] Unknown() => new DiameterDraft().Avp(9999, 0, 0, "unknown"u8).Octets.ToArray();

    /// <summary>A group of AVPs.</summary>
    public static byte[] Group(uint code, params byte[][] avps) => Avp(code, [.. avps.SelectMany(a => a)]);

    /// <summary>User-Name and Public-Identity.</summary>
    public static byte[][] Identities(SipIdentitySet set) => [Avp(1, set.Private.Value), Avp(601, set.Public.Value)];

    /// <summary>SIP-Auth-Data-Item with a vector that IMS-AKA can use (TS 29.229 6.3.13).</summary>
    /// <param name="authenticate">How many octets RAND and AUTN have.</param>
    /// <param name="first">The first octet of each value, to tell vectors apart.</param>
    /// <param name="scheme">SIP-Authentication-Scheme.</param>
    public static byte[] Vector(int authenticate = 32, byte first = 1, string scheme = "Digest-AKAv1-MD5") => Group(
        612, Avp(608, scheme), Avp(609, Octets(authenticate, first)), Avp(610, Octets(8, 2)), Avp(625, Octets(16, 3)),
        Avp(626, Octets(16, 4)));

    /// <summary>Octets that go on from a first one.</summary>
    public static byte[] Octets(int count, byte first) => [.. Enumerable.Range(first, count).Select(i => (byte)i)];

    /// <summary>The body of migration service authorization.</summary>
    public static string Info(McServiceInfo info) => Encoding.UTF8.GetString(info.ToOctets());
}
