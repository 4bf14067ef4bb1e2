using System.Buffers.Binary;
using System.Text;

namespace McConformance.Wire.Diameter.Codec;

/// <summary>
/// One AVP as it stands in a message (RFC 6733 4.1):
/// <code>
///  0                   1                   2                   3
/// |                       AVP Code (32)                          |
/// | V M P r r r r r |          AVP Length (24, no padding)       |
/// |              Vendor-ID (32, only where V is set)             |
/// |  Data ... padded to 32 bits                                  |
/// </code>
/// </summary>
public readonly ref struct Avp
{
    private Avp(uint code, byte flags, uint vendor, ReadOnlySpan<byte> octets, int headerLength)
    {
        Code = code;
        Flags = flags;
        Vendor = vendor;
        Octets = octets;
        Data = octets[headerLength..];
    }

    /// <summary>AVP code.</summary>
    public uint Code { get; }

    /// <summary>V, M and P bits.</summary>
    public byte Flags { get; }

    /// <summary>Vendor-Id; 0 where the V bit is not set.</summary>
    public uint Vendor { get; }

    /// <summary>The AVP without padding.</summary>
    public ReadOnlySpan<byte> Octets { get; }

    /// <summary>What it holds, without padding.</summary>
    public ReadOnlySpan<byte> Data { get; }

    /// <summary>M bit: who does not know it must refuse the message.</summary>
    public bool IsMandatory => (Flags & 0x40) != 0;

    /// <summary>As Unsigned32 or Enumerated; 0 where it is not four octets long.</summary>
    public uint Uint32 => Data.Length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(Data) : 0;

    /// <summary>As text.</summary>
    public string Text => Encoding.UTF8.GetString(Data);

    /// <summary>As a group: the AVPs inside.</summary>
    public AvpSequence Avps => new(Data);

    /// <summary>The first AVP of a code inside a group.</summary>
    public bool TryFind(uint code, uint vendor, out Avp found) => Avps.TryFind(code, vendor, out found);

    /// <summary>Reads the AVP at the start of the octets.</summary>
    /// <param name="octets">From the AVP's first octet to the end of what holds it.</param>
    /// <param name="avp">What was read.</param>
    /// <param name="used">Octets used up, padding included.</param>
    /// <returns>False where the length does not fit: nothing behind it can be read either.</returns>
    public static bool TryRead(ReadOnlySpan<byte> octets, out Avp avp, out int used)
    {
        avp = default;
        used = 0;
        if (octets.Length < 8) return false;
        var flags = octets[4];
        var headerLength = (flags & 0x80) != 0 ? 12 : 8;
        var length = (octets[5] << 16) | (octets[6] << 8) | octets[7];
        if (length < headerLength || length > octets.Length) return false;
        var vendor = headerLength == 12 ? BinaryPrimitives.ReadUInt32BigEndian(octets[8..]) : 0;
        avp = new Avp(BinaryPrimitives.ReadUInt32BigEndian(octets), flags, vendor, octets[..length], headerLength);
        used = Math.Min((length + 3) & ~3, octets.Length);
        return true;
    }
}

/// <summary>AVPs one behind the other. Enumerating ends at the first that cannot be read.</summary>
/// <param name="octets">All of them.</param>
public readonly ref struct AvpSequence(ReadOnlySpan<byte> octets)
{
    private readonly ReadOnlySpan<byte> octets = octets;

    /// <summary>For foreach.</summary>
    public Enumerator GetEnumerator() => new(octets);

    /// <summary>The first AVP of a code.</summary>
    public bool TryFind(uint code, uint vendor, out Avp found)
    {
        foreach (var avp in this)
        {
            if (avp.Code != code || avp.Vendor != vendor) continue;
            found = avp;
            return true;
        }

        found = default;
        return false;
    }

    /// <summary>Walks over AVPs.</summary>
    public ref struct Enumerator(ReadOnlySpan<byte> octets)
    {
        private readonly ReadOnlySpan<byte> octets = octets;
        private int next;

        /// <summary>The AVP here.</summary>
        public Avp Current { get; private set; }

        /// <summary>Offset of the AVP here.</summary>
        public int Offset { get; private set; }

        /// <summary>Goes on.</summary>
        public bool MoveNext()
        {
            if (next >= octets.Length || !Avp.TryRead(octets[next..], out var avp, out var used)) return false;
            Current = avp;
            Offset = next;
            next += used;
            return true;
        }
    }
}
