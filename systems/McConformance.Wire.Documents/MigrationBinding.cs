using System.Text.Json.Serialization;
using System.Xml.Linq;
using McConformance.Wire.Documents.Bindings;

namespace McConformance.Wire.Documents;

/// <summary>Why migration was refused (OWN MIG-CAUSE): the source's result has no cause.</summary>
public enum MigrationCause
{
    /// <summary>The primary does not know the user.</summary>
    UnknownUser,

    /// <summary>The user may not migrate at all.</summary>
    MigrationNotPermitted,

    /// <summary>The user may not migrate to this partner.</summary>
    PartnerNotPermitted,

    /// <summary>The profile is not valid in this partner.</summary>
    ProfileNotValid,

    /// <summary>The user may not use this service in this partner.</summary>
    ServiceNotPermitted,

    /// <summary>The user is migrated to a third MC system.</summary>
    AlreadyMigratedElsewhere,

    /// <summary>The partner did not reach the primary, or had no answer in time.</summary>
    PrimaryUnreachable,

    /// <summary>The identity in the token is another than that in the request.</summary>
    TokenMismatch,

    /// <summary>The primary did not verify an offline migration in the time that the partner allows (OWN
    /// MIG-OFF-5).</summary>
    NotVerified,

    /// <summary>The user has had service elsewhere since the offline migration began (OWN MIG-OFF-4).</summary>
    Superseded,
}

/// <summary>Every own name of migration: what stands in request, response, notification and user profile where no
/// stage 3 text at hand gives a name. Another profile may take its place; a check on one of these names says
/// "deviates from binding profile <see cref="Name"/>".</summary>
/// <remarks>
/// Offline migration (TR 23.781 5.2.10), where no text at hand says how:
/// MIG-OFF-1: a security token of the primary with a type and a claim of its own, good for once, life as agreed.
/// MIG-OFF-2: the partner fetches the primary's key set while it can, which also names credentials that were withdrawn.
/// MIG-OFF-3: service for a limited time from the first use of the credential, verified when the primary is reached.
/// MIG-OFF-4: the request for verification says since when the user is served; the later service stands.
/// MIG-OFF-5: the client is told that verification is pending, and until when there is service; not-verified ends it.
/// MIG-OFF-6: a MESSAGE to the client says what the primary has said.
/// MIG-OFF-7: POST migration-verification on CSC-5, by which the configuration management server chooses the profile.
/// </remarks>
public sealed record MigrationBinding
{
    /// <summary>The names of this project.</summary>
    public static MigrationBinding Own { get; } = new();

    /// <summary>Name of the profile, as findings give it.</summary>
    public string Name { get; init; } = "own-1";

    /// <summary>Namespace of all elements.</summary>
    public string Namespace { get; init; } = "urn:mcconformance:ns:migration:1.0";

    /// <summary>Value of request-type: the user asks to migrate.</summary>
    public string AuthorizationRequest { get; init; } = "migration-service-authorization-request";

    /// <summary>Value of response-type: the primary's answer.</summary>
    public string AuthorizationResponse { get; init; } = "migration-service-authorization-response";

    /// <summary>Value of request-type: migrated service has ended.</summary>
    public string DeauthorizationNotification { get; init; } = "migration-service-deauthorization-notification";

    /// <summary>Identity of the user in the partner.</summary>
    public string PartnerMcServiceId { get; init; } = "partner-mc-service-id";

    /// <summary>Identity of the user in the primary.</summary>
    public string PrimaryMcServiceId { get; init; } = "primary-mc-service-id";

    /// <summary>Index of the primary's profile by which the user migrates.</summary>
    public string UserProfileIndex { get; init; } = "user-profile-index";

    /// <summary>Joins request and response, a URN.</summary>
    public string TransactionId { get; init; } = "transaction-id";

    /// <summary>Domain of the partner; also an entry of the migration list.</summary>
    public string PartnerSystem { get; init; } = "partner-system";

    /// <summary>mcptt, mcvideo or mcdata.</summary>
    public string Service { get; init; } = "service";

    /// <summary>Success or failure.</summary>
    public string Result { get; init; } = "result";

    /// <summary>Why it failed.</summary>
    public string Cause { get; init; } = "cause";

    /// <summary>Value of request-type: a user who migrated offline is told what the primary says (OWN
    /// MIG-OFF-6).</summary>
    public string VerificationNotification { get; init; } = "migration-verification-notification";

    /// <summary>Whether the primary has verified a migration.</summary>
    public string Verification { get; init; } = "verification";

    /// <summary>Root of what the configuration management server is told of it (OWN MIG-OFF-7).</summary>
    public string MigrationVerification { get; init; } = "migration-verification";

    /// <summary>Value of the verification: not yet.</summary>
    public string Pending { get; init; } = "pending";

    /// <summary>Value of the verification: it has.</summary>
    public string Verified { get; init; } = "verified";

    /// <summary>Since when the partner serves a user who migrated offline.</summary>
    public string ServedSince { get; init; } = "served-since";

