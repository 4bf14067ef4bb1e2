using McConformance.Entities.Ports;
using McConformance.Wire.Documents;
using McConformance.Wire.Http.Xcap;
using McConformance.Wire.Identities;
using Microsoft.AspNetCore.Http;

namespace McConformance.Entities.GroupManagement;

/// <summary>What an administrator learns of the own list for a group of another MC system.</summary>
/// <param name="StatusCode">What the group's home MC system answered; 0 where it did not, 502 where it answered
/// something else.</param>
/// <param name="Proposal">The list; null where there is none.</param>
/// <param name="Outcome">What became of it; null where that is not known.</param>
public sealed record MembershipLearnt(int StatusCode, MembershipProposal? Proposal, MembershipDecision? Outcome);

/// <summary> Own users as members of groups of other MC systems (TR 23.781 5.1.12): the overview, the lists, and what
/// became of them. The group's home MC system decides, and is the record of both. Thread safe. </summary>
public sealed class MembershipAtPartner
{
    private const string NotExpected = "no list of this MC system waits for this decision";
    private readonly Lock gate = new();
    private readonly KeptTable<McGroupId, Sent> sent;
    private readonly GroupManagementOptions options;
    private readonly GroupTransfer transfer;

    internal MembershipAtPartner(GroupManagementOptions options, GroupTransfer transfer) =>
        (this.options, this.transfer, sent) = (options, transfer, new KeptTable<McGroupId, Sent>(options.Store, "sent-lists"));

    /// <summary>An administrator asks for which groups of another MC system own users can be proposed.</summary>
    /// <returns>What came, and the groups where it is 200; 0 where nothing came or there is no such MC
    /// system.</returns>
    public async Task<(int StatusCode, InterconnectionGroups? Groups)> OverviewAsync(McSystemId home)
    {
        if (Partner(home) is not { } other) return (0, null);
        var answer = await GetAsync(MembershipSelectors.Overview(options), other).ConfigureAwait(false);
        if (!answer.IsDone) return (answer.StatusCode, null);
        var groups = MembershipBody.Read<InterconnectionGroups>(answer.Body, options.Membership);
        var isSound = groups is not null && groups.HomeSystem == home && groups.Partner == options.System
            && groups.Groups.All(g => g.Id.System == home);
        return isSound ? (answer.StatusCode, groups) : (502, null);
    }

    /// <summary>An administrator proposes own users: all of them that shall be in the group. Built on what was last
    /// learnt of the list; where it is another by now the answer is 412, and <see cref="LookAsync"/> tells.</summary>
    public async Task<MembershipLearnt> ProposeAsync(MembershipProposal proposal)
    {
        if (Partner(proposal.Group.System) is not { } home) return new MembershipLearnt(0, proposal, null);
        var tag = Begin(proposal);
        var (selector, octets) =
            (MembershipSelectors.Proposal(options, proposal.Group), proposal.ToOctets(options.Membership));
        var put = new Transfer(
            HttpMethod.Put, selector, Membership.ContentType, octets)
        { Condition = GroupTransfer.ConditionOn(tag) };
        var answer = await transfer.SendSafelyAsync(put, home).ConfigureAwait(false);
        if (!answer.IsDone) return Refused(proposal, answer.StatusCode);
        var told = MembershipBody.Read<MembershipDecision>(answer.Body, options.Membership);
        var isSound = answer.ETag is not null && told?.ProposalId == proposal.Id && told.Group == proposal.Group;
        return isSound ? Learn(answer.StatusCode, proposal, answer.ETag!, told!) : Refused(proposal, 502);
    }

    /// <summary>An administrator asks what the home MC system holds of the own list, and what became of it.</summary>
    public async Task<MembershipLearnt> LookAsync(McGroupId group)
    {
        if (Partner(group.System) is not { } home) return new MembershipLearnt(0, null, null);
        var list = await GetAsync(MembershipSelectors.Proposal(options, group), home).ConfigureAwait(false);
        if (list.StatusCode == 404) Forget(group);
        if (!list.IsDone) return new MembershipLearnt(list.StatusCode, null, null);
        var proposal = MembershipBody.Read<MembershipProposal>(list.Body, options.Membership);
        if (list.ETag is not { } tag || proposal?.Group != group || proposal.Partner != options.System)
            return new MembershipLearnt(502, null, null);
        var decision = await GetAsync(MembershipSelectors.Decision(options, group), home).ConfigureAwait(false);
        if (!decision.IsDone) return new MembershipLearnt(decision.StatusCode, proposal, null);
        // another list may have come between the two requests
        var told = MembershipBody.Read<MembershipDecision>(decision.Body, options.Membership);
        var isSound = told?.Group == group && told.ProposalId == proposal.Id;
        return isSound ? Learn(decision.StatusCode, proposal, tag, told!) : new MembershipLearnt(502, proposal, null);
    }

