namespace McConformance.Checks.Flow;

/// <summary>No message of the procedure is sent where none may be. Only meaningful once the procedure has ended.</summary>
public static class NothingPasses
{
    /// <summary>Judges all messages that the condition selects; housekeeping of connections does not count.</summary>
    /// <param name="requirement">Id in the catalogue.</param>
    /// <param name="seen">What was seen.</param>
    /// <param name="where">Which messages must not be.</param>
    /// <param name="place">The same in words: <c>CSC-18</c>.</param>
    public static Judgement Judge(string requirement, Observation seen, Func<ObservedMessage, bool> where, string place)
    {
        var claim = new Claim(requirement, $"nothing is sent on {place}");
        if (seen.Procedure.All(m => m.IsUnseen)) return claim.Missing("at least one message of the procedure anywhere");
        var sent = seen.Procedure.FirstOrDefault(m => where(m) && m.Recorded.WasDelivered);
        return sent is null ? claim.Pass() : claim.Fail(sent, "nothing", Describe.Message(sent));
    }
}
