namespace McConformance.Wire.Sip.Codec;

/// <summary>Where a validator puts what it finds. Used again and again: nothing is allocated while messages are clean.</summary>
public sealed class FindingList
{
    /// <summary>Most findings kept of one message; a hostile one could have thousands.</summary>
    public const int Most = 64;
    private readonly List<Finding> findings = [];

    /// <summary>What was found, in the order of the message.</summary>
    public IReadOnlyList<Finding> Findings => findings;

    /// <summary>Empties it.</summary>
    public void Clear() => findings.Clear();

    internal void Add(Severity severity, string document, string place, int offset, string expected, ReadOnlySpan<byte> actual)
    {
        if (findings.Count < Most) findings.Add(new Finding(severity, new Clause(document, place), offset, expected, Printable(actual)));
    }

    private static string Printable(ReadOnlySpan<byte> octets)
    {
        var text = new System.Text.StringBuilder();
        foreach (var octet in octets[..Math.Min(octets.Length, 60)])
        {
            if (octet is >= 0x20 and < 0x7f) text.Append((char)octet);
            else text.Append($"\\x{octet:x2}");
        }

        return octets.Length == 0 ? "nothing" : text.Append(octets.Length > 60 ? "..." : "").ToString();
    }
}
