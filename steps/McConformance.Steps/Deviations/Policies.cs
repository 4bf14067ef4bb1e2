using McConformance.Steps.TestConfiguration;

namespace McConformance.Steps.Deviations;

/// <summary>Systems that are wrong by their configuration: each takes back what a scenario has agreed on, so that a
/// system accepts what it must refuse, or leaves out what it must do.</summary>
internal static class Policies
{
    private static readonly Dictionary<string, Action<ScenarioPlan, string>> Known = new()
    {
        ["permits migration"] = (plan, roles) => plan.Permit(roles.Split(' ')[0], roles.Split(' ')[1]),
        ["sends without connectivity information"] = (plan, user) =>
            plan.Take(user, "partner", plan.InboundOf(user, "partner")),
        ["keeps nothing over a crash of"] = (plan, table) => plan.LetRestart(table),
        ["leaves CSC-18 plain"] = (plan, _) => plan.Protect(false, isOneTrustDomain: true),
        ["binds no set twice"] = (plan, _) => plan.RemoveDuplicates("partner"),
        ["binds another identity twice"] = (plan, what) =>
        {
            plan.RemoveDuplicates("partner");
            plan.Duplicate("partner", what);
        },
        ["accepts any key"] = (plan, user) => plan.Users[user].Key = [.. plan.Users[user].Key.Reverse()],
        ["holds the key of another UE"] = (plan, user) =>
            plan.HoldKeyOf(user, "AnotherSixteenKK", "MCconformance.OP", "MC"),
        ["does not look at the sequence number"] = (plan, user) => plan.Users[user].Sqn = 0,
        ["knows no peer from outside"] = (plan, _) => plan.ForgetPeers(),
        ["hides nothing"] = (plan, role) => plan.ShowTopology(role),
        ["stands beside the database"] = (plan, role) => plan.PartDatabase(role),
        ["goes past the proxies"] = (plan, _) => plan.PutProxies(0),
        ["leaves the application planes plain"] = (plan, _) => plan.ProtectApplicationPlane(false),
        ["allows migration from the primary"] = (plan, _) => plan.AllowMigrationIn(),
        ["offers the service to migrated users"] = (plan, _) => plan.OfferToMigrated(),
        ["takes groups from the primary"] = (plan, _) => plan.TakeGroups(),
        ["takes proposals from the partner"] = (plan, _) => plan.TakeProposals(),
        ["opens the group to the partner directly"] = (plan, _) => plan.OpenGroup(ScenarioPlan.DirectPartner),
        ["gives groups to the partner"] = (plan, _) => plan.GiveGroups(),
        ["has configuration for every other"] = (plan, _) => plan.AddApplicationPlane(),
        ["goes past the HTTP proxies"] = (plan, _) => plan.RemoveHttpProxies(),
        ["knows alice"] = (plan, _) => plan.KnowGuests(),
        ["notifies after a push"] = (plan, _) => plan.NotifyAfterPush(),
        ["allocates outbound identities"] = (plan, _) => plan.AllocateOutbound(),
        ["takes anybody for an administrator"] = (plan, user) => plan.Appoint(user, "primary", isAdministrator: true),
        ["turns on"] = (plan, which) =>
            World.Switches.Turn(plan, which.Split(' ', 3)[0], which.Split(' ', 3)[1], which.Split(' ', 3)[2],
                isOn: true),
        ["keeps configuration"] = (plan, roles) => plan.KeepAgreement(roles.Split(' ')[0], roles.Split(' ')[1]),
        ["lets users call"] = (plan, user) => plan.AllowPrivateCalls(user, true),
        ["makes alice a member"] = (plan, _) => plan.OpenHarbour(ScenarioPlan.IdentityIn("alice", "primary")),
        ["lists the partner"] = (plan, _) => plan.ListPartner("alice"),
        ["knows the UE"] = (plan, user) => plan.RestoreMapping(user, "partner"),
        ["lets users send data"] = (plan, user) => plan.AllowTransmission(user, true),
        ["expects anybody"] = (plan, _) => plan.ExpectAnybody(),
        ["permits everything"] = (plan, user) => plan.PermitAll(user),
        ["restricts nobody"] = (plan, _) => plan.RestrictNobody(),
        ["restricts everybody"] = (plan, _) => plan.RestrictEverybody(),
        ["allows guests what is allowed at home"] = (plan, _) => plan.AllowAsAtHome(),
        ["serves without verification"] = (plan, minutes) =>
            plan.AcceptOffline(TimeSpan.Parse(minutes, System.Globalization.CultureInfo.InvariantCulture)),
        ["does not know the user"] = (plan, user) => plan.RemoveMapping(user, "partner"),
    };

    /// <summary>Makes a plan a wrong one.</summary>
    /// <exception cref="KeyNotFoundException">No policy has the name.</exception>
    public static void Apply(string name, ScenarioPlan plan, string argument) => Known[name](plan, argument);
}
