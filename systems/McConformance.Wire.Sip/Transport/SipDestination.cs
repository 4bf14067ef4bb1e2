using System.Net;

namespace McConformance.Wire.Sip.Transport;

/// <summary>Where a message goes.</summary>
/// <param name="Carrier">UDP, TCP or TLS.</param>
/// <param name="Address">Address and port of the peer.</param>
/// <param name="Flow">A flow to use again (RFC 5626, Path of a registration), or null. Once it is closed, streams are
/// opened anew to <paramref name="Address"/>.</param>
public readonly record struct SipDestination(Carrier Carrier, IPEndPoint Address, SipFlow? Flow = null)
{
    /// <summary>Back on the flow that something came by.</summary>
    public static SipDestination By(SipFlow flow) => new(flow.Carrier, flow.Remote, flow);

    /// <inheritdoc/>
    public override string ToString() => $"{Carrier.ToString().ToLowerInvariant()}:{Address}";
}
