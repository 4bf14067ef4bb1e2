using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;
using McConformance.Wire.Diameter.Transport;
using McConformance.Wire.Identities;

namespace McConformance.Wire.Diameter.Peers;

/// <summary>Who may connect, and what two peers have in common (RFC 6733 5.3).</summary>
internal static class Capability
{
    /// <summary>Stands for a refusal that tells the other end nothing.</summary>
    public const uint NoAnswer = 0;

    /// <summary>Judges a CER: result code for the CEA and text for Error-Message.</summary>
    public static (uint Code, string? Text) Judge(DiameterMessage request, DiameterNode node,
        DiameterConnection connection)
    {
        if (request.Version != 1) return (Rfc6733.DIAMETER_UNSUPPORTED_VERSION, null);
        if (request.ReadableTo() < request.Length) return (Rfc6733.DIAMETER_INVALID_AVP_LENGTH, null);
        if (!request.TryFind(Rfc6733.OriginHostCode, 0, out var origin) || origin.Data.IsEmpty)
            return (Rfc6733.DIAMETER_MISSING_AVP, "Origin-Host");
        var host = new DiameterIdentity(origin.Text);
        var peer = node.Connections.Find(host);
        if (peer is null && !node.Options.AcceptsUnknownPeers)
            return (Rfc6733.DIAMETER_UNKNOWN_PEER, $"{host} is not configured");
        if (peer is { Options.IsProtected: true } && connection.Carrier != Carrier.Tls)
            return (Rfc6733.DIAMETER_NO_COMMON_SECURITY, "TLS is required");
        if (!IsProven(peer?.Options.CertificateName ?? host.Value, connection)) return (NoAnswer, null);
        return HasCommonApplication(request, node.Options.Applications)
            ? (Rfc6733.DIAMETER_SUCCESS, null)
            : (Rfc6733.DIAMETER_NO_COMMON_APPLICATION, null);
    }

    /// <summary>A relay has every application in common with everybody (RFC 6733 2.4).</summary>
    public static bool HasCommonApplication(DiameterMessage message, IReadOnlyList<uint> own)
    {
        if (own.Contains(Rfc6733.RelayApplication)) return true;
        foreach (var avp in message.Avps)
        {
            if (avp.Vendor != 0) continue;
            if (avp.Code is Rfc6733.AuthApplicationIdCode or Rfc6733.AcctApplicationIdCode &&
                Matches(avp.Uint32, own)) return true;
            if (avp.Code == Rfc6733.VendorSpecificApplicationIdCode &&
                avp.TryFind(Rfc6733.AuthApplicationIdCode, 0, out var inner) && Matches(inner.Uint32, own)) return true;
        }

        return false;
    }

    private static bool Matches(uint application, IReadOnlyList<uint> own) =>
        application == Rfc6733.RelayApplication || own.Contains(application);

    /// <summary>RFC 6733 13.1: who comes with a certificate must be who it names.</summary>
    private static bool IsProven(string name, DiameterConnection connection) =>
        connection.Carrier != Carrier.Tls ||
            (connection.PeerCertificate is { } certificate && certificate.MatchesHostname(name));
}
