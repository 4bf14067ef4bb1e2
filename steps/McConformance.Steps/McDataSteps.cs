using System.Text;
using McConformance.Checks.Flow;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;
using McConformance.Wire;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Steps;

/// <summary>MCData, one to one, between users of one MC system and of two (TS 24.282 9.2.2; TR 23.781 5.1.1,
/// 6.1.1).</summary>
[Binding]
public sealed class McDataSteps(ScenarioWorld world)
{
    private const string Text = "Meet at berth seven";
    private static readonly TimeSpan ServiceTime = TimeSpan.FromSeconds(70);

    [Given(@"^(\w+) has service at home$")]
    public async Task HasService(string user)
    {
        var systems = await world.SystemsAsync();
        var signing = systems.TakeAsync(user, "signs in at home");
        await world.Pace.UntilAsync(signing, $"{user} to sign in", ServiceTime);
        var asking = systems.AuthorizeAtHomeAsync(user);
        await world.Pace.UntilAsync(asking, $"{user}'s service at home", ServiceTime);
        var told = await asking;
        if (told.StatusCode != 200) throw new InvalidOperationException(
            $"the precondition does not hold: {user} was told {told}");
    }

    [Given(@"^the partner's profile does not allow (\w+) to send data$")]
    public void MayNotSend(string user) => world.Plan.AllowTransmission(user, false);

    [When(@"^(\w+) sends short data to (\w+), a user of the (\w+)$")]
    public Task Sends(string user, string other, string role) => SendAsync(user, null, other, role);

    [When(@"^(\w+) sends short data from the partner to (\w+), a user of the (\w+)$")]
    public Task SendsFromPartner(string user, string other, string role) => SendAsync(user, "partner", other, role);

    [Then(@"^(\w+)'s UE gets the short data of (\S+) \((\S+)\)$")]
    public async Task Gets(string user, string sender, string requirement)
    {
        var seen = await world.ObserveAsync();
        var claim = new Claim(requirement, "what is permitted is delivered");
        var delivered = Reaching(seen, user).LastOrDefault();
        if (delivered is null) world.Judge(claim.Missing($"short data on its way to {user}'s UE"));
        var from = delivered!.Info?.CallingUserId?.Value ?? "nobody";
        world.Judge(claim.Compare(delivered, sender, from));
        var inbox = string.Join(", ", world.Running.InboxOf(user).Select(m => $"{m.From}: {m.Text}"));
        world.Judge(claim.Seen(inbox == $"{from}: {Text}", $"{from}: {Text}", inbox));
    }

    [Then(@"^(\w+) is told that it was delivered \((\S+)\)$")]
    public async Task Delivered(string user, string requirement)
    {
        await world.ObserveAsync();
        var told = world.Services[user];
        world.Judge(new Claim(requirement,
            "the sender is told that what was permitted was delivered").Seen(told.StatusCode == 200, "200",
            $"{told.StatusCode} {told.Warning}".TrimEnd()));
    }

    [Then(@"^(\w+) is told that the service is not authorized with the interconnected system \((\S+)\)$")]
    public Task NotAuthorized(string user, string requirement) =>
        IsToldAsync(user, 403, "\"179 service not authorized with the interconnected system\"", requirement);

    [Then(@"^(\w+) is told (\d+) and (.+) of the short data \((\S+)\)$")]
    public Task IsTold(string user, int status, string warning, string requirement) =>
        IsToldAsync(user, status, warning, requirement);

    [Then(@"^no short data leaves the (\w+) MC system \((\S+)\)$")]
    public async Task NothingLeaves(string role, string requirement)
    {
        var seen = await world.ObserveAsync();
        var domain = ScenarioPlan.DomainOf(role);
        var claim = new Claim(requirement, "what this MC system does not permit does not leave it");
        if (!seen.Requests(SipMethod.Message).Any(IsShortData)) world.Judge(claim.Missing("short data of the UE"));
        world.Judge(claim.None(seen.Requests(SipMethod.Message).FirstOrDefault(m =>
            IsShortData(m) && m.From.System == domain && m.To.System.Length > 0 && m.To.System != domain)));
    }

    [Then(@"^no short data reaches (\w+)'s UE \((\S+)\)$")]
    public async Task NothingReaches(string user, string requirement)
    {
        var seen = await world.ObserveAsync();
        var claim = new Claim(requirement, "what is not permitted is not delivered");
        if (!seen.Requests(SipMethod.Message).Any(IsShortData)) world.Judge(
            claim.Missing("short data of the sender's UE"));
        world.Judge(claim.None(Reaching(seen, user).FirstOrDefault()));
    }

    private static IEnumerable<ObservedMessage> Reaching(Observation seen, string user) =>
        seen.Requests(SipMethod.Message).Where(m => m.To.Name == SystemsUnderTest.PartyOf(user) && IsShortData(m));

    private static bool IsShortData(ObservedMessage message) =>
        message.Info?.RequestType == ShortData.OneToOne && message.Holds(Encoding.UTF8.GetBytes(Text));

    private async Task IsToldAsync(string user, int status, string warning, string requirement)
    {
        await world.ObserveAsync();
        var told = world.Services[user];
        world.Judge(new Claim(requirement, "the sender of what is not permitted is told so").Seen(
            told.StatusCode == status && told.Warning.Contains(warning, StringComparison.Ordinal),
                $"{status} {warning}", $"{told.StatusCode} {told.Warning}".TrimEnd()));
    }

    private async Task SendAsync(string user, string? from, string other, string role)
    {
        var systems = await world.SystemsAsync();
        var to = new McServiceId($"sip:{other}@{ScenarioPlan.DomainOf(role)}");
        var sending = systems.SendShortDataAsync(user, from ?? systems.HomeOf(user), to, Text);
        await world.Pace.UntilAsync(sending, $"what {user} is told of the short data", ServiceTime);
        world.Services[user] = await sending;
    }
}
