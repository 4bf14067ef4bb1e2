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

    /// <summary>Judges a CER: what the CEA has to tell.</summary>
    public static CapabilityRefusal Judge(DiameterMessage request, DiameterNode node, DiameterConnection connection)
    {
        if (request.Version != 1) return new CapabilityRefusal(Rfc6733.DIAMETER_UNSUPPORTED_VERSION);
        if (RequestCheck.Unreadable(request) is { } unreadable) return CapabilityRefusal.Of(unreadable);
        if (DiameterValidator.Check(request.Span) is { IsNone: false } fault) return CapabilityRefusal.Of(fault);
        request.TryFind(Rfc6733.OriginHostCode, 0, out var origin);
        var (code, text) = JudgePeer(request, new DiameterIdentity(origin.Text), node, connection);
        return new CapabilityRefusal(code, text);
    }

    private static (uint Code, string? Text) JudgePeer(
        DiameterMessage request, DiameterIdentity host, DiameterNode node, DiameterConnection connection)
    {
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

/// <summary>What a CEA tells; a success where nothing is wrong.</summary>
/// <param name="Code">Result-Code.</param>
/// <param name="Text">Error-Message, or null.</param>
/// <param name="Fault">What Failed-AVP names, or null.</param>
internal readonly record struct CapabilityRefusal(uint Code, string? Text = null, DiameterFault? Fault = null)
{
    public static CapabilityRefusal Of(DiameterFault fault) => new(fault.ResultCode, null, fault);
}
