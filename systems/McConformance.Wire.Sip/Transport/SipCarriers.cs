using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transactions;
using McConformance.Wire.Transport;

namespace McConformance.Wire.Sip.Transport;

/// <summary>The carriers of one endpoint: one UDP socket, and connections over TCP and TLS (RFC 3261 18).</summary>
internal sealed class SipCarriers(SipEndpointOptions options, SipEndpoint endpoint) : IStreamOwner, IAsyncDisposable
{
    /// <summary>How many remote UDP addresses are remembered before all are forgotten; a flood of addresses costs no memory.</summary>
    private const int FlowsMax = 65_536;
    private readonly Dictionary<SocketAddress, UdpFlow> byAddress = [];
    private readonly Dictionary<IPEndPoint, UdpFlow> byEndPoint = [];
    private readonly ConcurrentDictionary<(Carrier, IPEndPoint), StreamFlow> streams = new();
    private readonly SipStreamLimits limits = new(options.StreamMessageOctetsMax);
    private readonly CancellationTokenSource stopping = new();
    private readonly List<Socket> listeners = [];
    private readonly Dictionary<Carrier, IPEndPoint> own = [];
    private readonly Dictionary<Carrier, byte[]> sentBy = [];
    private Socket udp = null!;
    private ITimer? sweep;

    public IPEndPoint AddressOf(Carrier carrier) => own.TryGetValue(carrier, out var at)
        ? at
        : throw new InvalidOperationException($"{options.Self} offers no {carrier}, or has not started");

    public ReadOnlySpan<byte> SentBy(Carrier carrier) => sentBy.TryGetValue(carrier, out var octets) ? octets : sentBy[Carrier.Udp];

    public void Start()
    {
        udp = new Socket(options.Address.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 4 << 20 };
        udp.Bind(new IPEndPoint(options.Address, options.UdpPort));
        Place(Carrier.Udp, (IPEndPoint)udp.LocalEndPoint!);
        if (options.TcpPort is { } tcp) Listen(Carrier.Tcp, tcp, null);
        if (options.TlsPort is { } tls) Listen(Carrier.Tls, tls, options.TlsServer);
        _ = ReceiveAsync();
        if (listeners.Count == 0) return;
        var period = options.StreamMessageTime / 2;
        sweep = options.Wheel.Clock.CreateTimer(_ => CloseStalled(), null, period, period);
    }

    public SipFlow FlowTo(in SipDestination to)
    {
        if (to.Carrier != Carrier.Udp) return StreamTo(to);
        if (byEndPoint.TryGetValue(to.Address, out var flow)) return flow;
        return Remember(to.Address.Serialize(), to.Address);
    }

    /// <summary>RFC 3261 18.2.2, RFC 3581 4: back on the connection, or to where the datagram came from; without rport to the port in the Via.</summary>
    public SipFlow ResponseFlow(SipFlow flow, in ViaValue via)
    {
        if (flow.IsReliable || via.TryGetParameter("rport"u8, out _)) return flow;
        var port = via.Port == 0 ? 5060 : via.Port;
        return port == flow.Remote.Port ? flow : FlowTo(new SipDestination(Carrier.Udp, new IPEndPoint(flow.Remote.Address, port)));
    }

    public void OnMessage(SipFlow flow, SipMessage message)
    {
        lock (options.Gate) endpoint.OnMessage(flow, message);
    }

    public void OnBadFraming(SipFlow flow, ReadOnlyMemory<byte> octets, int status)
    {
        var message = new SipMessage();
        if (message.TryIndex(octets, stream: false, out _) != System.Buffers.OperationStatus.Done) return;
        lock (options.Gate) endpoint.Refuse(flow, message, status);
    }

    public void OnClosed(StreamFlow flow)
    {
        streams.TryRemove(new KeyValuePair<(Carrier, IPEndPoint), StreamFlow>((flow.Carrier, flow.Remote), flow));
        lock (options.Gate) endpoint.OnBroken(flow);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        sweep?.Dispose();
        foreach (var listener in listeners) listener.Dispose();
        foreach (var flow in streams.Values) flow.Close();
        udp?.Dispose();
    }

    private void Place(Carrier carrier, IPEndPoint at)
    {
        own[carrier] = at;
        sentBy[carrier] = Encoding.ASCII.GetBytes(at.ToString());
        options.Links.Place(options.Self, WireProtocol.Sip, carrier, at);
    }

    private UdpFlow Remember(SocketAddress address, IPEndPoint remote)
    {
        if (byAddress.Count >= FlowsMax)
        {
            byAddress.Clear();
            byEndPoint.Clear();
        }

        var copy = new SocketAddress(address.Family, address.Size);
        address.Buffer.Span[..address.Size].CopyTo(copy.Buffer.Span);
        var party = options.Links.At(WireProtocol.Sip, Carrier.Udp, remote);
        var flow = new UdpFlow(
            udp, own[Carrier.Udp], remote, copy,
            options.Links.Between(options.Self, party, WireProtocol.Sip), options.Links.Between(party, options.Self, WireProtocol.Sip));
        byAddress[copy] = flow;
        byEndPoint[remote] = flow;
        return flow;
    }

