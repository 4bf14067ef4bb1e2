using McConformance.Wire.Identities;

namespace McConformance.Entities.GroupManagement;

/// <summary>Where documents of membership lie: in the tree of the MC system that asks, or tells (OWN MEM).</summary>
internal static class MembershipSelectors
{
    public static string Overview(GroupManagementOptions options) =>
        $"{Tree(options)}/{options.Membership.OverviewDocument}";

    public static string Proposal(GroupManagementOptions options, McGroupId group) =>
        $"{Tree(options)}/{options.Membership.Proposals}/{Uri.EscapeDataString(group.Value)}";

    public static string Decision(GroupManagementOptions options, McGroupId group) =>
        $"{Tree(options)}/{options.Membership.Decisions}/{Uri.EscapeDataString(group.Value)}";

    private static string Tree(GroupManagementOptions options) =>
        $"{options.Membership.Auid}/users/{Uri.EscapeDataString(options.Identity)}";
}
