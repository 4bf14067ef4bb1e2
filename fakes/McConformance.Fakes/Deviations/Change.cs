using System.Globalization;
using System.Text;
using McConformance.Fakes.Disturbances;
using Alteration = System.Func<System.ReadOnlyMemory<byte>, System.ReadOnlyMemory<byte>>;

namespace McConformance.Fakes.Deviations;

/// <summary>The changes of octets that a deviation can name: the message stays sound but for what is named.</summary>
internal static class Change
{
    private static readonly Dictionary<string, Func<string, string, Alteration>> Known = new()
    {
        ["replace"] = (what, with) => octets => Alterations.Replace(octets, Octets(what), Octets(with)),
        ["avp"] = (what, with) => octets => DiameterAlterations.Set(octets, Code(what), Octets(with)),
        ["flip-avp"] = (what, _) => octets => DiameterAlterations.Flip(octets, Code(what)),
        ["omit-avp"] = (what, _) => octets => DiameterAlterations.Omit(octets, Code(what)),
        ["add-avp"] = (what, with) => octets => DiameterAlterations.Add(octets, Code(what), Octets(with)),
        ["result"] = (what, with) => octets => DiameterAlterations.Result(octets, what == "experimental", Code(with)),
        ["flags"] = (what, _) => octets => DiameterAlterations.Flags(octets, Octets(what)[0]),
        ["end-to-end"] = (what, _) => octets => DiameterAlterations.EndToEnd(octets, Code(what)),
        ["omit-header"] = (what, _) => octets => SipAlterations.OmitHeader(octets, what),
        ["set-header"] = (what, with) => octets => SipAlterations.SetHeader(octets, what, with),
        ["add-header"] = (what, with) => octets => SipAlterations.AddHeader(octets, what, with),
        ["append"] = (what, with) => octets => SipAlterations.Append(octets, what, with),
        ["status"] = (what, with) => octets => SipAlterations.Status(octets, what, with),
        ["text"] = (what, with) => octets => SipAlterations.Text(octets, what, with),
        ["repeat-header"] = (what, _) => SipAlterations.Repeat(what),
    };

    public static string Names => string.Join(", ", Known.Keys);

    public static bool Knows(string name) => Known.ContainsKey(name);

    /// <summary>The change of a name; null where the name is of a fault that changes nothing.</summary>
    public static Alteration? Of(string name, string what, string with) =>
        Known.TryGetValue(name, out var make) ? make(what, with) : null;

    /// <summary>Text, <c>0x</c> and hexadecimal digits, or <c>#</c> and an Unsigned32.</summary>
    private static byte[] Octets(string cell)
    {
        if (cell.StartsWith("0x", StringComparison.Ordinal)) return Convert.FromHexString(cell.AsSpan(2));
        if (!cell.StartsWith('#')) return Encoding.UTF8.GetBytes(cell);
        var octets = new byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(octets, Code(cell[1..]));
        return octets;
    }

    private static uint Code(string cell) => uint.Parse(cell, CultureInfo.InvariantCulture);
}
