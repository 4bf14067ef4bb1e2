using McConformance.Checks.Flow;
using McConformance.Wire.Documents;

namespace McConformance.Checks.Membership;

/// <summary>The partner is shown the groups for which it can propose users, with how its proposals take effect, and
/// no others (TR 23.781 5.1.12).</summary>
public static class OverviewShowsGroups
{
    /// <summary>Judges the newest overview of a partner.</summary>
    /// <param name="seen">What was seen.</param>
    /// <param name="requirement">Under which requirement.</param>
    /// <param name="home">Domain of the groups' MC system.</param>
    /// <param name="partner">Domain of the partner.</param>
    /// <param name="expected">Names with mode, <c>joint-ops directly</c>, parted by commas; <c>nothing</c> for
    /// none.</param>
    public static Judgement Judge(Observation seen, string requirement, string home, string partner, string expected)
    {
        var claim = new Claim(requirement, "the overview shows the groups that are open to the partner, and no others");
        var shown = seen.All.LastOrDefault(m => m.LeavesGroupManagementOf(home) && m.Recorded.WasDelivered
            && m.Carried<InterconnectionGroups>()?.Partner.Value == partner);
        if (shown is null) return claim.Missing("an overview");
        var groups = string.Join(", ", shown.Carried<InterconnectionGroups>()!.Groups.Select(Text));
        return claim.Compare(shown, expected, groups.Length > 0 ? groups : "nothing");
    }

    private static string Text(ProposableGroup group)
    {
        var name = group.Id.Value.Split(':', '@')[1];
        return group.Changes == MembershipChanges.Direct ? $"{name} directly" : $"{name} after approval";
    }
}