    /// <summary>Until when it does so without verification.</summary>
    public string ServedUntil { get; init; } = "served-until";

    /// <summary>requested_token_type of a credential for offline migration (RFC 8693 2.1).</summary>
    public string OfflineCredentialType { get; init; } = "urn:mcconformance:token-type:offline-migration";

    /// <summary>Claim of that credential, and of the partner's tokens that came of it: the credential's
    /// identifier.</summary>
    public string OfflineClaim { get; init; } = "mig_offline";

    /// <summary>Member of the primary's key set (RFC 7517 5): identifiers of credentials that it has
    /// withdrawn.</summary>
    public string WithdrawnCredentials { get; init; } = "mig_withdrawn";

    /// <summary>Redirection to a migrated user: the identity in the partner.</summary>
    public string MigratedMcServiceId { get; init; } = "migrated-mc-service-id";

    /// <summary>Value of the result: success.</summary>
    public string Success { get; init; } = "success";

    /// <summary>Value of the result: failure.</summary>
    public string Failure { get; init; } = "failure";

    /// <summary>List of partners in a user profile.</summary>
    public string MigrationAllowed { get; init; } = "migration-allowed";

    /// <summary>Profile that is valid in the partner.</summary>
    public string ValidProfileIndex { get; init; } = "valid-profile-index";

    /// <summary>Audience of the security token for the partner.</summary>
    public string IdmsAudience { get; init; } = "idms-audience";

    /// <summary>Signalling plane of the partner.</summary>
    public string SipCore { get; init; } = "sip-core";

    /// <summary>Signalling plane identities to use in the partner.</summary>
    public string SipIdentities { get; init; } = "sip-identities";

    /// <summary>Public service identity of the partner's server.</summary>
    public string ServicePsi { get; init; } = "service-psi";

    /// <summary>Value for <see cref="MigrationCause.UnknownUser"/>.</summary>
    public string UnknownUser { get; init; } = "unknown-user";

    /// <summary>Value for <see cref="MigrationCause.MigrationNotPermitted"/>.</summary>
    public string MigrationNotPermitted { get; init; } = "migration-not-permitted";

    /// <summary>Value for <see cref="MigrationCause.PartnerNotPermitted"/>.</summary>
    public string PartnerNotPermitted { get; init; } = "partner-not-permitted";

    /// <summary>Value for <see cref="MigrationCause.ProfileNotValid"/>.</summary>
    public string ProfileNotValid { get; init; } = "profile-not-valid";

    /// <summary>Value for <see cref="MigrationCause.ServiceNotPermitted"/>.</summary>
    public string ServiceNotPermitted { get; init; } = "service-not-permitted";

    /// <summary>Value for <see cref="MigrationCause.AlreadyMigratedElsewhere"/>.</summary>
    public string AlreadyMigratedElsewhere { get; init; } = "already-migrated-elsewhere";

    /// <summary>Value for <see cref="MigrationCause.PrimaryUnreachable"/>.</summary>
    public string PrimaryUnreachable { get; init; } = "primary-unreachable";

    /// <summary>Value for <see cref="MigrationCause.TokenMismatch"/>.</summary>
    public string TokenMismatch { get; init; } = "token-mismatch";

    /// <summary>Value for <see cref="MigrationCause.NotVerified"/>.</summary>
    public string NotVerified { get; init; } = "not-verified";

    /// <summary>Value for <see cref="MigrationCause.Superseded"/>.</summary>
    public string Superseded { get; init; } = "superseded";

    [JsonIgnore]
    internal XNamespace Xml => Namespace;

    /// <summary>Reads another profile; throws <see cref="FormatException"/> that says label and remedy.</summary>
    /// <param name="json">An object with any of the properties above, in camelCase.</param>
    public static MigrationBinding Load(string json) => BindingProfile.Load<MigrationBinding>(json);

    /// <summary>The value that stands for a cause.</summary>
    public string Text(MigrationCause cause) => cause switch
    {
        MigrationCause.UnknownUser => UnknownUser,
        MigrationCause.MigrationNotPermitted => MigrationNotPermitted,
        MigrationCause.PartnerNotPermitted => PartnerNotPermitted,
        MigrationCause.ProfileNotValid => ProfileNotValid,
        MigrationCause.ServiceNotPermitted => ServiceNotPermitted,
        MigrationCause.AlreadyMigratedElsewhere => AlreadyMigratedElsewhere,
        MigrationCause.PrimaryUnreachable => PrimaryUnreachable,
        MigrationCause.TokenMismatch => TokenMismatch,
        MigrationCause.NotVerified => NotVerified,
        MigrationCause.Superseded => Superseded,
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, "no such cause"),
    };

    /// <summary>The cause that a value stands for.</summary>
    public bool TryRead(string text, out MigrationCause cause)
    {
        foreach (var candidate in Enum.GetValues<MigrationCause>())
        {
            cause = candidate;
            if (Text(candidate) == text) return true;
        }

        cause = default;
        return false;
    }
}
