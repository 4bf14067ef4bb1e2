using McConformance.Checks.Flow;
using McConformance.Checks.Membership;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;
using McConformance.Wire.Documents;

namespace McConformance.Steps;

/// <summary>Members from a partner (TR 23.781 5.1.12): what is judged.</summary>
[Binding]
public sealed class Csc16MembershipVerdicts(ScenarioWorld world)
{
    private static readonly string[] BeforePartner =
        ["obtains the primary's profile", "chooses the partner MC system", "authenticates to the partner"];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static string Primary => ScenarioPlan.DomainOf("primary");

    private static string Partner => ScenarioPlan.DomainOf("partner");

    [Then(@"^the (partner|third)'s overview shows (.+) \((\S+)\)$")]
    public async Task Overview(string role, string groups, string requirement) =>
        world.Judge(OverviewShowsGroups.Judge(
            await world.ObserveAsync(), requirement, Primary, ScenarioPlan.DomainOf(role), groups));

    [Then("^the proposal carries (.+)$")]
    public async Task Carries(string users) =>
        world.Judge(ProposalCarriesTheList.Judge(await world.ObserveAsync(), Partner, users));

    [Then(@"^the primary's group management server answers (\d+) \((\S+)\)$")]
    public async Task Answers(int status, string requirement) =>
        world.Judge(HomeAnswers.Status(await world.ObserveAsync(), requirement, Primary, status));

    [Then(@"^the primary answers that the proposal is (pending|accepted|rejected) \((\S+)\)$")]
    public async Task AnswersState(string state, string requirement) =>
        world.Judge(HomeAnswers.State(await world.ObserveAsync(), requirement, Primary, state));

    [Then(@"^the administrator is told (\d+) \((\S+)\)$")]
    public async Task Told(int status, string requirement)
    {
        await world.ObserveAsync();
        var claim = new Claim(requirement, "the administrator is told how it ended");
        world.Judge(claim.Seen(world.Administered == status, $"{status}", $"{world.Administered}"));
    }

    [Then("^the partner is told that the proposal is (accepted|rejected)$")]
    public async Task Decided(string state) =>
        world.Judge(DecisionIsTold.Judge(await world.ObserveAsync(), Primary, Partner, state));

    [Then("^no decision was told$")]
    public async Task NotDecided() => world.Judge(DecisionIsTold.Not(await world.ObserveAsync(), Primary));

    [Then(@"^the partner's administrator sees the proposal as (pending|accepted|rejected) \((\S+)\)$")]
    public async Task Sees(string state, string requirement)
    {
        var systems = await world.SystemsAsync();
        var looking = systems.LookAsync("partner");
        await world.Pace.UntilAsync(looking, "what became of the proposal", Patience);
        var claim = new Claim(requirement, "the partner's administrator sees what became of the proposal");
        var outcome = (await looking).Outcome;
        var isOwn = outcome?.ProposalId == world.Proposed[^1];
        var actual = outcome is null
            ? "nothing" : $"{MembershipMessages.Word(outcome.State)}{(isOwn ? "" : ", but of another proposal")}";
        world.Judge(claim.Seen(actual == state, state, actual));
    }

    [Then(@"^the changed group is provided to the partner with the members (.+) \((\S+)\)$")]
    public async Task Provided(string members, string requirement) =>
        world.Judge(
            GroupFollowsItsMembers.Provided(await world.ObserveAsync(), requirement, Primary, Partner, members));

    [Then(@"^the group was not provided with (\w+) \((\S+)\)$")]
    public async Task NotProvided(string member, string requirement) =>
        world.Judge(GroupFollowsItsMembers.NotProvidedWith(await world.ObserveAsync(), requirement, Primary, member));

    [Then(@"^the group is taken away from the partner \((\S+)\)$")]
    public async Task Taken(string requirement) =>
        world.Judge(GroupFollowsItsMembers.Taken(await world.ObserveAsync(), requirement, Primary, Partner));

    [Then("^the MC service servers of both MC systems are notified of the change$")]
    public async Task Notified()
    {
        var seen = await world.ObserveAsync();
        foreach (var system in (string[])[Primary, Partner])
            world.Judge(GroupFollowsItsMembers.Notified(seen, system, ScenarioPlan.JointOps.Value));
    }

    [Then(@"^both MC systems have the group with the members (.+) \((\S+)\)$")]
    public async Task Agree(string members, string requirement)
    {
        await Has(members, requirement);
        foreach (var step in BeforePartner) await TakeAsync(step);
        await JudgeServedAsync("partner", s => s.TokensOf("alice").Partner, members, requirement);
    }

    [Then(@"^the primary has the group with the members (.+) \((\S+)\)$")]
    public async Task Has(string members, string requirement)
    {
        await TakeAsync("signs in at home");
        await JudgeServedAsync("primary", s => s.TokensOf("alice").Primary, members, requirement);
    }

    private async Task JudgeServedAsync(
        string role, Func<SystemsUnderTest, string> token, string members, string requirement)
    {
        var (systems, domain) = (await world.SystemsAsync(), ScenarioPlan.DomainOf(role));
        var group = Uri.EscapeDataString(ScenarioPlan.JointOps.Value);
        var uri = $"http://gms.{domain}/xcap-root/{GroupDocument.Auid}/global/byGroupID/{group}";
        var fetching = systems.FetchAsync("alice", uri, token(systems));
        await world.Pace.UntilAsync(fetching, "the group at alice's UE", Patience);
        await fetching;
        var ue = SystemsUnderTest.PartyOf("alice");
        world.Judge(GroupFollowsItsMembers.Served(await world.ObserveAsync(), requirement, domain, ue, members));
    }

    private async Task TakeAsync(string step)
    {
        var systems = await world.SystemsAsync();
        var taking = systems.TakeAsync("alice", step);
        await world.Pace.UntilAsync(taking, $"alice {step}", Patience);
        if (!(await taking).IsDone) throw new InvalidOperationException($"alice {step}: {await taking}");
    }
}
