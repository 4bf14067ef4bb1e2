using McConformance.Checks.Flow;
using McConformance.Checks.Migration;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;
using McConformance.Wire;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Steps;

/// <summary>CSC-16, CSC-3 and CSC-2: group configuration between MC systems, and towards MC service servers and
/// members.</summary>
[Binding]
public sealed class Csc16Steps(ScenarioWorld world)
{
    private static readonly TimeSpan PushTime = TimeSpan.FromSeconds(60);

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
    public async Task Provided()
    {
        var seen = await world.ObserveAsync();
        var claim = new Claim("GCI-PUSH-1", "the primary provides the configuration of the group");
        var sent = seen.All.FirstOrDefault(m => IsGms(m.From, "primary") && m.Http is { Method: "PUT" } && m.Recorded.WasDelivered);
        world.Judge(sent is null ? claim.Missing("the group's configuration on its way to the partner") : claim.Compare(sent, ScenarioPlan.JointOps.Value, sent.Group()?.Id.Value));
    }

    [Then("^the partner answers that it has stored the group, and not before$")]
    public async Task Stored()
    {
        var seen = await world.ObserveAsync();
        var claim = new Claim("GCI-PUSH-5", "the partner answers that the group is received and stored");
        var answer = seen.All.LastOrDefault(m => IsGms(m.From, "partner") && m.To.System != m.From.System && m.Http is { IsRequest: false });
        if (answer is null) world.Judge(claim.Missing("an answer of the partner's group management server"));
        else world.Judge(claim.Seen(answer.Http!.StatusCode is 200 or 201 && answer.Http["ETag"] is not null, "201 with an entity tag", $"{answer.Http.StatusCode}"));
    }

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
        var seen = await world.ObserveAsync();
        world.Judge(new Claim(requirement, "nothing is provided").None(
            seen.All.FirstOrDefault(m => IsGms(m.To, "partner") && m.Http is { Method: "PUT" })));
    }

    [Then("^the partner's MC service server is notified before the answer$")]
    public async Task Notified()
    {
        var seen = await world.ObserveAsync();
        var claim = new Claim("GCI-PUSH-4", "the MC service server is notified of the group");
        var notice = Notices(seen).LastOrDefault(m => m.Holds("joint-ops"u8));
        var answer = seen.All.LastOrDefault(m => IsGms(m.From, "partner") && m.To.System != m.From.System && m.Http is { IsRequest: false });
        world.Judge(notice is null ? claim.Missing("a notification that names the group")
            : answer is not null && IsAfter(notice, answer) ? claim.Fail(notice, "before the answer", "after it")
                : claim.Pass(notice));
    }

    /// <summary>What an external server sends over two connections is recorded where it arrives, and may overtake on
    /// the way.</summary>
    private static bool IsAfter(ObservedMessage later, ObservedMessage earlier) => later.Number > earlier.Number
        && (later.From.IsBundled || later.Recorded.At - earlier.Recorded.At > TimeSpan.FromSeconds(1));

    [Then("^the partner's MC service server is not notified$")]
    public async Task NotNotified()
    {
        var seen = await world.ObserveAsync();
        world.Judge(new Claim("GCI-PUSH-4", "notification after a push is left out").None(Notices(seen).FirstOrDefault(m => m.Holds("joint-ops"u8))));
    }

    [Then(@"^the partner's MC service server asks its group management server for the group(?: \((\S+)\))?$")]
    public Task ServerAsks(string requirement) =>
        AskedAsync(Named(requirement, "GCI-PULL-1"), EntityKind.McServiceServer, "partner", "partner");

    [Then("^the partner's group management server asks the primary's$")]
    public Task PartnerAsks() => AskedAsync("GCI-PULL-2", EntityKind.GroupManagementServer, "partner", "primary");

    [Then("^the primary's group management server gives the group as it is defined$")]
    public async Task PrimaryGives()
    {
        var seen = await world.ObserveAsync();
        var claim = new Claim("GCI-PULL-3", "the primary provides the configuration of the group");
        var sent = seen.All.FirstOrDefault(m => IsGms(m.From, "primary") && m.Http is { StatusCode: 200 } && m.Group() is not null);
        world.Judge(sent is null ? claim.Missing("the group's configuration from the primary") : claim.Compare(sent, "120", $"{sent.Group()!.GroupPriority}"));
    }

    [Then(@"^the partner's MC service server gets the group with group priority (\d+)$")]
    public async Task ServerGets(int priority)
    {
        var seen = await world.ObserveAsync();
        var claim = new Claim("GCI-PULL-6", "the MC service server is told of the group as it holds in the partner");
        var got = seen.All.FirstOrDefault(m => IsGms(m.From, "partner") && m.To.Kind == EntityKind.McServiceServer && m.Http is { StatusCode: 200 } && m.Group() is not null);
        world.Judge(got is null ? claim.Missing("the group's configuration for the MC service server") : claim.Compare(got, $"{priority}", $"{got.Group()!.GroupPriority}"));
        var notice = Notices(seen).LastOrDefault(m => m.Holds("joint-ops"u8));
        world.Judge(notice is null ? claim.Missing("a notification that names the group") : claim.Pass(notice));
    }

    [Then(@"^the partner's MC service server is told (\d+) and nothing is stored(?: \((\S+)\))?$")]
    public async Task ServerIsTold(int status, string requirement)
    {
        var seen = await world.ObserveAsync();
        var claim = new Claim(Named(requirement, "GCI-PULL-5"), "without the group's configuration nothing is stored");
        var told = seen.All.LastOrDefault(m => IsGms(m.From, "partner") && m.To.Kind == EntityKind.McServiceServer && m.Http is { IsRequest: false });
        world.Judge(told is null ? claim.Missing("an answer to the MC service server") : claim.Compare(told, $"{status}", $"{told.Http!.StatusCode}"));
        world.Judge(claim.None(Notices(seen).FirstOrDefault(m => m.Holds("joint-ops"u8))));
    }

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
    public async Task NotRequested(string requirement)
    {
        var seen = await world.ObserveAsync();
        world.Judge(new Claim(requirement, "a group that is stored is not requested again").None(
            seen.All.FirstOrDefault(m => IsGms(m.From, "partner") && IsGms(m.To, "primary") && m.Http is { Method: "GET" })));
    }

    [Then(@"^(\w+)'s group came from the partner's group management server and not from the primary's(?: \((\S+)\))?$")]
    public async Task Source(string user, string requirement)
    {
        var seen = await world.ObserveAsync();
        var claim = new Claim(Named(requirement, "GCI-OV-2"), "members served by the partner obtain the group there");
        var party = SystemsUnderTest.PartyOf(user);
        world.Judge(claim.None(seen.All.FirstOrDefault(m => m.From.Name == party && IsGms(m.To, "primary"))));
        var asked = seen.All.FirstOrDefault(m => m.From.Name == party && IsGms(m.To, "partner"));
        world.Judge(asked is null ? claim.Missing("a request of the UE to the partner's group management server") : claim.Pass(asked));
    }

    [Then(@"^nothing of the (primary|partner)'s group management server is seen outside but its HTTP proxy \((\S+)\)$")]
    public async Task HidesServer(string role, string requirement) =>
        world.Judge(HttpCrossesByProxies.Judge(await world.ObserveAsync(), requirement, ScenarioPlan.DomainOf(role)));

    private static string Named(string requirement, string otherwise) =>
        requirement.Length > 0 ? requirement : otherwise;

    private async Task AskedAsync(string requirement, EntityKind from, string fromRole, string toRole)
    {
        var seen = await world.ObserveAsync();
        var claim = new Claim(requirement, "the group's configuration is requested");
        var asked = seen.All.FirstOrDefault(m => m.From.Kind == from && m.From.System == ScenarioPlan.DomainOf(fromRole) && (IsGms(m.To, toRole) || m.To.Kind == EntityKind.HttpProxy) &&
            m.Http is { Method: "GET" } h && h.Path.Contains("joint-ops", StringComparison.Ordinal));
        world.Judge(asked is null ? claim.Missing("a request for the group") : claim.Pass(asked));
    }

    private static IEnumerable<ObservedMessage> Notices(Observation seen) =>
        seen.Requests(SipMethod.Notify).Where(m => IsGms(m.From, "partner") && m.To.Kind == EntityKind.McServiceServer);

    private static bool IsGms(Party party, string role) => party.Kind == EntityKind.GroupManagementServer && party.System == ScenarioPlan.DomainOf(role);
}
