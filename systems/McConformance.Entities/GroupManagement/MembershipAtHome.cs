using McConformance.Wire.Documents;
using McConformance.Wire.Http.Xcap;
using McConformance.Wire.Identities;
using Microsoft.AspNetCore.Http;

namespace McConformance.Entities.GroupManagement;

/// <summary> Members from partners in groups that are at home here (TR 23.781 5.1.12): which partners, how their
/// changes take effect, their lists, and the decisions on them. Over CSC-16 each partner reads and writes in its own
/// tree (OWN MEM). Thread safe. </summary>
public sealed class MembershipAtHome
{
    private const string NotOpen = "the group is not open to this MC system any more";
    private readonly HeldProposals proposals;
    private readonly GroupManagementOptions options;
    private readonly StoredGroups groups;
    private readonly GroupDistribution distribution;
    private readonly GroupTransfer transfer;

    internal MembershipAtHome(
        GroupManagementOptions options, StoredGroups groups, GroupDistribution distribution, GroupTransfer transfer) =>
        (this.options, this.groups, this.distribution, this.transfer, proposals) =
            (options, groups, distribution, transfer, new HeldProposals(options.Store));

    /// <summary>What an administrator has to review.</summary>
    public IReadOnlyList<MembershipProposal> Pending => [.. proposals.Pending().Select(p => p.Proposal)];

    /// <summary>An administrator says with which partners a group is interconnected, and how their changes of
    /// membership take effect; none makes it a group of this MC system alone. Members from a system that is a partner
    /// no more leave, and its list is rejected.</summary>
    /// <returns>200; 404 for an unknown group; 409 for a partner without configuration. Then nothing has
    /// changed.</returns>
    public async Task<int> SetPartnersAsync(McGroupId id, IReadOnlyList<GroupPartner> partners)
    {
        if (partners.Any(p => options.Partners.All(o => o.System != p.Id))) return 409;
        if (id.System != options.System) return 404;
        (StoredGroup Before, StoredGroup Now)? changed;
        List<HeldProposal> outdated = [];
        lock (proposals.Gate)
        {
            changed = groups.Update(id, g => g.With(new GroupChanges
            {
                Partners = partners,
                Members = m => m.Id.System == options.System || partners.Any(p => p.Id == m.Id.System),
            }));
            if (changed is null) return 404;
            foreach (var held in proposals.Pending().Where(p => p.Proposal.Group == id))
                if (partners.All(p => p.Id != held.Proposal.Partner))
                    outdated.Add(Put(held with { State = ApprovalState.Rejected, Reason = NotOpen }));
        }

        await distribution.TellConcernedAsync(id, changed.Value.Before, changed.Value.Now).ConfigureAwait(false);
        foreach (var held in outdated) await TellDecisionAsync(held).ConfigureAwait(false);
        return 200;
    }

    /// <summary>An administrator approves or rejects a list. An approved one takes effect at once; then the partners
    /// concerned and the MC service servers are told of the group, and the sender of the decision.</summary>
    /// <returns>200; 404 where the partner has no list for the group; 409 where it has another by now, or one that is
    /// decided.</returns>
    public async Task<int> DecideAsync(MembershipDecision decision, McSystemId partner)
    {
        HeldProposal decided;
        (StoredGroup Before, StoredGroup Now)? changed = null;
        lock (proposals.Gate)
        {
            if (proposals.Find(decision.Group, partner) is not { } held) return 404;
            var isOpen = held.Proposal.Id == decision.ProposalId && held.State == ApprovalState.Pending;
            if (!isOpen || decision.State == ApprovalState.Pending) return 409;
            decided = Put(held with { State = decision.State, Reason = decision.Reason });
            if (decision.State == ApprovalState.Approved)
                changed = groups.Update(decision.Group, held.Proposal.ApplyTo);
        }

        if (changed is var (before, now))
            await distribution.TellConcernedAsync(decision.Group, before, now).ConfigureAwait(false);
        await TellDecisionAsync(decided).ConfigureAwait(false);
        return 200;
    }

    /// <summary>A partner asks for its overview, brings a list, or asks what became of it.</summary>
    internal async Task HandleAsync(HttpContext context, XcapSelector selector, GroupPartnerSystem partner)
    {
        var names = options.Membership;
        var isOverview = selector.Name == names.OverviewDocument;
        var isList = MembershipBody.IsIn(selector, names.Proposals, out var group);
        if (!partner.MayPropose) context.Response.StatusCode = 403;
        else if (!isOverview && !isList && !MembershipBody.IsIn(selector, names.Decisions, out group))
            context.Response.StatusCode = 404;
        else if (context.Request.Method == "PUT" && isList)
            await TakeAsync(context, group, partner).ConfigureAwait(false);
        else if (context.Request.Method != "GET") context.Response.StatusCode = 405;
        else if (isOverview) await GiveOverviewAsync(context, partner.System).ConfigureAwait(false);
        else await GiveAsync(
            context, group, partner, isList ? p => (p.Octets, p.ETag) : DecisionOf).ConfigureAwait(false);
    }

    private Task GiveOverviewAsync(HttpContext context, McSystemId partner)
    {
        var own = groups.All().Select(g => g.Group.Description).Where(g => g.Id.System == options.System);
        var octets = InterconnectionGroups.For(options.System, partner, own).ToOctets(options.Membership);
        return MembershipBody.ServeAsync(context, octets, XcapConditions.TagOf(octets));
    }

