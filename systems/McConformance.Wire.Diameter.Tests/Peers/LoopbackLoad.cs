using System.Diagnostics;
using System.Net;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;
using McConformance.Wire.Diameter.Peers;
using McConformance.Wire.Identities;
using McConformance.Wire.Time;

namespace McConformance.Wire.Diameter.Tests.Peers;

/// <summary>Two nodes over loopback TCP, so many requests under way at a time, nothing recorded.</summary>
internal sealed class LoopbackLoad : IDiameterUser, IDiameterClientUser, IAsyncDisposable
{
    private static readonly DiameterIdentity Realm = new("b.example");
    private readonly TimerWheel wheel = new(TimeProvider.System);
    private readonly DiameterNode client;
    private readonly DiameterNode server;
    private TaskCompletionSource done = new();
    private int toSend;
    private int toCome;

    public LoopbackLoad()
    {
        var links = new LinkBook(TimeProvider.System);
        (client, server) = (Make(links, "scscf.a.example"), Make(links, "hss.b.example"));
    }

    public int Failures { get; private set; }

    /// <summary>Requests that the server has seen.</summary>
    public int Handled { get; private set; }

    public async Task StartAsync()
    {
        server.Start();
        client.Start();
        server.AddPeer(new DiameterPeerOptions { Host = client.Host });
        client.AddRoute(new DiameterRoute(Realm, [server.Host]));
        client.AddPeer(new DiameterPeerOptions { Host = server.Host, Address = server.ListeningAt, Initiates = true });
        await World.Within(client.WhenConnectedAsync(server.Host, default), "the nodes are connected");
    }

    /// <summary>Sends requests and waits for all answers.</summary>
    /// <returns>Pairs per second, processor time per pair over both nodes, octets allocated per pair.</returns>
    public async Task<(double PerSecond, TimeSpan Processor, double Allocated)> RunAsync(int count, int atOnce)
    {
        done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        (toSend, toCome) = (count - atOnce, count);
        var (clock, processor, allocated) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime,
            GC.GetTotalAllocatedBytes(true));
        for (var i = 0; i < atOnce; i++) Ask();
        await done.Task.WaitAsync(TimeSpan.FromSeconds(60));
        return (count / clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - processor) / count,
            (GC.GetTotalAllocatedBytes(true) - allocated) / (double)count);
    }

    public void OnRequest(DiameterServerTransaction transaction)
    {
        Handled++;
        transaction.Request.TryFind(1, 0, out var user);
        transaction.Answer(transaction.NewAnswer(2001).Put(Rfc6733.UserName, user.Data)
            .Put(Ts29229.SipNumberAuthItems, 1).Finish());
    }

    public void OnAnswer(DiameterClientTransaction transaction, DiameterMessage answer)
    {
        if (answer.ResultCode() != 2001) Failures++;
        if (toSend-- > 0) Ask();
        if (--toCome == 0) done.TrySetResult();
    }

    public void OnFailure(DiameterClientTransaction transaction, DiameterFailure why)
    {
        Failures++;
        if (--toCome == 0) done.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await client.DisposeAsync();
        await server.DisposeAsync();
        wheel.Dispose();
    }

    private void Ask() => client.Send(
        client.NewRequest(303, 16777216, Realm, null).Put(Rfc6733.UserName, "v1@b.example"u8)
            .Put(Ts29229.PublicIdentity, "sip:v1@b.example"u8)
            .BeginGroup(Ts29229.SipAuthDataItem).Put(Ts29229.SipAuthenticationScheme, "Digest-AKAv1-MD5"u8).EndGroup()
            .Put(Ts29229.SipNumberAuthItems, 1).Put(Ts29229.ServerName, "sip:scscf.b.example"u8).Finish(),
        this, null);

    private DiameterNode Make(LinkBook links, string name) => new(
        new DiameterNodeOptions
        {
            Self = links.Add(new Party(name, EntityKind.Unknown, "")),
            Links = links,
            Wheel = wheel,
            Gate = new Lock(),
            Host = new DiameterIdentity(name),
            Realm = new DiameterIdentity(name[(name.IndexOf('.') + 1)..]),
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
        },
        this);
}
