namespace McConformance.Wire;

/// <summary>
/// The way from one entity to another. Every message crosses one: the sender's transport hands its octets to
/// <see cref="Send"/>, which records them and lets them out through the transport's own socket, unless a
/// <see cref="Disturbance"/> says otherwise. The receiver's transport calls <see cref="Arrived"/>. Thread safe.
/// </summary>
public sealed class Link
{
    private readonly LinkBook book;
    private volatile Disturbance[] disturbances = [];

    internal Link(LinkBook book, Party from, Party to, WireProtocol protocol)
    {
        this.book = book;
        (From, To, Protocol) = (from, to, protocol);
        ReferencePoint = Wire.ReferencePoint.Between(from, to);
    }

    /// <summary>Who sends.</summary>
    public Party From { get; }

    /// <summary>Who receives.</summary>
    public Party To { get; }

    /// <summary>What is spoken.</summary>
    public WireProtocol Protocol { get; }

    /// <summary>Where in the architecture the link lies, as <see cref="Wire.ReferencePoint"/> names it.</summary>
    public string ReferencePoint { get; }

    /// <summary>True while nothing passes.</summary>
    public bool IsSevered { get; private set; }

    /// <summary>Time as the two ends see it.</summary>
    public TimeProvider Time => book.Time;

    /// <summary>Sends one message. The span is free again when the call returns.</summary>
    public void Send(ReadOnlySpan<byte> octets, IOctetSink sink)
    {
        // a relay has taken it from somebody elsewhere
        if (!From.IsBundled) book.Cross(-1);
        if (disturbances.Length == 0 && !IsSevered) Forward(octets, sink);
        else SendDisturbed(octets.ToArray(), sink);
    }

    /// <summary>Called by the receiver's transport for each message. What a bundled sender sent stands in the recording
    /// already; what comes from outside is recorded here. False where the message is to be ignored; where it is true,
    /// <see cref="Handled"/> follows when the receiver is done with it, so that nobody takes a busy receiver for a quiet wire.</summary>
    public bool Arrived(ReadOnlySpan<byte> octets, IOctetSink flow)
    {
        if (From.IsBundled) return true;

        book.Cross(-1);
        if (IsSevered)
        {
            book.Recording?.Add(this, octets, flow, Fate.Lost, "the link is severed", reversed: true);
            return false;
        }

        if (disturbances.Length > 0 && IsIntercepted(octets.ToArray(), flow)) return false;
        book.Launched();
        book.Recording?.Add(this, octets, flow, Fate.Delivered, null, reversed: true);
        return true;
    }

    /// <summary>Called by the receiver's transport when the message that arrived is handled, answers sent and all.</summary>
    public void Handled() => book.Landed();

    /// <summary>Lets octets out and records them. For disturbances: <paramref name="note"/> says what was done to them.</summary>
    public void Forward(ReadOnlySpan<byte> octets, IOctetSink sink, Fate fate = Fate.Delivered, string? note = null)
    {
        book.Recording?.Add(this, octets, sink, fate, note);
        if (To.IsBundled)
        {
            book.Launched();
        }
        else
        {
            book.Cross(1);
            book.Touch();
        }

        sink.Emit(octets);
    }

    /// <summary>Called by the sender's transport for a message it was given to let out and could not: the connection
    /// failed, or the system refused it. The wire is then not waited for. Records nothing.</summary>
    public void Dropped()
    {
        if (To.IsBundled) book.Landed();
        else book.Cross(-1);
    }

    /// <summary>Records octets that go nowhere.</summary>
    public void Lose(ReadOnlySpan<byte> octets, IOctetSink sink, string note, Fate fate = Fate.Lost)
    {
        book.Touch();
        book.Recording?.Add(this, octets, sink, fate, note);
    }

    /// <summary>Puts a disturbance on the link; several apply in the order they came, those that yield behind the
    /// others. The first that takes a message has it.</summary>
    public void Disturb(Disturbance disturbance)
    {
        lock (book)
        {
            disturbances =
            [
                .. disturbances.Where(d => !d.Yields || disturbance.Yields), disturbance,
                .. disturbances.Where(d => d.Yields && !disturbance.Yields),
            ];
        }
    }

    /// <summary>Takes all disturbances off, and joins a severed link again.</summary>
    public void Heal()
    {
        lock (book) disturbances = [];
        IsSevered = false;
    }

    /// <summary>Joins a severed link again; disturbances stay.</summary>
    public void Join() => IsSevered = false;

    /// <summary>Cuts the link: what is sent from now on is lost, streams close when next used.</summary>
    public void Sever() => IsSevered = true;

    private bool IsIntercepted(byte[] octets, IOctetSink flow)
    {
        if (Array.Find(disturbances, d => d.TakesArrivals && d.Takes(octets)) is not { } disturbance) return false;
        book.Recording?.Add(this, octets, flow, Fate.Lost, disturbance.Description, reversed: true);
        disturbance.Intercept(this);
        return true;
    }

    private void SendDisturbed(byte[] octets, IOctetSink sink)
    {
        if (IsSevered)
        {
            Lose(octets, sink, "the link is severed");
            sink.Sever();
            return;
        }

        foreach (var disturbance in disturbances)
        {
            if (!disturbance.Takes(octets)) continue;
            disturbance.ApplyTo(this, octets, sink);
            return;
        }

        Forward(octets, sink);
        foreach (var disturbance in disturbances) disturbance.HasPassed(this);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{From} -> {To} ({ReferencePoint})";
}
