using McConformance.Checks.Flow;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;
using McConformance.Wire;
using McConformance.Wire.Documents;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Steps;

/// <summary>CSC-4: changes of configuration during service (TS 23.280 10.1.1.2).</summary>
[Binding]
public sealed class Csc4ChangeSteps(ScenarioWorld world)
{
    private static readonly TimeSpan DocumentTime = TimeSpan.FromSeconds(60);

    [When(@"^(\w+) gives (\w+)'s profile in the partner the name (\w+)$")]
    public async Task Renames(string administrator, string user, string name)
    {
        var systems = await world.SystemsAsync();
        var (names, id) = (McServiceNames.Of(systems.ServiceOf(user)), ScenarioPlan.IdentityIn(user, "partner"));
        var document = $"{names.Token}-user-profile-1.xml";
        var selector = $"{names.UserProfileAuid}/users/{Uri.EscapeDataString(id.Value)}/{document}";
        var token = systems.TokensOf(administrator).Primary;
        var reading = systems.ReadDocumentAsync(administrator, "partner", selector, token);
        await world.Pace.UntilAsync(reading, "the profile", DocumentTime);
        var now = await reading;
        if (!UserProfile.TryRead(now.Octets, out var profile, []))
            throw new InvalidOperationException($"the precondition does not hold: no profile, but {now.StatusCode}");
        var octets = (profile with { Name = name }).ToOctets();
        var writing = systems.WriteDocumentAsync(
            administrator, "partner", selector, names.UserProfileContentType, octets, now.ETag);
        await world.Pace.UntilAsync(writing, "the profile to be stored", DocumentTime);
        if ((await writing).StatusCode != 200)
            throw new InvalidOperationException($"the precondition does not hold: {(await writing).StatusCode}");
        await world.Pace.SpreadAsync();
    }

    [Then(@"^(\w+)'s UE is told of the change, and obtains the profile anew$")]
    public async Task IsTold(string user)
    {
        var seen = await world.ObserveAsync();
        var claim = new Claim("CFG-MIG-11", "the partner provides changes of configuration during service");
        var notice = NoticesTo(seen, user).Skip(1).LastOrDefault();
        var got = seen.All.LastOrDefault(m => m.To.Name == SystemsUnderTest.PartyOf(user) && IsProfile(m));
        world.Judge(notice is null ? claim.Missing("a notice behind that with which the subscription begins")
            : got is not null && got.Number > notice.Number ? claim.Pass(got)
            : claim.Fail(notice, "the profile after the notice", "no such message"));
    }

    [Then(@"^(\w+) uses the profile (\w+) in the partner$")]
    public async Task Uses(string user, string name)
    {
        await world.ObserveAsync();
        var actual = world.Running.PartnerProfileOf(user);
        world.Judge(new Claim("CFG-MIG-11", "the profile in use is the one that the partner provides now")
            .Seen(actual == name, name, actual));
    }

    [Then(@"^(\w+)'s UE is told of no change$")]
    public async Task IsNotTold(string user)
    {
        var seen = await world.ObserveAsync();
        world.Judge(new Claim("CFG-MIG-11", "nobody is told of what is not for this user")
            .None(NoticesTo(seen, user).Skip(1).FirstOrDefault()));
    }

    private static IEnumerable<ObservedMessage> NoticesTo(Observation seen, string user) =>
        seen.Requests(SipMethod.Notify).Where(m => m.To.Name == SystemsUnderTest.PartyOf(user));

    private static bool IsProfile(ObservedMessage message) => message.Http is { StatusCode: 200 } http &&
        http.MediaType.EndsWith("user-profile+xml", StringComparison.Ordinal) &&
        message.From.Kind == EntityKind.ConfigurationManagementServer &&
        message.From.System == ScenarioPlan.DomainOf("partner");
}
