namespace McConformance.Wire.Diameter.Dictionary;

/// <summary>How often an AVP may stand in a command or a group.</summary>
/// <param name="Code">AVP code.</param>
/// <param name="Vendor">0 or 10415.</param>
/// <param name="Min">0 or 1.</param>
/// <param name="Max">0 where it must not stand there; <see cref="int.MaxValue"/> where there is no limit.</param>
public readonly record struct AvpRule(uint Code, uint Vendor, int Min, int Max)
{
    /// <summary>The AVP's definition, or null.</summary>
    public AvpDefinition? Definition => DiameterDictionary.Find(Code, Vendor);
}

/// <summary>
/// Which AVPs stand in a command or group and how often, written as a row of codes: <c>263!</c> exactly once,
/// <c>293?</c> at
/// most once, <c>601*</c> any number, <c>632+</c> at least once, <c>268-</c> never. Codes from 600 to 799 are 3GPP's.
/// Any
/// other AVP may be added, as all these commands allow (RFC 6733 3.2).
/// </summary>
public sealed class Grammar
{
    private Grammar(AvpRule[] rules) => Rules = rules;

    /// <summary>Nothing is known.</summary>
    public static Grammar Any { get; } = new([]);

    /// <summary>One rule for each AVP that is named.</summary>
    public IReadOnlyList<AvpRule> Rules { get; }

    internal static Grammar Read(string row) =>
        new([.. row.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(ReadRule)]);

    internal int IndexOf(uint code, uint vendor)
    {
        for (var i = 0; i < Rules.Count; i++)
            if (Rules[i].Code == code && Rules[i].Vendor == vendor) return i;
        return -1;
    }

    private static AvpRule ReadRule(string word)
    {
        var code = uint.Parse(word.AsSpan(0, word.Length - 1), System.Globalization.CultureInfo.InvariantCulture);
        var (min, max) = word[^1] switch
        {
            '!' => (1, 1),
            '?' => (0, 1),
            '*' => (0, int.MaxValue),
            '+' => (1, int.MaxValue),
            '-' => (0, 0),
            _ => throw new ArgumentException($"{word} does not say how often"),
        };
        return new AvpRule(code, code is >= 600 and < 800 ? 10415u : 0u, min, max);
    }
}
