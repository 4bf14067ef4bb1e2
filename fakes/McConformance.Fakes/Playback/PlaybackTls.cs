using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using McConformance.Wire.Transport;

namespace McConformance.Fakes.Playback;

/// <summary>TLS of a stand-in (TS 33.180: between MC systems both ends show a certificate). A peer that it asks must
/// show one for its name; whoever asks it may show none, but no bad one.</summary>
public sealed class PlaybackTls
{
    private readonly SslStreamCertificateContext own;
    private readonly X509Certificate2Collection trusted;

    /// <summary>Makes it.</summary>
    /// <param name="certificate">The stand-in's, with its private key.</param>
    /// <param name="chain">Certificates between it and its authority.</param>
    /// <param name="trusted">Authorities; empty: those that the machine trusts.</param>
    public PlaybackTls(
        X509Certificate2 certificate, X509Certificate2Collection chain, X509Certificate2Collection trusted)
    {
        this.trusted = trusted;
        own = SslStreamCertificateContext.Create(certificate, chain, offline: true);
    }

    /// <summary>Reads PEM files.</summary>
    /// <param name="certificate">File with the certificate and its private key without passphrase, and with the chain
    /// where there is one.</param>
    /// <param name="trusted">File with authorities; null: those that the machine trusts.</param>
    /// <exception cref="InvalidDataException">One cannot be used; says which and why.</exception>
    public static PlaybackTls Read(string certificate, string? trusted)
    {
        var chain = Import(certificate, "a certificate and its private key");
        var anchors = trusted is null ? [] : Import(trusted, "certificates of authorities");
        try
        {
            using var read = X509Certificate2.CreateFromPemFile(certificate);
            var whole = X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pfx), null);
            return new PlaybackTls(whole, chain, anchors);
        }
        catch (CryptographicException e)
        {
            const string expected = "expected a certificate and its private key (PEM, no passphrase)";
            throw new InvalidDataException($"{certificate}: {e.Message.TrimEnd('.')}; {expected}");
        }
    }

    internal SslServerAuthenticationOptions Server => new()
    {
        ServerCertificateContext = own,
        ClientCertificateRequired = true,
        CertificateChainPolicy = TrustedChains.PolicyOf(trusted),
        EnabledSslProtocols = SslProtocols.Tls13 | SslProtocols.Tls12,
        RemoteCertificateValidationCallback = (_, shown, _, errors) => shown is null || IsTrusted(errors),
    };

    internal SslClientAuthenticationOptions Client(params IEnumerable<string> names) => new()
    {
        TargetHost = names.FirstOrDefault() ?? "",
        ClientCertificateContext = own,
        CertificateChainPolicy = TrustedChains.PolicyOf(trusted),
        EnabledSslProtocols = SslProtocols.Tls13 | SslProtocols.Tls12,
        RemoteCertificateValidationCallback = (_, shown, _, errors) =>
            shown is X509Certificate2 peer && names.Any(n => peer.MatchesHostname(n)) && IsTrusted(errors),
    };

    private static bool IsTrusted(SslPolicyErrors errors) =>
        (errors & SslPolicyErrors.RemoteCertificateChainErrors) == 0;

    private static X509Certificate2Collection Import(string file, string expected)
    {
        var read = new X509Certificate2Collection();
        try
        {
            read.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new InvalidDataException($"{file}: {e.Message.TrimEnd('.')}; expected {expected} (PEM)");
        }

        return read.Count > 0 ? read : throw new InvalidDataException($"{file}: expected {expected} (PEM), found none");
    }
}
