using System.Diagnostics;
using McConformance.McSystem;
using McConformance.McSystem.Application;
using McConformance.Wire;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;
using McConformance.Wire.Time;

namespace McConformance.Benchmarks;

/// <summary>
/// Migration service authorizations (TS 23.280 10.6.3.3) through UE, SIP core and four servers, TLS between the MC systems; and groups of
/// a thousand members provided over CSC-16 (TS 23.280 10.2.x.2). All over loopback sockets.
/// </summary>
internal static class Migrations
{
    private const int Users = 64;
    private const int Members = 1000;

    /// <summary>Until the compiler has made over all that is hot: it takes that long on two cores.</summary>
    private const int WarmUpSeconds = 15;

    private static readonly McGroupId Group = new("sip:large@primary.example");

    /// <param name="seconds">How long to measure each.</param>
    public static async Task<int> RunAsync(int seconds)
    {
        var links = new LinkBook(TimeProvider.System);
        using var wheel = new TimerWheel(TimeProvider.System);
        await using var network = new BundledNetwork(Options(), links, wheel);
        await network.StartAsync(CancellationToken.None);
        var users = new List<IMcUser>();
        for (var i = 1; i <= Users; i++) users.Add(await ReadyAsync(network, i));
        var authorizations = await RateAsync(seconds, users.Select(u => (Func<Task<bool>>)(async () => (await u.AuthorizeAsync(1)).StatusCode == 200)));
        Print("migration service authorizations through four servers under TLS", authorizations);
        var pushes = await RateAsync(seconds, Enumerable.Range(0, 3).Select(_ => (Func<Task<bool>>)(async () =>
            await network.ProvideGroupAsync("primary.example", Group, "partner.example") is 200 or 201)));
        Print($"groups of {Members} members provided under TLS", pushes);
        return authorizations.Failed + pushes.Failed == 0 ? 0 : 1;
    }

    private static void Print(string what, (double Rate, TimeSpan Cpu, int Failed) seen) => Console.WriteLine(
        $"{what}: {seen.Rate:F0}/s on {Environment.ProcessorCount} cores, {seen.Cpu.TotalMilliseconds:F2} ms of CPU each; "
        + $"failed: {seen.Failed}");

    private static async Task<(double Rate, TimeSpan Cpu, int Failed)> RateAsync(
        int seconds, IEnumerable<Func<Task<bool>>> works)
    {
        var (done, failed, isOver) = (0, 0, false);
        var loops = works.Select(w => Task.Run(async () =>
        {
            while (!Volatile.Read(ref isOver))
            {
                if (await w()) Interlocked.Increment(ref done);
                else Interlocked.Increment(ref failed);
            }
        })).ToArray();
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
        for (var i = 0; i < WarmUpSeconds; i++) await second.WaitForNextTickAsync();
        var (before, began) = (Volatile.Read(ref done), Stopwatch.GetTimestamp());
        var cpu = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < seconds; i++) await second.WaitForNextTickAsync();
        var count = Volatile.Read(ref done) - before;
        var rate = count / Stopwatch.GetElapsedTime(began).TotalSeconds;
        var each = (Environment.CpuUsage.TotalTime - cpu) / Math.Max(1, count);
        Volatile.Write(ref isOver, true);
        await Task.WhenAll(loops);
        return (rate, each, failed);
    }

    private static async Task<IMcUser> ReadyAsync(BundledNetwork network, int i)
    {
        var ue = network.AddUserEquipment($"ue-{i}", Set("ue", i, "ims.primary.example"), new byte[16], new byte[16], 0);
        var user = network.AddMcUser(ue, "primary.example", $"u{i}", McService.Mcptt, d => d == "partner.example" ? Set("in", i, "ims.partner.example") : null);
        foreach (var step in (Func<Task<UserTold>>[])
        [
            () => user.SignInAsync(), () => user.ObtainProfileAsync(1), () => user.SelectAsync("partner.example"), user.AuthenticateAsync, user.RegisterAsync,
            () => user.ObtainPartnerProfileAsync(1),
        ])
        {
            var told = await step();
            if (!told.IsDone) throw new InvalidOperationException($"user {i} cannot be made ready: {told}");
        }

        return user;
    }

    private static NetworkOptions Options()
    {
        var primary = new McSystemOptions("primary.example", "ims.primary.example") { PermittedSipDomains = ["ims.partner.example"], HidesTopology = true };
        var partner = new McSystemOptions("partner.example", "ims.partner.example") { PermittedSipDomains = ["ims.primary.example"], HidesTopology = true };
        primary.Application = new ApplicationPlaneOptions { Agreements = [new AgreementOptions("partner.example")], Groups = [Large()] };
        partner.Application = new ApplicationPlaneOptions { Agreements = [new AgreementOptions("primary.example") { GroupPriority = 9, UserPriorityMax = 50 }] };
        for (var i = 1; i <= Users; i++)
        {
            var (home, guest) = (new McServiceId($"sip:u{i}@primary.example"), new McServiceId($"sip:u{i}.guest@partner.example"));
            primary.Application.Users.Add(new ApplicationUserOptions($"u{i}", "secret", home) { Migration = [new MigrationPermissionOptions("partner.example", guest)] });
            partner.Application.Guests.Add(new GuestOptions("primary.example", home, guest));
            var (outward, inward) = (Set("mig", i, "ims.primary.example"), Set("in", i, "ims.partner.example"));
            primary.Subscriptions.Add(new SubscriptionOptions(outward.Private, [outward.Public], new byte[16], new byte[16], [0x80, 0], 32));
            primary.OutboundSets.Add(new OutboundSetOptions(outward, ["ims.partner.example"]));
            partner.Subscriptions.Add(new SubscriptionOptions(inward.Private, [inward.Public], null, null, [], 0));
            partner.InboundBindings.Add(new InboundBindingOptions(inward, outward, "ims.primary.example"));
        }

        return new NetworkOptions { Systems = [primary, partner], ProtectsApplicationPlane = true, KeepsHttpConnections = true };
    }

    private static GroupDocument Large() => GroupDocument.Create(new GroupDescription
    {
        Id = Group,
        DisplayName = "Large",
        GroupPriority = 100,
        Members = [.. Enumerable.Range(1, Members).Select(i => new GroupMember(new McServiceId($"sip:member{i}@partner.example")) { UserPriority = 90, DisplayName = $"Member {i}" })],
        Interconnection = new GroupInterconnection(new McSystemId("primary.example"), [new GroupPartner(new McSystemId("partner.example"))]),
    });

    private static SipIdentitySet Set(string name, int i, string domain) =>
        new(new PrivateUserIdentity($"{name}-{i}@{domain}"), new PublicUserIdentity($"sip:{name}-{i}@{domain}"));
}
