using McConformance.McSystem.External;
using McConformance.Wire;

namespace McConformance.Steps.TestConfiguration;

/// <summary>MC systems that crash, and start again at once with what they have kept.</summary>
public sealed partial class SystemsUnderTest
{
    private readonly List<Task> restarts = [];
    private int over;

    /// <summary>Does nothing where the MC system of a node can crash, and the node with it: nobody could be told of it
    /// later, in the middle of a message.</summary>
    /// <exception cref="InconclusiveException">Another process runs it, and does not offer it.</exception>
    public Task RefuseCrashAsync(string node) =>
        External.OfferedAsync(() => network.RefuseCrashAsync(SystemOf(node), Links.Named(node)));

    /// <summary>The same, whichever nodes of an MC system crash.</summary>
    /// <exception cref="InconclusiveException">Another process runs it, and does not offer it.</exception>
    public Task RefuseCrashOfAsync(string system) =>
        External.OfferedAsync(() => network.RefuseCrashAsync(system, null));

    /// <summary>An MC system crashes, all of its nodes with it, and starts again; where another process runs some of
    /// them, those. May be called while a message is being sent.</summary>
    /// <exception cref="InconclusiveException">It cannot.</exception>
    public void CrashAndRestart(string system)
    {
        // whoever lets time pass waits until it is up again
        Links.Hold();
        try
        {
            network.Crash(system);
        }
        catch (NotOfferedException e)
        {
            Links.Release();
            throw new InconclusiveException(e.Message);
        }

        var restart = Task.Run(async () =>
        {
            try
            {
                await network.RestartAsync(system);
            }
            finally
            {
                Links.Release();
            }
        });
        lock (restarts) restarts.Add(restart);
    }

    /// <summary>Puts a disturbance on every link away from a party, those that come later too.</summary>
    public void DisturbAllFrom(string party, Disturbance disturbance) =>
        DisturbAll(l => l.From.Name == party, disturbance);

    /// <summary>Puts one on every link of a kind, those that come later too.</summary>
    public void DisturbAll(Func<Link, bool> isMeant, Disturbance disturbance)
    {
        Links.Linked += Put;
        foreach (var link in Links.Links) Put(link);

        void Put(Link link)
        {
            if (isMeant(link)) link.Disturb(disturbance);
        }
    }

    /// <summary>Why one that crashed has not come up again; null where all have, or are about to.</summary>
    public Exception? NotUp
    {
        get
        {
            lock (restarts) return restarts.Find(r => r.IsFaulted)?.Exception!.InnerException;
        }
    }

    /// <summary>The domain of the MC system that a node belongs to, by the node's name: an operator port need not
    /// have told of it.</summary>
    public string SystemOf(string node) => network.Systems.Select(s => s.Options).FirstOrDefault(s =>
        node.EndsWith($".{s.Domain}", StringComparison.Ordinal)
        || node.EndsWith($".{s.SipDomain}", StringComparison.Ordinal))?.Domain ?? Links.Named(node).System;

    /// <summary>Does nothing where whatever a node sends can be kept back: else nobody knows the moment at which it
    /// has done something and told nobody.</summary>
    /// <exception cref="InconclusiveException">It cannot; names a link.</exception>
    public void RefuseUnseenFrom(string node)
    {
        var own = network[SystemOf(node)];
        var kind = Links.Named(node).Kind;
        if (!own.RunsElsewhere(kind)) return;
        foreach (var link in Unseen.Where(l => l.From.Name == node)) LinkToCut(node, link.To.Name, link.Protocol);
        if (kind == EntityKind.ProxyCscf)
            foreach (var user in plan.Users.Keys) LinkToCut(node, PartyOf(user), WireProtocol.Sip);
        var hasGateway = own.Endpoints.Any(e => e.Kind == EntityKind.GatewayServer);
        if (kind == EntityKind.McServiceServer && hasGateway) return;
        foreach (var at in network.Systems.Where(s => s != own).SelectMany(s => s.Endpoints))
            if (at.Kind == kind && CallsItsLike(kind)) LinkToCut(node, at.Node, at.Protocol);
    }

    /// <summary>Whether an entity of a kind calls the same kind of entity in other MC systems (TS 23.280
    /// 7.3.1).</summary>
    private static bool CallsItsLike(EntityKind kind) => kind is EntityKind.MigrationManagementServer
        or EntityKind.GatewayServer or EntityKind.McServiceServer or EntityKind.GroupManagementServer
        or EntityKind.ConfigurationManagementServer or EntityKind.HttpProxy;

    /// <summary>Completes when all are up again that have crashed since this was asked last.</summary>
    /// <returns>False where none has.</returns>
    /// <exception cref="InconclusiveException">Nobody offers to crash it.</exception>
    internal async Task<bool> WhenAgainUpAsync()
    {
        lock (restarts)
        {
            if (restarts.Count == over) return false;
            over = restarts.Count;
        }

        await External.OfferedAsync(WhenUpAsync);
        return true;
    }

    /// <summary>Completes when all that crashed are up again.</summary>
    /// <exception cref="TimeoutException">One does not come up.</exception>
    /// <exception cref="OperatorPortException">The same, of one that another process runs.</exception>
    public Task WhenUpAsync()
    {
        lock (restarts) return Task.WhenAll(restarts);
    }
}
