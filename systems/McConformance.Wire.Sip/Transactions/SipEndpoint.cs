using System.Buffers.Text;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Text;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transport;
using McConformance.Wire.Time;

namespace McConformance.Wire.Sip.Transactions;

/// <summary>What a SIP endpoint is configured with.</summary>
public sealed record SipEndpointOptions
{
    /// <summary>The endpoint as links see it.</summary>
    public required Party Self { get; init; }

    /// <summary>Address book and links.</summary>
    public required LinkBook Links { get; init; }

    /// <summary>Timers.</summary>
    public required TimerWheel Wheel { get; init; }

    /// <summary>Held during every callback; shared by all of one entity.</summary>
    public required Lock Gate { get; init; }

    /// <summary>Own address.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>UDP port; 0 lets the system choose.</summary>
    public int UdpPort { get; init; }

    /// <summary>TCP port; 0 lets the system choose, null for none.</summary>
    public int? TcpPort { get; init; }

    /// <summary>TLS port; 0 lets the system choose, null for none.</summary>
    public int? TlsPort { get; init; }

    /// <summary>How TLS connections are accepted.</summary>
    public SslServerAuthenticationOptions? TlsServer { get; init; }

    /// <summary>How TLS connections are opened.</summary>
    public SslClientAuthenticationOptions? TlsClient { get; init; }

    /// <summary>Timer values.</summary>
    public SipTimers Timers { get; init; } = new();

    /// <summary>Longest message on a stream; a longer one is answered 513 and closes the connection.</summary>
    public int StreamMessageOctetsMax { get; init; } = 1 << 20;

    /// <summary>How long a message on a stream may take to come whole.</summary>
    public TimeSpan StreamMessageTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Most connections at a time.</summary>
    public int ConnectionsMax { get; init; } = 1024;
}

