using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;

namespace McConformance.Reports.Decoding;

/// <summary>The tree of a Diameter message for the page. Never throws; what does not fit is one line that says
/// so.</summary>
internal static class DiameterTree
{
    private const int DepthMax = 8;
    private const int PrintMax = 400;

    /// <summary>The header as one line, then an AVP each.</summary>
    public static IReadOnlyList<AvpNode> Read(ReadOnlyMemory<byte> message)
    {
        var octets = message.Span;
        var view = new DiameterView(octets);
        if (!view.HasHeader) return [Broken("no Diameter header", 0, octets)];
        var nodes = new List<AvpNode> { Header(octets, view) };
        ReadAvps(octets, 20, octets.Length, nodes, 0);
        return nodes;
    }

    private static AvpNode Header(ReadOnlySpan<byte> octets, DiameterView view)
    {
        var length = octets[1] << 16 | octets[2] << 8 | octets[3];
        var flags = Letters(octets[4], "RPET");
        var value = string.Create(CultureInfo.InvariantCulture,
            $"command {view.Command}, application {Number(octets[8..])}, hop-by-hop 0x{Number(octets[12..]):x8}, end-to-end 0x{Number(octets[16..]):x8}, length {length}") +
            (length == octets.Length ? "" : $" but {octets.Length} octets are there");
        return new AvpNode(view.Abbreviation, -1, 0, flags, value, 0, 20, []);
    }

    private static void ReadAvps(ReadOnlySpan<byte> octets, int at, int end, List<AvpNode> nodes, int depth)
    {
        while (at < end)
        {
            if (end - at < 8)
            {
                nodes.Add(Broken("octets after the last AVP", at, octets[at..end]));
                return;
            }

            var flags = octets[at + 4];
            var header = (flags & 0x80) != 0 ? 12 : 8;
            var length = octets[at + 5] << 16 | octets[at + 6] << 8 | octets[at + 7];
            if (length < header || length > end - at)
            {
                nodes.Add(Broken($"AVP {Number(octets[at..])} with length {length}, {end - at} octets are left", at, octets[at..end]));
                return;
            }

            nodes.Add(ReadAvp(octets, at, header, length, depth));
            at = Math.Min(end, at + (length + 3 & ~3));
        }
    }

    private static AvpNode ReadAvp(ReadOnlySpan<byte> octets, int at, int header, int length, int depth)
    {
        var code = Number(octets[at..]);
        var vendor = header == 12 ? Number(octets[(at + 8)..]) : 0;
        var value = octets.Slice(at + header, length - header);
        var (name, type) = AvpNames.Find(code, vendor);
        var children = new List<AvpNode>();
        if (type == AvpType.Grouped && depth < DepthMax) ReadAvps(octets, at + header, at + length, children, depth + 1);
        return new AvpNode(name, code, vendor, Letters(octets[at + 4], "VMP"),
            type == AvpType.Grouped ? "" : Print(value, type), at, length, children);
    }

    private static string Print(ReadOnlySpan<byte> value, AvpType type) => type switch
    {
        AvpType.Unsigned when value.Length == 4 => Number(value).ToString(CultureInfo.InvariantCulture),
        AvpType.Address when value.Length is 6 or 18 => new IPAddress(value[2..]).ToString(),
        AvpType.Text when value.IndexOfAnyInRange((byte)0, (byte)31) < 0 =>
            Encoding.UTF8.GetString(value[..Math.Min(value.Length, PrintMax)]),
        _ => value.IsEmpty ? "" : "0x" + Convert.ToHexStringLower(value[..Math.Min(value.Length, PrintMax / 2)]),
    };

    private static AvpNode Broken(string what, int at, ReadOnlySpan<byte> octets) =>
        new("cannot be read", -1, 0, "", what, at, octets.Length, []);

    private static string Letters(byte flags, string letters)
    {
        var text = new StringBuilder(4);
        for (var i = 0; i < letters.Length; i++)
            if ((flags & (0x80 >> i)) != 0) text.Append(letters[i]);
        return text.ToString();
    }

    private static uint Number(ReadOnlySpan<byte> octets) => BinaryPrimitives.ReadUInt32BigEndian(octets);
}
