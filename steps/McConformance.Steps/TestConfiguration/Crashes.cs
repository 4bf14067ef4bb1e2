using McConformance.McSystem.External;
using McConformance.Wire;

namespace McConformance.Steps.TestConfiguration;

/// <summary>MC systems that crash, and start again at once with what they have kept.</summary>
public sealed partial class SystemsUnderTest
{
    private readonly List<Task> restarts = [];

    /// <summary>Does nothing where the MC system of a node can crash: nobody could be told of it later, in the
    /// middle of a message.</summary>
    /// <exception cref="InconclusiveException">Another process runs it.</exception>
    public void RefuseCrash(string node) => External.Offered(() =>
    {
        network.RefuseCrash(Links.Named(node).System);
        return true;
    });

    /// <summary>An MC system crashes, all of its nodes with it, and starts again. May be called while a message
    /// is being sent.</summary>
    /// <exception cref="InconclusiveException">Another process runs it.</exception>
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

    /// <summary>Completes when all that crashed are up again.</summary>
    /// <exception cref="TimeoutException">One does not come up.</exception>
    public Task WhenUpAsync()
    {
        lock (restarts) return Task.WhenAll(restarts);
    }
}