    private (byte[], string) DecisionOf(HeldProposal held)
    {
        var octets = held.Decision.ToOctets(options.Membership);
        return (octets, XcapConditions.TagOf(octets));
    }

    /// <summary>A list that was taken can be asked for even when the group is not open to its sender any
    /// more.</summary>
    private async Task GiveAsync(
        HttpContext context, McGroupId id, GroupPartnerSystem partner, Func<HeldProposal, (
            byte[] Octets, string ETag)> what)
    {
        if (proposals.Find(id, partner.System) is { } held)
        {
            var (octets, tag) = what(held);
            await MembershipBody.ServeAsync(context, octets, tag).ConfigureAwait(false);
        }
        else context.Response.StatusCode = Entry(id, partner.System, out var refusal) is null ? refusal : 404;
    }

    private async Task TakeAsync(HttpContext context, McGroupId id, GroupPartnerSystem partner)
    {
        if (Entry(id, partner.System, out var refusal) is null)
        {
            context.Response.StatusCode = refusal;
            return;
        }

        var read =
            await MembershipBody.ReadAsync<MembershipProposal>(context, options.Membership).ConfigureAwait(false);
        if (read is not var (octets, proposal)) return;
        if (Conflict(proposal, id, partner.System) is { } phrase)
        {
            await XcapErrors.AnswerAsync(context, XcapConflict.ConstraintFailure, phrase).ConfigureAwait(false);
            return;
        }

        var taken = Take(context.Request, new HeldProposal(proposal, octets, ApprovalState.Pending));
        await AnswerAsync(context, taken).ConfigureAwait(false);
        if (taken.Changed is not var (before, now)) return;
        // the partner learns what became of its list, and then gets the group
        await context.Response.CompleteAsync().ConfigureAwait(false);
        await distribution.TellConcernedAsync(id, before, now).ConfigureAwait(false);
    }

    private async Task AnswerAsync(HttpContext context, Taken taken)
    {
        context.Response.StatusCode = taken.StatusCode;
        if (taken.Held is { } held)
            await MembershipBody.WriteAsync(
                context, held.Decision.ToOctets(options.Membership), held.ETag).ConfigureAwait(false);
        else if (taken.StatusCode == 409)
            await XcapErrors.AnswerAsync(
                context, XcapConflict.ConstraintFailure, "another list has this id").ConfigureAwait(false);
    }

    private Taken Take(HttpRequest request, HeldProposal coming)
    {
        var (id, partner) = (coming.Proposal.Group, coming.Proposal.Partner);
        lock (proposals.Gate)
        {
            var current = proposals.Find(id, partner);
            // OWN MEM-AGAIN: a second attempt is answered as the first, whatever its condition
            if (current?.Proposal.Id == coming.Proposal.Id)
                return current.IsSameAs(coming.Octets) ? new Taken(200, current) : new Taken(409);
            if (request.Headers.IfMatch.Count + request.Headers.IfNoneMatch.Count == 0) return new Taken(428);
            if (XcapConditions.Check(request, current?.ETag) is var status and > 0) return new Taken(status);
            if (Entry(id, partner, out var refusal) is not { } entry) return new Taken(refusal);
            status = current is null ? 201 : 200;
            if (entry.Changes != MembershipChanges.Direct) return new Taken(status, Put(coming));
            var approved = Put(coming with { State = ApprovalState.Approved });
            return new Taken(status, approved, groups.Update(id, coming.Proposal.ApplyTo));
        }
    }

    /// <summary>The partner as the group names it; null with 404 for an unknown group, with 403 for one that is not
    /// open to it.</summary>
    private GroupPartner? Entry(McGroupId id, McSystemId partner, out int refusal)
    {
        var group = id.System == options.System ? groups.Find(id) : null;
        var entry = group?.Group.Description.Interconnection?.Partners.FirstOrDefault(p => p.Id == partner);
        refusal = group is null ? 404 : 403;
        return entry;
    }

    /// <summary>What does not fit between a list and its sender; null where nothing.</summary>
    private static string? Conflict(MembershipProposal proposal, McGroupId id, McSystemId partner)
    {
        if (proposal.Group != id) return "the document is about another group than its selector";
        if (proposal.Partner != partner) return "the document is of another MC system than its sender";
        var stranger = proposal.Members.FirstOrDefault(m => m.Id.System != partner);
        return stranger is null ? null : $"{stranger.Id} is no user of {partner}";
    }

    private HeldProposal Put(HeldProposal proposal)
    {
        proposals.Put(proposal);
        return proposal;
    }

    /// <summary>OWN MEM-DECIDED. Where it does not arrive, the partner can still ask.</summary>
    private async Task TellDecisionAsync(HeldProposal held)
    {
        if (options.Partners.FirstOrDefault(p => p.System == held.Proposal.Partner) is not { } partner) return;
        var (selector, octets) =
            (MembershipSelectors.Decision(options, held.Proposal.Group), held.Decision.ToOctets(options.Membership));
        var put = new Transfer(HttpMethod.Put, selector, Membership.ContentType, octets);
        await transfer.SendSafelyAsync(put, partner).ConfigureAwait(false);
    }

    private readonly record struct Taken(
        int StatusCode, HeldProposal? Held = null, (StoredGroup Before, StoredGroup Now)? Changed = null);
}
