using System.Buffers.Binary;

namespace McConformance.Fakes.Variants;

/// <summary>Other ways to write a Diameter message that say the same (RFC 6733 3, 4.1).</summary>
internal static class DiameterVariations
{
    private const int HeaderOctets = 20;
    private const uint SessionId = 263, OriginHost = 264, OriginRealm = 296, Watchdogs = 280, Capabilities = 257,
        Disconnection = 282;

    /// <summary>One AVP more, at the end: code, vendor (0 for none) and octets, parted by spaces; without M, so that
    /// it is ignored where it is
    /// not known (RFC 6733 4.1).</summary>
    public static Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> Add(string what)
    {
        var words = what.Split(' ');
        var invariant = System.Globalization.CultureInfo.InvariantCulture;
        var (code, vendor, value) = (uint.Parse(words[0], invariant), uint.Parse(words[1], invariant),
            Convert.FromHexString(words[2]));
        return octets =>
        {
            if (IsHousekeeping(octets)) return octets;
            var avp = Avp(code, 0, vendor, value);
            return Sealed([.. octets.Span, .. avp]);
        };
    }

    /// <summary>AVPs in the other order, but for Session-Id, which comes first (RFC 6733 3.2), and those of one code,
    /// whose order counts.</summary>
    public static ReadOnlyMemory<byte> Reverse(ReadOnlyMemory<byte> octets)
    {
        if (IsHousekeeping(octets)) return octets;
        var avps = Split(octets[HeaderOctets..]);
        var first = avps.Where(a => Code(a) == SessionId);
        var rest = avps.Where(a => Code(a) != SessionId).GroupBy(Code).Reverse().SelectMany(g => g);
        return Sealed([.. octets.Span[..HeaderOctets], .. first.Concat(rest).SelectMany(a => a.ToArray())]);
    }

    /// <summary>A watchdog request of the sender of a request; null for a message that is no request of a
    /// procedure.</summary>
    public static byte[]? Watchdog(ReadOnlyMemory<byte> octets, uint identifier)
    {
        if (IsHousekeeping(octets) || (octets.Span[4] & 0x80) == 0 || octets.Length <= HeaderOctets) return null;
        var own = Split(octets[HeaderOctets..]).Where(a => Code(a) is OriginHost or OriginRealm)
            .SelectMany(a => a.ToArray());
        byte[] message = [.. octets.Span[..HeaderOctets], .. own];
        message[4] = 0x80;
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(8), 0);
        (message[5], message[6], message[7]) = (0, (byte)(Watchdogs >> 8), (byte)(Watchdogs & 0xff));
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(12), identifier);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(16), identifier);
        return Sealed(message);
    }

    /// <summary>What a connection needs for itself stays as it is.</summary>
    private static bool IsHousekeeping(ReadOnlyMemory<byte> octets) =>
        octets.Length < HeaderOctets
            || (BinaryPrimitives.ReadUInt32BigEndian(
            octets.Span[4..]) & 0xffffff) is Watchdogs or Capabilities or Disconnection;

    private static List<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> avps)
    {
        var found = new List<ReadOnlyMemory<byte>>();
        while (avps.Length >= 8)
        {
            var length = (int)(BinaryPrimitives.ReadUInt32BigEndian(avps.Span[4..]) & 0xffffff);
            var padded = Math.Min(avps.Length, (length + 3) & ~3);
            found.Add(avps[..padded]);
            avps = avps[padded..];
        }

        return found;
    }

    private static uint Code(ReadOnlyMemory<byte> avp) => BinaryPrimitives.ReadUInt32BigEndian(avp.Span);

    private static byte[] Avp(uint code, byte flags, uint vendor, byte[] value)
    {
        var head = vendor == 0 ? 8 : 12;
        var avp = new byte[(head + value.Length + 3) & ~3];
        BinaryPrimitives.WriteUInt32BigEndian(avp, code);
        BinaryPrimitives.WriteUInt32BigEndian(avp.AsSpan(4), (uint)(head + value.Length));
        avp[4] = vendor == 0 ? flags : (byte)(flags | 0x80);
        if (vendor != 0) BinaryPrimitives.WriteUInt32BigEndian(avp.AsSpan(8), vendor);
        value.CopyTo(avp, head);
        return avp;
    }

    private static byte[] Sealed(byte[] message)
    {
        BinaryPrimitives.WriteUInt32BigEndian(message, 0x01000000u | (uint)message.Length);
        return message;
    }
}
