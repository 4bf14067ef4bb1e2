using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Transport;

namespace McConformance.Wire.Diameter.Peers;

/// <summary>
/// The last requests and their answers, by Origin-Host and end-to-end identifier (RFC 6733 3 and 5.5.4): a request that
/// comes
/// again, from whatever peer, gets the same answer and is not handled twice. Bounded in time and number; entries are
/// used again.
/// </summary>
/// <param name="clock">Entities' clock.</param>
/// <param name="window">How long a request is remembered.</param>
/// <param name="max">How many are; 1 or more.</param>
internal sealed class DuplicateWindow(TimeProvider clock, TimeSpan window, int max)
{
    /// <summary>Most octets of answers that are kept.</summary>
    private const int OctetsMax = 8 << 20;

    /// <summary>A longer buffer is not kept for another answer.</summary>
    private const int BufferMax = 4096;
    private readonly Dictionary<(ulong Origin, uint EndToEnd), Entry> byKey = [];
    private readonly Queue<Entry> inOrder = new();
    private readonly Stack<Entry> idle = new();
    private long octetsKept;

    public int Count => byKey.Count;

    /// <summary>Enters a request.</summary>
    /// <param name="originHost">As it stands in the message.</param>
    /// <param name="endToEnd">End-to-end identifier.</param>
    /// <param name="entry">The request's entry, or that of the first arrival.</param>
    /// <returns>True where the request was here before.</returns>
    public bool IsAgain(ReadOnlySpan<byte> originHost, uint endToEnd, out Entry entry)
    {
        var now = clock.GetTimestamp();
        while (inOrder.TryPeek(out var oldest) &&
            (inOrder.Count >= max || clock.GetElapsedTime(oldest.EnteredAt, now) > window)) Forget();
        var key = (Hash(originHost), endToEnd);
        if (byKey.TryGetValue(key, out entry!))
        {
            if (System.Text.Ascii.EqualsIgnoreCase(entry.Origin, originHost)) return true;
            byKey.Remove(key); // two hosts with one hash: the first is forgotten rather than taken for the other
        }

        entry = idle.TryPop(out var used) ? used : new Entry(this);
        entry.Begin(key, originHost, now);
        byKey[key] = entry;
        inOrder.Enqueue(entry);
        return false;
    }

    private void Forget()
    {
        var entry = inOrder.Dequeue();
        octetsKept -= entry.Answer.Length;
        if (byKey.TryGetValue(entry.Key, out var known) && known == entry) byKey.Remove(entry.Key);
        entry.End();
        idle.Push(entry);
    }

    private static ulong Hash(ReadOnlySpan<byte> origin)
    {
        var hash = 14695981039346656037UL;
        foreach (var octet in origin) hash = (hash ^ (octet | 0x20u)) * 1099511628211UL;
        return hash;
    }

    /// <summary>One request.</summary>
    internal sealed class Entry(DuplicateWindow window)
    {
        private byte[] answer = [];
        private byte[] origin = [];
        private int length;
        private int originLength;

        public (ulong Origin, uint EndToEnd) Key { get; private set; }

        public long EnteredAt { get; private set; }

        /// <summary>Counts uses: an answer that comes when the entry stands for another request must not be kept in
        /// it.</summary>
        public int Generation { get; private set; }

        public ReadOnlySpan<byte> Origin => origin.AsSpan(0, originLength);

        public bool IsAnswered => length > 0;

        /// <summary>The answer as it was given, with the hop-by-hop identifier of the first arrival.</summary>
        public ReadOnlyMemory<byte> Answer => answer.AsMemory(0, length);

        /// <summary>Who asked again before the answer was there.</summary>
        public List<(DiameterConnection Connection, DiameterMessage Request)>? Waiting { get; set; }

        public void Begin((ulong Origin, uint EndToEnd) key, ReadOnlySpan<byte> originHost, long now)
        {
            (Key, EnteredAt, length, originLength) = (key, now, 0, originHost.Length);
            if (origin.Length < originHost.Length) origin = new byte[Math.Max(64, originHost.Length)];
            originHost.CopyTo(origin);
        }

        public void End()
        {
            Generation++;
            Waiting = null;
            length = 0;
            if (answer.Length > BufferMax) answer = [];
        }

        public void Keep(ReadOnlySpan<byte> octets)
        {
            if (answer.Length < octets.Length) answer = new byte[Math.Max(512, octets.Length)];
            octets.CopyTo(answer);
            length = octets.Length;
            window.octetsKept += length;
            while (window.octetsKept > OctetsMax && window.inOrder.Peek() != this) window.Forget();
        }
    }
}
