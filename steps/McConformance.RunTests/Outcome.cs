namespace McConformance.RunTests;

/// <summary>Tells how a run ended: what failed and why, figures, the report, and the last line.</summary>
internal sealed class Outcome(TextWriter output)
{
    /// <summary>Prints it; true where all is well.</summary>
    public bool Tell(TestResults results, Summary? summary, int chosen, bool strict, int code, string printed)
    {
        var (passed, failed, skipped) = (results.Passed, results.Failed.Count, results.Skipped);
        TellFailures(results, summary);
        if (failed == 0 && code != 0)
        {
            output.WriteLine(printed.TrimEnd());
            output.WriteLine($"the test host ended with code {code}");
            failed++;
        }

        if (results.Count != chosen)
        {
            output.WriteLine($"{chosen} scenarios were chosen and {results.Count} ran: filter and suite do not agree");
            failed++;
        }

        // without a report nobody can tell which of the skipped were inconclusive
        var inconclusive = summary is null ? skipped : Math.Min(summary.Count("inconclusive"), skipped);
        if (strict) (failed, skipped) = (failed + inconclusive, skipped - inconclusive);
        if (summary is not null) TellSummary(summary);
        else output.WriteLine("no report was written");
        output.WriteLine($"{passed} passed, {failed} failed, {skipped} skipped");
        return failed == 0;
    }

    private void TellFailures(TestResults results, Summary? summary)
    {
        var written = summary?.Failures ?? [];
        // what breaks many scenarios, such as an entity that has gone, is told once
        foreach (var same in written.GroupBy(f => f.Verdict == "error" ? f.Reason
            : $"{f.Feature} {f.Title} {f.Reason}"))
        {
            var (feature, title, verdict, reason) = same.First();
            TellFailure(same.Count() == 1 ? $"{verdict}: {title} ({feature})"
                : $"{verdict}: {same.Count()} scenarios, the first: {title} ({feature})", reason);
        }

        if (written.Count >= results.Failed.Count) return;
        // what the suite could not write down itself
        foreach (var (name, message) in results.Failed)
        {
            var isTold = written.Any(f => message.Contains(f.Reason, StringComparison.Ordinal));
            if (!isTold) TellFailure($"fail: {name}", message);
        }
    }

    private void TellFailure(string head, string reason)
    {
        output.WriteLine(head);
        foreach (var line in reason.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            output.WriteLine($"    {line}");
    }

    private void TellSummary(Summary summary)
    {
        foreach (var figure in summary.Figures) output.WriteLine(figure);
        var verdicts = summary.Totals.Where(t => t.Value > 0).Select(t => $"{t.Value} {t.Key}");
        output.WriteLine("verdicts: " + string.Join(", ", verdicts));
        output.WriteLine($"report: {Path.Combine(summary.Folder, "index.html")}");
    }
}
