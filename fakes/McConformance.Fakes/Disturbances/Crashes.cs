using McConformance.Wire;

namespace McConformance.Fakes.Disturbances;

/// <summary>The receiver of a message crashes before it has handled it.</summary>
/// <param name="crash">Makes it crash.</param>
public sealed class CrashesBefore(Action<Party> crash) : Disturbance
{
    /// <inheritdoc/>
    public override string Description => "the receiver crashes before it handles the message";

    /// <inheritdoc/>
    public override bool TakesArrivals => true;

    /// <inheritdoc/>
    protected override void Apply(Link link, ReadOnlyMemory<byte> octets, IOctetSink sink)
    {
        link.Lose(octets.Span, sink, "the receiver crashed before it handled this, by the test");
        crash(link.To);
    }

    /// <inheritdoc/>
    protected override void Intercepted(Link link) => crash(link.To);
}

/// <summary>The receiver of a message crashes when it has handled it, just before it sends what comes of that. Put on
/// the link of the message; <see cref="Answers"/> belongs on every link away from the receiver.</summary>
/// <param name="crash">Makes it crash.</param>
public sealed class CrashesAfter(Action<Party> crash) : Disturbance
{
    private volatile bool isArmed;

    /// <inheritdoc/>
    public override string Description => "the receiver crashes after it has handled the message, before it answers";

    /// <summary>True where the message came and nothing was sent since.</summary>
    public bool IsArmed => isArmed;

    /// <summary>What the receiver sends next is lost, and the receiver with it.</summary>
    public Disturbance Answers => new Next(this);

    /// <inheritdoc/>
    protected override void Apply(Link link, ReadOnlyMemory<byte> octets, IOctetSink sink)
    {
        isArmed = true;
        link.Forward(octets.Span, sink);
    }

    private void Strike(Party sender)
    {
        isArmed = false;
        crash(sender);
    }

    private sealed class Next : Disturbance
    {
        private readonly CrashesAfter owner;

        public Next(CrashesAfter owner)
        {
            this.owner = owner;
            Selects = _ => owner.isArmed;
        }

        public override string Description => owner.Description;

        public override bool TakesArrivals => true;

        protected override void Apply(Link link, ReadOnlyMemory<byte> octets, IOctetSink sink)
        {
            link.Lose(octets.Span, sink, "the sender crashed before this left it, by the test");
            owner.Strike(link.From);
        }

        protected override void Intercepted(Link link) => owner.Strike(link.From);
    }
}
