using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using McConformance.Wire.Diameter.Codec;

namespace McConformance.Wire.Diameter.Transport;

/// <summary>What a connection tells its owner. Called from the connection's reading loop.</summary>
internal interface IConnectionOwner
{
    /// <summary>One whole message; the octets are free again when the call returns.</summary>
    void OnMessage(DiameterConnection connection, DiameterMessage message);

    /// <summary>What came cannot be framed; the connection closes after the call (RFC 6733 7.1.3: DIAMETER_INVALID_MESSAGE_LENGTH).</summary>
    void OnBadFraming(DiameterConnection connection);

    /// <summary>The connection is gone. Called once.</summary>
    void OnClosed(DiameterConnection connection);
}

/// <summary>
/// One transport connection, TCP or TLS. Outgoing messages are gathered while a write is under way and go out together; each goes
/// through the link to the peer first.
/// </summary>
internal sealed class DiameterConnection : IOctetSink, IDisposable
{
    private readonly Socket socket;
    private readonly Stream stream;
    private readonly IConnectionOwner owner;
    private readonly Lock gate = new();
    private byte[] pending = new byte[4096];
    private byte[] writing = new byte[4096];
    private int pendingLength;
    private bool isWriting;
    private int closed;

    public DiameterConnection(Socket socket, Stream stream, IConnectionOwner owner)
    {
        (this.socket, this.stream, this.owner) = (socket, stream, owner);
        Local = (IPEndPoint)socket.LocalEndPoint!;
        Remote = (IPEndPoint)socket.RemoteEndPoint!;
        Carrier = stream is SslStream ? Carrier.Tls : Carrier.Tcp;
        socket.Blocking = false;
    }

    public Carrier Carrier { get; }

    public IPEndPoint Local { get; }

    public IPEndPoint Remote { get; }

    /// <summary>The link to the peer; set when the peer is known, and again when it has given its name.</summary>
    public Link? Outgoing { get; set; }

    /// <summary>The link from the peer.</summary>
    public Link? Incoming { get; set; }

    /// <summary>Whatever the owner keeps for this connection.</summary>
    public object? State { get; set; }

    /// <summary>The peer's certificate under TLS, or null.</summary>
    public X509Certificate2? PeerCertificate => (stream as SslStream)?.RemoteCertificate as X509Certificate2;

    public bool IsClosed => Volatile.Read(ref closed) != 0;

    /// <summary>Reads until the end; returns then.</summary>
    public async Task ReadAsync(int messageOctetsMax)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 16 * 1024, leaveOpen: true));
        var message = new DiameterMessage();
        try
        {
            while (!IsClosed)
            {
                var result = await reader.ReadAsync();
                var buffer = result.Buffer;
                var isSound = Take(ref buffer, message, messageOctetsMax);
                reader.AdvanceTo(buffer.Start, buffer.End);
                if (!isSound) owner.OnBadFraming(this);
                if (!isSound || result.IsCompleted) break;
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // the peer is gone, or we closed: told below
        }
        finally
        {
            Close();
        }
    }

    public void Send(ReadOnlySpan<byte> octets)
    {
        if (Outgoing is { } link) link.Send(octets, this);
        else Emit(octets);
    }

    public void Emit(ReadOnlySpan<byte> octets)
    {
        lock (gate)
        {
            if (IsClosed) return;
            if (pendingLength + octets.Length > pending.Length) Array.Resize(ref pending, Math.Max(pending.Length * 2, pendingLength + octets.Length));
            octets.CopyTo(pending.AsSpan(pendingLength));
            pendingLength += octets.Length;
            if (isWriting) return;
            isWriting = true;
        }

        if (!TryWriteAtOnce()) _ = WriteAsync();
    }

    public void Sever() => Close();

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

        owner.OnClosed(this);
    }

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
            pendingLength = 0;
            return true;
        }
    }

    private async Task WriteAsync(int from = 0, int to = 0)
    {
        try
        {
            if (to > from) await stream.WriteAsync(writing.AsMemory(from, to - from));
            while (TryTakePending(out var length)) await stream.WriteAsync(writing.AsMemory(0, length));
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            Close();
        }
    }

    /// <summary>Gives every whole message to the owner; false where the framing is lost.</summary>
    private bool Take(ref ReadOnlySequence<byte> buffer, DiameterMessage message, int messageOctetsMax)
    {
        Span<byte> start = stackalloc byte[4];
        while (buffer.Length >= DiameterMessage.HeaderLength)
        {
            buffer.Slice(0, 4).CopyTo(start);
            var length = DiameterMessage.LengthOf(start);
            if (length < DiameterMessage.HeaderLength || length > messageOctetsMax || (length & 3) != 0 || start[0] != 1) return false;
            if (buffer.Length < length) return true;
            var whole = buffer.Slice(0, length);
            var octets = whole.IsSingleSegment ? whole.First : whole.ToArray();
            if (message.TryIndex(octets, out _) != OperationStatus.Done) return false;
            if (Incoming is not { } link || link.Arrived(octets.Span, this)) owner.OnMessage(this, message);
            buffer = buffer.Slice(length);
        }

        return true;
    }
}
