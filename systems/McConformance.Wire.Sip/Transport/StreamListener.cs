using System.Net;
using System.Net.Sockets;

namespace McConformance.Wire.Sip.Transport;

/// <summary>Accepts connections on one TCP or TLS port.</summary>
internal sealed class StreamListener
{
    private readonly Socket socket;
    private readonly Action<Socket> accepted;
    private readonly Action<Exception> fault;
    private Task accepting = Task.CompletedTask;

    /// <summary>Binds and listens; <see cref="Start"/> begins to accept.</summary>
    public StreamListener(IPEndPoint at, Action<Socket> accepted, Action<Exception> fault)
    {
        (this.accepted, this.fault) = (accepted, fault);
        socket = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(at);
        socket.Listen(512);
        Local = (IPEndPoint)socket.LocalEndPoint!;
    }

    /// <summary>Own address.</summary>
    public IPEndPoint Local { get; }

    /// <summary>Begins to accept.</summary>
    public void Start() => accepting = AcceptAsync();

    /// <summary>Closes the port and waits for the loop to end.</summary>
    public Task CloseAsync()
    {
        socket.Dispose();
        return accepting;
    }

    private async Task AcceptAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (true)
        {
            try
            {
                accepted(await socket.AcceptAsync().ConfigureAwait(false));
            }
            catch (Exception e) when (IsEnd(e))
            {
                return;
            }
            catch (Exception e)
            {
                // a peer that left again, or no descriptor free: the next may do better
                fault(e);
                await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            }
        }
    }

    private static bool IsEnd(Exception e) => e is ObjectDisposedException or SocketException
    {
        SocketErrorCode: SocketError.OperationAborted or SocketError.Interrupted or SocketError.InvalidArgument
            or SocketError.NotSocket or SocketError.Shutdown,
    };
}
