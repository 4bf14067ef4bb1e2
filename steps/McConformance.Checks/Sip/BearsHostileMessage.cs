using McConformance.Checks.Flow;

namespace McConformance.Checks.Sip;

/// <summary>A message that is lawful but strange is taken, and one that is broken is refused as its document has it
/// (RFC 4475 3,
/// RFC 5118 4).</summary>
public static class BearsHostileMessage
{
    /// <summary>Judges what came back.</summary>
    /// <param name="requirement">Id in the catalogue of what the receiver must do at all.</param>
    /// <param name="name">Name of the message, and where it stands.</param>
    /// <param name="may">Statuses, <c>taken</c>, <c>silence</c>, with <c>or</c> between them.</param>
    /// <param name="status">Final status; 0 where none came.</param>
    public static Judgement Judge(string requirement, string name, string may, int status)
    {
        var claim = new Claim(requirement, $"{name} is borne");
        return claim.Seen(may.Split(" or ").Any(m => Allows(m, status)), $"{may} for {name}", status == 0
            ? "silence" : $"{status}");
    }

    /// <summary>Judges whether a sound request is answered afterwards.</summary>
    public static Judgement JudgeSound(string requirement, string name, int status) =>
        new Claim(requirement, $"a sound request is answered after {name}")
            .Seen(status is >= 200 and < 500, $"an answer to a sound request after {name}", status == 0
                ? "silence" : $"{status}");

    private static bool Allows(string may, int status) => may switch
    {
        "silence" => status == 0,
        "taken" => IsTaken(status),
        _ => may == $"{status}",
    };

    /// <summary>Understood, whatever it came to: not called malformed, unknown or a failure of the server.</summary>
    private static bool IsTaken(int status) =>
        status is >= 200 and < 500 or >= 600 and < 700 && status is not (400 or 413 or 414 or 416 or 420) ||
            status is 501;
}
