using System.Net;
using System.Text;
using McConformance.Wire;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transactions;
using McConformance.Wire.Sip.Transport;

namespace McConformance.Entities.SipCore;

/// <summary>Where a request goes next: the topmost Route value, else the Request-URI (RFC 3261 16.6 step 6 and 7).</summary>
internal static class TopRoute
{
    /// <summary>1300 octets, less what a proxy adds to a request.</summary>
    private const int DatagramOctetsMax = 1000;

    /// <summary>Whether the topmost Route names this endpoint.</summary>
    public static bool IsOwn(SipMessage request, SipEndpoint endpoint)
    {
        foreach (var value in request.Values(SipHeader.Route))
            return NameAddress.TryRead(value, out var route) && TryAddress(route.Uri, out var at) &&
                at.Address.Equals(endpoint.AddressOf(at.Carrier));
        return false;
    }

    /// <summary>User part of the topmost Route; empty where there is none. The nodes tell by it which way a request goes.</summary>
    public static ReadOnlySpan<byte> UserOf(SipMessage request)
    {
        foreach (var value in request.Values(SipHeader.Route))
            return NameAddress.TryRead(value, out var route) && SipUri.TryRead(route.Uri, out var uri) ? uri.User : default;
        return default;
    }

    /// <summary>The same address, over TCP where the request is so large (RFC 3261 18.1.1).</summary>
    public static SipDestination ForSize(this SipDestination to, int octets) =>
        octets > DatagramOctetsMax && to.Carrier == Carrier.Udp ? to with { Carrier = Carrier.Tcp } : to;

    /// <summary>Reads a numeric address from a SIP URI: names are not looked up here, the bundled nodes write addresses.</summary>
    public static bool TryAddress(ReadOnlySpan<byte> text, out SipDestination destination)
    {
        destination = default;
        if (!SipUri.TryRead(text, out var uri) || !IPAddress.TryParse(Encoding.ASCII.GetString(uri.Host), out var address)) return false;
        var isStream = uri.TryGetParameter("transport"u8, out var transport) && System.Text.Ascii.EqualsIgnoreCase(transport, "tcp"u8);
        destination = new SipDestination(isStream ? Carrier.Tcp : Carrier.Udp, new IPEndPoint(address, uri.Port == 0 ? 5060 : uri.Port));
        return true;
    }
}
