namespace McConformance.Wire;

/// <summary>
/// What goes wrong on a link. Sits in the sender's way, outside every entity; an entity cannot tell it from a bad network.
/// Subclasses say what happens; the base counts which messages it happens to.
/// </summary>
public abstract class Disturbance
{
    private int seen;
    private int done;

    /// <summary>Which messages are meant; null means every one.</summary>
    public Func<ReadOnlyMemory<byte>, bool>? Selects { get; init; }

    /// <summary>How many selected messages pass undisturbed first. 0 or more.</summary>
    public int Spares { get; init; }

    /// <summary>How many are disturbed after that; then the link is well again. 1 or more.</summary>
    public int Times { get; init; } = int.MaxValue;

    /// <summary>Whether it leaves a message to any other disturbance that takes it, even one that came later.</summary>
    public virtual bool Yields => false;

    /// <summary>Whether it also takes what somebody else's node has sent, when that arrives: it is lost there. For what
    /// happens to that node before anybody knows what it sent.</summary>
    public virtual bool TakesArrivals => false;

    /// <summary>How many were disturbed so far.</summary>
    public int Count => Volatile.Read(ref done);

    /// <summary>One line for the report, for example <c>drops the first REGISTER</c>.</summary>
    public abstract string Description { get; }

    /// <summary>Handles one selected message: call <see cref="Link.Forward"/> or <see cref="Link.Lose"/> at once or later.</summary>
    protected abstract void Apply(Link link, ReadOnlyMemory<byte> octets, IOctetSink sink);

    /// <summary>Called for a message that is lost on arrival; see <see cref="TakesArrivals"/>.</summary>
    protected virtual void Intercepted(Link link) { }

    /// <summary>Called for messages that are not selected; a reordering lets go of what it holds here.</summary>
    protected virtual void Passed(Link link) { }

    internal void ApplyTo(Link link, ReadOnlyMemory<byte> octets, IOctetSink sink) => Apply(link, octets, sink);

    internal void Intercept(Link link) => Intercepted(link);

    internal void HasPassed(Link link) => Passed(link);

    internal bool Takes(ReadOnlyMemory<byte> octets)
    {
        if (Selects is { } selects && !selects(octets)) return false;
        if (Interlocked.Increment(ref seen) <= Spares || Volatile.Read(ref done) >= Times) return false;
        Interlocked.Increment(ref done);
        return true;
    }
}
