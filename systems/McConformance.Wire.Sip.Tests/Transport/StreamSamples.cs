using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using McConformance.Wire.Sip.Transactions;

namespace McConformance.Wire.Sip.Tests.Transport;

/// <summary>Nodes that listen on streams, and a message as a bare peer writes it.</summary>
internal static class StreamSamples
{
    private static readonly X509Certificate2 Certificate = MakeCertificate();

    public static SipEndpointOptions Streams(SipEndpointOptions options) => options with
    {
        TcpPort = 0,
        TlsPort = 0,
        TlsServer = new SslServerAuthenticationOptions { ServerCertificate = Certificate },
        TlsClient = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true },
    };

    public static string Message(string callId, string body = "") =>
        "REGISTER sip:partner.example SIP/2.0\r\n" +
        $"Via: SIP/2.0/TCP ue.example;branch=z9hG4bK{callId}\r\n" +
        "From: <sip:a@partner.example>;tag=1\r\nTo: <sip:a@partner.example>\r\n" +
        $"Call-ID: {callId}\r\nCSeq: 1 REGISTER\r\nMax-Forwards: 70\r\nContent-Length: {body.Length}\r\n\r\n{body}";

    public static int FreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var now = DateTimeOffset.Parse("2020-01-01T00:00:00Z");
        using var made = request.CreateSelfSigned(now, now.AddYears(50));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
