using McConformance.Wire;
using McConformance.Wire.Documents;

namespace McConformance.Checks;

/// <summary>What a check came to, with all that a reader needs to agree or disagree.</summary>
/// <param name="Verdict">What it came to.</param>
/// <param name="Claim">What was checked, a short sentence.</param>
/// <param name="Requirement">The catalogued requirement, where the check serves one.</param>
/// <param name="Clause">Where the rule stands; the requirement's clause where none is given.</param>
/// <param name="Expected">What the rule asks, in a few words.</param>
/// <param name="Actual">What was received, or why nothing can be said.</param>
/// <param name="MessageNumber">Number in the recording of the message that decides, or null.</param>
/// <param name="Link">Where it was seen: <c>CSC-18 mms.partner.example -> mms.primary.example</c>.</param>
public sealed record Judgement(
    Verdict Verdict, string Claim, Requirement? Requirement, Clause? Clause, string Expected, string Actual,
    int? MessageNumber, string? Link)
{
    /// <summary>One sentence for reports, for example <c>SPR-4 (TS 23.280 10.1.6.2 step 4): expected ..., received ...
    /// in
    /// message 7 on CSC-18 mms.partner.example -> mms.primary.example</c>.</summary>
    public string Reason => Verdict switch
    {
        Verdict.Pass when Actual.Length == 0 => $"{Subject}: {Claim}",
        Verdict.Pass => $"{Subject}: {Claim}; note: expected {Expected}, received {Actual}{Place}",
        Verdict.Fail => $"{Subject}: expected {Expected}, received {(Actual.Length == 0 ? "nothing" : Actual)}{Place}",
        Verdict.Inconclusive => $"{Subject}: could not be observed: {Actual}{Place}",
        Verdict.NotApplicable => $"{Subject}: not applicable: {Actual}",
        _ => $"{Subject}: the harness failed: {Actual}{Place}",
    };

    private string Subject => (Requirement, Clause ?? Requirement?.Clause) switch
    {
        ({ } requirement, { } clause) => $"{requirement.Id} ({clause})",
        (null, { Document: "OWN" } clause) => $"deviates from binding profile {BindingSet.InUse.Name} ({clause})",
        (null, { } clause) => clause.ToString(),
        _ => Claim.Length > 0 ? Claim : "scenario",
    };

    private string Place =>
        (MessageNumber is { } number ? $" in message {number}" : "") + (Link is null ? "" : $" on {Link}");

    /// <summary>The same, judged for another requirement: two documents describe one step.</summary>
    /// <param name="requirement">Id in the catalogue.</param>
    public Judgement Under(string requirement) => this with { Requirement = Catalogue.Find(requirement) };

    /// <summary>As required.</summary>
    public static Judgement Pass(string claim, Requirement? requirement = null, RecordedMessage? message = null) =>
        new(Verdict.Pass, claim, requirement, null, "", "", message?.Number, PrintLink(message?.Link));

    /// <summary>Not as required.</summary>
    public static Judgement Fail(
        string claim, Requirement? requirement, string expected, string actual, RecordedMessage? message = null,
        Clause? clause = null) =>
        new(Verdict.Fail, claim, requirement, clause, expected, actual, message?.Number, PrintLink(message?.Link));

    /// <summary>Not as the clause has it; the catalogue's obligation says whether that is a fail or a note.</summary>
    public static Judgement Miss(
        string claim, Requirement requirement, string expected, string actual, RecordedMessage? message = null) =>
        Fail(claim, requirement, expected, actual, message) with
        {
            Verdict = requirement.IsBinding ? Verdict.Fail : Verdict.Pass,
        };

    /// <summary>Not as a rule of a codec or of the binding profile has it.</summary>
    public static Judgement Fail(string claim, Finding finding, RecordedMessage message) =>
        Fail(claim, null, finding.Expected, finding.Actual, message, finding.Clause);

    /// <summary>Cannot be seen with this test configuration.</summary>
    public static Judgement Inconclusive(string claim, Requirement? requirement, string why) =>
        new(Verdict.Inconclusive, claim, requirement, null, "", why, null, null);

    /// <summary>Needs a capability that is declared absent.</summary>
    public static Judgement NotApplicable(string claim, Requirement? requirement, string why) =>
        new(Verdict.NotApplicable, claim, requirement, null, "", why, null, null);

    /// <summary>The harness's own fault.</summary>
    public static Judgement Error(string claim, Exception exception, Requirement? requirement = null) =>
        new(Verdict.Error, claim, requirement, null, "",
            $"{exception.GetType().Name}: {exception.Message}", null, null);

    /// <summary>The judgement that decides: the first of those with the worst verdict; null where there are
    /// none.</summary>
    public static Judgement? Deciding(IEnumerable<Judgement> judgements)
    {
        Judgement? worst = null;
        foreach (var judgement in judgements)
        {
            if (worst is null || Verdicts.Worst(worst.Verdict, judgement.Verdict) != worst.Verdict) worst = judgement;
        }

        return worst;
    }

    /// <summary>How reports write a link: reference point, sender, receiver.</summary>
    public static string? PrintLink(Link? link) =>
        link is null ? null : $"{link.ReferencePoint} {link.From.Name} -> {link.To.Name}";
}
