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

    void ISipUser.OnRequest(SipServerTransaction transaction)
    {
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
