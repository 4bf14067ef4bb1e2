using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;
using McConformance.Wire.Diameter.Dictionary;

namespace McConformance.Wire.Diameter.Codec;

/// <summary>One line of a dissected message, with what is inside.</summary>
/// <param name="Name">Of the command or AVP; says so where the code is unknown or the octets cannot be read.</param>
/// <param name="Code">Command or AVP code; 0 where nothing could be read.</param>
/// <param name="Vendor">Vendor-Id, or 0.</param>
/// <param name="Flags">As letters: <c>RPET</c> in the header, <c>VMP</c> in AVPs.</param>
/// <param name="Value">Printable; empty for groups.</param>
/// <param name="Offset">From the start of the message.</param>
/// <param name="Length">Octets, padding left out.</param>
/// <param name="Children">AVPs inside.</param>
public sealed record DissectedAvp(
    string Name, uint Code, uint Vendor, string Flags, string Value, int Offset, int Length,
        IReadOnlyList<DissectedAvp> Children);

/// <summary>Turns any octets into a tree that people can read. Never throws; what cannot be read becomes a line that
/// says so.</summary>
public static class DiameterDissector
{
    private const int TextMax = 400;

    /// <summary>Dissects one message.</summary>
    /// <param name="octets">All of it, or what there is.</param>
    /// <returns>The header with all AVPs below.</returns>
    public static DissectedAvp Dissect(ReadOnlySpan<byte> octets)
    {
        if (octets.Length < DiameterMessage.HeaderLength) return Broken("no Diameter header", 0, octets);
        var flags = octets[4];
        var isRequest = (flags & 0x80) != 0;
        var command = Number(octets[4..]) & 0xffffff;
        var length = DiameterMessage.LengthOf(octets);
        var value = string.Create(CultureInfo.InvariantCulture,
            $"version {octets[0]}, length {length}, application {Number(octets[8..])}, ") + string.Create(
            CultureInfo.InvariantCulture,
            $"hop-by-hop 0x{Number(octets[12..]):x8}, end-to-end 0x{Number(octets[16..]):x8}");
        if (length != octets.Length) value += $", but {octets.Length} octets are there";
        return new DissectedAvp(
            DiameterDictionary.NameOf(command, isRequest), command, 0, Letters(flags, "RPET"), value, 0, octets.Length,
            Read(octets, DiameterMessage.HeaderLength, octets.Length, 1));
    }

    /// <summary>The tree as text, one AVP a line, two spaces for each level.</summary>
    public static string Print(ReadOnlySpan<byte> octets)
    {
        var text = new StringBuilder();
        Write(Dissect(octets), 0, text);
        return text.ToString();
    }

    private static void Write(DissectedAvp node, int depth, StringBuilder text)
    {
        text.Append(' ', depth * 2).Append(node.Name);
        if (node.Code != 0) text.Append(CultureInfo.InvariantCulture,
            $" ({node.Code}{(node.Vendor == 0 ? "" : $", vendor {node.Vendor}")})");
        if (node.Flags.Length > 0) text.Append(' ').Append(node.Flags);
        if (node.Value.Length > 0) text.Append(": ").Append(node.Value);
        text.Append(CultureInfo.InvariantCulture, $" [{node.Offset}+{node.Length}]\n");
        foreach (var child in node.Children) Write(child, depth + 1, text);
    }

    private static List<DissectedAvp> Read(ReadOnlySpan<byte> octets, int at, int end, int depth)
    {
        var nodes = new List<DissectedAvp>();
        while (at < end)
        {
            if (!Avp.TryRead(octets[at..end], out var avp, out var used))
            {
                nodes.Add(Broken("cannot be read", at, octets[at..end]));
                break;
            }

            nodes.Add(Read(octets, avp, at, depth));
            at += used;
        }

        return nodes;
    }