/// <summary>
/// A SIP endpoint: carriers and transactions (RFC 3261 17 and 18). What requests mean is its user's business. Callbacks run with the gate held, one
/// at a time.
/// </summary>
public sealed class SipEndpoint : IAsyncDisposable
{
    private const int IdleMax = 256;
    private readonly SipEndpointOptions options;
    private readonly ISipUser user;
    private readonly SipCarriers carriers;
    private readonly Dictionary<ulong, SipClientTransaction> clients = [];
    private readonly Dictionary<ulong, SipServerTransaction> servers = [];
    private readonly Stack<SipMessage> idleMessages = new();
    private readonly List<SipMessage> returned = [];
    private readonly byte[] branchHead = Encoding.ASCII.GetBytes("z9hG4bK" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6)));
    private uint branches;

    /// <summary>Makes an endpoint; nothing is bound yet.</summary>
    public SipEndpoint(SipEndpointOptions options, ISipUser user)
    {
        this.options = options;
        this.user = user;
        carriers = new SipCarriers(options, this);
    }

    /// <summary>A defect in a user's callback: reported here, and answered with 500.</summary>
    public event Action<Exception>? Faults;

    /// <summary>How many transactions are not over.</summary>
    public int OpenTransactions
    {
        get { lock (Gate) return clients.Count + servers.Count; }
    }

    internal Lock Gate => options.Gate;

    internal TimerWheel Wheel => options.Wheel;

    internal SipTimers Timers => options.Timers;

    /// <summary>Binds its sockets.</summary>
    public void Start() => carriers.Start();

    /// <summary>Own address on a carrier.</summary>
    public IPEndPoint AddressOf(Carrier carrier) => carriers.AddressOf(carrier);

    /// <summary>Starts a request: the request line, and the own Via with a branch that is like no other.</summary>
    public SipDraft NewRequest(SipMethod method, ReadOnlySpan<byte> requestUri, in SipDestination to) =>
        NewRequest(SipMethods.NameOf(method), requestUri, to);

    /// <summary>The same for any method.</summary>
    public SipDraft NewRequest(ReadOnlySpan<byte> method, ReadOnlySpan<byte> requestUri, in SipDestination to)
    {
        var draft = SipDraft.Rent().Request(method, requestUri).Line(SipHeader.Via);
        draft.Put(to.Carrier switch { Carrier.Udp => "SIP/2.0/UDP "u8, Carrier.Tcp => "SIP/2.0/TCP "u8, _ => "SIP/2.0/TLS "u8 });
        return draft.Put(carriers.SentBy(to.Carrier)).Put(";rport;branch="u8).Put(branchHead).Put(Interlocked.Increment(ref branches));
    }

    /// <summary>Sends a request and watches over it; the draft is the endpoint's from now on. The user may be called back before this returns.</summary>
    public SipClientTransaction SendRequest(SipDraft request, in SipDestination to, ISipClientUser client, object? state)
    {
        lock (Gate)
        {
            var (method, branch) = TopOf(request.Written);
            SipClientTransaction transaction = method == SipMethod.Invite ? new InviteClient(this) : new NonInviteClient(this);
            var key = KeyOf(branch, method);
            clients[key] = transaction;
            transaction.Begin(request, carriers.FlowTo(to), key, branch.ToArray(), client, state);
            return transaction;
        }
    }

    /// <summary>Sends without a transaction: an ACK to a 2xx. The draft is the endpoint's from now on.</summary>
    public void SendStateless(SipDraft message, in SipDestination to)
    {
        lock (Gate) carriers.FlowTo(to).Send(message.Written);
        SipDraft.Return(message);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        lock (Gate)
        {
            foreach (var client in clients.Values) Wheel.Cancel(client);
            foreach (var server in servers.Values) Wheel.Cancel(server);
            clients.Clear();
            servers.Clear();
        }

        await carriers.DisposeAsync().ConfigureAwait(false);
    }

    internal static int StatusOf(ReadOnlySpan<byte> response) =>
        Utf8Parser.TryParse(response.Slice(8, 3), out int status, out _) ? status : 500;

    /// <summary>A message that came whole. Called by the carriers with the gate held.</summary>
    internal void OnMessage(SipFlow flow, SipMessage message)
    {
        try
        {
            foreach (var idle in returned)
                if (idleMessages.Count < IdleMax) idleMessages.Push(idle);
            returned.Clear();
            if (message.IsRequest) OnRequest(flow, message);
            else OnResponse(flow, message);
        }
        catch (Exception fault)
        {
            Report(fault);
        }
    }

    internal void Report(Exception fault)
    {
        Faults?.Invoke(fault);
    }

    internal void OnBroken(SipFlow flow)
    {
        foreach (var client in clients.Values.Where(c => c.Flow == flow).ToArray()) client.OnBroken();
    }

    internal void Forget(SipClientTransaction transaction)
    {
        if (clients.TryGetValue(transaction.Key, out var found) && found == transaction) clients.Remove(transaction.Key);
    }

    internal void Forget(SipServerTransaction transaction)
    {
        if (servers.TryGetValue(transaction.Key, out var found) && found == transaction) servers.Remove(transaction.Key);
    }

    internal SipMessage RentMessage() => idleMessages.TryPop(out var idle) ? idle : new SipMessage();

    /// <summary>Takes a request back when the callback that answered it is over: it may still be looking at it.</summary>
    internal void ReturnLater(SipMessage message) => returned.Add(message);

    /// <summary>ACK to a final response other than 2xx (RFC 3261 17.1.1.3).</summary>
    internal SipDraft NewAcknowledgement(ReadOnlyMemory<byte> invite, SipMessage response)
    {
        var request = new SipMessage();
        request.TryIndex(invite, stream: false, out _);
        var draft = SipDraft.Rent().Request(SipMethod.Ack, request.RequestUri);
        for (var i = 0; i < request.HeaderCount; i++)
        {
            if (request.IdAt(i) != SipHeader.Via) continue;
            draft.CopyLine(request, i);
            break;
        }

        draft.CopyLines(request, SipHeader.From).CopyLines(response, SipHeader.To).CopyLines(request, SipHeader.CallId).CopyLines(request, SipHeader.Route);
        var number = request.TryGet(SipHeader.CSeq, out var value) && CSeqValue.TryRead(value, out var cseq) ? cseq.Number : 0;
        return draft.Line(SipHeader.CSeq).Put(number).Put(" ACK"u8).Line(SipHeader.MaxForwards).Put(70).Finish();
    }

    private void OnRequest(SipFlow flow, SipMessage message)
    {
        if (!RequestSanity.IsSound(message, out var status) || !message.TryGet(SipHeader.Via, out var line) ||
            !ViaValue.TryRead(line[..SipValues.EndOfValue(line)], out var via))
        {
            Refuse(flow, message, status);
            return;
        }

        var method = message.Method == SipMethod.Ack ? SipMethod.Invite : message.Method;
        var key = KeyOf(via.Branch, method) ^ KeyOf(via.Host, (SipMethod)(byte)via.Port);
        if (servers.TryGetValue(key, out var known) && via.Branch.SequenceEqual(known.Branch))
        {
            if (message.Method == SipMethod.Ack) known.OnAck();
            else known.OnRetransmission();
            return;
        }

        if (message.Method == SipMethod.Ack)
        {
            user.OnAck(message, flow);
            return;
        }

        SipServerTransaction transaction = message.Method == SipMethod.Invite ? new InviteServer(this) : new NonInviteServer(this);
        servers[key] = transaction;
        transaction.Begin(message, flow, carriers.ResponseFlow(flow, via), key, via.Branch.ToArray());
        Handle(transaction);
    }

    /// <summary>A defect of the user must cost one request, not the endpoint.</summary>
    private void Handle(SipServerTransaction transaction)
    {
        try
        {
            user.OnRequest(transaction);
        }
        catch (Exception fault)
        {
            Report(fault);
            if (!transaction.IsAnswered) transaction.Respond(transaction.NewResponse(500, "Server Internal Error"u8).Finish());
        }
    }

    private void OnResponse(SipFlow flow, SipMessage message)
    {
        if (!message.TryGet(SipHeader.Via, out var line) || !ViaValue.TryRead(line[..SipValues.EndOfValue(line)], out var via)) return;
        if (clients.TryGetValue(KeyOf(via.Branch, message.Method), out var client) && via.Branch.SequenceEqual(client.Branch)) client.OnResponse(message);
        else user.OnStrayResponse(message, flow);
    }

    /// <summary>A request that cannot become a transaction: answered where there is a way back, else dropped (RFC 3261 8.2.1, 18.3).</summary>
    internal void Refuse(SipFlow flow, SipMessage message, int status)
    {
        if (!message.IsRequest || message.Method == SipMethod.Ack || message.Count(SipHeader.Via) == 0 || message.Count(SipHeader.From) == 0) return;
        var draft = SipDraft.Rent().Response(status, RequestSanity.ReasonOf(status));
        draft.CopyLines(message, SipHeader.Via).CopyLines(message, SipHeader.From).CopyLines(message, SipHeader.To)
            .CopyLines(message, SipHeader.CallId).CopyLines(message, SipHeader.CSeq).Finish();
        flow.Send(draft.Written);
        SipDraft.Return(draft);
    }

    private static (SipMethod Method, byte[] Branch) TopOf(ReadOnlySpan<byte> request)
    {
        var method = SipMethods.Find(request[..request.IndexOf((byte)' ')]);
        var at = request.IndexOf(";branch="u8) + 8;
        var end = request[at..].IndexOfAny("\r;,"u8);
        return (method, request.Slice(at, end).ToArray());
    }

    private static ulong KeyOf(ReadOnlySpan<byte> text, SipMethod method)
    {
        var hash = 14695981039346656037UL ^ (byte)method;
        foreach (var octet in text) hash = (hash ^ octet) * 1099511628211UL;
        return hash;
    }
}
