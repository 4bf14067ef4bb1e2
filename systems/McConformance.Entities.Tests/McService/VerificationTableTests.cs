using McConformance.Entities.McService;

namespace McConformance.Entities.Tests.McService;

[Parallelizable(ParallelScope.All)]
internal sealed class VerificationTableTests
{
    // OWN MIG-OFF-3; what is not listed does nothing and stays
    private const string Table = """
        AwaitingAttempt AttemptDue      -> AwaitingPrimary : Ask
        AwaitingAttempt EndNotified     -> AwaitingPrimary : Ask
        AwaitingAttempt PrimaryConfirms -> Verified        : GiveOrdinaryProfile, TellUser
        AwaitingAttempt PrimaryRefuses  -> Ended           : EndService, TellUser
        AwaitingAttempt TimeOver        -> Ended           : EndService, TellPrimary, TellUser
        AwaitingAttempt ClientLeaves    -> Ended           : EndService, TellPrimary
        AwaitingPrimary NoAnswer        -> AwaitingAttempt : TryLater
        AwaitingPrimary EndNotified     -> AwaitingPrimary : Ask
        AwaitingPrimary PrimaryConfirms -> Verified        : GiveOrdinaryProfile, TellUser
        AwaitingPrimary PrimaryRefuses  -> Ended           : EndService, TellUser
        AwaitingPrimary TimeOver        -> Ended           : EndService, TellPrimary, TellUser
        AwaitingPrimary ClientLeaves    -> Ended           : EndService, TellPrimary
        """;

    [Test]
    public void Every_row_is_as_written_and_nothing_else_happens()
    {
        var actual =
            from state in Enum.GetValues<VerificationState>()
            from what in Enum.GetValues<VerificationEvent>()
            let row = VerificationTable.Find(state, what)
            where row != (VerificationAction.None, state)
            select $"{state} {what} -> {row.Next} : {row.Actions}";
        var expected = Table.Split('\n').Select(l => System.Text.RegularExpressions.Regex.Replace(l.Trim(), " +", " "));
        actual.Should().BeEquivalentTo(expected);
    }

    [Test]
    public void Nothing_happens_to_a_user_who_is_verified_or_gone()
    {
        foreach (var state in new[] { VerificationState.Verified, VerificationState.Ended })
            foreach (var what in Enum.GetValues<VerificationEvent>())
                VerificationTable.Find(state, what).Should().Be((VerificationAction.None, state));
    }
}
