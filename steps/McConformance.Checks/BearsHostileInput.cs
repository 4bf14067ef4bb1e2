using McConformance.Checks.Flow;

namespace McConformance.Checks;

/// <summary>What is hostile is refused as its clause has it, and what is sound is not (RFC 4825 11, RFC 6750 3.1, RFC
/// 6733 7.1).</summary>
public static class BearsHostileInput
{
    /// <summary>Judges one answer.</summary>
    /// <param name="requirement">Id in the catalogue of what the receiver must do at all.</param>
    /// <param name="name">What was sent, and the clause.</param>
    /// <param name="may">Outcomes that are right, with <c>or</c> between them.</param>
    /// <param name="outcome">A status or result, <c>closed</c>, or <c>silence</c>.</param>
    public static Judgement Judge(string requirement, string name, string may, string outcome) =>
        new Claim(requirement, $"what comes {name} is answered as it may be")
            .Seen(may.Split(" or ").Contains(outcome), $"{may} for what comes {name}", outcome);
}