    private async Task ReceiveAsync()
    {
        var buffer = GC.AllocateUninitializedArray<byte>(65_536, pinned: true).AsMemory();
        var from = new SocketAddress(options.Address.AddressFamily);
        var message = new SipMessage();
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var length = await udp.ReceiveFromAsync(buffer, SocketFlags.None, from, stopping.Token).ConfigureAwait(false);
                if (length > 4) Take(buffer[..length], from, message);
            }
            catch (SocketException)
            {
                // an ICMP error of an earlier datagram: not this socket's end
            }
            catch (Exception e) when (e is ObjectDisposedException or OperationCanceledException)
            {
                return;
            }
            catch (Exception defect)
            {
                endpoint.Report(defect);
            }
        }
    }

    private void Take(ReadOnlyMemory<byte> octets, SocketAddress from, SipMessage message)
    {
        lock (options.Gate)
        {
            if (!byAddress.TryGetValue(from, out var flow))
                flow = Remember(from, (IPEndPoint)new IPEndPoint(IPAddress.Any, 0).Create(from));
            if (!flow.Incoming.Arrived(octets.Span, flow)) return;
            if (message.TryIndex(octets, stream: false, out _) == System.Buffers.OperationStatus.Done) endpoint.OnMessage(flow, message);
        }
    }

    private StreamFlow StreamTo(in SipDestination to)
    {
        if (streams.TryGetValue((to.Carrier, to.Address), out var flow)) return flow;
        flow = new StreamFlow(to.Carrier, to.Address, this, limits);
        streams[(to.Carrier, to.Address)] = flow;
        _ = ConnectAsync(flow, to);
        return flow;
    }

    private async Task ConnectAsync(StreamFlow flow, SipDestination to)
    {
        try
        {
            var tls = to.Carrier == Carrier.Tls ? options.TlsClient ?? new SslClientAuthenticationOptions { TargetHost = to.Address.Address.ToString() } : null;
            var (socket, stream) = await StreamConnector.ConnectAsync(options.Links, options.Self, WireProtocol.Sip, to.Address, tls, stopping.Token).ConfigureAwait(false);
            await Serve(flow, socket, stream, options.Links.At(WireProtocol.Sip, to.Carrier, to.Address)).ConfigureAwait(false);
        }
        catch (Exception e) when (StreamConnection.IsOfTheNetwork(e))
        {
            flow.Close();
        }
    }

    private void Listen(Carrier carrier, int port, SslServerAuthenticationOptions? tls)
    {
        var listener = StreamConnector.Listen(new IPEndPoint(options.Address, port));
        listeners.Add(listener);
        Place(carrier, (IPEndPoint)listener.LocalEndPoint!);
        _ = AcceptAsync(listener, carrier, tls);
    }

    private async Task AcceptAsync(Socket listener, Carrier carrier, SslServerAuthenticationOptions? tls)
    {
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                var socket = await listener.AcceptAsync(stopping.Token).ConfigureAwait(false);
                if (streams.Count < options.ConnectionsMax) _ = WelcomeAsync(socket, carrier, tls);
                else socket.Dispose();
            }
        }
        catch (Exception e) when (StreamConnection.IsOfTheNetwork(e))
        {
            // stopped listening
        }
    }

    private async Task WelcomeAsync(Socket socket, Carrier carrier, SslServerAuthenticationOptions? tls)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        limit.CancelAfter(options.StreamMessageTime);
        try
        {
            var stream = await StreamConnector.SecureAsync(socket, tls, limit.Token).ConfigureAwait(false);
            var remote = (IPEndPoint)socket.RemoteEndPoint!;
            var flow = new StreamFlow(carrier, remote, this, limits);
            streams[(carrier, remote)] = flow;
            await Serve(flow, socket, stream, options.Links.At(WireProtocol.Sip, carrier, remote)).ConfigureAwait(false);
        }
        catch (Exception e) when (StreamConnection.IsOfTheNetwork(e))
        {
            socket.Dispose();
        }
    }

    private Task Serve(StreamFlow flow, Socket socket, Stream stream, Party party) => flow.Open(
        socket, stream, options.Links.Between(options.Self, party, WireProtocol.Sip), options.Links.Between(party, options.Self, WireProtocol.Sip)).ReadAsync();

    /// <summary>A peer that begins a message and does not end it holds a connection for nothing.</summary>
    private void CloseStalled()
    {
        foreach (var flow in streams.Values)
            if (flow.IsStalled(options.StreamMessageTime, options.Wheel.Clock)) flow.Close();
    }
}
