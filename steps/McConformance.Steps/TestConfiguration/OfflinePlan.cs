using McConformance.McSystem;
using McConformance.McSystem.Application;

namespace McConformance.Steps.TestConfiguration;

/// <summary>What the Given steps of a scenario agree on about migration while the primary cannot be reached (TR
/// 23.781 5.2.10).</summary>
public sealed partial class ScenarioPlan
{
    /// <summary>Allowed by the partner's ordinary profile for guests, and not by the restricted one.</summary>
    public const string PrivateCall = "allow-private-call";

    private static readonly TimeSpan CredentialLife = TimeSpan.FromMinutes(40);

    /// <summary>The primary gives a user credentials, and all others take them and serve the user without
    /// verification for some time.</summary>
    public void AllowOffline(string name, TimeSpan longest)
    {
        var user = Application("primary").Users.First(u => u.Name == name);
        Application("primary").OfflineCredentialLife = CredentialLife;
        for (var i = 0; i < user.Migration.Count; i++)
        {
            user.Migration[i] = user.Migration[i] with { AllowsOffline = true };
            var partner = Network.Systems.First(s => s.Domain == user.Migration[i].Partner);
            var agreement = partner.Application!.Agreements.First(a => a.Partner == DomainOf("primary"));
            (agreement.OfflineCredentialMax, agreement.OfflineServiceMax) = (CredentialLife, longest);
            foreach (var guest in partner.Application.Guests.Where(g => g.PrimaryId == user.McServiceId))
                guest.Profiles[0].Allowed.Add(PrivateCall);
        }
    }

    /// <summary>The partner's ordinary profile for a user allows private calls.</summary>
    public void AllowPrivateCalls(string user) => Application("partner").Guests
        .First(g => g.PrimaryId.Value.StartsWith($"sip:{user}@", StringComparison.Ordinal))
        .Profiles[0].Allowed.Add(PrivateCall);

    /// <summary>The partner's ordinary profiles allow what those at home do.</summary>
    public void AllowAsAtHome() => Application("partner").Guests.ForEach(g => g.Profiles[0].Allowed.Add(PrivateCall));

    /// <summary>A third MC system has the agreements that the partner has, and alice may migrate there too.</summary>
    public void AddThirdLikePartner()
    {
        AddSystem("third");
        var longest = Agreement("partner", "primary").OfflineServiceMax!.Value;
        System("third").Application = new ApplicationPlaneOptions();
        foreach (var other in Network.Systems.Where(s => s.Domain != DomainOf("third")))
        {
            System("third").Application!.Agreements.Add(new AgreementOptions(other.Domain));
            other.Application!.Agreements.Add(new AgreementOptions(DomainOf("third")));
        }

        AddMigration("alice", "primary", "third");
        AllowOffline("alice", longest);
    }

    /// <summary>A SIP database holds the key of a UE for the identities that it has there, so that the primary's
    /// need not be asked.</summary>
    public void HoldKeyFor(string name, string role)
    {
        var (user, set) = (Users[name], InboundOf(name, role));
        RemoveMapping(name, role);
        RemoveSubscription(role, set);
        System(role).Subscriptions.Add(Subscription(set, user.Key, user.Opc));
    }

    /// <summary>The partner gives guests the ordinary profile whether they are verified or not.</summary>
    public void RestrictNobody() => Application("partner").Guests.ForEach(g => g.Restricted = g.Profiles[0]);

    /// <summary>The partner gives guests the restricted profile whether they are verified or not.</summary>
    public void RestrictEverybody() => Application("partner").Guests.ForEach(g => g.Profiles[0].Allowed.Clear());

    /// <summary>The partner takes credentials of any life, and serves without verification, as the agreement would
    /// have it.</summary>
    public void AcceptOffline(TimeSpan longest)
    {
        var agreement = Agreement("partner", "primary");
        (agreement.OfflineCredentialMax, agreement.OfflineServiceMax) = (TimeSpan.FromDays(365), longest);
    }

    /// <summary>Changes one permission, in the words of the features. False where nothing is called so.</summary>
    private bool RestrictOffline(string what)
    {
        var alice = Application("primary").Users.First(u => u.Name == "alice");
        switch (what)
        {
            case "alice may not migrate offline":
                alice.Migration[0] = alice.Migration[0] with { AllowsOffline = false };
                return true;
            case "the partner MC system takes no credentials for offline migration from the primary":
                Agreement("partner", "primary").OfflineCredentialMax = null;
                return true;
            case "the partner MC system takes credentials for offline migration that last ten minutes at most":
                Agreement("partner", "primary").OfflineCredentialMax = TimeSpan.FromMinutes(10);
                return true;
            case "the partner MC system serves nobody of the primary without verification":
                Agreement("partner", "primary").OfflineServiceMax = null;
                return true;
            default:
                return false;
        }
    }
}
