using McConformance.McSystem.Configuration;
using McConformance.McSystem.External;
using McConformance.Steps.World;

namespace McConformance.Steps.TestConfiguration;

/// <summary>The clocks of what other processes run.</summary>
public sealed partial class SystemsUnderTest
{
    /// <summary>Why time cannot be made to pass in one of them, in words that follow its name.</summary>
    internal string ClockLacks { get; private set; } = "whose clock nobody can put forward";

    /// <summary>Puts them all forward; zero only looks at them.</summary>
    /// <returns>What they show, taken together; null where one of them cannot be put forward.</returns>
    internal async Task<ClocksTold?> ForwardOthersAsync(TimeSpan by)
    {
        // no time passes while one of them is down: how fast somebody starts it says nothing
        await External.OfferedAsync(WhenUpAsync);
        IForeignClock[] clocks = [.. network.ForeignClocks];
        var told = await Task.WhenAll(clocks.Select(c => ForwardAsync(c, by)));
        return told.Contains(null) ? null : Together([.. told.OfType<ClockAnswer>()]);
    }

    private async Task<ClockAnswer?> ForwardAsync(IForeignClock clock, TimeSpan by)
    {
        try
        {
            return await clock.ForwardAsync(by);
        }
        catch (NotOfferedException)
        {
            ClockLacks = $"where nobody offers the action clock for {clock.Owner} (features/operator-port.md)";
            return null;
        }
        catch (OperatorPortException e)
        {
            // it has gone: what fails for that is told when the scenario is over
            ClockLacks = $"where the clock could not be asked ({e.Message})";
            return null;
        }
    }

    private static ClocksTold Together(ClockAnswer[] told)
    {
        var next = told.Min(t => t.UntilNextTimer);
        return new ClocksTold(
            next is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Array.Exists(told, t => t.Activity is null) ? null : told.Sum(t => t.Activity),
            told.Sum(t => t.UnderWay), told.Sum(t => t.AtWork), told.Sum(t => t.Abroad));
    }
}
