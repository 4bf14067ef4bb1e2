using System.Buffers.Binary;
using System.Text;
using McConformance.Wire.Diameter.Dictionary;

namespace McConformance.Fakes.Hostile;

/// <summary>An AVP that may be wrong in every field (RFC 6733 4.1): written as it is told.</summary>
/// <param name="Code">AVP code.</param>
/// <param name="Vendor">0 for none.</param>
/// <param name="Flags">V, M and P bits, and the reserved ones.</param>
/// <param name="Data">Without padding.</param>
/// <param name="LengthField">What the length field says; null for the truth.</param>
internal sealed record RawAvp(uint Code, uint Vendor, byte Flags, byte[] Data, int? LengthField = null)
{
    private const int LengthOctets = 4;
    private const uint ExperimentalResult = 297;

    /// <summary>A sound AVP by its name in the dictionary.</summary>
    public static RawAvp Of(string name, byte[] data)
    {
        var definition = DiameterDictionary.Find(name) ?? throw new ArgumentException($"no AVP is called \"{name}\"");
        return new RawAvp(definition.Code, definition.Vendor, definition.Flags, data);
    }

    /// <summary>A sound AVP of text.</summary>
    public static RawAvp Of(string name, string text) => Of(name, Encoding.UTF8.GetBytes(text));

    /// <summary>A sound AVP of Unsigned32 or Enumerated.</summary>
    public static RawAvp Of(string name, uint value)
    {
        var data = new byte[LengthOctets];
        BinaryPrimitives.WriteUInt32BigEndian(data, value);
        return Of(name, data);
    }

    /// <summary>A group of sound AVPs.</summary>
    public static RawAvp Of(string name, params RawAvp[] inner)
    {
        var data = new List<byte>();
        foreach (var avp in inner) avp.WriteTo(data);
        return Of(name, [.. data]);
    }

    /// <summary>Groups within each other, empty at the ground.</summary>
    /// <param name="depth">How many.</param>
    public static RawAvp Nested(int depth)
    {
        var avp = new RawAvp(ExperimentalResult, 0, 0x40, []);
        for (var i = 1; i < depth; i++)
        {
            var octets = new List<byte>();
            avp.WriteTo(octets);
            avp = avp with { Data = [.. octets] };
        }

        return avp;
    }

    /// <summary>Writes it, padded to four octets.</summary>
    public void WriteTo(List<byte> octets)
    {
        Span<byte> head = stackalloc byte[12];
        var length = Vendor == 0 ? 8 : 12;
        BinaryPrimitives.WriteUInt32BigEndian(head, Code);
        BinaryPrimitives.WriteUInt32BigEndian(head[4..], (uint)(LengthField ?? (length + Data.Length)));
        head[4] = Flags;
        BinaryPrimitives.WriteUInt32BigEndian(head[8..], Vendor);
        octets.AddRange(head[..length]);
        octets.AddRange(Data);
        while (octets.Count % 4 != 0) octets.Add(0);
    }
}
