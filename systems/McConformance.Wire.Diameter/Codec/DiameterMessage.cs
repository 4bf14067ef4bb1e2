using System.Buffers;
using System.Buffers.Binary;

namespace McConformance.Wire.Diameter.Codec;

/// <summary>
/// A view of one message; octets are not copied until <see cref="Keep"/> (RFC 6733 3):
/// <code>
/// | Version = 1 (8) |            Message Length (24)               |
/// | R P E T r r r r |            Command Code (24)                 |
/// |                     Application-ID (32)                        |
/// |                  Hop-by-Hop Identifier (32)                    |
/// |                  End-to-End Identifier (32)                    |
/// |  AVPs ...                                                      |
/// </code>
/// Any octets may be given: nothing throws, and what cannot be read is left alone. The table of top-level AVPs is made
/// once, when the message is taken, and its memory is used again for the next one. Not thread safe while it is taken.
/// </summary>
public sealed class DiameterMessage
{
    /// <summary>Octets of the header.</summary>
    public const int HeaderLength = 20;

    /// <summary>Longest message taken.</summary>
    public const int LengthMax = 1 << 20;
    private byte[] kept = [];
    private Entry[] table = [];
    private int count;
    private int readableTo;
    private ReadOnlyMemory<byte> octets;

    /// <summary>The whole message.</summary>
    public ReadOnlyMemory<byte> Octets => octets;

    /// <summary>The whole message.</summary>
    public ReadOnlySpan<byte> Span => octets.Span;

    /// <summary>Protocol version; 1 where it is right.</summary>
    public byte Version => Span[0];

    /// <summary>Octets of the whole message, as the header says; the view has exactly as many.</summary>
    public int Length => octets.Length;

    /// <summary>R, P, E and T bits.</summary>
    public byte Flags => Span[4];

    /// <summary>Command code, 24 bits.</summary>
    public uint Command => BinaryPrimitives.ReadUInt32BigEndian(Span[4..]) & 0xffffff;

    /// <summary>Application id.</summary>
    public uint Application => BinaryPrimitives.ReadUInt32BigEndian(Span[8..]);

    /// <summary>Hop-by-hop identifier: of one connection.</summary>
    public uint HopByHop => BinaryPrimitives.ReadUInt32BigEndian(Span[12..]);

    /// <summary>End-to-end identifier: kept by every agent.</summary>
    public uint EndToEnd => BinaryPrimitives.ReadUInt32BigEndian(Span[16..]);

    /// <summary>R bit.</summary>
    public bool IsRequest => (Flags & 0x80) != 0;

    /// <summary>P bit: agents may pass it on.</summary>
    public bool IsProxiable => (Flags & 0x40) != 0;

    /// <summary>E bit: an answer by a protocol error.</summary>
    public bool IsError => (Flags & 0x20) != 0;

    /// <summary>T bit: may have been sent before.</summary>
    public bool IsRetransmitted => (Flags & 0x10) != 0;

    /// <summary>The AVPs of the message.</summary>
    public AvpSequence Avps => new(Span[HeaderLength..]);

    /// <summary>How many AVPs can be read at the top level.</summary>
    public int AvpCount => count;

    /// <summary>Takes the message at the start of the octets.</summary>
    /// <param name="from">What was received.</param>
    /// <param name="consumed">How many octets the message has; 0 unless done.</param>
    /// <returns>Done; NeedMoreData where it is not whole; InvalidData where the length cannot be one.</returns>
    public OperationStatus TryIndex(ReadOnlyMemory<byte> from, out int consumed) =>
        TryIndex(from, LengthMax, out consumed);

    /// <summary>Takes the message at the start of the octets, where it is no longer than a limit.</summary>
    /// <param name="from">What was received.</param>
    /// <param name="lengthMax">Octets. A longer message is InvalidData before the rest of it is waited for.</param>
    /// <param name="consumed">How many octets the message has; 0 unless done.</param>
    public OperationStatus TryIndex(ReadOnlyMemory<byte> from, int lengthMax, out int consumed)
    {
        consumed = 0;
        var span = from.Span;
        if (span.Length < 4) return OperationStatus.NeedMoreData;
        var length = LengthOf(span);
        if (length < HeaderLength || length > lengthMax || (length & 3) != 0) return OperationStatus.InvalidData;
        if (span.Length < length) return OperationStatus.NeedMoreData;
        octets = from[..length];
        consumed = length;
        Index();
        return OperationStatus.Done;
    }

    /// <summary>The length that a message says it has.</summary>
    public static int LengthOf(ReadOnlySpan<byte> start) => (start[1] << 16) | (start[2] << 8) | start[3];

    /// <summary>The first AVP of a code at the top level.</summary>
    public bool TryFind(uint code, uint vendor, out Avp found)
    {
        for (var i = 0; i < count; i++)
        {
            ref readonly var entry = ref table[i];
            if (entry.Code == code &&
                entry.Vendor == vendor) return Avp.TryRead(Span[entry.Offset..], out found, out _);
        }

        found = default;
        return false;
    }

    /// <summary>Every AVP of a code at the top level, in order.</summary>
    public RepeatedAvps FindAll(uint code, uint vendor) => new(this, code, vendor);

    /// <summary>Becomes a copy of another message, in a buffer of its own that is used again.</summary>
    public void Keep(DiameterMessage other)
    {
        var length = other.octets.Length;
        if (kept.Length < length) kept = new byte[Math.Max(512, length)];
        other.Span.CopyTo(kept);
        octets = kept.AsMemory(0, length);
        if (table.Length < other.count) table = new Entry[other.table.Length];
        Array.Copy(other.table, table, other.count);
        (count, readableTo) = (other.count, other.readableTo);
    }

    /// <summary>Where the AVPs stop being readable, as an offset; the length where all are.</summary>
    public int ReadableTo() => readableTo;

    private void Index()
    {
        var span = octets.Span;
        var at = HeaderLength;
        count = 0;
        while (at < span.Length && Avp.TryRead(span[at..], out var avp, out var used))
        {
            if (count == table.Length) Array.Resize(ref table, Math.Max(32, count * 2));
            table[count++] = new Entry(avp.Code, avp.Vendor, at);
            at += used;
        }

        readableTo = at;
    }

    private readonly record struct Entry(uint Code, uint Vendor, int Offset);

    /// <summary>The AVPs of one code.</summary>
    public readonly ref struct RepeatedAvps(DiameterMessage message, uint code, uint vendor)
    {
        /// <summary>For foreach.</summary>
        public Enumerator GetEnumerator() => new(message, code, vendor);
    }

    /// <summary>Walks over the AVPs of one code.</summary>
    public ref struct Enumerator(DiameterMessage message, uint code, uint vendor)
    {
        private int next;

        /// <summary>The AVP here.</summary>
        public Avp Current { get; private set; }

        /// <summary>Goes on.</summary>
        public bool MoveNext()
        {
            while (next < message.count)
            {
                var entry = message.table[next++];
                if (entry.Code != code || entry.Vendor != vendor) continue;
                if (!Avp.TryRead(message.Span[entry.Offset..], out var avp, out _)) continue;
                Current = avp;
                return true;
            }

            return false;
        }
    }
}
