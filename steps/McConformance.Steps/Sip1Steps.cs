using McConformance.Checks.Flow;
using McConformance.Checks.Sip;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;
using McConformance.Wire;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Steps;

/// <summary>SIP-1: what a user does with the UE, and what is seen between UE and SIP core.</summary>
[Binding]
public sealed class Sip1Steps(ScenarioWorld world)
{
    private static readonly TimeSpan HourOfBinding = TimeSpan.FromHours(1);

    /// <summary>Longest that SIP takes to give up on a request: 64 T1, and as much for what comes before it.</summary>
    private static readonly TimeSpan RegistrationTime = TimeSpan.FromSeconds(70);

    [When(@"^(\w+)'s UE registers with the SIP core of the (\w+) MC system$")]
    public Task Registers(string user, string role) => RegisterAsync(user, role, HourOfBinding);

    [Then(@"^(\w+)'s UE registers with the SIP core of the (\w+) MC system$")]
    public Task RegistersToo(string user, string role) => RegisterAsync(user, role, HourOfBinding);

    [When(@"^(\w+)'s UE deregisters from the SIP core of the (\w+) MC system$")]
    public Task Deregisters(string user, string role) => RegisterAsync(user, role, TimeSpan.Zero);

    [When(@"^(\w+)'s UE and (\w+)'s UE register with the SIP core of the (\w+) MC system at the same time$")]
    public async Task BothRegister(string one, string two, string role)
    {
        var systems = await world.SystemsAsync();
        var (first, second) = (systems.RegisterAsync(one, role, HourOfBinding), systems.RegisterAsync(two, role, HourOfBinding));
        await world.Pace.UntilAsync(Task.WhenAll(first, second), $"the registrations of {one}'s and {two}'s UE", RegistrationTime);
        world.Registrations[(one, role)] = await first;
        world.Registrations[(two, role)] = await second;
        world.Latest = (one, role);
    }

    [Given(@"^(\w+)'s UE is registered in the (\w+) MC system$")]
    public async Task IsRegistered(string user, string role)
    {
        await RegisterAsync(user, role, HourOfBinding);
        if (!Latest.IsRegistered) throw new InvalidOperationException($"the precondition does not hold: {user}'s UE could not register ({Latest})");
    }

    [Given(@"^(\w+)'s UE is registered in the (\w+) MC system for (\d+) minutes$")]
    public async Task IsRegisteredFor(string user, string role, int minutes)
    {
        await RegisterAsync(user, role, TimeSpan.FromMinutes(minutes));
        if (!Latest.IsRegistered) throw new InvalidOperationException($"the precondition does not hold: {user}'s UE could not register ({Latest})");
    }

    [Given(@"^(\w+)'s UE was refused in the (\w+) MC system$")]
    public async Task WasRefused(string user, string role)
    {
        await RegisterAsync(user, role, HourOfBinding);
        if (Latest.IsRegistered) throw new InvalidOperationException($"the precondition does not hold: {user}'s UE could register");
    }

    [Given(@"^(\w+)'s UE has left the (\w+) MC system$")]
    public async Task HasLeft(string user, string role)
    {
        await RegisterAsync(user, role, TimeSpan.Zero);
        if (!Latest.IsDeregistered) throw new InvalidOperationException($"the precondition does not hold: {user}'s UE could not leave ({Latest})");
    }

    [Given(@"^(\w+)'s UE has gone without a word$")]
    public async Task HasGone(string user) => await (await world.SystemsAsync()).SwitchOffAsync(user);

    [Then("^the UE is registered$")]
    public void UeIsRegistered() => Registered(world.Latest);

    [Then(@"^both UEs are registered$")]
    public void BothAreRegistered()
    {
        if (world.Registrations.Count < 2)
            world.Judge(new Claim("SPR-11", "both UEs are registered").Missing("two registrations"));
        foreach (var who in world.Registrations.Keys) Registered(who);
    }

    [Then(@"^(\w+)'s UE is registered in both$")]
    public void RegisteredInBoth(string user)
    {
        Registered((user, "partner"));
        Registered((user, "third"));
    }

    [Then("^the UE is no longer registered$")]
    public void UeIsDeregistered() =>
        world.Judge(new Claim("SPR-11", "the UE's binding is taken away").Seen(Latest.IsDeregistered, "200 and no contact", $"{Latest}"));

    [Then(@"^the UE is refused with (\d+)$")]
    public void UeIsRefused(int status) => world.Judge(
        new Claim("SPR-11", $"a registration that cannot be authenticated is refused with {status}")
            .Seen(!Latest.IsRegistered && Latest.StatusCode == status, $"{status}", WorldFacts.InWords(Latest.StatusCode)));

