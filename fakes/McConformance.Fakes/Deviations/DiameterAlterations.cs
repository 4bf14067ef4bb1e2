using System.Buffers.Binary;

namespace McConformance.Fakes.Deviations;

/// <summary>
/// Changes of Diameter messages that keep them sound Diameter: lengths fit, only what is named is wrong (RFC 6733 3, 4.1).
/// Reads and writes AVPs by itself, so that a mistake of the codec cannot hide one of its own.
/// </summary>
internal static class DiameterAlterations
{
    private const int HeaderOctets = 20;
    private const uint Vendor3gpp = 10415;

    /// <summary>The header bit that tells a request from an answer (RFC 6733 3).</summary>
    public const byte Request = 0x80;

    /// <summary>Groups that are looked into: Vendor-Specific-Application-Id, Experimental-Result, SIP-Auth-Data-Item.</summary>
    private static readonly HashSet<uint> Groups = [260, 297, 612];

    public static ReadOnlyMemory<byte> Set(ReadOnlyMemory<byte> octets, uint code, byte[] value) => Rewrite(octets, code, _ => value);

    public static ReadOnlyMemory<byte> Omit(ReadOnlyMemory<byte> octets, uint code) => Rewrite(octets, code, _ => null);

    /// <summary>The last bit of the AVP's value becomes the other one.</summary>
    public static ReadOnlyMemory<byte> Flip(ReadOnlyMemory<byte> octets, uint code) => Rewrite(octets, code, value =>
    {
        if (value.Length > 0) value[^1] ^= 1;
        return value;
    });

    /// <summary>One AVP more, at the end; codes from 600 on are of 3GPP (Cx, Sh).</summary>
    public static ReadOnlyMemory<byte> Add(ReadOnlyMemory<byte> octets, uint code, byte[] value)
    {
        var output = new List<byte>(octets.ToArray());
        Put(output, code, 0x40, code is >= 600 and < 800 ? Vendor3gpp : 0, value);
        return Sealed(output);
    }

    /// <summary>Another result, whichever kind there was.</summary>
    public static ReadOnlyMemory<byte> Result(ReadOnlyMemory<byte> octets, bool isExperimental, uint code)
    {
        var value = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(value, code);
        var bare = Omit(Omit(octets, 268), 297);
        if (!isExperimental) return Add(bare, 268, value);
        var group = new List<byte>();
        Put(group, 266, 0x40, 0, [0x00, 0x00, 0x28, 0xAF]);
        Put(group, 298, 0x40, 0, value);
        return Add(bare, 297, [.. group]);
    }

    /// <summary>Header bits become the other ones: 0x10 is T.</summary>
    public static ReadOnlyMemory<byte> Flags(ReadOnlyMemory<byte> octets, byte bits)
    {
        var changed = octets.ToArray();
        changed[4] ^= bits;
        return changed;
    }

    public static ReadOnlyMemory<byte> EndToEnd(ReadOnlyMemory<byte> octets, uint value)
    {
        var changed = octets.ToArray();
        BinaryPrimitives.WriteUInt32BigEndian(changed.AsSpan(16), value);
        return changed;
    }

    private static ReadOnlyMemory<byte> Rewrite(ReadOnlyMemory<byte> octets, uint code, Func<byte[], byte[]?> change)
    {
        var output = new List<byte>(octets[..HeaderOctets].ToArray());
        Copy(octets.Span[HeaderOctets..], output, code, change);
        return Sealed(output);
    }

    private static void Copy(ReadOnlySpan<byte> avps, List<byte> output, uint code, Func<byte[], byte[]?> change)
    {
        while (avps.Length >= 8)
        {
            var found = BinaryPrimitives.ReadUInt32BigEndian(avps);
            var (flags, length) = (avps[4], (int)(BinaryPrimitives.ReadUInt32BigEndian(avps[4..]) & 0xffffff));
            var hasVendor = (flags & 0x80) != 0;
            var vendor = hasVendor ? BinaryPrimitives.ReadUInt32BigEndian(avps[8..]) : 0;
            var value = avps[(hasVendor ? 12 : 8)..length].ToArray();
            if (found == code)
            {
                if (change(value) is { } changed) Put(output, found, flags, vendor, changed);
            }
            else
            {
                Put(output, found, flags, vendor, Groups.Contains(found) ? Inner(value, code, change) : value);
            }

            avps = avps[Math.Min(avps.Length, (length + 3) & ~3)..];
        }
    }

    private static byte[] Inner(byte[] group, uint code, Func<byte[], byte[]?> change)
    {
        var output = new List<byte>();
        Copy(group, output, code, change);
        return [.. output];
    }

    private static void Put(List<byte> output, uint code, byte flags, uint vendor, byte[] value)
    {
        Span<byte> head = stackalloc byte[12];
        var length = vendor == 0 ? 8 : 12;
        BinaryPrimitives.WriteUInt32BigEndian(head, code);
        BinaryPrimitives.WriteUInt32BigEndian(head[4..], (uint)(length + value.Length));
        head[4] = (byte)(vendor == 0 ? flags & 0x7f : flags | 0x80);
        BinaryPrimitives.WriteUInt32BigEndian(head[8..], vendor);
        output.AddRange(head[..length]);
        output.AddRange(value);
        while (output.Count % 4 != 0) output.Add(0);
    }

    private static byte[] Sealed(List<byte> output)
    {
        var message = output.ToArray();
        BinaryPrimitives.WriteUInt32BigEndian(message, 0x01000000u | (uint)message.Length);
        return message;
    }
}
