using System.Text;
using McConformance.Fakes.Hostile;
using McConformance.Steps.World;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;

namespace McConformance.Steps;

/// <summary>MCPTT-1: requests of a registered client whose service info is made to do harm.</summary>
[Binding]
public sealed class BadServiceSteps(ScenarioWorld world)
{
    private static readonly TimeSpan ServiceTime = TimeSpan.FromSeconds(70);

    [When(@"^(\w+)'s client requests migration service authorization with a document (.+)$")]
    public async Task Requests(string user, string how)
    {
        var systems = await world.SystemsAsync();
        var (primary, partner) = systems.IdentitiesOf(user);
        var info = new McServiceInfo
        {
            Service = world.Plan.Service,
            AccessToken = systems.TokensOf(user).Partner,
            ClientId = "urn:uuid:1d4f3a52-0000-4000-8000-000000000001",
            RequestType = MigrationBinding.Own.AuthorizationRequest,
            Migration = new MigrationExtension
            {
                PartnerMcServiceId = new McServiceId(partner!),
                PrimaryMcServiceId = new McServiceId(primary),
                UserProfileIndex = new ProfileIndex(1),
            },
        };
        var sound = info.ToXml().ToString(System.Xml.Linq.SaveOptions.DisableFormatting);
        var asking = systems.AuthorizeAsync(user, HostileXml.Spoil(sound, how), 1);
        await world.Pace.UntilAsync(asking, $"what {user} is told of service", ServiceTime);
        world.Services[user] = await asking;
    }
}
