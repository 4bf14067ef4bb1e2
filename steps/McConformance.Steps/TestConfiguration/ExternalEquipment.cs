using System.Net;
using McConformance.Fakes.Transport;
using McConformance.McSystem;
using McConformance.McSystem.Application;
using McConformance.McSystem.Configuration;
using McConformance.McSystem.External;
using McConformance.Wire.Documents;

namespace McConformance.Steps.TestConfiguration;

/// <summary>UEs that other processes run.</summary>
public sealed partial class SystemsUnderTest
{
    /// <summary>What UEs of other processes show is of now. Those of this process show it always.</summary>
    public async Task LookAtDisplaysAsync()
    {
        foreach (var (name, user) in mcUsers)
            if (agents.GetValueOrDefault(plan.Owners.GetValueOrDefault(name, name)) is ExternalUserEquipment)
                await External.OfferedAsync(user.LookAsync());
    }

    private async Task ProvisionAsync(UserPlan user, CancellationToken cancellation)
    {
        var home = plan.Network.Systems.First(s => s.Domain == user.Home);
        var users = home.Application?.Users ?? [];
        var file = new UserEquipmentFile
        {
            Name = PartyOf(user.Name),
            Home = user.Home,
            Isim = new IsimSettings(user.Defaults.Private, user.Defaults.Public, user.Key, user.Opc, user.Sqn),
            Connectivity = [.. user.Connectivity.Where(c => plan.Network.Systems.Exists(s => s.Domain == c.Key))
                .Select(c => new ConnectivitySettings(c.Key, c.Value.Private, c.Value.Public))],
            Users = [.. users.Where(u => plan.Owners.GetValueOrDefault(u.Name, u.Name) == user.Name)
                .Select(u => new UserSettings(u.Name, u.Password, u.McServiceId))],
            Service = home.Application?.Services.FirstOrDefault() ?? McService.Mcptt,
        };
        agents[user.Name] = await External.OfferedAsync(
            network.AddExternalUserEquipmentAsync(file, user.OperatorPort!, cancellation));
    }

    /// <summary>A sentence where a UE has gone, or whoever presses its buttons.</summary>
    private static async Task<string?> LookAsync(ExternalUserEquipment ue)
    {
        var at = new DnsEndPoint(ue.OperatorPort.Host, ue.OperatorPort.Port);
        if (await Reach.WhyNotAsync(at, AnswersWithin) is not { } why) return null;
        return $"{ue.Name} (UE): its operator port {ue.OperatorPort} takes no connections any more: {why}; "
            + "see why it ended, and start it again";
    }
}
