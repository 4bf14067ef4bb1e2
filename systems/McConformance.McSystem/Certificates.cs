using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace McConformance.McSystem;

/// <summary>Certificates of the bundled systems, made when first asked for and never written to disk: one authority for a process, one certificate a host.</summary>
public sealed class Certificates
{
    private readonly X509Certificate2 authority;
    private readonly Lock gate = new();
    private readonly Dictionary<string, X509Certificate2> issued = [];

    /// <summary>Makes a new authority.</summary>
    public Certificates(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        authority = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(150));
    }

    private Certificates(X509Certificate2 authority) => this.authority = authority;

    /// <summary>Takes an authority that somebody else made.</summary>
    /// <param name="certificate">Its certificate (PEM).</param>
    /// <param name="key">Its private key (PEM, no passphrase).</param>
    /// <exception cref="CryptographicException">They cannot be read, or do not belong together.</exception>
    public static Certificates FromPem(string certificate, string key) => new(X509Certificate2.CreateFromPem(certificate, key));

    /// <summary>Certificate and private key (PEM), for another process that runs a part of the same network. For tests only.</summary>
    public (string Certificate, string Key) ToPem() => (authority.ExportCertificatePem(), authority.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());

    /// <summary>The authority that all nodes of the bundled systems trust.</summary>
    public static Certificates Shared { get; } = new("McConformance bundled systems");

    /// <summary>The certificate of a host, for both ends of TLS.</summary>
    public X509Certificate2 Of(string host)
    {
        lock (gate) return issued.TryGetValue(host, out var found) ? found : issued[host] = Issue(host, DateTimeOffset.UnixEpoch.AddYears(140));
    }

    /// <summary>A certificate that has run out, for tests of the other end.</summary>
    public X509Certificate2 ExpiredOf(string host) => Issue(host, DateTimeOffset.UnixEpoch.AddYears(52));

    /// <summary>Whether a peer's certificate comes from this authority, is in time, and names one of the hosts.</summary>
    public bool Accepts(X509Certificate? certificate, IEnumerable<string> hosts)
    {
        if (certificate is null) return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        var peer = certificate as X509Certificate2 ?? X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return chain.Build(peer) && hosts.Any(h => peer.MatchesHostname(h));
    }

    /// <summary>How a node accepts connections: only from the named peers.</summary>
    public SslServerAuthenticationOptions ServerOptions(string host, Func<IEnumerable<string>> peers) => new()
    {
        ServerCertificate = Of(host),
        ClientCertificateRequired = true,
        EnabledSslProtocols = System.Security.Authentication.SslProtocols.Tls13 | System.Security.Authentication.SslProtocols.Tls12,
        RemoteCertificateValidationCallback = (_, certificate, _, _) => Accepts(certificate, peers()),
    };

    /// <summary>How a node connects to one peer.</summary>
    public SslClientAuthenticationOptions ClientOptions(string host, string peer) => new()
    {
        TargetHost = peer,
        ClientCertificates = [Of(host)],
        EnabledSslProtocols = System.Security.Authentication.SslProtocols.Tls13 | System.Security.Authentication.SslProtocols.Tls12,
        RemoteCertificateValidationCallback = (_, certificate, _, _) => Accepts(certificate, [peer]),
    };

    /// <summary>How a server accepts connections of whoever comes: one that shows a certificate must show a good one.</summary>
    public SslServerAuthenticationOptions ServerOptionsForAnybody(string host) => new()
    {
        ServerCertificate = Of(host),
        ClientCertificateRequired = true,
        EnabledSslProtocols = System.Security.Authentication.SslProtocols.Tls13 | System.Security.Authentication.SslProtocols.Tls12,
        RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is null || IsIssued(certificate),
    };

    /// <summary>How a node connects to one of several peers.</summary>
    public SslClientAuthenticationOptions ClientOptions(string host, Func<IEnumerable<string>> peers) => new()
    {
        TargetHost = peers().FirstOrDefault() ?? "",
        ClientCertificates = [Of(host)],
        EnabledSslProtocols = System.Security.Authentication.SslProtocols.Tls13 | System.Security.Authentication.SslProtocols.Tls12,
        RemoteCertificateValidationCallback = (_, certificate, _, _) => Accepts(certificate, peers()),
    };

    private bool IsIssued(X509Certificate certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        return chain.Build(certificate as X509Certificate2 ?? X509CertificateLoader.LoadCertificate(certificate.GetRawCertData()));
    }

    private X509Certificate2 Issue(string host, DateTimeOffset notAfter)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        using var bare = request.Create(authority, DateTimeOffset.UnixEpoch.AddYears(51), notAfter, RandomNumberGenerator.GetBytes(12));
        using var whole = bare.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pfx), null);
    }
}
