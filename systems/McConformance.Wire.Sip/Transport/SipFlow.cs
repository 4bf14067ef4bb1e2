using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace McConformance.Wire.Sip.Transport;

/// <summary>
/// One way to one peer: a carrier, two addresses and, for streams, one connection (RFC 5626 calls it so). What is sent
/// goes through the flow's <see cref="Outgoing"/> link, and leaves from <see cref="Emit"/>. Compared by reference.
/// </summary>
public sealed class SipFlow : IOctetSink
{
    private readonly LinkBook book;
    private readonly Party self;
    private readonly UdpSocket? udp;
    private readonly SocketAddress? address;
    private readonly SipConnection? stream;
    private Link? outgoing;
    private Link? incoming;
    private int placements = -1;
    private int failures;

    internal SipFlow(LinkBook book, Party self, UdpSocket udp, IPEndPoint remote)
        : this(book, self, Carrier.Udp, udp.Local, remote) => (this.udp, address) = (udp, remote.Serialize());

    internal SipFlow(
        LinkBook book, Party self, SipConnection stream, Carrier carrier, IPEndPoint local, IPEndPoint remote)
        : this(book, self, carrier, local, remote) => this.stream = stream;

    private SipFlow(LinkBook book, Party self, Carrier carrier, IPEndPoint local, IPEndPoint remote)
    {
        (this.book, this.self, Carrier, Local, Remote) = (book, self, carrier, local, remote);
        RemoteAddress = Encoding.ASCII.GetBytes(remote.Address.ToString());
        var isBracketed = remote.AddressFamily == AddressFamily.InterNetworkV6;
        RemoteHost = isBracketed ? [.. "["u8, .. RemoteAddress, .. "]"u8] : RemoteAddress;
    }

    /// <inheritdoc/>
    public Carrier Carrier { get; }

    /// <inheritdoc/>
    public IPEndPoint Local { get; }

    /// <inheritdoc/>
    public IPEndPoint Remote { get; }

    /// <summary>True for TCP and TLS: nothing is lost and nothing is sent again.</summary>
    public bool IsReliable => stream is not null;

    /// <summary>False once a connection is closed; always true for UDP.</summary>
    public bool IsOpen => stream?.IsOpen ?? true;

    /// <summary>True where the peer opened the connection.</summary>
    public bool IsAccepted => stream?.IsAccepted ?? false;

    /// <summary>The peer's certificate, where the flow is TLS, the handshake is over and the peer showed one.</summary>
    public X509Certificate2? PeerCertificate => stream?.PeerCertificate;

    /// <summary>Who sits at the other end.</summary>
    public Party Peer => Outgoing.To;

    /// <summary>The link to the peer.</summary>
    public Link Outgoing
    {
        get
        {
            Resolve();
            return outgoing!;
        }
    }

    /// <summary>The link from the peer.</summary>
    public Link Incoming
    {
        get
        {
            Resolve();
            return incoming!;
        }
    }

    /// <summary>The peer's address as text.</summary>
    internal byte[] RemoteAddress { get; }

    /// <summary>The same as the host of a sent-by: IPv6 in brackets.</summary>
    internal byte[] RemoteHost { get; }

    /// <summary>How many messages could not be let out so far.</summary>
    internal int Failures => Volatile.Read(ref failures);

    /// <summary>Records a message and lets it out, unless the link is disturbed.</summary>
    internal void Send(ReadOnlySpan<byte> octets) => Outgoing.Send(octets, this);

    /// <inheritdoc/>
    public void Emit(ReadOnlySpan<byte> octets)
    {
        if (stream is not null ? stream.Write(octets) : udp!.Send(octets, address!)) return;
        Interlocked.Increment(ref failures);
        Outgoing.Dropped();
    }

    /// <summary>Breaks a connection at once, as a cut cable looks in the end; does nothing for UDP.</summary>
    public void Sever() => stream?.Break();

    /// <summary>Asks the peer for a sign of life by the double CRLF of RFC 5626 3.5.1; does nothing for UDP.</summary>
    public void Ping() => stream?.Write("\r\n\r\n"u8, isMessage: false);

    /// <inheritdoc/>
    public override string ToString() => $"{Carrier.ToString().ToLowerInvariant()} {Local} - {Remote}";

    // a party may take its place at the address after the flow was made: a new port, or a test that comes late
    private void Resolve()
    {
        var now = book.Placements;
        if (now == placements) return;
        var peer = book.At(WireProtocol.Sip, Carrier, Remote, self);
        outgoing = book.Between(self, peer, WireProtocol.Sip);
        incoming = book.Between(peer, self, WireProtocol.Sip);
        placements = now;
    }
}
