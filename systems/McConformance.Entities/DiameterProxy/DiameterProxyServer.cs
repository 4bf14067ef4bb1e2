using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Peers;

namespace McConformance.Entities.DiameterProxy;

/// <summary>
/// A further Diameter proxy on the way (TS 23.280 7.4.3.1.4): forwards every request by realm and host, and every answer back. What makes it
/// a proxy agent of RFC 6733 is its node's.
/// </summary>
public sealed class DiameterProxyServer : IDiameterUser, IAsyncDisposable
{
    /// <summary>Makes a proxy on a Diameter node of its own.</summary>
    public DiameterProxyServer(DiameterNodeOptions options) => Node = new DiameterNode(options, this);

    /// <summary>Its Diameter node.</summary>
    public DiameterNode Node { get; }

    /// <inheritdoc/>
    public void OnRequest(DiameterServerTransaction transaction) => transaction.Forward(null);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Node.DisposeAsync();
}
