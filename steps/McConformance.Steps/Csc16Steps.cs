using McConformance.Checks.Flow;
using McConformance.Checks.Groups;
using McConformance.Checks.Migration;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;
using McConformance.Wire;

namespace McConformance.Steps;

/// <summary>CSC-16, CSC-3 and CSC-2: group configuration between MC systems, and towards MC service servers and
/// members.</summary>
[Binding]
public sealed class Csc16Steps(ScenarioWorld world)
{
    // as the primary's administrator has defined the group
    private const int DefinedPriority = 120;
    private static readonly TimeSpan PushTime = TimeSpan.FromSeconds(60);

    private static string Home => ScenarioPlan.DomainOf("primary");

    private static string Partner => ScenarioPlan.DomainOf("partner");

    [Given("^the primary has provided the group to the partner$")]
    public async Task HasProvided()
    {
        await Provides();
        if (world.Administered is not (200 or 201))
            throw new InvalidOperationException($"the precondition does not hold: the partner answered {world.Administered}");
    }

    [When("^the primary's administrator provides the group to the partner$")]
    public async Task Provides()
    {
        var systems = await world.SystemsAsync();
        var providing = systems.ProvideGroupAsync();
        await world.Pace.UntilAsync(providing, "the group to be provided", PushTime);
        world.Administered = await providing;
    }

    [Then("^the primary's group management server provides the group over CSC-16$")]
    public async Task Provided() =>
        world.Judge(GroupIsPushed.Provided(await world.ObserveAsync(), Home, ScenarioPlan.JointOps));

    [Then("^the partner answers that it has stored the group, and not before$")]
    public async Task Stored() =>
        world.Judge(GroupIsPushed.Stored(await world.ObserveAsync(), Partner));

    [Then(@"^the partner answers (\d+) \((\S+)\)$")]
    public async Task Answers(int status, string requirement)
    {
        await world.ObserveAsync();
        world.Judge(new Claim(requirement, "what is not permitted is refused").Seen(world.Administered == status, $"{status}", $"{world.Administered}"));
    }

    [Then(@"^nothing was provided to the partner \((\S+)\)$")]
    public async Task NotProvided(string requirement)
    {
        await world.SystemsAsync();
        world.Judge(GroupIsPushed.Nothing(await world.ObserveAsync(), requirement, Partner));
    }

    [Then("^the partner's MC service server is notified before the answer$")]
    public async Task Notified() =>
        world.Judge(GroupIsPushed.Notified(await world.ObserveAsync(), Partner, ScenarioPlan.JointOps));

    [Then("^the partner's MC service server is not notified$")]
    public async Task NotNotified() =>
        world.Judge(GroupIsPushed.NotNotified(await world.ObserveAsync(), Partner, ScenarioPlan.JointOps));

    [Then(@"^the partner's MC service server asks its group management server for the group(?: \((\S+)\))?$")]
    public Task ServerAsks(string requirement) =>
        AskedAsync(Named(requirement, "GCI-PULL-1"), EntityKind.McServiceServer, "partner", "partner");

    [Then("^the partner's group management server asks the primary's$")]
    public Task PartnerAsks() => AskedAsync("GCI-PULL-2", EntityKind.GroupManagementServer, "partner", "primary");

    [Then("^the primary's group management server gives the group as it is defined$")]
    public async Task PrimaryGives() =>
        world.Judge(GroupIsPulled.Given(await world.ObserveAsync(), Home, DefinedPriority));

    [Then(@"^the partner's MC service server gets the group with group priority (\d+)$")]
    public async Task ServerGets(int priority) =>
        world.Judge(GroupIsPulled.Got(await world.ObserveAsync(), Partner, priority, ScenarioPlan.JointOps));

    [Then(@"^the partner's MC service server is told (\d+) and nothing is stored(?: \((\S+)\))?$")]
    public async Task ServerIsTold(int status, string requirement) =>
        world.Judge(GroupIsPulled.Refused(
            await world.ObserveAsync(), Named(requirement, "GCI-PULL-5"), Partner, status, ScenarioPlan.JointOps));

    [Then(@"^(\w+)'s UE has the group with group priority (\d+), user priorities (.+) and service in (\w+)(?: \((\S+)\))?$")]
    public async Task HasGroup(string user, int priority, string priorities, string area, string requirement)
    {
        await world.ObserveAsync();
        var claim = new Claim(Named(requirement, "GCI-PUSH-2"), "members get the group as the partner's policy has it");
        var group = world.Running.GroupsOf(user).FirstOrDefault();
        if (group is null) world.Judge(claim.Missing("a group at the UE"));
        else
        {
            var actual = $"{group.GroupPriority}; {string.Join(" ", group.Members.Select(m => m.UserPriority))}; {string.Join(" ", group.Interconnection?.PermittedLocations ?? ["anywhere"])}";
            world.Judge(claim.Seen(actual == $"{priority}; {priorities}; {area}", $"{priority}; {priorities}; {area}", actual));
        }
    }

    [Then(@"^(\w+)'s UE has the group under the identity that its home gave it, with the members (.+)$")]
    public async Task HasMembers(string user, string members)
    {
        await world.ObserveAsync();
        var claim = new Claim("GCI-OV-2", "the partner is the source of the group for members whom it serves");
        var group = world.Running.GroupsOf(user).FirstOrDefault();
        if (group is null) world.Judge(claim.Missing("a group at the UE"));
        else
        {
            var actual = $"{group.Id} {string.Join(" ", group.Members.Select(m => m.Id.Value.Split(':', '@')[1]))}";
            world.Judge(claim.Seen(actual == $"{ScenarioPlan.JointOps} {members}", $"{ScenarioPlan.JointOps} {members}", actual));
        }
    }

    [Then(@"^no group was requested of the primary \((\S+)\)$")]
    public async Task NotRequested(string requirement) =>
        world.Judge(GroupIsPulled.NotAsked(await world.ObserveAsync(), requirement, Partner, Home));

    [Then(@"^(\w+)'s group came from the partner's group management server and not from the primary's(?: \((\S+)\))?$")]
    public async Task Source(string user, string requirement) =>
        world.Judge(GroupIsPulled.ByPartner(
            await world.ObserveAsync(), Named(requirement, "GCI-OV-2"), SystemsUnderTest.PartyOf(user), Partner, Home));

    [Then(@"^nothing of the (primary|partner)'s group management server is seen outside but its HTTP proxy \((\S+)\)$")]
    public async Task HidesServer(string role, string requirement) =>
        world.Judge(HttpCrossesByProxies.Judge(await world.ObserveAsync(), requirement, ScenarioPlan.DomainOf(role)));

    private static string Named(string requirement, string otherwise) =>
        requirement.Length > 0 ? requirement : otherwise;

    private async Task AskedAsync(string requirement, EntityKind from, string fromRole, string toRole) =>
        world.Judge(GroupIsPulled.Asked(
            await world.ObserveAsync(), requirement, from, ScenarioPlan.DomainOf(fromRole), ScenarioPlan.DomainOf(toRole),
            ScenarioPlan.JointOps));
}
