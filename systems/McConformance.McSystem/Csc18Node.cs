using System.Net;
using McConformance.Wire.Diameter.Peers;
using McConformance.Wire.Identities;

namespace McConformance.McSystem;

/// <summary>A node on CSC-18, here or in another process: what it must be told to find its neighbours.</summary>
internal interface ICsc18Node
{
    /// <summary>Diameter identity.</summary>
    DiameterIdentity Host { get; }

    /// <summary>False where it opens no connection that it has not been configured by hand to open: its neighbours
    /// come to it.</summary>
    bool Initiates => true;

    /// <summary>Where it takes connections.</summary>
    IPEndPoint At(bool isProtected);

    /// <summary>A neighbour.</summary>
    void AddPeer(DiameterPeerOptions peer);

    /// <summary>A way to a realm.</summary>
    void AddRoute(DiameterRoute route);

    /// <summary>Completes when the connection is open.</summary>
    Task WhenConnectedAsync(DiameterIdentity host, CancellationToken cancellation);
}

/// <summary>One that runs here.</summary>
internal sealed class OwnCsc18Node(DiameterNode node) : ICsc18Node
{
    public DiameterIdentity Host => node.Host;

    public IPEndPoint At(bool isProtected) => isProtected ? node.ListeningProtectedAt : node.ListeningAt;

    public void AddPeer(DiameterPeerOptions peer) => node.AddPeer(peer);

    public void AddRoute(DiameterRoute route) => node.AddRoute(route);

    public Task WhenConnectedAsync(DiameterIdentity host, CancellationToken cancellation) => node.WhenConnectedAsync(host, cancellation);
}
