using System.Globalization;
using System.Text;

namespace McConformance.Wire.Sip.Codec;

/// <summary>Findings of one message, used again for the next. Bounded: a hostile message costs no memory. Not thread safe.</summary>
public sealed class FindingList
{
    /// <summary>Most findings kept; the rest is counted.</summary>
    public const int FindingsMax = 64;
    private const int ActualOctetsMax = 60;
    private readonly List<Finding> items = [];

    /// <summary>What was found, in the order of the checks.</summary>
    public IReadOnlyList<Finding> Items => items;

    /// <summary>How many are kept.</summary>
    public int Count => items.Count;

    /// <summary>How many more there were.</summary>
    public int Omitted { get; private set; }

    /// <summary>True where the octets do not follow the grammar.</summary>
    public bool HasSyntax { get; private set; }

    /// <summary>Empties it.</summary>
    public void Clear()
    {
        items.Clear();
        (Omitted, HasSyntax) = (0, false);
    }

    /// <summary>Adds one; what was there is made printable and cut.</summary>
    /// <param name="severity">How much it weighs.</param>
    /// <param name="clause">Where the rule stands.</param>
    /// <param name="offset">Octets from the start of the message, or -1.</param>
    /// <param name="expected">What the rule asks.</param>
    /// <param name="actual">The octets there; empty for nothing.</param>
    public void Add(Severity severity, Clause clause, int offset, string expected, ReadOnlySpan<byte> actual)
    {
        HasSyntax |= severity == Severity.Syntax;
        if (items.Count == FindingsMax) Omitted++;
        else items.Add(new Finding(severity, clause, offset, expected, Printable(actual)));
    }

    private static string Printable(ReadOnlySpan<byte> octets)
    {
        if (octets.IsEmpty) return "nothing";
        var text = new StringBuilder(ActualOctetsMax);
        foreach (var octet in octets[..Math.Min(octets.Length, ActualOctetsMax)])
        {
            if (octet is >= 0x20 and < 0x7f) text.Append((char)octet);
            else text.Append(CultureInfo.InvariantCulture, $"\\x{octet:x2}");
        }

        return octets.Length > ActualOctetsMax ? text.Append("...").ToString() : text.ToString();
    }
}
