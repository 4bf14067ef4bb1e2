using System.Text;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transactions;
using McConformance.Wire.Sip.Transport;
using McConformance.Wire.Time;

namespace McConformance.Entities.UserEquipment;

/// <summary>
/// The signalling user agent of an MC service UE (TS 23.280 7.4.3.1.1): registers at the SIP core of its primary MC system with
/// the ISIM's identities, or at that of a partner with the identities the partner gave (TS 23.280 10.1.6.2), and answers
/// IMS-AKA challenges. Keeps a binding alive by itself (TS 24.229 5.1.1.4.1). Thread safe.
/// </summary>
public sealed class SignallingUserAgent : ISipUser, IAsyncDisposable
{
    private readonly Dictionary<string, SignallingPlaneRegistration> registrations = new(StringComparer.OrdinalIgnoreCase);
    /// <summary>What clients answer to a call that the user declines.</summary>
    public const int Declined = 480;

    private readonly SipEndpointOptions options;

    /// <summary>Makes a user agent; <see cref="Start"/> binds its sockets.</summary>
    public SignallingUserAgent(SipEndpointOptions options, Isim isim)
    {
        this.options = options;
        Isim = isim;
        Endpoint = new SipEndpoint(options, this);
    }

    /// <summary>Its SIP endpoint.</summary>
    public SipEndpoint Endpoint { get; }

    /// <summary>Its ISIM.</summary>
    public Isim Isim { get; }

    internal Guid Instance { get; } = Guid.NewGuid();

    internal TimerWheel Wheel => options.Wheel;

    internal Lock Gate => options.Gate;

    /// <summary>Binds the sockets.</summary>
    public void Start() => Endpoint.Start();

    /// <summary>Registers, or registers anew where a binding at that SIP core exists.</summary>
    /// <param name="target">Where and as whom.</param>
    /// <param name="expires">Wanted life of the binding; whole seconds.</param>
    public Task<RegistrationOutcome> RegisterAsync(RegistrationTarget target, TimeSpan expires)
    {
        lock (options.Gate)
        {
            if (!registrations.TryGetValue(target.Domain, out var registration) || registration.Target != target)
                registrations[target.Domain] = registration = new SignallingPlaneRegistration(this, target);
            return registration.RegisterAsync((int)expires.TotalSeconds);
        }
    }

    /// <summary>Takes the binding at a SIP core away.</summary>
    public Task<RegistrationOutcome> DeregisterAsync(RegistrationTarget target) => RegisterAsync(target, TimeSpan.Zero);

    /// <summary>Answers MESSAGE, NOTIFY and INVITE for the UE's clients: gets the request, which is valid during the
    /// call, and gives the status.
    /// Null where no client runs.</summary>
    public Func<SipMessage, int>? Clients { get; set; }

    /// <summary>Sends a request outside dialogs by a registration's Service-Route (TS 24.229 5.1.2A.1).</summary>
    /// <param name="domain">SIP domain of the SIP core.</param>
    /// <param name="request">What to send.</param>
    /// <returns>Status 0 where the UE is not registered there, or no answer came.</returns>
    public Task<UserAnswer> SendAsync(string domain, UserRequest request)
    {
        lock (options.Gate)
        {
            if (!registrations.TryGetValue(domain, out var registration) || registration.ServiceRoute is not { } route)
                return Task.FromResult(new UserAnswer(0, null));
            var pending = new PendingUserRequest();
            Endpoint.SendRequest(Write(request, registration.Target, route), registration.Target.Edge, pending, null);
            return pending.Task;
        }
    }

    private SipDraft Write(UserRequest request, RegistrationTarget target, IReadOnlyList<byte[]> route)
    {
        var identity = target.Identities.Public.Value;
        var callId = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(10));
        var draft = Endpoint.NewRequest(request.Method, Encoding.UTF8.GetBytes(request.RequestUri), target.Edge);
        draft.Line(SipHeader.MaxForwards).Put(70)
            .Line(SipHeader.Route).Put("<sip:").Put(target.Edge.Address.ToString()).Put(";lr>");
        foreach (var hop in route) draft.Line(SipHeader.Route, hop);
        draft.Line(SipHeader.From).Put("<").Put(identity).Put(">;tag=").Put(callId[..8])
            .Line(SipHeader.To).Put("<").Put(request.RequestUri).Put(">")
            .Line(SipHeader.CallId).Put(callId)
            .Line(SipHeader.CSeq).Put(1).Put(" ").Put(SipMethods.NameOf(request.Method))
            .Line(SipHeader.PPreferredIdentity).Put("<").Put(identity).Put(">");

        // the UE is found by its public identity, wherever its flow is (RFC 3261 8.1.1.8)
        if (request.Method is SipMethod.Subscribe or SipMethod.Invite) draft.Line(SipHeader.Contact).Put("<").Put(
            identity).Put(">");
        foreach (var (name, value) in request.Headers) draft.Line(Encoding.ASCII.GetBytes(name)).Put(value);
        return request.ContentType.Length == 0 ? draft.Finish() : draft.Finish(Encoding.ASCII.GetBytes(request.ContentType), request.Body.Span);
    }

    /// <summary>The user declines a call (TS 24.379 11.1.1.2.1.2).</summary>
    private static void Decline(SipServerTransaction transaction) => transaction.Respond(
        transaction.NewResponse(Declined, "Temporarily Unavailable"u8)
            .Line(SipHeader.Warning).Put("399 mc-client ").PutQuoted("110 user declined the call invitation").Finish());

    void ISipUser.OnRequest(SipServerTransaction transaction)
    {
        if (transaction.AnswerUnknown(SipHeader.Require)) return;
        if (Clients is { } clients
            && transaction.Request.Method is (SipMethod.Message or SipMethod.Notify or SipMethod.Invite))
        {
            var status = clients(transaction.Request);
            if (status == Declined) Decline(transaction);
            else transaction.Respond(transaction.NewResponse(status, status < 300 ? "OK"u8
                : "Not Acceptable Here"u8).Finish());
            return;
        }

        var response = transaction.Request.Method == SipMethod.Options
            ? transaction.NewResponse(200, "OK"u8).Line(SipHeader.Allow).Put("OPTIONS")
            : transaction.NewResponse(405, "Method Not Allowed"u8).Line(SipHeader.Allow).Put("OPTIONS");
        transaction.Respond(response.Finish());
    }

    void ISipUser.OnAck(SipMessage ack, SipFlow flow)
    {
    }

    void ISipUser.OnStrayResponse(SipMessage response, SipFlow flow)
    {
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        lock (options.Gate)
        {
            foreach (var registration in registrations.Values) registration.Stop();
        }

        await Endpoint.DisposeAsync().ConfigureAwait(false);
        Isim.Dispose();
    }
}
