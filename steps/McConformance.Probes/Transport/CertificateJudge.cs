using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace McConformance.Probes.Transport;

/// <summary>Judges one server certificate, and keeps what is wrong with it in words.</summary>
/// <param name="name">That it must show.</param>
internal sealed class CertificateJudge(string name)
{
    /// <summary>What is wrong; null where nothing is.</summary>
    public ProbeException? Objection { get; private set; }

    /// <summary>What a good certificate was.</summary>
    public string Seen { get; private set; } = "";

    /// <summary>For the handshake: true where nothing is wrong.</summary>
    public bool Accepts(X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors)
    {
        if (shown is not X509Certificate2 certificate)
        {
            Objection = new ProbeException("it shows no certificate", "give the entity one");
            return false;
        }

        Objection = OfTime(certificate) ?? OfName(certificate, errors) ?? OfChain(certificate, chain, errors);
        Seen = $"certificate for {name} valid until {Day(certificate.NotAfter)}";
        return Objection is null;
    }

    private static ProbeException? OfTime(X509Certificate2 certificate)
    {
        var now = TimeProvider.System.GetLocalNow().DateTime;
        if (now > certificate.NotAfter)
        {
            return new ProbeException(
                $"its certificate ({certificate.Subject}) expired on {Day(certificate.NotAfter)}",
                    "give the entity a new one");
        }

        return now >= certificate.NotBefore ? null : new ProbeException(
            $"its certificate ({certificate.Subject}) is valid only from {Day(certificate.NotBefore)}",
            "mend the clock of this machine, or give the entity another certificate");
    }

    private ProbeException? OfName(X509Certificate2 certificate, SslPolicyErrors errors)
    {
        if (!errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)) return null;
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(e => e.EnumerateDnsNames().Concat(e.EnumerateIPAddresses().Select(a =>
                a.ToString()))).ToArray();
        var told = names.Length > 0 ? string.Join(", ", names) : certificate.Subject;
        return new ProbeException(
            $"its certificate is for {told} and not for {name}",
                "give the entity another one, or set \"serverName\" to its name");
    }

    private static ProbeException? OfChain(X509Certificate2 certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (!errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors)) return null;
        var status = chain?.ChainStatus ?? [];
        var expired = chain?.ChainElements.Skip(1).FirstOrDefault(e =>
            e.ChainElementStatus.Any(s => s.Status == X509ChainStatusFlags.NotTimeValid));
        if (expired is not null)
        {
            return new ProbeException(
                $"the authority of its certificate ({expired.Certificate.Subject}) is not valid today",
                    "renew the authority");
        }

        const X509ChainStatusFlags Unknown = X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain
            | X509ChainStatusFlags.NotSignatureValid;
        if (status.Any(s => (s.Status & Unknown) != 0))
        {
            return new ProbeException(
                $"no trust anchor vouches for its certificate, which {certificate.Issuer} issued",
                "add that authority to \"trustAnchors\", and have the entity send its intermediate certificates");
        }

        var words = string.Join(", ", status.Select(s => s.StatusInformation.Trim().TrimEnd('.')));
        return new ProbeException($"its certificate is refused: {words}", "give the entity another one");
    }

    private static string Day(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd",
        CultureInfo.InvariantCulture);
}
