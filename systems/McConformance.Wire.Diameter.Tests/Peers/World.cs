using System.Net;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;
using McConformance.Wire.Diameter.Peers;
using McConformance.Wire.Identities;
using McConformance.Wire.Time;

namespace McConformance.Wire.Diameter.Tests.Peers;

/// <summary>Nodes on one clock and one book of links.</summary>
internal sealed class World : IAsyncDisposable
{
    private readonly List<DiameterNode> nodes = [];

    public World()
    {
        Recording = new Recording(Time);
        Links = new LinkBook(Time, Recording);
        Wheel = new TimerWheel(Time);
    }

    public ShiftableTime Time { get; } = new();

    public Recording Recording { get; }

    public LinkBook Links { get; }

    public TimerWheel Wheel { get; }

    public Station Add(string name, Func<DiameterNodeOptions, DiameterNodeOptions>? change = null)
    {
        var station = new Station(this, name, change ?? (o => o));
        nodes.Add(station.Node);
        return station;
    }

    /// <summary>Connects from one to the other and waits until both know.</summary>
    public static async Task JoinAsync(Station from, Station to, bool isProtected = false)
    {
        to.Node.AddPeer(new DiameterPeerOptions { Host = from.Host, IsProtected = isProtected });
        from.Node.AddPeer(new DiameterPeerOptions
        {
            Host = to.Host,
            Address = isProtected
                ? to.Node.ListeningProtectedAt : to.Node.ListeningAt,
            Initiates = true,
            IsProtected = isProtected,
        });
        await Within(from.Node.WhenConnectedAsync(to.Host, default), $"{from.Host} is connected to {to.Host}");
        await Within(to.Node.WhenConnectedAsync(from.Host, default), $"{to.Host} is connected to {from.Host}");
    }

    public Link Link(Station from, Station to) => Links.Between(from.Party, to.Party, WireProtocol.Diameter);

    public DiameterMessage[] Sent(Station from, Station to, uint command, bool isRequest) =>
        [.. Recording.Messages.Where(m => m.Link.From == from.Party && m.Link.To == to.Party)
            .Select(m => Samples.Message(m.Octets.ToArray()))
                .Where(m => m.Command == command && m.IsRequest == isRequest)];

    /// <summary>The first message that fits, recorded already or soon.</summary>
    public async Task<DiameterMessage> SeesAsync(string what, Func<RecordedMessage, DiameterMessage, bool> accepts)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var found = Recording.FirstAsync(m => accepts(m, Samples.Message(m.Octets.ToArray())), limit.Token);
        return Samples.Message((await Within(found, what)).Octets.ToArray());
    }

    public static async Task<T> Within<T>(Task<T> task, string what)
    {
        await Within((Task)task, what);
        return await task;
    }

    public static async Task Within(Task task, string what)
    {
        try
        {
            await task.WaitAsync(TimeSpan.FromSeconds(10));
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            Assert.Fail($"waited 10 s until {what}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes) await node.DisposeAsync();
        Wheel.Dispose();
    }
}

/// <summary>A node with a user that tests can steer: answers, forwards, or keeps requests waiting.</summary>
internal sealed class Station : IDiameterUser, IDiameterClientUser
{
    private TaskCompletionSource<DiameterServerTransaction> next = NewSource();

    public Station(World world, string name, Func<DiameterNodeOptions, DiameterNodeOptions> change)
    {
        Party = world.Links.Add(new Party(name, EntityKind.Unknown, ""));
        Node = new DiameterNode(
            change(new DiameterNodeOptions
            {
                Self = Party,
                Links = world.Links,
                Wheel = world.Wheel,
                Gate = new Lock(),
                Host = new DiameterIdentity(name),
                Realm = new DiameterIdentity(name[(name.IndexOf('.') + 1)..]),
                Listen = new IPEndPoint(IPAddress.Loopback, 0),
            }),
            this);
        Node.Faults += Faults.Add;
        Node.Start();
    }

    public Party Party { get; }

    public DiameterNode Node { get; }

    public DiameterIdentity Host => Node.Host;

    /// <summary>What is done with a request; answers 2001 where nothing else is said.</summary>
    public Action<DiameterServerTransaction> Handles { get; set; } = t => t.Answer(t.NewAnswer(2001).Finish());

    public int Handled { get; private set; }

    public List<Exception> Faults { get; } = [];

    public static void Keeps(DiameterServerTransaction transaction) => _ = transaction;

    /// <summary>The next request that comes from now on.</summary>
    public Task<DiameterServerTransaction> NextRequestAsync()
    {
        lock (Node.Gate)
        {
            next = NewSource();
            return next.Task;
        }
    }

    public void Routes(string realm, params Station[] hops) =>
        Node.AddRoute(new DiameterRoute(new DiameterIdentity(realm), [.. hops.Select(h => h.Host)]));

    public DiameterDraft Mar(string realm, string? host = null) =>
        Node.NewRequest(303, 16777216, new DiameterIdentity(realm), host is null ? null : new DiameterIdentity(host))
            .Put(Rfc6733.UserName, "v1@b.example").Put(Ts29229.PublicIdentity, "sip:v1@b.example")
            .BeginGroup(Ts29229.SipAuthDataItem).Put(Ts29229.SipAuthenticationScheme, "Digest-AKAv1-MD5").EndGroup()
            .Put(Ts29229.SipNumberAuthItems, 1).Put(Ts29229.ServerName, "sip:scscf.b.example").Finish();

    public Task<DiameterMessage> AskAsync(string realm, string? host = null, TimeSpan? answerTime = null) =>
        AskAsync(Mar(realm, host), answerTime);

    public async Task<DiameterMessage> AskAsync(DiameterDraft request, TimeSpan? answerTime = null)
    {
        var source = new TaskCompletionSource<DiameterMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        Node.Send(request, this, source, answerTime);
        return await World.Within(source.Task, $"{Host} has an answer");
    }

    public void OnRequest(DiameterServerTransaction transaction)
    {
        Handled++;
        Handles(transaction);
        next.TrySetResult(transaction);
    }

    public void OnAnswer(DiameterClientTransaction transaction, DiameterMessage answer)
    {
        var kept = new DiameterMessage();
        kept.Keep(answer);
        ((TaskCompletionSource<DiameterMessage>)transaction.State!).TrySetResult(kept);
    }

    public void OnFailure(DiameterClientTransaction transaction, DiameterFailure why) =>
        ((TaskCompletionSource<DiameterMessage>)transaction.State!).TrySetException(new FailedException(why));

    private static TaskCompletionSource<DiameterServerTransaction> NewSource() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>No answer came.</summary>
internal sealed class FailedException(DiameterFailure why) : Exception(why.ToString())
{
    public DiameterFailure Why { get; } = why;
}

internal static class Reading
{
    public static uint ResultCode(this DiameterMessage message) =>
        message.TryFind(268, 0, out var code) ? code.Uint32 : 0;

    public static string? Text(this DiameterMessage message, uint code, uint vendor = 0) =>
        message.TryFind(code, vendor, out var avp) ? avp.Text : null;

    public static string[] Texts(this DiameterMessage message, uint code)
    {
        var found = new List<string>();
        foreach (var avp in message.FindAll(code, 0)) found.Add(avp.Text);
        return [.. found];
    }
}
