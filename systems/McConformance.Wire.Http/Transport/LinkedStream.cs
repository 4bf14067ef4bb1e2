using System.Net;
using McConformance.Wire.Http.Codec;
using McConformance.Wire.Transport;

namespace McConformance.Wire.Http.Transport;

/// <summary>
/// The plain text side of one HTTP connection. What the owner writes is gathered to whole messages, and each goes through the link
/// to the peer; what is read is told to the link from the peer. The owner, Kestrel or HttpClient, sees an ordinary stream.
/// </summary>
internal sealed class LinkedStream : Stream, IOctetSink
{
    private const int PendingOctetsMax = 64 << 20;
    private readonly Stream inner;
    private readonly Link outgoing;
    private readonly Link incoming;
    private readonly bool isServer;
    private readonly HttpFraming written = new();
    private readonly HttpFraming read = new();
    private readonly Lock gate = new();
    private readonly Action<ReadOnlyMemory<byte>> launch;
    private readonly Action<ReadOnlyMemory<byte>> land;
    private MemoryStream pending = new();
    private Task writing = Task.CompletedTask;
    private long taken;
    private long landed;
    private long endOfAnswers;
    private bool hasSurplus;

    /// <summary>Of a server: requests not answered yet. Of a client: answers still to come.</summary>
    private int unanswered;
    private int closed;
    private bool isSevered;
    private Task ended = Task.CompletedTask;

    public LinkedStream(Stream inner, Carrier carrier, IPEndPoint local, IPEndPoint remote, Link outgoing, Link incoming, bool isServer)
    {
        (this.inner, this.outgoing, this.incoming, this.isServer) = (inner, outgoing, incoming, isServer);
        (Carrier, Local, Remote) = (carrier, local, remote);
        launch = Launch;
        land = Land;
    }

    public Carrier Carrier { get; }

    public IPEndPoint Local { get; }

    public IPEndPoint Remote { get; }

    /// <summary>Called where the connection must not live on. A server that has said its last word is not cut off:
    /// what it wrote may still be on its way to the socket.</summary>
    public Action? Closed { get; init; }

    /// <summary>Of a client: called for each request, once it is on the link.</summary>
    public Action? Asked { get; init; }

    /// <summary>Of a client: called for each final answer, before anybody could take the wire for quiet.</summary>
    public Action? Answered { get; init; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public void Emit(ReadOnlySpan<byte> octets)
    {
        lock (gate)
        {
            if (Volatile.Read(ref closed) != 0 || pending.Length + octets.Length > PendingOctetsMax)
            {
                outgoing.Dropped();
                return;
            }

            pending.Write(octets);
            if (writing.IsCompleted) writing = WritePendingAsync();
        }
    }

    public void Sever()
    {
        isSevered = true;
        Close();
    }

    /// <summary>Ends when the last octets are handed over.</summary>
    public override async ValueTask DisposeAsync()
    {
        Dispose(true);
        await ended.ConfigureAwait(false);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        return Taken(buffer.Span[..count]);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref closed) != 0, this);
        if (!written.Push(buffer.Span, launch)) Emit(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        var got = inner.Read(buffer, offset, count);
        return Taken(buffer.AsSpan(offset, got));
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        if (!written.Push(buffer.AsSpan(offset, count), launch)) Emit(buffer.AsSpan(offset, count));
    }

    public override void Flush() { }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (!disposing || Interlocked.Exchange(ref closed, 1) != 0) return;
        Task last;
        lock (gate) last = writing;
        // what was handed over still goes out: an answer written just before the end is an answer
        if (last.IsCompleted) End();
        else ended = last.ContinueWith(_ => End(), TaskScheduler.Default);
        for (var left = isServer ? Interlocked.Exchange(ref unanswered, 0) : 0; left > 0; left--) incoming.Handled();
    }

    /// <summary>Looks at what was read. A client is given no answer that it did not ask for: the connection ends in front of it, lest it be
    /// taken for the answer to the next request.</summary>
    /// <returns>How much of it the owner gets.</returns>
    private int Taken(ReadOnlySpan<byte> octets)
    {
        if (hasSurplus) return 0;
        if (!octets.IsEmpty) read.Push(octets, land);
        else if (read.Finish() is { IsEmpty: false } rest && !isServer) Land(rest);
        var before = taken;
        taken += octets.Length;
        return hasSurplus ? (int)Math.Clamp(endOfAnswers - before, 0, octets.Length) : octets.Length;
    }

    private void End()
    {
        inner.Dispose();
        if (!isServer || isSevered) Closed?.Invoke();
    }

    private void Launch(ReadOnlyMemory<byte> message)
    {
        if (!isServer) read.AnswersHead = message.Span.StartsWith("HEAD "u8);
        if (!isServer) Interlocked.Increment(ref unanswered);
        outgoing.Send(message.Span, this);
        Asked?.Invoke();
        if (!isServer || message.Span.StartsWith("HTTP/1.1 1"u8)) return;
        if (Interlocked.Decrement(ref unanswered) >= 0) incoming.Handled();
        else Interlocked.Increment(ref unanswered);
    }

    private void Land(ReadOnlyMemory<byte> message)
    {
        landed += message.Length;
        if (!isServer && !message.Span.StartsWith("HTTP/1.1 1"u8))
        {
            if (Interlocked.Decrement(ref unanswered) < 0) hasSurplus = true;
            else endOfAnswers = landed;
        }

        if (isServer) written.AnswersHead = message.Span.StartsWith("HEAD "u8);
        if (!incoming.Arrived(message.Span, this))
        {
            Lose(message.Length);
            return;
        }

        // a server is busy with a request until it has answered it; a client, until who waits has the answer
        if (isServer)
        {
            Interlocked.Increment(ref unanswered);
            return;
        }

        if (!message.Span.StartsWith("HTTP/1.1 1"u8)) Answered?.Invoke();
        incoming.Handled();
    }

    /// <summary>What comes over a severed link reaches nobody, and the connection is gone.</summary>
    private void Lose(int length)
    {
        (hasSurplus, endOfAnswers) = (true, landed - length);
        Sever();
    }

    private async Task WritePendingAsync()
    {
        // off the caller's thread and lock
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var spare = new MemoryStream();
        try
        {
            while (true)
            {
                lock (gate)
                {
                    if (pending.Length == 0)
                    {
                        writing = Task.CompletedTask;
                        return;
                    }

                    (pending, spare) = (spare, pending);
                }

                await inner.WriteAsync(spare.GetBuffer().AsMemory(0, (int)spare.Length)).ConfigureAwait(false);
                await inner.FlushAsync().ConfigureAwait(false);
                spare.SetLength(0);
            }
        }
        catch (Exception e) when (StreamConnection.IsOfTheNetwork(e))
        {
            outgoing.Dropped();
            Sever();
        }
    }
}