    [Then("^the UE is told of a failure of the SIP core$")]
    public void UeIsToldOfFailure() => world.Judge(
        new Claim("SPR-11", "a registration that the SIP core cannot carry out ends with an error of the server")
            .Seen(!Latest.IsRegistered && Latest.StatusCode is >= 500 and < 600, "a status of 500 to 599",
                WorldFacts.InWords(Latest.StatusCode)));

    [Then("^the UE finds that the network is not genuine$")]
    public void NotGenuine() => world.Judge(
        new Claim("SPR-10", "the UE does not accept a challenge that was not made with its key")
            .Seen(Latest is { IsNetworkNotGenuine: true, IsRegistered: false }, "the UE gives up", $"{Latest}"));

    [Then("^the user is told that the UE has no connectivity information$")]
    public void NoConnectivity() =>
        world.Judge(new Claim("SPR-PRE-1", "the user is told").Seen(Latest.HasNoConnectivity, "no connectivity information", $"{Latest}"));

    [Then("^the UE sent nothing to the (\\w+) MC system$")]
    public async Task SentNothing(string role)
    {
        var seen = await world.ObserveAsync();
        var sent = seen.All.FirstOrDefault(m => m.From.Kind == EntityKind.SignallingUserAgent && m.To.System == ScenarioPlan.DomainOf(role));
        world.Judge(new Claim("SPR-PRE-1", "a UE without connectivity information sends nothing").Seen(sent is null, "nothing", "a message"));
    }

    [Then("^the registration request carries the partner identities and not the ISIM defaults$")]
    public async Task CarriesPartnerIdentities() => world.Judge(RegistersWithPartnerIdentities.Judge(await world.ObserveAsync(), await FactsAsync()));

    [Then("^the SIP core challenges the UE with that vector and the UE answers it$")]
    public async Task Challenges() => world.Judge(Authenticates.Judge(await world.ObserveAsync(), await FactsAsync()));

    [Then("^the registration response says that the authentication is successful$")]
    public async Task Confirms() => world.Judge(ConfirmsRegistration.Judge(await world.ObserveAsync(), await FactsAsync()));

    [Then("^the registration response names no identity but that of the UE$")]
    public async Task NamesOneIdentity() => world.Judge(
        ConfirmsOneIdentity.Judge(await world.ObserveAsync(), await FactsAsync()));

    [Then("^neither cipher key nor integrity key was sent to the UE$")]
    public async Task NoKeys() => world.Judge(UserAgentSeesNoKeys.Judge(await world.ObserveAsync(), (await FactsAsync()).UserAgent));

    [Then("^the UE saw no address of an inner node of the (\\w+)'s SIP core$")]
    public async Task SeesNoInnerNode(string role)
    {
        var systems = await world.SystemsAsync();
        world.Judge(UserAgentSeesNoInnerNode.Judge(
            await world.ObserveAsync(), SystemsUnderTest.PartyOf(world.Latest.User), systems.InnerAddressesOf(role)));
    }

    [Then("^no response to the challenge was sent$")]
    public async Task NoResponse() => world.Judge(AnswersNoFalseChallenge.Judge(await world.ObserveAsync(), SystemsUnderTest.PartyOf(world.Latest.User)));

    [Then("^the UE asks for resynchronisation$")]
    public async Task Resynchronises() => world.Judge(AsksForResynchronisation.Judge(await world.ObserveAsync(), await FactsAsync()));

    [Then("^the SIP core challenges the UE a second time$")]
    public async Task ChallengesAgain() => world.Judge(ChallengesAfterResynchronisation.Judge(await world.ObserveAsync(), await FactsAsync()));

    [Then("^the UE has renewed its registration$")]
    public async Task Renewed()
    {
        var seen = await world.ObserveAsync();
        var confirmed = seen.Responses(SipMethod.Register, 200).Count(m => m.To.Kind == EntityKind.SignallingUserAgent);
        world.Judge(new Claim("SPR-11", "a UE that stays renews its binding").Seen(confirmed > 1, "a second 200", $"{confirmed}"));
    }

    private RegistrationSeen Latest => world.Registrations[world.Latest];

    private async Task RegisterAsync(string user, string role, TimeSpan expires)
    {
        var systems = await world.SystemsAsync();
        var registration = systems.RegisterAsync(user, role, expires);
        await world.Pace.UntilAsync(registration, $"the registration of {user}'s UE in the {role} MC system", RegistrationTime);
        world.Latest = (user, role);
        world.Registrations[(user, role)] = await registration;
    }

    private void Registered((string User, string Role) who) => world.Judge(
        new Claim("SPR-11", $"{who.User}'s UE is registered in the {who.Role} MC system")
            .Seen(world.Registrations[who].IsRegistered, "200", $"{world.Registrations[who]}"));

    private async Task<MigrationFacts> FactsAsync() => (await world.SystemsAsync()).FactsOf(world.Latest.User, world.Latest.Role);
}
