using System.Net;
using System.Text;
using System.Threading.Channels;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transactions;
using McConformance.Wire.Sip.Transport;
using McConformance.Wire.Time;

namespace McConformance.Wire.Sip.Tests.Transport;

/// <summary>One scenario's clock, wheel, recording and link book, with two nodes on loopback.</summary>
internal sealed class SipWorld : IAsyncDisposable
{
    public SipWorld(Func<SipEndpointOptions, SipEndpointOptions>? change = null, bool recording = true)
    {
        Recording = new Recording(Time);
        Links = new LinkBook(Time, recording ? Recording : null);
        Wheel = new TimerWheel(Time);
        Alice = new SipNode(this, "alice.example", EntityKind.SignallingUserAgent, change);
        Core = new SipNode(this, "pcscf.example", EntityKind.ProxyCscf, change);
    }

    public ShiftableTime Time { get; } = new();

    public TimerWheel Wheel { get; }

    public Recording Recording { get; }

    public LinkBook Links { get; }

    public SipNode Alice { get; }

    public SipNode Core { get; }

    public Link ToCore => Links.Between(Alice.Party, Core.Party, WireProtocol.Sip);

    public Link ToAlice => Links.Between(Core.Party, Alice.Party, WireProtocol.Sip);

    /// <summary>What was recorded, one line each: time in ms, fate, first line.</summary>
    public IEnumerable<string> Lines() => Recording.Messages.Select(m => $"{m.Fate} {FirstLine(m.Octets.Span)}");

    public static string FirstLine(ReadOnlySpan<byte> octets)
    {
        var end = octets.IndexOf((byte)'\r');
        return Encoding.ASCII.GetString(end < 0 ? octets : octets[..end]);
    }

    public async ValueTask DisposeAsync()
    {
        await Alice.DisposeAsync();
        await Core.DisposeAsync();
        Wheel.Dispose();
    }
}

/// <summary>An endpoint and a user that writes down what it is told.</summary>
internal sealed class SipNode : ISipUser, ISipClientUser, IAsyncDisposable
{
    private readonly Channel<string> told = Channel.CreateUnbounded<string>();

    public SipNode(SipWorld world, string name, EntityKind kind, Func<SipEndpointOptions, SipEndpointOptions>? change)
    {
        Party = world.Links.Add(new Party(name, kind, "example"));
        var options = new SipEndpointOptions { Self = Party, Links = world.Links, Wheel = world.Wheel, Gate = Gate };
        Endpoint = new SipEndpoint(change?.Invoke(options) ?? options, this);
        Endpoint.Faults += e => told.Writer.TryWrite($"fault {e.Message}");
        Endpoint.Start();
    }

    public Lock Gate { get; } = new();

    public Party Party { get; }

    public SipEndpoint Endpoint { get; }

    /// <summary>What is done with each request; answers 200.</summary>
    public Action<SipServerTransaction> Answer { get; set; } = t => t.Respond(200, "OK"u8);

    /// <summary>How many requests the user was given.</summary>
    public int Requests { get; private set; }

    public SipDestination At(Carrier carrier) => new(carrier, Endpoint.AddressOf(carrier));

    /// <summary>The next thing that the user was told, or a failure naming what was waited for.</summary>
    public async Task<string> HearsAsync(string what)
    {
        try
        {
            return await told.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));
        }
        catch (TimeoutException)
        {
            throw new AssertionException($"{Party} waited 10 s for {what}");
        }
    }

    public bool HasHeardNothing => !told.Reader.TryPeek(out _);

    public SipClientTransaction Send(SipMethod method, SipDestination to, int bodyOctets = 0) =>
        Endpoint.SendRequest(Draft(method, to, bodyOctets), to, this, null);

    public SipDraft Draft(SipMethod method, SipDestination to, int bodyOctets = 0)
    {
        var draft = Endpoint.NewRequest(method, "sip:partner.example"u8, to);
        draft.Line(SipHeader.MaxForwards).Put(70).Line(SipHeader.From, "<sip:alice@partner.example>;tag=a1"u8);
        draft.Line(SipHeader.To, "<sip:alice@partner.example>"u8).Line(SipHeader.CallId, "call-1@alice.example"u8);
        draft.Line(SipHeader.CSeq).Put(1).Put(" "u8).Put(method.ToString().ToUpperInvariant());
        return bodyOctets == 0 ? draft.Finish() : draft.Finish("text/plain"u8, new byte[bodyOctets]);
    }

    public void OnRequest(SipServerTransaction transaction)
    {
        Requests++;
        Answer(transaction);
        told.Writer.TryWrite($"{transaction.Request.Method}");
    }

    public void OnAck(SipMessage ack, SipFlow flow) => told.Writer.TryWrite("Ack");

    public void OnStrayResponse(SipMessage response, SipFlow flow) =>
        told.Writer.TryWrite($"stray {response.StatusCode}");

    public void OnServerFailure(SipServerTransaction transaction, SipFailure why) =>
        told.Writer.TryWrite($"server {why}");

    public void OnResponse(SipClientTransaction transaction, SipMessage response) =>
        told.Writer.TryWrite($"{response.StatusCode}");

    public void OnFailure(SipClientTransaction transaction, SipFailure why) => told.Writer.TryWrite($"{why}");

    public ValueTask DisposeAsync() => Endpoint.DisposeAsync();
}

/// <summary>Loses what it selects.</summary>
internal sealed class Loses : Disturbance
{
    public override string Description => "loses messages";

    protected override void Apply(Link link, ReadOnlyMemory<byte> octets, IOctetSink sink) =>
        link.Lose(octets.Span, sink, "lost by the test");
}
