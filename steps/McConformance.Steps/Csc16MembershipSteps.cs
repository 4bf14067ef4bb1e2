using McConformance.Fakes.Disturbances;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;
using McConformance.Wire;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;

namespace McConformance.Steps;

/// <summary>Members from a partner (TR 23.781 5.1.12): what administrators of both MC systems do.</summary>
[Binding]
public sealed class Csc16MembershipSteps(ScenarioWorld world)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Given("^the group joint-ops is open to the (partner|third) MC system, with changes (directly|after approval)$")]
    public void IsOpen(string role, string how) => world.Plan.OpenGroup(Partner(role, how));

    [Given("^the group joint-ops of the primary MC system is closed to other MC systems$")]
    public void IsClosed() => world.Plan.OpenGroup();

    [Given("^the group joint-ops is open to the partner and the third MC system, with changes after approval$")]
    public void IsOpenToBoth() =>
        world.Plan.OpenGroup(Partner("partner", "after approval"), Partner("third", "after approval"));

    [Given("^the primary MC system has a group for the third MC system alone, and one for nobody else$")]
    public void OtherGroups() => world.Plan.AddOtherGroups();

    [Given("^the partner's administrator has proposed (.+)$")]
    public async Task HasProposed(string users)
    {
        await Proposes("partner", users);
        if (world.Administered is not (200 or 201)) throw Broken();
    }

    [Given("^the primary's administrator has (approved|rejected) the proposal$")]
    public async Task HasDecided(string how)
    {
        await Decides(how == "approved" ? "approves" : "rejects");
        if (world.Administered != 200) throw Broken();
    }

    [When("^the primary's administrator opens the group to the (partner) MC system, with changes (.+)$")]
    public Task Opens(string role, string how) =>
        DoAsync(s => s.SetPartnersAsync(Partner(role, how)), "the group to be opened");

    [When("^the primary's administrator closes the group to other MC systems$")]
    public Task Closes() => DoAsync(s => s.SetPartnersAsync(), "the group to be closed");

    [When("^the (partner|third)'s administrator asks for the overview$")]
    public Task AsksForOverview(string role) => DoAsync(s => s.OverviewAsync(role), "the overview");

    [When("^the (partner|third)'s administrator proposes (.+)$")]
    public Task Proposes(string role, string users)
    {
        var proposal = Proposal(role, users);
        world.Proposed.Add(proposal.Id);
        return DoAsync(async s => (await s.ProposeAsync(role, proposal)).StatusCode, "an answer to the proposal");
    }

    [When("^the partner's administrator looks at the proposal$")]
    public Task Looks() => DoAsync(async s => (await s.LookAsync("partner")).StatusCode, "what became of the proposal");

    [When("^the primary's administrator (approves|rejects) the proposal$")]
    public async Task Decides(string how)
    {
        var toReview = await world.Running.ToReviewAsync();
        await DecideAsync(toReview.Select(p => p.Id).LastOrDefault() ?? world.Proposed[^1], how);
    }

    [When("^the primary's administrator (approves) the first proposal$")]
    public Task DecidesOnFirst(string how) => DecideAsync(world.Proposed[0], how);

    [Given("^the link between the group management servers is (severed|joined again)$")]
    public Task Severed(string what) => world.WhenStartedAsync(s =>
    {
        foreach (var (from, to) in (ReadOnlySpan<(string, string)>)[("partner", "primary"), ("primary", "partner")])
        {
            var link = s.LinkToCut(Gms(from), Gms(to), WireProtocol.Http);
            if (what == "severed") link.Sever();
            else link.Join();
        }

        return Task.CompletedTask;
    });

    [When("^the link between the group management servers is joined again$")]
    public Task Joined() => Severed("joined again");

    /// <summary>The receiver is told that the sender could not, although it could.</summary>
    [Given(@"^the ([a-z ]+) is turned into an error once on the way from the (\w+)'s group management server to .+$")]
    public Task Fails(string message, string role)
    {
        var (selects, spares) = Messages.Selector(message);
        var error = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"u8.ToArray();
        var other = ScenarioPlan.DomainOf(role == "primary" ? "partner" : "primary");
        return world.DisturbAsync($"gms.{ScenarioPlan.DomainOf(role)}", $"gms.{other}", WireProtocol.Http,
            new Alters($"the {message}", _ => error) { Selects = selects, Spares = spares, Times = 1 });
    }

    private static string Gms(string role) => $"gms.{ScenarioPlan.DomainOf(role)}";

    private static GroupPartner Partner(string role, string how) => new(
        new McSystemId(ScenarioPlan.DomainOf(role)), how == "directly"
            ? MembershipChanges.Direct : MembershipChanges.AfterApproval);

    /// <summary>Reads <c>zoe yann</c>, or <c>nobody</c>; for another group than joint-ops: <c>zoe for
    /// unknown-group</c>.</summary>
    private static MembershipProposal Proposal(string role, string users)
    {
        var (domain, parts) = (ScenarioPlan.DomainOf(role), users.Split(" for "));
        var group = parts.Length > 1
            ? new McGroupId($"sip:{parts[1]}@{ScenarioPlan.DomainOf("primary")}") : ScenarioPlan.JointOps;
        var names = parts[0] == "nobody" ? [] : parts[0].Split(' ');
        return new MembershipProposal(
            $"urn:uuid:{Guid.NewGuid()}", group, new McSystemId(domain),
            [.. names.Select(
                n => new GroupMember(new McServiceId(n.Contains('@') ? $"sip:{n}" : $"sip:{n}@{domain}")))]);
    }

    private Task DecideAsync(string proposal, string how)
    {
        var state = how == "approves" ? ApprovalState.Approved : ApprovalState.Rejected;
        var reason = how == "approves" ? null : "not now";
        return DoAsync(s => s.DecideAsync(
            new MembershipDecision(proposal, ScenarioPlan.JointOps, state, reason)), "the decision to take effect");
    }

    private async Task DoAsync(Func<SystemsUnderTest, Task<int>> action, string what)
    {
        var systems = await world.SystemsAsync();
        var doing = action(systems);
        await world.Pace.UntilAsync(doing, what, Patience);
        world.Administered = await doing;
    }

    private InvalidOperationException Broken() =>
        new($"the precondition does not hold: the answer was {world.Administered}");
}
