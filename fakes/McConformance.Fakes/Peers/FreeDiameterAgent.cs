using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace McConformance.Fakes.Peers;

/// <summary>freeDiameter as an agent between two migration management servers: it connects to both, and relays by realm and host.</summary>
public static class FreeDiameterAgent
{
    /// <summary>Its Diameter identity.</summary>
    public const string Host = "freediameter.transit.example";

    /// <summary>Starts it.</summary>
    /// <param name="peers">Host and address of each node to connect to.</param>
    /// <param name="folder">For its files.</param>
    public static PeerProcess Start(IEnumerable<(string Host, IPEndPoint At)> peers, string folder)
    {
        WriteCertificate(folder);
        var configuration = $"""
            Identity = "{Host}";
            Realm = "transit.example";
            Port = 0;
            SecPort = 0;
            No_SCTP;
            No_IPv6;
            ListenOn = "127.0.0.1";
            TLS_Cred = "{Path.Combine(folder, "fd.cert.pem")}", "{Path.Combine(folder, "fd.key.pem")}";
            TLS_CA = "{Path.Combine(folder, "fd.cert.pem")}";
            TLS_DH_Bits = 1024;
            TcTimer = 6;
            {string.Join("\n", peers.Select(p => $"ConnectPeer = \"{p.Host}\" {{ No_TLS; No_SCTP; ConnectTo = \"{p.At.Address}\"; Port = {p.At.Port}; }};"))}
            """;
        var file = Path.Combine(folder, "freediameter.conf");
        File.WriteAllText(file, configuration);
        return PeerProcess.Start("freeDiameterd", ["-c", file], folder);
    }

    /// <summary>It wants a certificate even where no connection uses one.</summary>
    private static void WriteCertificate(string folder)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={Host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(100));
        File.WriteAllText(Path.Combine(folder, "fd.cert.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "fd.key.pem"), key.ExportPkcs8PrivateKeyPem());
    }
}
