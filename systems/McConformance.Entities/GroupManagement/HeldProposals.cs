using McConformance.Entities.Ports;
using McConformance.Wire.Documents;
using McConformance.Wire.Http.Xcap;
using McConformance.Wire.Identities;
using McConformance.Wire.State;

namespace McConformance.Entities.GroupManagement;

/// <summary>The newest list of one partner for one group, and what became of it.</summary>
/// <param name="Proposal">What it says.</param>
/// <param name="Octets">As it came.</param>
/// <param name="State">Pending until somebody decides; approved at once where changes take effect directly.</param>
/// <param name="Reason">Why it was rejected; null where nobody said.</param>
internal sealed record HeldProposal(
    MembershipProposal Proposal, byte[] Octets, ApprovalState State, string? Reason = null)
{
    /// <summary>Entity tag of the list; a decision does not change it.</summary>
    public string ETag { get; } = XcapConditions.TagOf(Octets);

    /// <summary>What its sender is told.</summary>
    public MembershipDecision Decision => new(Proposal.Id, Proposal.Group, State, Reason);

    /// <summary>True where a second attempt brings the same once more.</summary>
    public bool IsSameAs(byte[] octets) => Octets.AsSpan().SequenceEqual(octets);
}

/// <summary>Lists of all partners. Whoever reads and then writes holds <see cref="Gate"/>.</summary>
internal sealed class HeldProposals(IStateStore? store)
{
    private readonly KeptTable<(McGroupId Group, McSystemId Partner), HeldProposal> held = new(store, "proposals");

    public Lock Gate { get; } = new();

    public HeldProposal? Find(McGroupId group, McSystemId partner)
    {
        lock (Gate) return held.GetValueOrDefault((group, partner));
    }

    public void Put(HeldProposal proposal)
    {
        lock (Gate) held[(proposal.Proposal.Group, proposal.Proposal.Partner)] = proposal;
    }

    /// <summary>Those that wait for a decision, by group and partner.</summary>
    public IReadOnlyList<HeldProposal> Pending()
    {
        lock (Gate)
        {
            return
            [
                .. held.Values.Where(p => p.State == ApprovalState.Pending)
                    .OrderBy(p => p.Proposal.Group.Value, StringComparer.Ordinal)
                    .ThenBy(p => p.Proposal.Partner.Value, StringComparer.Ordinal),
            ];
        }
    }
}
