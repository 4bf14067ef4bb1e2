using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;

namespace McConformance.Wire.Diameter.Peers;

/// <summary>What two peers have in common (RFC 6733 5.3).</summary>
internal static class CapabilitiesCheck
{
    public static bool HasCommonApplication(DiameterMessage message, IReadOnlyList<uint> own)
    {
        if (own.Contains(Rfc6733.RelayApplication)) return true;
        foreach (var avp in message.Avps)
        {
            if (avp.Vendor != 0) continue;
            if (avp.Code == Rfc6733.AuthApplicationIdCode && Matches(avp.Uint32, own)) return true;
            if (avp.Code == Rfc6733.VendorSpecificApplicationIdCode &&
                avp.TryFind(Rfc6733.AuthApplicationIdCode, 0, out var inner) && Matches(inner.Uint32, own)) return true;
        }

        return false;
    }

    private static bool Matches(uint application, IReadOnlyList<uint> own) => application == Rfc6733.RelayApplication || own.Contains(application);
}
