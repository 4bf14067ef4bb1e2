using System.Net;
using System.Net.Security;
using System.Security.Authentication;

namespace McConformance.Wire.Sip.Transport;

/// <summary>How a TLS connection is opened.</summary>
internal static class TlsPolicy
{
    /// <summary>What was given, with the peer's address as the name to check where no name was given.</summary>
    public static SslClientAuthenticationOptions For(SslClientAuthenticationOptions? given, IPEndPoint remote)
    {
        if (given?.TargetHost is not null) return given;
        return new SslClientAuthenticationOptions
        {
            TargetHost = remote.Address.ToString(),
            ClientCertificates = given?.ClientCertificates,
            ClientCertificateContext = given?.ClientCertificateContext,
            LocalCertificateSelectionCallback = given?.LocalCertificateSelectionCallback,
            RemoteCertificateValidationCallback = given?.RemoteCertificateValidationCallback,
            CertificateChainPolicy = given?.CertificateChainPolicy,
            EnabledSslProtocols = given?.EnabledSslProtocols ?? SslProtocols.None,
        };
    }
}
