using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace McConformance.Probes.Transport;

/// <summary>TLS with an endpoint: chain and name of its certificate are judged, and what is wrong is told in
/// words.</summary>
internal static class TlsHandshake
{
    /// <summary>Secures a connection.</summary>
    /// <returns>The stream, and what was seen.</returns>
    /// <exception cref="ProbeException">Says what is wrong.</exception>
    public static async Task<(SslStream Stream, string Told)> RunAsync(
        ProbeTarget target, Stream plain, CancellationToken cancellation)
    {
        var judge = new CertificateJudge(target.Endpoint.ServerName);
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = target.Endpoint.ServerName,
            ClientCertificates = OwnCertificate(target),
            CertificateChainPolicy = Policy(target),
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) => judge.Accepts(certificate, chain,
                errors),
        };
        var secure = new SslStream(plain);
        try
        {
            await secure.AuthenticateAsClientAsync(options, cancellation).ConfigureAwait(false);
            return (secure, $"{Name(secure.SslProtocol)}, {judge.Seen}");
        }
        catch (Exception e) when (
            e is AuthenticationException or IOException or SocketException or CryptographicException)
        {
            await secure.DisposeAsync().ConfigureAwait(false);
            throw judge.Objection ?? Broken(target, e);
        }
    }

    private static ProbeException Broken(ProbeTarget target, Exception e)
    {
        if (e is AuthenticationException && IsNoTls(e))
        {
            return new ProbeException(
                "it answered the TLS handshake with octets that are no TLS",
                    "mend \"port\", or set \"transport\" to tcp");
        }

        return target.Settings.Credentials.ClientCertificate is null
            ? new ProbeException(
                "it broke off the TLS handshake, as an entity does that wants a certificate of the client",
                "add \"clientCertificate\" and \"clientKey\" to \"credentials\"")
            : new ProbeException(
                "it broke off the TLS handshake, as an entity does that does not trust the client's certificate",
                "have the entity trust the authority of \"clientCertificate\"");
    }

    // the runtime tells a wrong record header in words alone
    private static bool IsNoTls(Exception e)
    {
        var text = e.ToString();
        return text.Contains("frame", StringComparison.OrdinalIgnoreCase)
            || text.Contains("wrong version number", StringComparison.OrdinalIgnoreCase);
    }

    private static X509CertificateCollection OwnCertificate(ProbeTarget target)
    {
        var (certificate, key) = (target.Settings.Credentials.ClientCertificate, target.Settings.Credentials.ClientKey);
        if (certificate is null) return [];
        try
        {
            using var read = X509Certificate2.CreateFromPemFile(certificate, key);
            return [X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pfx), null)];
        }
        catch (Exception e) when (IsOfFiles(e))
        {
            throw new ProbeException(
                $"the client's certificate {certificate} cannot be used with its key: {FirstLine(e)}",
                "mend \"clientCertificate\" and \"clientKey\" of \"credentials\"");
        }
    }

    private static X509ChainPolicy Policy(ProbeTarget target)
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck };
        foreach (var file in target.TrustAnchors)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            try
            {
                policy.CustomTrustStore.ImportFromPemFile(file);
            }
            catch (Exception e) when (IsOfFiles(e))
            {
                throw new ProbeException($"the trust anchor {file} cannot be read: {FirstLine(e)}",
                    "mend \"trustAnchors\"");
            }
        }

        return policy;
    }

    private static bool IsOfFiles(Exception e) =>
        e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException;

    private static string FirstLine(Exception e) => e.Message.Split('\n')[0].Trim().TrimEnd('.');

    private static string Name(SslProtocols protocol) => protocol switch
    {
        SslProtocols.Tls13 => "TLS 1.3",
        SslProtocols.Tls12 => "TLS 1.2",
        _ => protocol.ToString(),
    };
}
