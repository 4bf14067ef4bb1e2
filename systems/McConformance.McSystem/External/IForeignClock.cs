using McConformance.McSystem.Configuration;

namespace McConformance.McSystem.External;

/// <summary>The clock of what another process runs.</summary>
public interface IForeignClock
{
    /// <summary>Whose it is, in words: a domain, or the name of a UE.</summary>
    string Owner { get; }

    /// <summary>Puts it forward; timers that fall due on the way fire. Zero only looks at it.</summary>
    /// <exception cref="NotOfferedException">Nobody can.</exception>
    /// <exception cref="OperatorPortException">Nobody did.</exception>
    Task<ClockAnswer> ForwardAsync(TimeSpan by);
}
