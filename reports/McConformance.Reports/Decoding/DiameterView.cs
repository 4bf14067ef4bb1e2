using System.Buffers.Binary;

namespace McConformance.Reports.Decoding;

/// <summary>What lists and charts need of a Diameter message: the header and a few AVPs, read straight from the octets
/// so that
/// a message that is wrong elsewhere still has its line. Never throws.</summary>
internal readonly ref struct DiameterView
{
    private readonly ReadOnlySpan<byte> octets;

    public DiameterView(ReadOnlySpan<byte> octets) => this.octets = octets;

    /// <summary>False where not even the header is there.</summary>
    public bool HasHeader => octets.Length >= 20 && octets[0] == 1;

    /// <summary>Command code; RFC 6733 3.</summary>
    public int Command => octets[5] << 16 | octets[6] << 8 | octets[7];

    /// <summary>R bit.</summary>
    public bool IsRequest => (octets[4] & 0x80) != 0;

    /// <summary>Capabilities exchange, watchdog or disconnection: between neighbours, not part of a
    /// procedure.</summary>
    public bool IsHousekeeping => HasHeader && Command is 257 or 280 or 282;

    /// <summary>The abbreviation of the command, for example <c>MAR</c>.</summary>
    public string Abbreviation => Stem(Command) is { } stem ? stem + (IsRequest ? "R" : "A")
        : $"command {Command} {(IsRequest ? "request" : "answer")}";

    /// <summary>First AVP with a code and no vendor, at the top or in the group that is given; empty where there is
    /// none.</summary>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> avps, uint code, uint vendor = 0)
    {
        while (avps.Length >= 8)
        {
            var length = avps[5] << 16 | avps[6] << 8 | avps[7];
            var hasVendor = (avps[4] & 0x80) != 0;
            var header = hasVendor ? 12 : 8;
            if (length < header || length > avps.Length) return default;
            var itsVendor = hasVendor ? BinaryPrimitives.ReadUInt32BigEndian(avps[8..]) : 0;
            if (BinaryPrimitives.ReadUInt32BigEndian(avps) == code && itsVendor == vendor) return avps[header..length];
            avps = avps[Math.Min(avps.Length, length + 3 & ~3)..];
        }

        return default;
    }

    /// <summary>AVPs of the message.</summary>
    public ReadOnlySpan<byte> Avps => octets[20..];

    /// <summary>User-Name (1), or where that is absent Public-Identity (601 of 3GPP).</summary>
    public ReadOnlySpan<byte> User => Find(Avps, 1) is { Length: > 0 } name ? name : Find(Avps, 601, 10415);

    /// <summary>Result-Code (268), or the code in Experimental-Result (297); 0 where neither is there.</summary>
    public uint Result
    {
        get
        {
            var code = Find(Avps, 268);
            if (code.Length != 4) code = Find(Find(Avps, 297), 298);
            return code.Length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(code) : 0;
        }
    }

    private static string? Stem(int command) => command switch
    {
        257 => "CE",
        258 => "RA",
        274 => "AS",
        275 => "ST",
        280 => "DW",
        282 => "DP",
        300 => "UA",
        301 => "SA",
        302 => "LI",
        303 => "MA",
        304 => "RT",
        305 => "PP",
        _ => null,
    };
}
