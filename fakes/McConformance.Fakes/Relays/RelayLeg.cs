using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Threading.Channels;
using McConformance.Wire;
using McConformance.Wire.Transport;

namespace McConformance.Fakes.Relays;

/// <summary>One of the two connections of a relayed stream: writes in order, and ends when all is written.</summary>
internal sealed class RelayLeg(Socket socket, Stream stream)
{
    private readonly Channel<byte[]> pending = Channel.CreateUnbounded<byte[]>(new() { SingleReader = true });

    /// <summary>The far end.</summary>
    public IPEndPoint Remote { get; } = (IPEndPoint)socket.RemoteEndPoint!;

    /// <summary>TCP or TLS.</summary>
    public Carrier Carrier { get; } = stream is SslStream ? Carrier.Tls : Carrier.Tcp;

    /// <summary>Reads; 0 where the far end has ended the stream or the connection is gone.</summary>
    public async Task<int> ReadAsync(Memory<byte> buffer)
    {
        try
        {
            return await stream.ReadAsync(buffer).ConfigureAwait(false);
        }
        catch (Exception e) when (StreamConnection.IsOfTheNetwork(e))
        {
            return 0;
        }
    }

    /// <summary>Hands octets over; those of a connection that is gone go nowhere, as on a wire.</summary>
    public void Write(ReadOnlySpan<byte> octets) => pending.Writer.TryWrite(octets.ToArray());

    /// <summary>Nothing more will be written.</summary>
    public void Complete() => pending.Writer.TryComplete();

    /// <summary>Writes until <see cref="Complete"/>, then ends this direction of the stream.</summary>
    public async Task WriteAsync()
    {
        try
        {
            await foreach (var octets in pending.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                await stream.WriteAsync(octets).ConfigureAwait(false);
                await stream.FlushAsync().ConfigureAwait(false);
            }

            if (stream is SslStream secure) await secure.ShutdownAsync().ConfigureAwait(false);
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (StreamConnection.IsOfTheNetwork(e))
        {
            Close();
        }
    }

    /// <summary>Ends it at once.</summary>
    public void Close()
    {
        Complete();
        stream.Dispose();
        socket.Dispose();
    }
}