    /// <summary>What is known of a list without asking; null where nothing is.</summary>
    public MembershipDecision? OutcomeOf(McGroupId group)
    {
        lock (gate) return sent.GetValueOrDefault(group)?.Outcome;
    }

    /// <summary>True for what the home MC system tells, and does not ask.</summary>
    internal bool IsFor(HttpContext context, XcapSelector selector) =>
        context.Request.Method == "PUT" && MembershipBody.IsIn(selector, options.Membership.Decisions, out _);

    /// <summary>The home MC system tells its decision (OWN MEM-DECIDED). One on a list that was replaced is
    /// refused.</summary>
    internal async Task HandleAsync(HttpContext context, XcapSelector selector, GroupPartnerSystem home)
    {
        MembershipBody.IsIn(selector, options.Membership.Decisions, out var group);
        if (group.System != home.System)
        {
            context.Response.StatusCode = 403;
            return;
        }

        var read =
            await MembershipBody.ReadAsync<MembershipDecision>(context, options.Membership).ConfigureAwait(false);
        if (read is not var (_, decision)) return;
        if (decision.Group == group && Decide(decision)) context.Response.StatusCode = 200;
        else await XcapErrors.AnswerAsync(context, XcapConflict.ConstraintFailure, NotExpected).ConfigureAwait(false);
    }

    private Task<GroupTransferred> GetAsync(string selector, GroupPartnerSystem from) =>
        transfer.SendSafelyAsync(new Transfer(HttpMethod.Get, selector), from);

    private GroupPartnerSystem? Partner(McSystemId system) => options.Partners.FirstOrDefault(p => p.System == system);

    /// <summary>From now on a decision on this list may come, before the answer too.</summary>
    private string? Begin(MembershipProposal proposal)
    {
        lock (gate)
        {
            var before = sent.GetValueOrDefault(proposal.Group) ?? new Sent();
            sent[proposal.Group] = before with { OnItsWay = proposal, Early = null };
            return before.ETag;
        }
    }

    /// <summary>Where no answer says that it was refused, it may have been taken, and a decision may still
    /// come.</summary>
    private MembershipLearnt Refused(MembershipProposal proposal, int status)
    {
        lock (gate)
        {
            if (status is >= 400 and < 500 && sent.GetValueOrDefault(proposal.Group) is { } known
                && known.OnItsWay == proposal)
                sent[proposal.Group] = known with { OnItsWay = null };
            return new MembershipLearnt(status, proposal, null);
        }
    }

    /// <summary>An answer never undoes a decision that came before it.</summary>
    private MembershipLearnt Learn(int status, MembershipProposal proposal, string tag, MembershipDecision told)
    {
        lock (gate)
        {
            var known = sent.GetValueOrDefault(proposal.Group) ?? new Sent();
            var earlier = known.Early?.ProposalId == told.ProposalId ? known.Early : known.Outcome;
            var outcome = told.State == ApprovalState.Pending && earlier?.ProposalId == told.ProposalId
                ? earlier : told;
            var learnt = known with { Proposal = proposal, ETag = tag, Outcome = outcome };
            // another list may be on its way meanwhile
            sent[proposal.Group] = known.OnItsWay?.Id == proposal.Id
                ? learnt with { OnItsWay = null, Early = null } : learnt;
            return new MembershipLearnt(status, proposal, outcome);
        }
    }

    private void Forget(McGroupId group)
    {
        lock (gate)
        {
            if (sent.Remove(group, out var known) && known.OnItsWay is { } onItsWay)
                sent[group] = new Sent { OnItsWay = onItsWay, Early = known.Early };
        }
    }

    private bool Decide(MembershipDecision decision)
    {
        lock (gate)
        {
            if (sent.GetValueOrDefault(decision.Group) is not { } known) return false;
            if (known.OnItsWay?.Id == decision.ProposalId) sent[decision.Group] = known with { Early = decision };
            else if (known.Proposal?.Id == decision.ProposalId)
                sent[decision.Group] = known with { Outcome = decision };
            else return false;
            return true;
        }
    }

    /// <summary>The list that the home MC system took last, as far as is known, and one that is being sent.</summary>
    private sealed record Sent
    {
        public MembershipProposal? Proposal { get; init; }

        public string? ETag { get; init; }

        public MembershipDecision? Outcome { get; init; }

        public MembershipProposal? OnItsWay { get; init; }

        /// <summary>A decision on the one on its way.</summary>
        public MembershipDecision? Early { get; init; }
    }
}
