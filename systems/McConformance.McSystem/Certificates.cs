using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using McConformance.Wire.Transport;

namespace McConformance.McSystem;

/// <summary>Certificates of the bundled systems, made when first asked for and never written to disk: one authority for a process, one certificate a host.</summary>
public sealed class Certificates
{
    private readonly X509Certificate2 authority;
    private readonly X509Certificate2Collection anchors;
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
        anchors = [authority];
    }

    private Certificates(X509Certificate2 authority, params IEnumerable<X509Certificate2> others) =>
        (this.authority, anchors) = (authority, [authority, .. others]);

    /// <summary>Takes an authority that somebody else made.</summary>
    /// <param name="certificate">Its certificate (PEM).</param>
    /// <param name="key">Its private key (PEM, no passphrase).</param>
    /// <exception cref="CryptographicException">They cannot be read, or do not belong together.</exception>
    public static Certificates FromPem(string certificate, string key) => new(X509Certificate2.CreateFromPem(certificate, key));

    /// <summary>The same authority, besides which others are trusted: those of peers whose chains end elsewhere (RFC 5280
    /// 6.1.1).</summary>
    /// <param name="pem">Texts of PEM files, each with one certificate or more.</param>
    /// <exception cref="CryptographicException">One cannot be read, or holds none.</exception>
    public Certificates Trusting(IEnumerable<string> pem)
    {
        var others = new X509Certificate2Collection();
        foreach (var text in pem)
        {
            var before = others.Count;
            others.ImportFromPem(text);
            if (others.Count == before) throw new CryptographicException("no certificate stands in it");
        }

        return new Certificates(authority, others);
    }

    /// <summary>The other authorities that are trusted (PEM).</summary>
    public List<string> OthersToPem() => [.. anchors.Skip(1).Select(a => a.ExportCertificatePem())];

    /// <summary>Certificate and private key (PEM), for another process that runs a part of the same network. For tests only.</summary>
    public (string Certificate, string Key) ToPem() => (authority.ExportCertificatePem(), Key.ExportPkcs8PrivateKeyPem());

    /// <summary>Of a vendor's authority it may be of either kind.</summary>
    private AsymmetricAlgorithm Key => authority.GetECDsaPrivateKey() as AsymmetricAlgorithm
        ?? authority.GetRSAPrivateKey()
        ?? throw new CryptographicException("its private key is neither EC nor RSA");

    /// <summary>The authority that all nodes of the bundled systems trust.</summary>
    public static Certificates Shared { get; } = new("McConformance bundled systems");

    /// <summary>The certificate of a host, for both ends of TLS.</summary>
    public X509Certificate2 Of(string host)
    {
        lock (gate) return issued.TryGetValue(host, out var found) ? found : issued[host] = Issue(host, DateTimeOffset.UnixEpoch.AddYears(140));
    }

    /// <summary>A certificate that has run out, for tests of the other end.</summary>
    public X509Certificate2 ExpiredOf(string host) => Issue(host, DateTimeOffset.UnixEpoch.AddYears(52));

    /// <summary>Whether a peer's certificate comes from an authority that is trusted, is in time, and names one of the
    /// hosts.</summary>
    /// <param name="certificate">The peer's; null where it shows none.</param>
    /// <param name="hosts">Names, one of which must be in it.</param>
    /// <param name="shown">What came with it: the peer's intermediate certificates are in its extra store.</param>
    public bool Accepts(X509Certificate? certificate, IEnumerable<string> hosts, X509Chain? shown = null) =>
        WhyNot(certificate, hosts, shown) is null;

    /// <summary>Why a peer's certificate is refused, in words that follow its name; null where it is accepted.</summary>
    public string? WhyNot(X509Certificate? certificate, IEnumerable<string> hosts, X509Chain? shown = null)
    {
        if (certificate is null) return "it shows no certificate";
        var peer = certificate as X509Certificate2 ?? X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        if (OfChain(peer, shown) is { } objection) return objection;
        string[] names = [.. hosts];
        return names.Any(h => peer.MatchesHostname(h))
            ? null : $"its certificate ({peer.Subject}) is not for {string.Join(" or ", names)}";
    }

    private string? OfChain(X509Certificate2 peer, X509Chain? shown)
    {
        using var chain = new X509Chain { ChainPolicy = TrustedChains.PolicyOf(anchors) };
        if (shown is not null) chain.ChainPolicy.ExtraStore.AddRange(shown.ChainPolicy.ExtraStore);
        if (chain.Build(peer)) return null;
        return chain.ChainStatus.Any(s => s.Status == X509ChainStatusFlags.NotTimeValid)
            ? $"its certificate ({peer.Subject}), or the authority of it, is not valid today"
            : $"no trust anchor vouches for its certificate, which {peer.Issuer} issued";
    }

    /// <summary>How a node accepts connections: only from the named peers.</summary>
    public SslServerAuthenticationOptions ServerOptions(string host, Func<IEnumerable<string>> peers) => new()
    {
        ServerCertificate = Of(host),
        ClientCertificateRequired = true,
        EnabledSslProtocols = System.Security.Authentication.SslProtocols.Tls13 | System.Security.Authentication.SslProtocols.Tls12,
        RemoteCertificateValidationCallback = (_, certificate, chain, _) => Accepts(certificate, peers(), chain),
    };

    /// <summary>How a node connects to one peer.</summary>
    public SslClientAuthenticationOptions ClientOptions(string host, string peer) => new()
    {
        TargetHost = peer,
        ClientCertificates = [Of(host)],
        EnabledSslProtocols = System.Security.Authentication.SslProtocols.Tls13 | System.Security.Authentication.SslProtocols.Tls12,
        RemoteCertificateValidationCallback = (_, certificate, chain, _) => Accepts(certificate, [peer], chain),
    };

    /// <summary>How a server accepts connections of whoever comes: one that shows a certificate must show a good one.</summary>
    public SslServerAuthenticationOptions ServerOptionsForAnybody(string host) => new()
    {
        ServerCertificate = Of(host),
        ClientCertificateRequired = true,
        EnabledSslProtocols = System.Security.Authentication.SslProtocols.Tls13 | System.Security.Authentication.SslProtocols.Tls12,
        RemoteCertificateValidationCallback = (_, certificate, chain, _) =>
            certificate is null || OfChain(X509CertificateLoader.LoadCertificate(certificate.GetRawCertData()), chain) is null,
    };

    /// <summary>How a node connects to one of several peers.</summary>
    public SslClientAuthenticationOptions ClientOptions(string host, Func<IEnumerable<string>> peers) => new()
    {
        TargetHost = peers().FirstOrDefault() ?? "",
        ClientCertificates = [Of(host)],
        EnabledSslProtocols = System.Security.Authentication.SslProtocols.Tls13 | System.Security.Authentication.SslProtocols.Tls12,
        RemoteCertificateValidationCallback = (_, certificate, chain, _) => Accepts(certificate, peers(), chain),
    };

    private X509Certificate2 Issue(string host, DateTimeOffset notAfter)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        // the generator, because an authority with an RSA key signs EC keys too
        var signs = Key is RSA rsa
            ? X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pkcs1)
            : X509SignatureGenerator.CreateForECDsa((ECDsa)Key);
        using var bare = request.Create(
            authority.SubjectName, signs, DateTimeOffset.UnixEpoch.AddYears(51), notAfter,
            RandomNumberGenerator.GetBytes(12));
        using var whole = bare.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pfx), null);
    }
}
