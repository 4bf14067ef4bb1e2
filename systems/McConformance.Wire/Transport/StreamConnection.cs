using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace McConformance.Wire.Transport;

/// <summary>
/// One transport connection, TCP or TLS. Outgoing messages are gathered while a write is under way and go out together; each goes
/// through the link to the peer first. Protocols say how messages are told apart.
/// </summary>
public abstract class StreamConnection : IOctetSink, IDisposable
{
    /// <summary>Most octets that wait for a peer that does not read; with more the connection ends.</summary>
    private const int PendingOctetsMax = 16 << 20;
    private readonly Socket socket;
    private readonly Stream stream;
    private readonly Lock gate = new();
    private byte[] pending = new byte[4096];
    private byte[] writing = new byte[4096];
    private int pendingLength;
    private int pendingMessages;
    private bool isWriting;
    private int closed;

    /// <summary>Takes over a connected socket and the stream on it.</summary>
    protected StreamConnection(Socket socket, Stream stream)
    {
        (this.socket, this.stream) = (socket, stream);
        Local = (IPEndPoint)socket.LocalEndPoint!;
        Remote = (IPEndPoint)socket.RemoteEndPoint!;
        Carrier = stream is SslStream ? Carrier.Tls : Carrier.Tcp;
        socket.Blocking = false;
    }

    /// <inheritdoc/>
    public Carrier Carrier { get; }

    /// <inheritdoc/>
    public IPEndPoint Local { get; }

    /// <inheritdoc/>
    public IPEndPoint Remote { get; }

    /// <summary>The link to the peer; set when the peer is known, and again when it has given its name.</summary>
    public Link? Outgoing { get; set; }

    /// <summary>The link from the peer.</summary>
    public Link? Incoming { get; set; }

    /// <summary>Whatever the owner keeps for this connection.</summary>
    public object? State { get; set; }

    /// <summary>The peer's certificate under TLS, or null.</summary>
    public X509Certificate2? PeerCertificate => (stream as SslStream)?.RemoteCertificate as X509Certificate2;

    /// <summary>True once it is closed, by whoever.</summary>
    public bool IsClosed => Volatile.Read(ref closed) != 0;

    /// <summary>Reads until the end; returns then.</summary>
    public async Task ReadAsync()
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 16 * 1024, leaveOpen: true));
        try
        {
            while (!IsClosed)
            {
                var result = await reader.ReadAsync().ConfigureAwait(false);
                var buffer = result.Buffer;
                var isSound = Take(ref buffer);
                reader.AdvanceTo(buffer.Start, buffer.End);
                if (!isSound || result.IsCompleted) break;
            }
        }
        catch (Exception e) when (IsOfTheNetwork(e))
        {
            // the peer is gone, or we closed: told below
        }
        finally
        {
            Close();
        }
    }

    /// <summary>Takes whole messages off the front of what was read; false where the framing is lost and the connection must end.</summary>
    protected abstract bool Take(ref ReadOnlySequence<byte> buffer);

    /// <summary>The connection is gone. Called once.</summary>
    protected abstract void OnClosed();

    /// <summary>What reading and writing throws when a connection breaks.</summary>
    public static bool IsOfTheNetwork(Exception e) => e is IOException or SocketException or ObjectDisposedException or InvalidOperationException
        or OperationCanceledException or System.Security.Authentication.AuthenticationException;

    /// <summary>Sends one message through the link, where there is one.</summary>
    public void Send(ReadOnlySpan<byte> octets)
    {
        if (Outgoing is { } link) link.Send(octets, this);
        else Emit(octets);
    }

    /// <inheritdoc/>
    public void Emit(ReadOnlySpan<byte> octets)
    {
        var isTaken = false;
        lock (gate)
        {
            if (!IsClosed && pendingLength + octets.Length <= PendingOctetsMax)
            {
                Gather(octets);
                if (isWriting) return;
                isWriting = isTaken = true;
            }
        }

        if (!isTaken)
        {
            Outgoing?.Dropped();
            Close();
        }
        else if (!TryWriteAtOnce())
        {
            _ = WriteAsync();
        }
    }

    /// <inheritdoc/>
    public void Sever() => Close();

    /// <summary>Closes it at once.</summary>
    public void Close()
    {
        if (Interlocked.Exchange(ref closed, 1) != 0) return;
        try
        {
            stream.Dispose();
            socket.Dispose();
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // closing what is broken already
        }

        int unsent;
        lock (gate)
        {
            unsent = pendingMessages;
            pendingMessages = 0;
        }

        for (; unsent > 0; unsent--) Outgoing?.Dropped();
        OnClosed();
    }

    /// <inheritdoc/>
    public void Dispose() => Close();

    /// <summary>Plain TCP takes small messages without waiting: no task, no switch of thread. False where the rest must wait for room.</summary>
    private bool TryWriteAtOnce()
    {
        if (Carrier == Carrier.Tls) return false;
        while (TryTakePending(out var length))
        {
            try
            {
                var sent = socket.Send(writing.AsSpan(0, length), SocketFlags.None, out var error);
                if (error is not (SocketError.Success or SocketError.WouldBlock)) throw new SocketException((int)error);
                if (error == SocketError.WouldBlock) sent = 0;
                if (sent == length) continue;
                _ = WriteAsync(sent, length);
                return true;
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                Close();
                return true;
            }
        }

        return true;
    }

    private bool TryTakePending(out int length)
    {
        lock (gate)
        {
            length = pendingLength;
            if (length == 0)
            {
                isWriting = false;
                return false;
            }

            (pending, writing) = (writing, pending);
            pendingLength = pendingMessages = 0;
            return true;
        }
    }

    private void Gather(ReadOnlySpan<byte> octets)
    {
        var length = pendingLength + octets.Length;
        if (length > pending.Length) Array.Resize(ref pending, Math.Max(pending.Length * 2, length));
        octets.CopyTo(pending.AsSpan(pendingLength));
        pendingLength = length;
        pendingMessages++;
    }

    private async Task WriteAsync(int from = 0, int to = 0)
    {
        try
        {
            if (to > from) await stream.WriteAsync(writing.AsMemory(from, to - from)).ConfigureAwait(false);
            while (TryTakePending(out var length)) await stream.WriteAsync(writing.AsMemory(0, length)).ConfigureAwait(false);
        }
        catch (Exception e) when (IsOfTheNetwork(e))
        {
            Close();
        }
    }
}