    private static DissectedAvp Read(ReadOnlySpan<byte> octets, Avp avp, int at, int depth)
    {
        var definition = DiameterDictionary.Find(avp.Code, avp.Vendor);
        var isGroup = definition?.Type == AvpType.Grouped && depth <= DiameterValidator.DepthMax;
        var start = at + avp.Octets.Length - avp.Data.Length;
        return new DissectedAvp(
            definition?.Name ?? "unknown", avp.Code, avp.Vendor, Letters(avp.Flags, "VMP"),
            isGroup ? "" : ValueOf(avp, definition), at, avp.Octets.Length,
            isGroup ? Read(octets, start, at + avp.Octets.Length, depth + 1) : []);
    }

    private static string ValueOf(Avp avp, AvpDefinition? definition) => definition?.Type switch
    {
        AvpType.Unsigned32 when avp.Data.Length == 4 => Named(avp.Uint32, ResultName(avp)),
        AvpType.Enumerated when avp.Data.Length == 4 =>
            Named(avp.Uint32, DiameterDictionary.ValueName(avp.Code, avp.Vendor, avp.Uint32)),
        AvpType.Unsigned64 when avp.Data.Length == 8 =>
            BinaryPrimitives.ReadUInt64BigEndian(avp.Data).ToString(CultureInfo.InvariantCulture),
        AvpType.Time when avp.Data.Length == 4 => TimeOf(avp.Uint32),
        AvpType.Address when avp.Data.Length == 6 && avp.Data[1] == 1 => new IPAddress(avp.Data[2..]).ToString(),
        AvpType.Address when avp.Data.Length == 18 && avp.Data[1] == 2 => new IPAddress(avp.Data[2..]).ToString(),
        AvpType.Utf8String or AvpType.DiameterIdentity or AvpType.DiameterUri => TextOf(avp.Data),
        AvpType.OctetString when IsPlain(avp.Data) => TextOf(avp.Data),
        _ => Hex(avp.Data),
    };

    private static string? ResultName(Avp avp) => avp switch
    {
        { Code: Rfc6733.ResultCodeCode, Vendor: 0 } => DiameterDictionary.ResultName(avp.Uint32, false),
        { Code: Rfc6733.ExperimentalResultCodeCode, Vendor: 0 } => DiameterDictionary.ResultName(avp.Uint32, true),
        _ => null,
    };

    private static string Named(uint value, string? name) => name is null
        ? value.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{value} {name}");

    /// <summary>Seconds since 1900, as in NTP; those below 2^31 belong to the next era (RFC 6733 4.3.1).</summary>
    private static string TimeOf(uint seconds)
    {
        var since = seconds >= 0x8000_0000 ? seconds : seconds + 0x1_0000_0000L;
        return new DateTime(1900, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(since).ToString("u",
            CultureInfo.InvariantCulture);
    }

    private static string TextOf(ReadOnlySpan<byte> data)
    {
        var text = new StringBuilder();
        foreach (var rune in Encoding.UTF8.GetString(data[..Math.Min(data.Length, TextMax)]).EnumerateRunes())
        {
            if (Rune.IsControl(rune)) text.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
            else text.Append(rune.ToString());
        }

        return data.Length > TextMax ? text.Append("...").ToString() : text.ToString();
    }

    private static bool IsPlain(ReadOnlySpan<byte> data) =>
        !data.IsEmpty && data.IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0;

    private static string Hex(ReadOnlySpan<byte> data) => data.IsEmpty ? ""
        : "0x" + Convert.ToHexStringLower(data[..Math.Min(data.Length, TextMax / 2)]) + (
            data.Length > TextMax / 2 ? "..." : "");

    private static DissectedAvp Broken(string what, int at, ReadOnlySpan<byte> octets) =>
        new(what, 0, 0, "", Hex(octets), at, octets.Length, []);

    private static string Letters(byte flags, string letters)
    {
        Span<char> text = stackalloc char[4];
        var length = 0;
        for (var i = 0; i < letters.Length; i++)
            if ((flags & (0x80 >> i)) != 0) text[length++] = letters[i];
        return new string(text[..length]);
    }

    private static uint Number(ReadOnlySpan<byte> octets) => BinaryPrimitives.ReadUInt32BigEndian(octets);
}
