using McConformance.Checks.Flow;
using McConformance.Wire;

namespace McConformance.Checks.Migration;

/// <summary>TR 23.781 5.2.1: a partner verifies with the primary that migration is permitted, and serves nobody
/// before, or against, its word.</summary>
public static class ServesByThePrimarysWord
{
    private static readonly Claim Verifies = new("KI-2.1-b",
        "the partner serves the user when the primary has permitted it, and not before");

    /// <summary>Judges what the partner told the client by what the primary told the partner.</summary>
    public static Judgement Judge(Observation seen, MigrationAuthorizationFacts facts)
    {
        var asked = seen.ServerRequests().FirstOrDefault(m => IsServer(m.From, facts.PartnerSystem));
        if (asked is null) return Verifies.Missing("a request of the partner's MC service server to the primary");
        var word = seen.ServerResponses()
            .FirstOrDefault(m => IsServer(m.To, facts.PartnerSystem) && m.MayFollow(asked));
        if (word is null) return Verifies.Missing("a response of the primary at the partner's MC service server");
        var told = seen.ClientResponses().FirstOrDefault(m => m.From.System != facts.PrimarySystem);
        if (told is null) return Verifies.Missing("an answer to the client");
        if (told.Number < word.Number) return Verifies.Fail(told, "the primary's response first",
            "the client was answered before");
        var isPermitted = word.Info?.Migration?.Success == true;
        return told.Sip!.StatusCode == 200 == isPermitted
            ? Verifies.Pass(told)
            : Verifies.Fail(told, isPermitted ? "200" : "a refusal", $"{told.Sip.StatusCode}");
    }

    /// <summary>TS 23.280 10.6.3.3 step 6: the primary's MC service server says no, and why.</summary>
    /// <param name="seen">What was seen.</param>
    /// <param name="facts">Domains.</param>
    /// <param name="cause">Cause that is expected, as the binding writes it.</param>
    public static Judgement Refuses(Observation seen, MigrationAuthorizationFacts facts, string cause)
    {
        var claim = new Claim("MSA-6", "the primary's MC service server refuses what it does not permit");
        var word = seen.ServerResponses().FirstOrDefault(m => IsServer(m.From, facts.PrimarySystem));
        if (word is null) return claim.Missing("a response of the primary's MC service server");
        var migration = word.Info!.Migration;
        var actual = migration?.Success == true ? "success"
            : migration?.Cause is { } given ? Wire.Documents.MigrationBinding.Own.Text(given) : "no cause";
        return claim.Compare(word, cause, actual);
    }

    /// <summary>The same step, where it permits.</summary>
    public static Judgement Permits(Observation seen, MigrationAuthorizationFacts facts)
    {
        var claim = new Claim("MSA-6", "the primary's MC service server permits what it must");
        var word = seen.ServerResponses().FirstOrDefault(m => IsServer(m.From, facts.PrimarySystem));
        if (word is null) return claim.Missing("a response of the primary's MC service server");
        return claim.Compare(word, "success", word.Info!.Migration?.Success == true ? "success" : "failure");
    }

    private static bool IsServer(Party party, string system) => party.Kind == EntityKind.McServiceServer
        && party.System == system;
}
