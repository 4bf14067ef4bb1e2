using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using McConformance.Wire;
using McConformance.Wire.Transport;

namespace McConformance.Fakes.Relays;

/// <summary>A relay for TCP and TLS: each connection of the client becomes one to the server. TLS ends here on both
/// sides.</summary>
public sealed class StreamRelay : IAsyncDisposable
{
    private readonly RelayOptions options;
    private readonly Socket listener;
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<RelayLeg, byte> legs = new();
    private readonly Task accepting;

    /// <summary>Listens at once.</summary>
    /// <exception cref="SocketException">The address is taken.</exception>
    public StreamRelay(RelayOptions options)
    {
        this.options = options;
        listener = StreamConnector.Listen(options.Listen);
        ListeningAt = (IPEndPoint)listener.LocalEndPoint!;
        accepting = AcceptAsync();
    }

    /// <summary>Where the client must connect to.</summary>
    public IPEndPoint ListeningAt { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync().ConfigureAwait(false);
        listener.Dispose();
        foreach (var leg in legs.Keys) leg.Close();
        await accepting.ConfigureAwait(false);
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var socket = await listener.AcceptAsync(stop.Token).ConfigureAwait(false);
                _ = RelayAsync(socket);
            }
            catch (Exception e) when (StreamConnection.IsOfTheNetwork(e))
            {
                // stopped, or one that was gone before it was accepted
            }
        }
    }

    /// <summary>The server is asked first: a client whose server is away is told by the end of its
    /// connection.</summary>
    private async Task RelayAsync(Socket accepted)
    {
        RelayLeg? toServer = null;
        RelayLeg? toClient = null;
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
            limit.CancelAfter(options.ConnectTime);
            var (socket, stream) = await StreamConnector.ConnectAsync(
                options.Links, options.Client, options.Protocol, options.Target, options.TlsToServer,
                    limit.Token).ConfigureAwait(false);
            legs[toServer = new RelayLeg(socket, stream)] = 0;
            var secured = await StreamConnector.SecureAsync(accepted, options.TlsToClient, limit.Token).ConfigureAwait(
                false);
            legs[toClient = new RelayLeg(accepted, secured)] = 0;
            await RunAsync(toClient, toServer).ConfigureAwait(false);
        }
        catch (Exception e) when (StreamConnection.IsOfTheNetwork(e))
        {
            // no connection to the server, or no TLS with one of the two
        }
        finally
        {
            foreach (var leg in (RelayLeg?[])[toServer, toClient])
            {
                if (leg is null) continue;
                legs.TryRemove(leg, out _);
                leg.Close();
            }

            accepted.Dispose();
        }
    }

    private async Task RunAsync(RelayLeg client, RelayLeg server)
    {
        var (requests, responses) = (MessageFraming.For(options.Protocol), MessageFraming.For(options.Protocol));
        var onward = new Direction(options.FromClient, client, server, requests)
        {
            // the answer to HEAD has no body, whatever its length says (RFC 9112 6.3)
            Sees = message => responses.AnswersHead = message.Span.StartsWith("HEAD "u8),
        };
        var back = new Direction(options.FromServer, server, client, responses);
        await Task.WhenAll(onward.RunAsync(), back.RunAsync(), client.WriteAsync(),
            server.WriteAsync()).ConfigureAwait(false);
    }

    /// <summary>One direction: from one leg through the link to the other. To the recording it looks as if the two
    /// ends were
    /// joined directly.</summary>
    private sealed class Direction(Link link, RelayLeg from, RelayLeg to, MessageFraming framing) : IOctetSink
    {
        public Action<ReadOnlyMemory<byte>>? Sees { get; init; }

        public Carrier Carrier => to.Carrier;

        public IPEndPoint Local => from.Remote;

        public IPEndPoint Remote => to.Remote;

        public void Emit(ReadOnlySpan<byte> octets) => to.Write(octets);

        public void Sever()
        {
            from.Close();
            to.Close();
        }

        public async Task RunAsync()
        {
            // off the caller, who starts the other direction next
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            var buffer = new byte[16 * 1024];
            while (await from.ReadAsync(buffer).ConfigureAwait(false) is var length and > 0)
                framing.Push(buffer.AsSpan(0, length), Pass);
            framing.Finish(Pass);
            to.Complete();
        }

        private void Pass(ReadOnlyMemory<byte> message)
        {
            // line ends between messages keep a flow alive and are no messages
            if (message.Span.IndexOfAnyExcept((byte)'\r', (byte)'\n') < 0)
            {
                Emit(message.Span);
                return;
            }

            Sees?.Invoke(message);
            link.Send(message.Span, this);
        }
    }
}
