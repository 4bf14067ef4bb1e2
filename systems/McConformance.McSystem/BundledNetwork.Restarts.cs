using McConformance.McSystem.External;
using McConformance.McSystem.Restarts;
using McConformance.Wire;
using McConformance.Wire.Transport;

namespace McConformance.McSystem;

/// <summary>MC systems that crash and start again: with what they have kept, at the same ports, and with nothing else.</summary>
public sealed partial class BundledNetwork
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(20);
    private readonly Dictionary<string, (KeptMemory Memory, ListeningAddresses Listen)> kept = [];
    private readonly Dictionary<string, Life> lives = [];
    private readonly HashSet<string> down = [];
    private readonly HashSet<Link> cut = [];

    /// <summary>An MC system crashes: from now on nothing reaches it, it sends nothing, and it keeps nothing more. May
    /// be called from within one of its own nodes. Does nothing where it is down. One that another process runs is
    /// cut off here at once, and crashes there in <see cref="RestartAsync"/>. Where another process runs some entities of
    /// it, those crash, and the rest goes on.</summary>
    /// <exception cref="NotOfferedException">It was not made to be restarted.</exception>
    public void Crash(string system)
    {
        lock (down)
        {
            if (!lives.TryGetValue(system, out var life) && Foreign(system) is null) throw CannotCrash(system);
            if (!down.Add(system)) return;
            links.Linked += SeverWhileDown;
            // in this order: nothing is sent any more that is not kept
            foreach (var link in links.Links) SeverWhileDown(link);
            life?.End();
        }
    }

    /// <summary>Does nothing where an MC system can crash.</summary>
    /// <param name="system">Its domain.</param>
    /// <param name="node">The node that is to crash at least; null where it does not matter.</param>
    /// <exception cref="NotOfferedException">It cannot.</exception>
    /// <exception cref="OperatorPortException">Its operator port does not say.</exception>
    public async Task RefuseCrashAsync(string system, Party? node)
    {
        if (this[system] is MixedMcSystem && node is { IsBundled: true }) throw new NotOfferedException(
            $"{node.Name} is the harness's, beside an external entity of {system}: only what is external crashes there");
        if (Foreign(system) is { } foreign) await foreign.RefuseCrashAsync().ConfigureAwait(false);
        else if (!lives.ContainsKey(system)) throw CannotCrash(system);
    }

    /// <summary>Starts it again.</summary>
    /// <exception cref="TimeoutException">It does not come up.</exception>
    /// <exception cref="OperatorPortException">The same, of one that another process runs.</exception>
    public async Task RestartAsync(string system)
    {
        // the clock stands still meanwhile: how fast this machine starts nodes says nothing
        links.Hold();
        try
        {
            if (Foreign(system) is { } foreign)
            {
                await foreign.CrashAsync().ConfigureAwait(false);
                Join(system);
                await foreign.StartAgainAsync().ConfigureAwait(false);
                await WhenJoinedAgainAsync(system).ConfigureAwait(false);
                return;
            }

            var at = systems.FindIndex(s => s.Options.Domain == system);
            await systems[at].DisposeAsync().ConfigureAwait(false);
            links.Forget(system);
            links.ForgetInFlight();
            Join(system);
            await StartAgainAsync(at).ConfigureAwait(false);
        }
        finally
        {
            links.Release();
        }
    }

    /// <summary>What of it runs here has found again what has been started elsewhere.</summary>
    private async Task WhenJoinedAgainAsync(string system)
    {
        if (this[system] is not MixedMcSystem mixed) return;
        using var limit = new CancellationTokenSource(StartTime);
        try
        {
            await mixed.WhenJoinedAgainAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"the external entities of {system} have started again, and within "
                + $"{StartTime.TotalSeconds} s there is no Diameter connection between them and the rest of it");
        }
    }

    /// <summary>Its links pass again, but for those that something else had cut before.</summary>
    private void Join(string system)
    {
        lock (down)
        {
            down.Remove(system);
            links.Linked -= SeverWhileDown;
            foreach (var link in cut.Where(l => !IsDown(l)).ToArray())
            {
                cut.Remove(link);
                link.Join();
            }
        }
    }

    private async Task StartAgainAsync(int at)
    {
        using var limit = new CancellationTokenSource(StartTime);
        var listen = kept[systems[at].Options.Domain].Listen;
        try
        {
            await FreePorts.WhenFreeAsync(listen.Address, listen.Ports.Values, limit.Token).ConfigureAwait(false);
            var next = Live(systems[at].Options);
            systems[at] = next;
            next.Start();
            await next.WhenJoinedAsync(limit.Token).ConfigureAwait(false);
            for (var i = 0; i < systems.Count; i++)
            {
                // the later one connects, as when all were started
                if (i != at) InterSystem.Rejoin(options, ((INetworkMember)next).Csc18Node, systems[i].Csc18Node, systems[i].Options, at > i);
            }

            await ((INetworkMember)next).StartApplicationAsync(directory, d => systems.FirstOrDefault(s => s.Options.Domain == d), limit.Token).ConfigureAwait(false);
            next.Application?.Resume();
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{systems[at].Options.Domain} did not start again within {StartTime.TotalSeconds} s");
        }
    }

    /// <summary>An MC system, or its next life.</summary>
    private BundledMcSystem Live(McSystemOptions system)
    {
        if (!options.CanRestart) return new BundledMcSystem(system, options, links, wheel);
        if (!kept.TryGetValue(system.Domain, out var from))
        {
            var ports = ListeningAddresses.Sockets.ToDictionary(
                s => s, _ => FreePorts.NextForLater(options.Listen.Address));
            kept[system.Domain] = from = (new KeptMemory(), options.Listen with { Ports = ports });
        }

        var life = lives[system.Domain] = new Life(from.Memory.StoreOf, options.Forgets);
        return new BundledMcSystem(
            system, options with { StoreOf = life.StoreOf, Listen = from.Listen }, links, wheel);
    }

    private static NotOfferedException CannotCrash(string system) => new(
        $"{system} keeps nothing over a crash: it cannot crash here");

    /// <summary>What of an MC system another process runs; null where nothing.</summary>
    private IExternalPart? Foreign(string system) => this[system] switch
    {
        ExternalMcSystem whole => whole,
        MixedMcSystem mixed => mixed.There,
        _ => null,
    };

    private void SeverWhileDown(Link link)
    {
        lock (down)
        {
            if (!IsDown(link) || link.IsSevered) return;
            link.Sever();
            cut.Add(link);
        }
    }

    private bool IsDown(Link link) => IsDown(link.From) || IsDown(link.To);

    private bool IsDown(Party node) =>
        down.Contains(node.System) && !(node.IsBundled && this[node.System] is MixedMcSystem);
}
