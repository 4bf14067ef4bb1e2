using System.Net;

namespace McConformance.Wire;

/// <summary>What became of a message on its link.</summary>
public enum Fate
{
    /// <summary>Went out as the sender wrote it.</summary>
    Delivered,

    /// <summary>Never went out.</summary>
    Lost,

    /// <summary>Went out later than it was sent.</summary>
    Delayed,

    /// <summary>One more copy of a message that went out before.</summary>
    Duplicated,

    /// <summary>Went out changed; the octets are the changed ones.</summary>
    Altered,

    /// <summary>What the sender wrote, of a message that went out changed.</summary>
    Replaced,
}

/// <summary>One message as it stood on the wire. Immutable.</summary>
/// <param name="Number">1, 2, 3 ... in the order of recording; the number that verdicts cite.</param>
/// <param name="At">Time since the recording began, on the entities' clock.</param>
/// <param name="Link">From whom to whom, on which reference point.</param>
/// <param name="Carrier">UDP, TCP or TLS.</param>
/// <param name="Source">Sender's address.</param>
/// <param name="Destination">Receiver's address.</param>
/// <param name="Octets">Exactly the message, without transport headers.</param>
/// <param name="Fate">What became of it.</param>
/// <param name="Note">What a disturbance did, or null.</param>
public sealed record RecordedMessage(
    int Number, TimeSpan At, Link Link, Carrier Carrier, IPEndPoint Source, IPEndPoint Destination,
    ReadOnlyMemory<byte> Octets, Fate Fate, string? Note)
{
    /// <summary>True where the receiver got it.</summary>
    public bool WasDelivered => Fate is not (Fate.Lost or Fate.Replaced);
}

/// <summary>
/// Every message of one scenario, in order. Written by links, read by steps, checks and reports. Thread safe. Octets are
/// copied into chunks, so that the sender's buffer is free at once.
/// </summary>
public sealed class Recording(TimeProvider time)
{
    private const int ChunkOctets = 32 * 1024;
    private readonly long started = time.GetTimestamp();
    private readonly Lock gate = new();
    private readonly List<RecordedMessage> messages = [];
    private readonly List<Waiter> waiters = [];
    private byte[] chunk = [];
    private int used;

    /// <summary>Wall-clock time at which the recording began.</summary>
    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    /// <summary>How many messages there are by now.</summary>
    public int Count
    {
        get { lock (gate) return messages.Count; }
    }

    /// <summary>What was recorded by now.</summary>
    public RecordedMessage[] Messages
    {
        get { lock (gate) return [.. messages]; }
    }

    /// <summary>Completes with the first message, recorded already or yet to come, that the condition accepts.</summary>
    /// <param name="accepts">Called under the recording's lock: quick, and without touching the recording.</param>
    /// <param name="cancellation">Ends the wait with <see cref="OperationCanceledException"/>.</param>
    public Task<RecordedMessage> FirstAsync(Func<RecordedMessage, bool> accepts, CancellationToken cancellation)
    {
        lock (gate)
        {
            foreach (var message in messages)
                if (accepts(message)) return Task.FromResult(message);
            var waiter = new Waiter(accepts);
            waiters.Add(waiter);
            cancellation.UnsafeRegister(static (w, t) => ((Waiter)w!).Done.TrySetCanceled(t), waiter);
            return waiter.Done.Task;
        }
    }

    internal void Add(Link link, ReadOnlySpan<byte> octets, IOctetSink flow, Fate fate, string? note, bool reversed = false)
    {
        lock (gate)
        {
            var at = time.GetElapsedTime(started);
            var (source, destination) = reversed ? (flow.Remote, flow.Local) : (flow.Local, flow.Remote);
            var message = new RecordedMessage(
                messages.Count + 1, at, link, flow.Carrier, source, destination, Keep(octets), fate, note);
            messages.Add(message);
            for (var i = waiters.Count - 1; i >= 0; i--)
            {
                if (waiters[i].Done.Task.IsCompleted || waiters[i].Offer(message)) waiters.RemoveAt(i);
            }
        }
    }

    private ReadOnlyMemory<byte> Keep(ReadOnlySpan<byte> octets)
    {
        if (octets.Length > ChunkOctets / 4) return octets.ToArray();
        if (used + octets.Length > chunk.Length) (chunk, used) = (new byte[ChunkOctets], 0);
        octets.CopyTo(chunk.AsSpan(used));
        var kept = chunk.AsMemory(used, octets.Length);
        used += octets.Length;
        return kept;
    }

    private sealed class Waiter(Func<RecordedMessage, bool> accepts)
    {
        public TaskCompletionSource<RecordedMessage> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Offer(RecordedMessage message) => accepts(message) && Done.TrySetResult(message);
    }
}
