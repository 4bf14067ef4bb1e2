using System.Security.Cryptography.X509Certificates;
using McConformance.Wire.Http.Oidc;
using McConformance.Wire.Identities;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace McConformance.McSystem.Application;

/// <summary>Who may speak for which MC system, by its certificate (TS 23.280 5.2.x.2 NOTE 2). Inside one trust domain, where connections are
/// plain, everybody is believed.</summary>
internal sealed class Trust(bool isProtected, string system)
{
    /// <summary>Over HTTP. The own proxy has asked already.</summary>
    public bool Believes(HttpContext context, McSystemId claimed)
    {
        if (!isProtected) return true;
        var certificate = context.Features.Get<ITlsConnectionFeature>()?.ClientCertificate;
        return certificate is not null && (certificate.MatchesHostname(HttpDirectory.ProxyHost(system)) || Names(claimed).Any(n => certificate.MatchesHostname(n)));
    }

    /// <summary>The own proxy asks: nothing but the other MC system's own certificate will do.</summary>
    public bool BelievesAtEdge(HttpContext context, McSystemId claimed) =>
        !isProtected || (context.Features.Get<ITlsConnectionFeature>()?.ClientCertificate is { } certificate && Names(claimed).Any(n => certificate.MatchesHostname(n)));

    /// <summary>Over SIP. The own gateway server has asked already.</summary>
    public bool Believes(X509Certificate2? certificate, McSystemId claimed, bool hasGateway) =>
        !isProtected || hasGateway || (certificate is not null && Names(claimed).Any(n => certificate.MatchesHostname(n)));

    /// <summary>The public key that was handed over, or that of the bundled identity management server.</summary>
    /// <exception cref="ArgumentException">What was handed over is no public key.</exception>
    public static SigningKey IdentityKeyOf(AgreementOptions agreement, TokenKeys keys)
    {
        if (agreement.IdentityKey is not { } jwk) return keys.Of(agreement.Partner).ToPublic();
        using var read = System.Text.Json.JsonDocument.Parse(jwk);
        return SigningKey.Read(read.RootElement) ??
            throw new ArgumentException($"the identity key of {agreement.Partner} is no public key (RFC 7517)");
    }

    private static string[] Names(McSystemId system) =>
    [
        $"gms.{system.Value}", $"cms.{system.Value}", $"gw.{system.Value}", $"mcptt.{system.Value}", $"mcvideo.{system.Value}", $"mcdata.{system.Value}",
        HttpDirectory.ProxyHost(system.Value),
    ];
}
