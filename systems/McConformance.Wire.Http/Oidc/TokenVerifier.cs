namespace McConformance.Wire.Http.Oidc;

/// <summary>Why a token does not open the door.</summary>
public enum TokenRefusal
{
    /// <summary>It does.</summary>
    None,

    /// <summary>No token that can be read, or a wrong signature.</summary>
    Invalid,

    /// <summary>Issued by nobody who is trusted.</summary>
    UnknownIssuer,

    /// <summary>For somebody else.</summary>
    WrongAudience,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>Its time has not come.</summary>
    NotYetValid,

    /// <summary>Lacks a claim that it must have.</summary>
    MissingClaim,

    /// <summary>Not for what is asked.</summary>
    InsufficientScope,
}

/// <summary>A token whose signature, issuer, audience and times were verified. Only a <see cref="TokenVerifier"/> makes one.</summary>
public sealed class VerifiedToken
{
    internal VerifiedToken(TokenClaims claims) => Claims = claims;

    /// <summary>What it says.</summary>
    public TokenClaims Claims { get; }
}

/// <summary>Whom a verifier trusts.</summary>
/// <param name="Issuer">As <c>iss</c> names it.</param>
/// <param name="Keys">Its public keys, from its key set or handed over out of band.</param>
public sealed record TrustedIssuer(string Issuer, IReadOnlyCollection<SigningKey> Keys);

/// <summary>Verifies tokens for one audience. Needs nobody on the line: keys are held here (TR 23.781 5.2.10). Thread safe.</summary>
/// <param name="issuers">Whom it trusts.</param>
/// <param name="time">Clock.</param>
public sealed class TokenVerifier(IReadOnlyCollection<TrustedIssuer> issuers, TimeProvider time)
{
    /// <summary>How much clocks may differ (TS 33.180 B.8).</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    /// <summary>Verifies a token.</summary>
    /// <param name="token">Compact form.</param>
    /// <param name="audience">Who must be named in <c>aud</c>; null where tokens of this kind name none.</param>
    /// <param name="scope">A scope that must be among those of the token; null for none.</param>
    /// <param name="verified">The token; null where it was refused.</param>
    public TokenRefusal Verify(string token, string? audience, string? scope, out VerifiedToken? verified)
    {
        verified = null;
        if (Peek(token) is not { } unverified) return TokenRefusal.Invalid;
        if (issuers.FirstOrDefault(i => i.Issuer == unverified.Issuer) is not { } issuer) return TokenRefusal.UnknownIssuer;
        if (Jws.Verify(token, issuer.Keys, out var payload) != JwsFault.None || TokenClaims.Read(payload) is not { } claims) return TokenRefusal.Invalid;
        var refusal = Check(claims, audience, scope);
        if (refusal == TokenRefusal.None) verified = new VerifiedToken(claims);
        return refusal;
    }

    /// <summary>Error code of RFC 6750 3.1.</summary>
    public static string ErrorOf(TokenRefusal refusal) => refusal == TokenRefusal.InsufficientScope ? "insufficient_scope" : "invalid_token";

    private TokenRefusal Check(TokenClaims claims, string? audience, string? scope)
    {
        var now = time.GetUtcNow();
        if (claims.Expires is not { } expires) return TokenRefusal.MissingClaim;
        if (now > expires + Skew) return TokenRefusal.Expired;
        if (claims.NotBefore is { } from && now < from - Skew) return TokenRefusal.NotYetValid;
        if (claims.IssuedAt is { } issued && now < issued - Skew) return TokenRefusal.NotYetValid;
        if (audience is not null && !claims.Audience.Contains(audience)) return TokenRefusal.WrongAudience;
        return scope is not null && !claims.Scopes.Contains(scope) ? TokenRefusal.InsufficientScope : TokenRefusal.None;
    }

    /// <summary>The claims as they stand, to find the issuer by; nothing is believed yet.</summary>
    private static TokenClaims? Peek(string token)
    {
        var parts = token.Split('.');
        if (token.Length > Jws.LengthMax || parts.Length != 3 || !System.Buffers.Text.Base64Url.IsValid(parts[1])) return null;
        return TokenClaims.Read(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1]));
    }
}
