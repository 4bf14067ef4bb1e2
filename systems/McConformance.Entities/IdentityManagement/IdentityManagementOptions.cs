using System.Security.Cryptography;
using McConformance.Wire.Http.Oidc;

namespace McConformance.Entities.IdentityManagement;

/// <summary>A user of this MC system.</summary>
/// <param name="Name">MC ID, what the user types.</param>
/// <param name="Password">What was made of the password.</param>
/// <param name="McServiceIds">Claim to identity: <c>mcptt_id</c>, <c>mcvideo_id</c>, <c>mcdata_id</c>.</param>
/// <param name="Partners">Audiences of the partners' identity management servers for which the user may have security tokens.</param>
public sealed record IdentityUser(
    string Name, PasswordHash Password, IReadOnlyDictionary<string, string> McServiceIds, IReadOnlyList<string> Partners)
{
    /// <summary>Those of them for which the user may have a credential for offline migration (TR 23.781
    /// 5.2.10).</summary>
    public IReadOnlyList<string> OfflinePartners { get; init; } = [];
}

/// <summary>A user of another MC system: whose security token is mapped to which identities here (TS 33.180 B.7.3).</summary>
/// <param name="Issuer">The primary's issuer.</param>
/// <param name="Subject">Subject of the security token: the MC service ID at the primary.</param>
/// <param name="McServiceIds">Identities that this MC system assigned, by claim.</param>
public sealed record IdentityMapping(string Issuer, string Subject, IReadOnlyDictionary<string, string> McServiceIds);

/// <summary>A password as it is kept (PBKDF2, RFC 8018 5.2).</summary>
public sealed record PasswordHash(byte[] Salt, byte[] Hash)
{
    /// <summary>The least of RFC 8018 4.2: the passwords of a test system stand in its configuration, and ten times as
    /// many cost a run of the suite a tenth of its time.</summary>
    private const int Iterations = 1_000;

    /// <summary>Makes one.</summary>
    public static PasswordHash Of(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return new PasswordHash(salt, Derive(password, salt));
    }

    /// <summary>Whether it is this password; takes the same time either way.</summary>
    public bool Fits(string password) => CryptographicOperations.FixedTimeEquals(Derive(password, Salt), Hash);

    private static byte[] Derive(string password, byte[] salt) => Rfc2898DeriveBytes.Pbkdf2(password, salt, Iterations, HashAlgorithmName.SHA256, 32);
}

/// <summary>What an identity management server is made from.</summary>
public sealed record IdentityManagementOptions
{
    /// <summary>Issuer identifier, and what security tokens for it name as audience: <c>https://idms.primary.example</c>.</summary>
    public required string Issuer { get; init; }

    /// <summary>Signs its tokens.</summary>
    public required SigningKey Key { get; init; }

    /// <summary>Where refresh tokens, used assertions and withdrawn permissions are kept; null where they live in
    /// memory alone.</summary>
    public Wire.State.IStateStore? Store { get; init; }

    /// <summary>Clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Registered clients (TS 33.180 B.6): id, and where it may be redirected to.</summary>
    public required IReadOnlyDictionary<string, string> Clients { get; init; }

    /// <summary>Own users.</summary>
    public IReadOnlyList<IdentityUser> Users { get; init; } = [];

    /// <summary>Users of other MC systems.</summary>
    public IReadOnlyList<IdentityMapping> Mappings { get; init; } = [];

    /// <summary>Issuers of security tokens whose keys were handed over out of band.</summary>
    public IReadOnlyList<TrustedIssuer> Primaries { get; init; } = [];

    /// <summary>Scopes that may be asked for.</summary>
    public required IReadOnlySet<string> Scopes { get; init; }

    /// <summary>Life of an authorization code (RFC 6749 4.1.2 recommends at most ten minutes).</summary>
    public TimeSpan CodeLife { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Life of an access token.</summary>
    public TimeSpan AccessLife { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Life of a security token.</summary>
    public TimeSpan SecurityTokenLife { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Life of a credential for offline migration: obtained beforehand, it must outlast the failure of a
    /// link.</summary>
    public TimeSpan OfflineCredentialLife { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Issuers whose credentials for offline migration are taken, and the longest life that such a one may
    /// have (agreement).</summary>
    public IReadOnlyDictionary<string, TimeSpan> OfflinePrimaries { get; init; } = new Dictionary<string, TimeSpan>();

    /// <summary>Between two requests for the keys of those issuers.</summary>
    public TimeSpan KeyRefresh { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Fetches those keys; null where they are handed over out of band only.</summary>
    public Wire.Http.Transport.HttpRequester? Requester { get; init; }

    /// <summary>Timers, where keys are fetched.</summary>
    public Wire.Time.TimerWheel? Wheel { get; init; }

    /// <summary>Own names.</summary>
    public Wire.Documents.MigrationBinding Binding { get; init; } = Wire.Documents.BindingSet.InUse.Migration;

    /// <summary>Life of a refresh token.</summary>
    public TimeSpan RefreshLife { get; init; } = TimeSpan.FromHours(12);
}
