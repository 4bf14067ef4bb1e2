using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;
using McConformance.Wire.Diameter.Dictionary;

namespace McConformance.Wire.Diameter.Codec;

/// <summary>A message being written, in a growing buffer that is used again. Not thread safe.</summary>
public sealed class DiameterDraft
{
    private static readonly ConcurrentBag<DiameterDraft> Pool = [];
    private int[] groups = new int[8];
    private byte[] buffer = new byte[1024];
    private int length;
    private int depth;

    /// <summary>The message so far; whole after <see cref="Finish"/>.</summary>
    public ReadOnlyMemory<byte> Octets => buffer.AsMemory(0, length);

    /// <summary>The message so far.</summary>
    public ReadOnlySpan<byte> Span => buffer.AsSpan(0, length);

    internal Span<byte> Writable => buffer.AsSpan(0, length);

    /// <summary>Takes an empty draft from the pool.</summary>
    public static DiameterDraft Rent() => Pool.TryTake(out var draft) ? draft : new DiameterDraft();

    /// <summary>Gives a draft back; it must not be used any more.</summary>
    public static void Return(DiameterDraft draft)
    {
        (draft.length, draft.depth) = (0, 0);
        if (draft.buffer.Length <= 64 * 1024) Pool.Add(draft);
    }

    /// <summary>Writes the header; the length is filled in by <see cref="Finish"/>.</summary>
    public DiameterDraft Start(byte flags, uint command, uint application, uint hopByHop, uint endToEnd)
    {
        (length, depth) = (DiameterMessage.HeaderLength, 0);
        BinaryPrimitives.WriteUInt32BigEndian(buffer, 0x01000000);
        BinaryPrimitives.WriteUInt32BigEndian(buffer.AsSpan(4), ((uint)flags << 24) | (command & 0xffffff));
        BinaryPrimitives.WriteUInt32BigEndian(buffer.AsSpan(8), application);
        BinaryPrimitives.WriteUInt32BigEndian(buffer.AsSpan(12), hopByHop);
        BinaryPrimitives.WriteUInt32BigEndian(buffer.AsSpan(16), endToEnd);
        return this;
    }

    /// <summary>Writes an AVP of any kind.</summary>
    public DiameterDraft Avp(uint code, uint vendor, byte flags, ReadOnlySpan<byte> data)
    {
        var at = Header(code, vendor, flags, data.Length);
        data.CopyTo(buffer.AsSpan(at));
        return this;
    }

    /// <summary>Writes octets.</summary>
    public DiameterDraft Put(AvpDefinition definition, ReadOnlySpan<byte> data) =>
        Avp(definition.Code, definition.Vendor, definition.Flags, data);

    /// <summary>Writes text.</summary>
    public DiameterDraft Put(AvpDefinition definition, string text)
    {
        var at = Header(definition.Code, definition.Vendor, definition.Flags, Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, buffer.AsSpan(at));
        return this;
    }

    /// <summary>Writes Unsigned32 or Enumerated.</summary>
    public DiameterDraft Put(AvpDefinition definition, uint value)
    {
        var at = Header(definition.Code, definition.Vendor, definition.Flags, 4);
        BinaryPrimitives.WriteUInt32BigEndian(buffer.AsSpan(at), value);
        return this;
    }

    /// <summary>Opens a group.</summary>
    public DiameterDraft BeginGroup(AvpDefinition definition)
    {
        if (depth == groups.Length) Array.Resize(ref groups, depth * 2);
        groups[depth++] = length;
        Header(definition.Code, definition.Vendor, definition.Flags, 0);
        return this;
    }

    /// <summary>Closes the group opened last.</summary>
    /// <exception cref="InvalidOperationException">No group is open.</exception>
    public DiameterDraft EndGroup()
    {
        if (depth == 0) throw new InvalidOperationException("no group is open");
        var at = groups[--depth];
        WriteLength(buffer.AsSpan(at + 4), length - at);
        return this;
    }

    /// <summary>Copies an AVP as it stands.</summary>
    public DiameterDraft Copy(in Avp avp)
    {
        var padded = (avp.Octets.Length + 3) & ~3;
        Grow(padded);
        avp.Octets.CopyTo(buffer.AsSpan(length));
        buffer.AsSpan(length + avp.Octets.Length, padded - avp.Octets.Length).Clear();
        length += padded;
        return this;
    }

    /// <summary>Copies octets that are AVPs already, padding included.</summary>
    public DiameterDraft CopyOctets(ReadOnlySpan<byte> avps)
    {
        Grow(avps.Length);
        avps.CopyTo(buffer.AsSpan(length));
        length += avps.Length;
        return this;
    }

    /// <summary>Fills in the length.</summary>
    /// <exception cref="InvalidOperationException">A group is still open.</exception>
    public DiameterDraft Finish()
    {
        if (depth != 0) throw new InvalidOperationException("a group is still open");
        WriteLength(buffer, length);
        return this;
    }

    internal uint Command => BinaryPrimitives.ReadUInt32BigEndian(buffer.AsSpan(4)) & 0xffffff;

    internal void SetHopByHop(uint value) => BinaryPrimitives.WriteUInt32BigEndian(buffer.AsSpan(12), value);

    internal void SetRetransmitted() => buffer[4] |= 0x10;

    private static void WriteLength(Span<byte> at, int value)
    {
        at[1] = (byte)(value >> 16);
        at[2] = (byte)(value >> 8);
        at[3] = (byte)value;
    }

    private int Header(uint code, uint vendor, byte flags, int dataLength)
    {
        var headerLength = vendor == 0 ? 8 : 12;
        var padded = (headerLength + dataLength + 3) & ~3;
        Grow(padded);
        var at = buffer.AsSpan(length, padded);
        at[^Math.Min(4, padded)..].Clear();
        BinaryPrimitives.WriteUInt32BigEndian(at, code);
        at[4] = (byte)(vendor == 0 ? flags & 0x7f : flags | 0x80);
        WriteLength(at[4..], headerLength + dataLength);
        if (vendor != 0) BinaryPrimitives.WriteUInt32BigEndian(at[8..], vendor);
        length += padded;
        return length - padded + headerLength;
    }

    private void Grow(int by)
    {
        if (length + by > buffer.Length) Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + by));
    }
}
