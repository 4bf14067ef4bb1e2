using System.Security.Cryptography.X509Certificates;

namespace McConformance.Wire.Transport;

/// <summary>How chains of certificates are judged (RFC 5280 6.1).</summary>
public static class TrustedChains
{
    /// <summary>A policy for one chain; revocation is not asked for.</summary>
    /// <param name="anchors">Where chains may end; none: where the machine lets them.</param>
    public static X509ChainPolicy PolicyOf(X509Certificate2Collection anchors)
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck };
        if (anchors.Count == 0) return policy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.AddRange(anchors);
        return policy;
    }
}
