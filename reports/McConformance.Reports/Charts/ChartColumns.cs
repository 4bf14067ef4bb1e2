using McConformance.Wire;

namespace McConformance.Reports.Charts;

/// <summary>The life lines of a chart, from left to right: UEs, the partner MC system, transit, other MC systems, the
/// primary MC
/// system; as TS 23.280 figure 10.1.6.2-1 has them.</summary>
internal sealed class ChartColumns
{
    /// <summary>Width of an entity's box.</summary>
    public const double BoxWidth = 158;

    private const double GapMin = BoxWidth + 12;
    private const double SystemGap = 24;
    private readonly Dictionary<Party, int> indices = [];
    private readonly double[] centres;

    public ChartColumns(IReadOnlyList<ChartRow> rows, string primary, string partner, double left)
    {
        Parties = [.. rows.SelectMany(r => (Party[])[r.Message.Link.From, r.Message.Link.To]).Distinct()
            .OrderBy(p => Group(p, primary, partner)).ThenBy(p => p.System, StringComparer.Ordinal)
            .ThenBy(p => Rank(p, primary)).ThenBy(p => p.Name, StringComparer.Ordinal)];
        for (var i = 0; i < Parties.Count; i++) indices[Parties[i]] = i;
        centres = new double[Parties.Count];
        var gaps = Gaps(rows);
        for (var i = 0; i < centres.Length; i++) centres[i] = i == 0 ? left + BoxWidth / 2 + 12 : centres[i - 1] + gaps[i - 1];
    }

    /// <summary>Left to right.</summary>
    public IReadOnlyList<Party> Parties { get; }

    /// <summary>Where the rightmost box ends.</summary>
    public double Right => centres.Length == 0 ? 0 : centres[^1] + BoxWidth / 2 + 12;

    /// <summary>Middle of a party's life line.</summary>
    public double this[Party party] => centres[indices[party]];

    /// <summary>The MC systems with the first and last of their life lines.</summary>
    public IEnumerable<(string System, double From, double To)> Systems
    {
        get
        {
            for (var i = 0; i < Parties.Count;)
            {
                var first = i;
                while (i < Parties.Count && BoxOf(Parties[i]) == BoxOf(Parties[first])) i++;
                if (BoxOf(Parties[first]).Length > 0) yield return (Parties[first].System, centres[first], centres[i - 1]);
            }
        }
    }

    private static string BoxOf(Party party) => party.Kind == EntityKind.SignallingUserAgent ? "" : party.System;

    // wide enough for the labels: neighbours first, then what a longer arrow still lacks, shared evenly
    private double[] Gaps(IReadOnlyList<ChartRow> rows)
    {
        var gaps = new double[Math.Max(0, Parties.Count - 1)];
        for (var i = 0; i < gaps.Length; i++)
            gaps[i] = GapMin + (BoxOf(Parties[i]) == BoxOf(Parties[i + 1]) ? 0 : SystemGap);
        foreach (var row in rows.OrderBy(Span))
        {
            var (from, to) = Ends(row);
            var lacking = row.Width + 56 - gaps[from..to].Sum();
            for (var i = from; i < to && lacking > 0; i++) gaps[i] += lacking / (to - from);
        }

        return gaps;
    }

    private int Span(ChartRow row) => Ends(row) is var (from, to) ? to - from : 0;

    private (int From, int To) Ends(ChartRow row)
    {
        var (a, b) = (indices[row.Message.Link.From], indices[row.Message.Link.To]);
        return a < b ? (a, b) : (b, a);
    }

    private static int Group(Party party, string primary, string partner)
    {
        if (party.Kind == EntityKind.SignallingUserAgent) return 0;
        if (IsSame(party.System, partner)) return 1;
        if (IsSame(party.System, primary)) return 4;
        return party.System.Length == 0 ? 2 : 3;
    }

    // the migration management servers face each other; so the primary's order is the partner's, mirrored
    private static int Rank(Party party, string primary)
    {
        var rank = party.Kind switch
        {
            EntityKind.ProxyCscf => 1,
            EntityKind.InterrogatingCscf => 2,
            EntityKind.ServingCscf => 3,
            EntityKind.SipDatabase => 4,
            EntityKind.MigrationManagementServer => 5,
            EntityKind.DiameterProxy => 6,
            _ => 0,
        };
        return IsSame(party.System, primary) ? -rank : rank;
    }

    private static bool IsSame(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
