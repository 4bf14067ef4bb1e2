using McConformance.Checks.Flow;
using McConformance.Checks.Migration;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;
using McConformance.Wire;
using McConformance.Wire.Documents;

namespace McConformance.Steps;

/// <summary>Migration while the primary MC system cannot be reached (TR 23.781 5.2.10), and what becomes of it when
/// it can.</summary>
[Binding]
public sealed class OfflineMigrationSteps(ScenarioWorld world)
{
    private const string Requirement = "KI-2.10";

    private static readonly string[] Beforehand =
    [
        "signs in at home", "obtains the primary's profile", "chooses the partner MC system",
        "obtains a credential for offline migration",
    ];

    private static readonly string[] WithoutPrimary =
        ["authenticates to the partner", "registers at the partner's SIP core", "obtains the partner's profile"];

    [Given(@"^(\w+) may migrate while the primary MC system cannot be reached, for (\d+) minutes at most$")]
    public void MayMigrateOffline(string user, int minutes) =>
        world.Plan.AllowOffline(user, TimeSpan.FromMinutes(minutes));

    [Given(@"^the (partner|third)'s SIP database can authenticate (\w+)'s UE by itself$")]
    public void HoldsKey(string role, string user) => world.Plan.HoldKeyFor(user, role);

    [Given(@"^(\w+) is ready to migrate offline$")]
    public async Task IsReady(string user)
    {
        foreach (var step in Beforehand)
            await new SequenceSteps(world).Holds(user, step);
    }

    [Given(@"^(\w+) is in the partner MC system by the credential alone$")]
    public async Task IsThere(string user)
    {
        await IsReady(user);
        await CutOff("");
        foreach (var step in WithoutPrimary) await new SequenceSteps(world).Holds(user, step);
    }

    [Given(@"^(\w+) has service in the partner MC system without verification$")]
    public async Task HasService(string user)
    {
        await IsThere(user);
        await new Mcptt1Steps(world).HasService(user);
        if (world.Services[user].Migration?.IsVerified != false)
            throw new InvalidOperationException(
                $"the precondition does not hold: {user} was told {world.Services[user]}");
    }

    [Given("^the primary MC system is cut off( from the partner)?$")]
    [When("^the primary MC system is cut off( from the partner)?$")]
    public async Task CutOff(string from) =>
        (await world.SystemsAsync()).CutOff("primary", fromUserEquipment: from.Length == 0);

    [Given("^the primary MC system can be reached again$")]
    [When("^the primary MC system can be reached again$")]
    public void Rejoin() => world.Running.Rejoin();

    [Given("^the primary's administrator has changed the key that signs tokens$")]
    public async Task ChangesKey() => await (await world.SystemsAsync()).ChangeKeyAsync();

    [Given(@"^the primary's administrator withdraws (\w+)'s permission to migrate$")]
    public async Task Withdraws(string user)
    {
        if (!await (await world.SystemsAsync()).WithdrawMigrationAsync(user))
            throw new InvalidOperationException($"the primary MC system has no user {user}");
    }

    [Given("^the third MC system, for which the same is agreed$")]
    public void Third() => world.Plan.AddThirdLikePartner();

    [Given(@"^(\w+) has service at home from before$")]
    public Task HasServiceAtHome(string user) => AskAsync(user, s => s.AuthorizeAtHomeAsync(user), "service at home");

    [Given(@"^(\w+) has ended service in the partner MC system$")]
    public Task HasEnded(string user) => AskAsync(user, s => s.EndServiceAsync(user), "the end of service");

    [When(@"^(\w+) presents the credential in the third MC system$")]
    public async Task PresentsElsewhere(string user)
    {
        var presenting = (await world.SystemsAsync()).PresentElsewhereAsync(user, "third");
        await world.Pace.UntilAsync(presenting, $"{user}'s authentication in the third MC system",
            TimeSpan.FromSeconds(70));
        world.Steps[user] = await presenting;
    }

    [Then(@"^(\w+) is served without verification, for (\d+) minutes at most$")]
    public async Task ServedUnverified(string user, int minutes)
    {
        await world.ObserveAsync();
        var claim = new Claim(Requirement, "a credential that needs no check with the primary gives service");
        var told = world.Services[user];
        var left = told.Migration?.ServedUntil - world.Clock.GetUtcNow();
        var limit = TimeSpan.FromMinutes(minutes);
        world.Judge(claim.Seen(
            told is { StatusCode: 200, Migration.IsVerified: false } && left > TimeSpan.Zero && left <= limit,
            $"200, not verified, {minutes} minutes at most",
                $"{told.StatusCode} {told.Warning}, verified: {told.Migration?.IsVerified}, left: {left}"));
    }

