namespace McConformance.TestConfiguration.Ics;

/// <summary>The questions of the statement: every requirement of the catalogue, and every capability of the test
/// configuration.</summary>
public static class Questionnaire
{
    private static readonly (string Name, string Clause, string Question, Func<Capabilities, bool> Has)[] Options =
    [
        ("topologyHiding", "TS 23.280 5.2.x.7", "Inner nodes are hidden from other MC systems.", c => c.TopologyHiding),
        ("mutualTls", "TS 23.280 5.2.x.2 NOTE 2", "CSC-18 can be protected with certificates of both ends.",
            c => c.MutualTls),
        ("collocatedMigrationManagement", "TS 23.280 7.4.2.2.11 NOTE 2",
            "The migration management server can be part of the SIP database.", c => c.CollocatedMigrationManagement),
        ("severalSets", "TS 23.280 7.4.2.2.11", "A UE can have a set for each of several partners.",
            c => c.SeveralSets),
        ("withdrawal", "TS 23.280 7.4.2.2.11 NOTE 1", "An outbound set can be withdrawn while the system runs.",
            c => c.Withdrawal),
        ("offlineMigration", "TR 23.781 5.2.10",
            "A user can obtain service in a partner while the primary cannot be reached.", c => c.OfflineMigration),
    ];

    /// <summary>Reads the questions.</summary>
    /// <param name="root">Folder of the project.</param>
    /// <exception cref="InvalidDataException">The catalogue is broken; says where.</exception>
    public static IReadOnlyList<IcsLine> Read(string root)
    {
        var path = Path.Combine(root, "features", "catalogue", "requirements.tsv");
        var lines = File.ReadAllLines(path);
        var titles = lines[0].Split('\t');
        int Column(string title) => Array.IndexOf(titles, title) is >= 0 and var at
            ? at : throw new InvalidDataException($"{path}(1): no column {title}");
        var (id, source, clause) = (Column("id"), Column("source"), Column("clause"));
        var (obligation, text) = (Column("obligation"), Column("requirement"));
        var requirements = lines.Skip(1).Where(l => l.Length > 0).Select(l => l.Split('\t')).Select(c =>
            new IcsLine(c[id], $"{DocumentOf(c[source])} {c[clause]}", c[text], StatusOf(c[obligation]),
                Support.Unanswered, ""));
        var options = Options.Select(o =>
            new IcsLine($"needs:{o.Name}", o.Clause, o.Question, "O", Support.Unanswered, ""));
        return [.. requirements, .. options];
    }

    /// <summary>The questions, with the capabilities answered as the test configuration declares them.</summary>
    public static IEnumerable<IcsLine> Prefilled(IEnumerable<IcsLine> questions, Capabilities capabilities) =>
        questions.Select(q => Options.FirstOrDefault(o => q.Id == $"needs:{o.Name}") is { Name: not null } option
            ? q with { Support = option.Has(capabilities) ? Support.Yes : Support.No } : q);

    /// <summary>What answers and test configuration do not agree on, and what no implementation may declare: one
    /// sentence
    /// each.</summary>
    public static IReadOnlyList<string> Inconsistent(IReadOnlyList<IcsLine> answers, Capabilities capabilities)
    {
        var told = answers.Where(a => a.Status == "M" && a.Support == Support.No)
            .Select(a =>
                $"line {a.Line}: {a.Id} ({a.Clause}) is mandatory and declared unsupported: "
                + "as it is, the implementation does not conform")
            .ToList();
        told.AddRange(answers.Where(a => a.Status == "M" && a.Support == Support.NotApplicable && a.Comment.Length == 0)
            .Select(a =>
                $"line {a.Line}: {a.Id} ({a.Clause}) is mandatory and declared not applicable: "
                + "say why in its comment"));
        foreach (var (name, _, _, has) in Options)
        {
            if (answers.FirstOrDefault(a =>
                a.Id == $"needs:{name}") is not { Support: not Support.Unanswered } answer) continue;
            var (said, configured) = (answer.Support == Support.Yes, has(capabilities));
            if (said != configured)
            {
                told.Add($"line {answer.Line}: {answer.Id} is declared {(said ? "supported" : "unsupported")}, "
                    + "and the test configuration "
                    + $"has \"{name}\": {(configured ? "true" : "false")}: mend one of the two");
            }
        }

        return told;
    }

    /// <summary>Why a scenario does not apply, by its tags without @; null where it does.</summary>
    public static string? WhyNotApplicable(IEnumerable<IcsLine> answers, IEnumerable<string> tags)
    {
        var named = tags.ToHashSet();
        var declared = answers.FirstOrDefault(
            a => a.Support is Support.No or Support.NotApplicable && named.Contains(a.Id));
        if (declared is null) return null;
        var word = declared.Support == Support.No ? "unsupported" : "not applicable";
        return $"not applicable: the conformance statement declares {declared.Id} {word}"
            + (declared.Comment.Length > 0 ? $" ({declared.Comment})" : "");
    }

    private static string DocumentOf(string source) => source == "001" ? "TR 23.781" : "TS 23.280";

    private static string StatusOf(string obligation) => obligation switch
    {
        "shall" or "precondition" => "M",
        "should" => "R",
        "may" => "O",
        _ => "I",
    };
}
