using System.Buffers;
using System.Net;
using System.Net.Sockets;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Transport;

namespace McConformance.Wire.Sip.Transport;

/// <summary>Where a request goes.</summary>
/// <param name="Carrier">UDP, TCP or TLS.</param>
/// <param name="Address">The next hop.</param>
public readonly record struct SipDestination(Carrier Carrier, IPEndPoint Address);

/// <summary>The way to one peer: a remote address over UDP, or a connection. The same object for as long as the way is the same.</summary>
public abstract class SipFlow
{
    /// <summary>What carries it.</summary>
    public abstract Carrier Carrier { get; }

    /// <summary>Own address.</summary>
    public abstract IPEndPoint Local { get; }

    /// <summary>The peer's address.</summary>
    public abstract IPEndPoint Remote { get; }

    /// <summary>True where the carrier delivers or breaks, and nothing is sent again (RFC 3261 17).</summary>
    public bool IsReliable => Carrier != Carrier.Udp;

    internal abstract void Send(ReadOnlySpan<byte> octets);
}

/// <summary>A remote address over UDP.</summary>
internal sealed class UdpFlow(Socket socket, IPEndPoint local, IPEndPoint remote, SocketAddress address, Link outgoing, Link incoming) : SipFlow, IOctetSink
{
    public override Carrier Carrier => Carrier.Udp;

    public override IPEndPoint Local => local;

    public override IPEndPoint Remote => remote;

    public Link Incoming => incoming;

    public void Emit(ReadOnlySpan<byte> octets)
    {
        try
        {
            socket.SendTo(octets, SocketFlags.None, address);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // a datagram that cannot leave is a lost datagram: the transaction's timers deal with it
        }
    }

    public void Sever()
    {
    }

    internal override void Send(ReadOnlySpan<byte> octets) => outgoing.Send(octets, this);
}

/// <summary>What a stream tells the endpoint.</summary>
internal interface IStreamOwner
{
    void OnMessage(SipFlow flow, SipMessage message);

    /// <summary>The framing is lost: answer what can be answered, the connection ends after this.</summary>
    void OnBadFraming(SipFlow flow, ReadOnlyMemory<byte> octets, int status);

    void OnClosed(StreamFlow flow);
}

/// <summary>A connection over TCP or TLS, maybe still being opened: what is sent before is kept and goes out first.</summary>
internal sealed class StreamFlow(Carrier carrier, IPEndPoint remote, IStreamOwner owner, SipStreamLimits limits) : SipFlow
{
    private readonly Lock gate = new();
    private readonly List<byte[]> early = [];
    private SipConnection? connection;
    private bool isClosed;

    public override Carrier Carrier => carrier;

    public override IPEndPoint Local => connection?.Local ?? new IPEndPoint(IPAddress.Any, 0);

    public override IPEndPoint Remote => remote;

    public SipConnection Open(Socket socket, Stream stream, Link outgoing, Link incoming)
    {
        var opened = new SipConnection(socket, stream, this, owner, limits) { Outgoing = outgoing, Incoming = incoming };
        lock (gate)
        {
            connection = opened;
            foreach (var octets in early) opened.Send(octets);
            early.Clear();
            if (isClosed) opened.Close();
        }

        return opened;
    }

    /// <summary>Whether a message began to come longer ago than it may take.</summary>
    public bool IsStalled(TimeSpan after, TimeProvider clock) =>
        connection is { IncompleteSince: > 0 and var since } && clock.GetElapsedTime(since) >= after;

    public void Close()
    {
        SipConnection? open;
        lock (gate)
        {
            if (isClosed) return;
            isClosed = true;
            open = connection;
        }

        open?.Close();
        owner.OnClosed(this);
    }

    internal override void Send(ReadOnlySpan<byte> octets)
    {
        lock (gate)
        {
            if (connection is null && !isClosed) early.Add(octets.ToArray());
            else connection?.Send(octets);
        }
    }
}

/// <summary>How much a stream may ask of this end.</summary>
/// <param name="MessageOctetsMax">Longest message taken.</param>
internal sealed record SipStreamLimits(int MessageOctetsMax);

/// <summary>A SIP connection: messages are told apart by Content-Length (RFC 3261 18.3), keep-alives answered (RFC 5626 4.4.1).</summary>
internal sealed class SipConnection(Socket socket, Stream stream, StreamFlow flow, IStreamOwner owner, SipStreamLimits limits)
    : StreamConnection(socket, stream)
{
    private readonly SipMessage message = new();
    private byte[] joined = [];

    /// <summary>When the message that is still incomplete began to come; 0 where none is.</summary>
    public long IncompleteSince { get; private set; }

    protected override bool Take(ref ReadOnlySequence<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            if (!SkipKeepAlive(ref buffer)) return true;
            if (buffer.IsEmpty) break;
            var octets = Join(buffer);
            var status = message.TryIndex(octets, stream: true, out var consumed);
            if (status == OperationStatus.NeedMoreData)
            {
                if (octets.Length <= limits.MessageOctetsMax)
                {
                    if (IncompleteSince == 0) IncompleteSince = Outgoing?.Time.GetTimestamp() ?? 0;
                    return true;
                }

                owner.OnBadFraming(flow, octets, 513);
                return false;
            }

            if (status != OperationStatus.Done || consumed > limits.MessageOctetsMax || message.StatedLength < 0)
            {
                owner.OnBadFraming(flow, octets, consumed > limits.MessageOctetsMax ? 513 : 400);
                return false;
            }

            IncompleteSince = 0;
            if (Incoming is not { } link || link.Arrived(message.Span, this)) owner.OnMessage(flow, message);
            buffer = buffer.Slice(consumed);
        }

        IncompleteSince = 0;
        return true;
    }

    protected override void OnClosed() => flow.Close();

    /// <summary>CRLFs before a message are skipped; two of them ask for one back. False where a lone CR waits for its LF.</summary>
    private bool SkipKeepAlive(ref ReadOnlySequence<byte> buffer)
    {
        var ends = 0;
        while (!buffer.IsEmpty && buffer.FirstSpan[0] is (byte)'\r' or (byte)'\n')
        {
            if (buffer.FirstSpan[0] == '\r' && buffer.Length < 2) return false;
            buffer = buffer.Slice(buffer.FirstSpan[0] == '\r' ? 2 : 1);
            if (++ends == 2) Emit("\r\n"u8);
        }

        return true;
    }

    private ReadOnlyMemory<byte> Join(in ReadOnlySequence<byte> buffer)
    {
        if (buffer.IsSingleSegment) return buffer.First;
        if (joined.Length < buffer.Length) joined = new byte[Math.Max(16 * 1024, buffer.Length * 2)];
        buffer.CopyTo(joined);
        return joined.AsMemory(0, (int)buffer.Length);
    }
}