    [Then(@"^(\w+) uses the (restricted|ordinary) profile of the partner$")]
    public async Task UsesProfile(string user, string which)
    {
        await world.ObserveAsync();
        var claim = new Claim(Requirement, "the profile is restricted until the primary has verified the user");
        var allowed = world.Running.PartnerActionsOf(user);
        world.Judge(claim.Seen(
            world.Running.PartnerProfileOf(user).Length > 0 &&
                allowed.Contains(ScenarioPlan.PrivateCall) == (which == "ordinary"),
            which == "ordinary" ? ScenarioPlan.PrivateCall : $"no {ScenarioPlan.PrivateCall}",
                allowed.Count > 0 ? string.Join(' ', allowed) : "nothing is allowed"));
    }

    [Then(@"^the partner has asked the primary since when it serves (\w+)$")]
    public async Task HasAsked(string user)
    {
        var seen = await world.ObserveAsync();
        var claim = new Claim(Requirement, "the partner verifies with the primary when it can be reached");
        var asked = seen.ServerRequests().LastOrDefault(m =>
            m.To.Kind == EntityKind.McServiceServer && m.To.System == ScenarioPlan.DomainOf("primary") &&
                m.Info?.Migration?.ServedSince is not null &&
            m.Info.Migration.PrimaryMcServiceId?.Value == world.Running.IdentitiesOf(user).Primary);
        world.Judge(asked is null ?
            claim.Missing("a migration request that says since when the user is served") : claim.Pass(asked));
    }

    [Then(@"^(\w+) is told that the primary has verified the migration$")]
    public async Task ToldVerified(string user)
    {
        await world.ObserveAsync();
        var told = world.Running.VerificationOf(user);
        world.Judge(new Claim(Requirement, "the user is told that the primary has verified the migration")
            .Seen(told is { Success: true, IsVerified: true }, "verified", Words(told)));
    }

    [Then(@"^(\w+) is told that service has ended because of (.+)$")]
    public async Task ToldEnded(string user, string cause)
    {
        await world.ObserveAsync();
        var told = world.Running.VerificationOf(user);
        world.Judge(new Claim(Requirement, "the user is told that service without verification has ended, and why")
            .Seen(told?.Success == false && Words(told) == cause, cause, Words(told)));
    }

    [Then(@"^the primary has recorded that the partner serves (\w+)$")]
    public async Task Recorded(string user)
    {
        var before = (await world.ObserveAsync()).Endings().Count(m => !m.IsUnseen);
        await AskAsync(user, s => s.AuthorizeAtHomeAsync(user), "service at home");
        var endings = (await world.ObserveAsync()).Endings().ToArray();
        // what nobody saw may have been it, where nothing new was seen
        var told = endings.Where(m => !m.IsUnseen).Skip(before).Concat(endings.Where(m => m.IsUnseen))
            .FirstOrDefault(m => m.From.System == ScenarioPlan.DomainOf("primary"));
        var claim = new Claim(Requirement, "the primary has recorded what it verified: service at home ends it");
        world.Judge(told is null ? claim.Missing("a notification that migrated service has ended") : claim.Pass(told));
    }

    [Then(@"^(\w+) has no service at home any more$")]
    public async Task NotAtHome(string user)
    {
        await AskAsync(user, s => s.EndAtHomeAsync(user), "the end of service at home");
        world.Judge(new Claim("CFG-MIG-1", "the primary does not serve a user any more whom a partner serves")
            .Seen(world.Services[user].StatusCode == 404, "404", $"{world.Services[user].StatusCode}"));
    }

    private async Task AskAsync(string user, Func<SystemsUnderTest, Task<ServiceSeen>> ask, string what)
    {
        var asking = ask(world.Running);
        await world.Pace.UntilAsync(asking, $"{user}: {what}", TimeSpan.FromSeconds(70));
        world.Services[user] = await asking;
    }

    private static string Words(MigrationExtension? told) =>
        told is null ? "nothing" :
            told.Cause is { } cause ? BindingSet.InUse.Migration.Text(cause) :
            told.IsVerified == true ? "verified" : "not verified";
}
