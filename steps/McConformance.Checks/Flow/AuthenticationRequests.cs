using McConformance.Checks.Diameter;
using McConformance.Wire;
using McConformance.Wire.Identities;

namespace McConformance.Checks.Flow;

/// <summary>Where the three requests and three answers for SIP authentication information of one migration are in an observation.</summary>
internal static class AuthenticationRequests
{
    /// <summary>Step 2: S-CSCF to the partner's migration management server.</summary>
    public static ObservedMessage? AtPartner(this Observation seen, MigrationFacts facts) => seen.Requests(Cx.MultimediaAuth)
        .FirstOrDefault(m => m.From.IsSipCore && m.From.System == facts.PartnerSystem && m.Diameter!.UserName() == facts.Partner.Private.Value);

    /// <summary>Step 4: leaves the partner's migration management server for CSC-18, maybe by a proxy.</summary>
    public static ObservedMessage? OnCsc18(this Observation seen, MigrationFacts facts) => seen.Requests(Cx.MultimediaAuth)
        .Where(m => m.IsSentBy(EntityKind.MigrationManagementServer, facts.PartnerSystem)
            && m.ReferencePoint == ReferencePoint.Csc18)
        .About(facts.Primary);

    /// <summary>The same, where it enters the primary's migration management server.</summary>
    public static ObservedMessage? AtPrimary(this Observation seen, MigrationFacts facts) => seen.Requests(Cx.MultimediaAuth)
        .Where(m => m.IsSentTo(EntityKind.MigrationManagementServer, facts.PrimarySystem)
            && m.ReferencePoint == ReferencePoint.Csc18)
        .About(facts.Primary);

    /// <summary>Step 5: the primary's migration management server to the SIP database.</summary>
    public static ObservedMessage? AtDatabase(this Observation seen, MigrationFacts facts) => seen.Requests(Cx.MultimediaAuth)
        .Where(m => m.IsSentTo(EntityKind.SipDatabase, facts.PrimarySystem))
        .About(facts.Primary);

    public static bool IsSentBy(this ObservedMessage message, EntityKind kind, string system) =>
        message.From.Kind == kind && message.From.System == system;

    public static bool IsSentTo(this ObservedMessage message, EntityKind kind, string system) =>
        message.To.Kind == kind && message.To.System == system;

    /// <summary>The request about a set; where none is, the first, so that a check can tell whom it is about.</summary>
    private static ObservedMessage? About(this IEnumerable<ObservedMessage> requests, SipIdentitySet set)
    {
        var all = requests.ToArray();
        return Array.Find(all, m => m.Diameter!.UserName() == set.Private.Value) ?? all.FirstOrDefault();
    }
}
