using System.Net;
using System.Net.Sockets;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transactions;
using static McConformance.Wire.Sip.Tests.Transport.StreamSamples;

namespace McConformance.Wire.Sip.Tests.Transport;

/// <summary>Connections that begin or end otherwise than they should.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class StreamEndTests
{
    [Test]
    public async Task Certificate_that_is_not_trusted_is_a_transport_failure()
    {
        await using var world = new SipWorld(o => Streams(o) with { TlsClient = null });

        world.Alice.Send(SipMethod.Register, world.Core.At(Carrier.Tls));

        (await world.Alice.HearsAsync("the failure")).Should().Be("Transport");
        world.Core.Requests.Should().Be(0);
        world.Links.InFlight.Should().Be(0, "what never left is not waited for");
    }

    [Test]
    public async Task Handshake_that_never_comes_is_waited_for_ten_seconds()
    {
        await using var world = new SipWorld(Streams);
        using var peer = await Peer.TcpAsync(world.Core.At(Carrier.Tls).Address);
        // accepted in order: once this one is served, the silent one is waiting
        world.Alice.Send(SipMethod.Options, world.Core.At(Carrier.Tls));
        (await world.Alice.HearsAsync("the answer to another")).Should().Be("200");

        world.Time.Advance(TimeSpan.FromSeconds(10.1));

        (await peer.ReadToEndAsync()).Should().BeEmpty();
    }

    [Test]
    public async Task Response_goes_by_a_new_connection_to_the_sent_by_port_where_the_first_is_gone()
    {
        await using var world = new SipWorld(Streams);
        var waiting = new TaskCompletionSource<SipServerTransaction>();
        world.Core.Answer = waiting.SetResult;
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var sentBy = ((IPEndPoint)listener.LocalEndPoint!).Port;

        SipServerTransaction transaction;
        using (var peer = await Peer.TcpAsync(world.Core.At(Carrier.Tcp).Address))
        {
            await peer.SendAsync(Message("gone").Replace("ue.example;", $"ue.example:{sentBy};"));
            transaction = await waiting.Task.WaitAsync(TimeSpan.FromSeconds(10));
        }

        await Eventually(() => !transaction.Flow.IsOpen, "the connection to be seen closed");
        transaction.Respond(200, "OK"u8);

        using var back = await listener.AcceptAsync().WaitAsync(TimeSpan.FromSeconds(10));
        var buffer = new byte[4096];
        var length = await back.ReceiveAsync(buffer).WaitAsync(TimeSpan.FromSeconds(10));
        SipWorld.FirstLine(buffer.AsSpan(0, length)).Should().Be("SIP/2.0 200 OK");
    }

    private static async Task Eventually(Func<bool> condition, string what)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (!condition())
        {
            if (deadline.IsCancellationRequested) throw new AssertionException($"waited 10 s for {what}");
            await look.WaitForNextTickAsync();
        }
    }
}
