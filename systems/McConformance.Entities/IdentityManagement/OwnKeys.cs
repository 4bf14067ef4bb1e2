using McConformance.Wire.Http.Oidc;

namespace McConformance.Entities.IdentityManagement;

/// <summary>The keys of a server: the one it signs with, and those before it, whose tokens are still good. Thread
/// safe.</summary>
internal sealed class OwnKeys(IdentityManagementOptions options)
{
    private volatile IReadOnlyList<SigningKey> all = [options.Key];
    private volatile TokenVerifier verifier = new([new TrustedIssuer(options.Issuer, [options.Key])], options.Time);

    /// <summary>Signs.</summary>
    public SigningKey Current => all[0];

    /// <summary>All that the key set shows (RFC 7517 5), the newest first.</summary>
    public IReadOnlyList<SigningKey> All => all;

    /// <summary>Judges the server's own tokens.</summary>
    public TokenVerifier Verifier => verifier;

    /// <summary>Signs with another key from now on.</summary>
    public void Change(SigningKey next)
    {
        all = [next, .. all];
        verifier = new TokenVerifier([new TrustedIssuer(options.Issuer, [.. all])], options.Time);
    }
}
