using System.Net;
using System.Net.Security;
using McConformance.Wire;

namespace McConformance.Fakes.Relays;

/// <summary>
/// One link between two entities that somebody else runs, which their makers lead through the harness: so it can be
/// seen and
/// disturbed like any other. The relay is a wire, not an entity: it changes no octet, adds no Via and no Route-Record.
/// </summary>
public sealed record RelayOptions
{
    /// <summary>Where the recording is, and the links to disturb.</summary>
    public required LinkBook Links { get; init; }

    /// <summary>Who connects, or sends first; with system and kind, so that the link gets its reference
    /// point.</summary>
    public required Party Client { get; init; }

    /// <summary>Who listens.</summary>
    public required Party Server { get; init; }

    /// <summary>What tells messages apart.</summary>
    public required WireProtocol Protocol { get; init; }

    /// <summary>Where the server really listens.</summary>
    public required IPEndPoint Target { get; init; }

    /// <summary>Where the relay listens in its place; port 0 lets the system choose.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>TLS towards the client, with a certificate of the harness that names the server; null for plain
    /// text.</summary>
    public SslServerAuthenticationOptions? TlsToClient { get; init; }

    /// <summary>TLS towards the server, with a certificate of the harness that names the client; null for plain
    /// text.</summary>
    public SslClientAuthenticationOptions? TlsToServer { get; init; }

    /// <summary>How long a connection to the server may take to come about. More than 0.</summary>
    public TimeSpan ConnectTime { get; init; } = TimeSpan.FromSeconds(10);

    internal Link FromClient => Links.Between(Client, Server, Protocol);

    internal Link FromServer => Links.Between(Server, Client, Protocol);
}
