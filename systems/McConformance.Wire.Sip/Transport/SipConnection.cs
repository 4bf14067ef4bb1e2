using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transactions;
using McConformance.Wire.Time;

namespace McConformance.Wire.Sip.Transport;

/// <summary>
/// One TCP or TLS connection. Writes are gathered in a pipe and go out together; reads fill one buffer that grows with
/// the message. Two timers guard it: one for an idle peer, one for a peer that begins something and does not end it.
/// </summary>
internal sealed class SipConnection
{
    private readonly SipEndpointOptions options;
    private readonly IStreamUser user;
    private readonly Socket socket;
    private readonly StreamFramer framer;
    private readonly Guard idle;
    private readonly Guard pending;
    private readonly Lock writing = new();
    private readonly Pipe output = new(new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false));
    private readonly CancellationTokenSource ended = new();
    private Task running = Task.CompletedTask;
    private Stream? stream;
    private readonly SipMessage message = new();
    private long lastArrival;
    private int unsentMessages;
    private int unsentOctets;
    private bool completed;
    private volatile bool broken;

    /// <summary>Takes over a socket, connected or bound; <see cref="Start"/> sets it going.</summary>
    public SipConnection(
        SipEndpointOptions options, IStreamUser user, Socket socket, Carrier carrier, IPEndPoint remote, bool accepted)
    {
        (this.options, this.user, this.socket, IsAccepted) = (options, user, socket, accepted);
        socket.NoDelay = true;
        framer = new StreamFramer(options.StreamMessageOctetsMax);
        Flow = new SipFlow(options.Links, options.Self, this, carrier, (IPEndPoint)socket.LocalEndPoint!, remote);
        (idle, pending) = (new Guard(CloseIfIdle), new Guard(Abort));
    }

    /// <summary>A socket that knows its local port before it connects, so that the acceptor can look up who
    /// comes.</summary>
    /// <exception cref="SocketException">No port is free.</exception>
    public static Socket Bind(IPAddress from, IPEndPoint to)
    {
        var socket = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(from, 0));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The connection as others see it.</summary>
    public SipFlow Flow { get; }

    /// <summary>True where the peer opened it.</summary>
    public bool IsAccepted { get; }

    /// <summary>False once nothing more can be written.</summary>
    public bool IsOpen => !Volatile.Read(ref completed);

    /// <summary>Shown in the handshake, or null.</summary>
    public X509Certificate2? PeerCertificate => (stream as SslStream)?.RemoteCertificate as X509Certificate2;

    /// <summary>Connects if need be, shakes hands, then reads and writes until the end.</summary>
    public void Start() => running = RunAsync();

    /// <summary>Puts octets in line to be written; false where the connection is closed or the peer does not
    /// read.</summary>
    public bool Write(ReadOnlySpan<byte> octets, bool isMessage = true)
    {
        lock (writing)
        {
            if (completed) return false;
            if (unsentOctets + octets.Length <= options.StreamUnsentOctetsMax)
            {
                octets.CopyTo(output.Writer.GetSpan(octets.Length));
                output.Writer.Advance(octets.Length);
                unsentOctets += octets.Length;
                if (isMessage) unsentMessages++;
                // never waits: the pipe has no threshold
                _ = output.Writer.FlushAsync();
                return true;
            }
        }

        Abort();
        return false;
    }

    /// <summary>Breaks the connection: the peer's end sees a reset, not an end.</summary>
    public void Break()
    {
        broken = true;
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // broken already
        }

        Abort();
    }

    /// <summary>Ends the connection at once.</summary>
    public void Abort()
    {
        EndWriting();
        // never on the caller's thread: it may hold the gate, and what ends here tells the user
        _ = ended.CancelAsync();
    }

    /// <summary>Ends it and waits until its socket is gone.</summary>
    public Task CloseAsync()
    {
        Abort();
        return running;
    }

    private async Task RunAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var orderly = false;
        try
        {
            options.Wheel.Schedule(pending, options.StreamMessageTime);
            stream = await OpenAsync().ConfigureAwait(false);
            options.Wheel.Cancel(pending);
            lastArrival = options.Wheel.Clock.GetTimestamp();
            options.Wheel.Schedule(idle, options.StreamIdle);
            var writes = WriteLoopAsync(stream);
            orderly = await ReadLoopAsync(stream).ConfigureAwait(false);
            EndWriting();
            await writes.ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException or AuthenticationException
            or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            orderly = false;
        }
        catch (Exception e)
        {
            orderly = false;
            user.OnFault(e);
        }
        finally
        {
            await ReleaseAsync().ConfigureAwait(false);
            user.OnClosed(this, orderly);
        }
    }

    private async Task<Stream> OpenAsync()
    {
        // no message is on the wire while a connection is made and secured
        if (!IsAccepted) options.Links.Hold();
        try
        {
            return await SecureAsync().ConfigureAwait(false);
        }
        finally
        {
            if (!IsAccepted) options.Links.Release();
        }
    }

    private async Task<Stream> SecureAsync()
    {
        if (!IsAccepted) await socket.ConnectAsync(Flow.Remote, ended.Token).ConfigureAwait(false);
        var plain = new NetworkStream(socket, ownsSocket: false);
        if (Flow.Carrier == Carrier.Tcp) return plain;
        var tls = new SslStream(plain);
        if (IsAccepted) await tls.AuthenticateAsServerAsync(options.TlsServer!, ended.Token).ConfigureAwait(false);
        if (IsAccepted) return tls;
        var policy = TlsPolicy.For(options.TlsClient, Flow.Remote);
        await tls.AuthenticateAsClientAsync(policy, ended.Token).ConfigureAwait(false);
        return tls;
    }

    /// <returns>True where the peer ended the stream between two messages.</returns>
    private async Task<bool> ReadLoopAsync(Stream from)
    {
        while (true)
        {
            var length = await from.ReadAsync(framer.Room(), ended.Token).ConfigureAwait(false);
            if (length == 0) return !framer.IsPartial;
            lastArrival = options.Wheel.Clock.GetTimestamp();
            framer.Filled(length);
            if (TakeMessages()) continue;
            await LingerAsync(from).ConfigureAwait(false);
            return false;
        }
    }

    private bool TakeMessages()
    {
        while (true)
        {
            var step = framer.Next(message, out var octets);
            switch (step)
            {
                case FramingStep.Message:
                    options.Wheel.Cancel(pending);
                    user.OnMessage(message, octets, Flow);
                    break;
                case FramingStep.Ping:
                    Write("\r\n"u8, isMessage: false);
                    break;
                case FramingStep.NeedMore:
                    if (!framer.IsPartial) options.Wheel.Cancel(pending);
                    else if (!pending.IsScheduled) options.Wheel.Schedule(pending, options.StreamMessageTime);
                    return true;
                default:
                    user.OnBadFraming(framer.Fault, message, octets, Flow);
                    return false;
            }
        }
    }

    // a socket closed with octets unread resets the connection, and the peer would lose our answer: so read on, and
    // forget
    private async Task LingerAsync(Stream from)
    {
        EndWriting();
        options.Wheel.Schedule(pending, options.StreamMessageTime);
        var scrap = new byte[4096];
        while (await from.ReadAsync(scrap, ended.Token).ConfigureAwait(false) > 0) continue;
    }

    private async Task WriteLoopAsync(Stream to)
    {
        try
        {
            while (true)
            {
                var read = await output.Reader.ReadAsync(ended.Token).ConfigureAwait(false);
                foreach (var segment in read.Buffer) await to.WriteAsync(segment, ended.Token).ConfigureAwait(false);
                Written((int)read.Buffer.Length);
                output.Reader.AdvanceTo(read.Buffer.End);
                if (!read.IsCompleted) continue;
                // the end of writing would look orderly to the peer
                if (broken) return;
                if (to is SslStream tls) await tls.ShutdownAsync().ConfigureAwait(false);
                socket.Shutdown(SocketShutdown.Send);
                return;
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException
            or ObjectDisposedException or InvalidOperationException)
        {
            Abort();
        }
    }

    private void Written(int octets)
    {
        lock (writing)
        {
            unsentOctets -= octets;
            if (unsentOctets == 0) unsentMessages = 0;
        }
    }

    private void EndWriting()
    {
        lock (writing)
        {
            if (completed) return;
            Volatile.Write(ref completed, true);
            output.Writer.Complete();
        }
    }

    private async Task ReleaseAsync()
    {
        Abort();
        options.Wheel.Cancel(idle);
        options.Wheel.Cancel(pending);
        if (stream is not null) await stream.DisposeAsync().ConfigureAwait(false);
        socket.Dispose();
        output.Reader.Complete();
        framer.Dispose();
        // what never left will not arrive either
        for (var i = 0; i < unsentMessages; i++) Flow.Outgoing.Dropped();
    }

    private void CloseIfIdle()
    {
        var quiet = options.Wheel.Clock.GetElapsedTime(Volatile.Read(ref lastArrival));
        if (quiet >= options.StreamIdle) Abort();
        else options.Wheel.Schedule(idle, options.StreamIdle - quiet);
    }

    private sealed class Guard(Action due) : TimerNode
    {
        protected override void OnTimer() => due();
    }
}
