using System.Diagnostics;
using McConformance.McSystem;
using McConformance.Wire;
using McConformance.Wire.Identities;
using McConformance.Wire.Time;

namespace McConformance.Benchmarks;

/// <summary>
/// Full signalling plane registrations (TS 23.280 10.1.6.2) over loopback sockets through both bundled MC systems: UEs register with both
/// authentication rounds and leave, again and again. Counts registrations; a failed one is an error.
/// </summary>
internal static class Registrations
{
    private const int Users = 128;
    private static readonly byte[] Opc = Convert.FromHexString("cd63cb71954a9f4e48a5994e37a02baf");

    /// <param name="seconds">How long to measure, after one second that does not count.</param>
    public static async Task<int> RunAsync(int seconds)
    {
        var (options, primary, partner) = Network();
        var links = new LinkBook(TimeProvider.System);
        using var wheel = new TimerWheel(TimeProvider.System);
        await using var network = new BundledNetwork(options, links, wheel);
        await network.StartAsync(CancellationToken.None);
        var agents = Enumerable.Range(1, Users).Select(i => network.AddUserEquipment($"ue-{i}", Set("ue", i, primary.SipDomain), Key(i), Opc, 0)).ToArray();
        var tally = new Tally();
        var loops = agents.Select((a, i) => Task.Run(() => LoopAsync(a, network[partner.Domain], Set("in", i + 1, partner.SipDomain), tally))).ToArray();
        using (var second = new PeriodicTimer(TimeSpan.FromSeconds(1)))
        {
            await second.WaitForNextTickAsync();
            var (before, cpu, allocated, began) = (tally.Done, Process.GetCurrentProcess().TotalProcessorTime, GC.GetTotalAllocatedBytes(), Stopwatch.GetTimestamp());
            for (var i = 0; i < seconds; i++) await second.WaitForNextTickAsync();
            var (count, time) = (tally.Done - before, Stopwatch.GetElapsedTime(began));
            var used = Process.GetCurrentProcess().TotalProcessorTime - cpu;
            tally.IsOver = true;
            Console.WriteLine($"signalling plane registrations: {count / time.TotalSeconds:F0}/s on {Environment.ProcessorCount} cores (each with its de-registration)");
            Console.WriteLine($"CPU for one with its de-registration: {used.TotalMicroseconds / Math.Max(1, count):F0} us; " +
                $"allocated: {(GC.GetTotalAllocatedBytes() - allocated) / Math.Max(1, count)} B; failed: {tally.Failed}");
        }

        await Task.WhenAll(loops);
        return tally.Failed == 0 ? 0 : 1;
    }

    private static async Task LoopAsync(BundledUserEquipment agent, IMcSystem system, SipIdentitySet set, Tally tally)
    {
        while (!tally.IsOver)
        {
            var told = await agent.RegisterAsync(system, set, TimeSpan.FromHours(1));
            if (told.IsRegistered) Interlocked.Increment(ref tally.Done);
            else Interlocked.Increment(ref tally.Failed);
            await agent.RegisterAsync(system, set, TimeSpan.Zero);
        }
    }

    private static (NetworkOptions Network, McSystemOptions Primary, McSystemOptions Partner) Network()
    {
        var primary = new McSystemOptions("primary.example", "ims.primary.example") { PermittedSipDomains = ["ims.partner.example"] };
        var partner = new McSystemOptions("partner.example", "ims.partner.example") { PermittedSipDomains = ["ims.primary.example"] };
        for (var i = 1; i <= Users; i++)
        {
            var (outward, inward) = (Set("mig", i, primary.SipDomain), Set("in", i, partner.SipDomain));
            primary.Subscriptions.Add(new SubscriptionOptions(outward.Private, [outward.Public], Key(i), Opc, [0x80, 0], 32));
            primary.OutboundSets.Add(new OutboundSetOptions(outward, [partner.SipDomain]));
            partner.Subscriptions.Add(new SubscriptionOptions(inward.Private, [inward.Public], null, null, [], 0));
            partner.InboundBindings.Add(new InboundBindingOptions(inward, outward, primary.SipDomain));
        }

        return (new NetworkOptions { Systems = [primary, partner] }, primary, partner);
    }

    private static byte[] Key(int user) => System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(user))[..16];

    private static SipIdentitySet Set(string head, int number, string domain) =>
        new(new PrivateUserIdentity($"{head}-{number:0000}@{domain}"), new PublicUserIdentity($"sip:{head}-{number:0000}@{domain}"));

    private sealed class Tally
    {
        public long Done;
        public long Failed;

        public volatile bool IsOver;
    }
}
