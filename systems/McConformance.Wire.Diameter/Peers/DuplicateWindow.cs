using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Transport;

namespace McConformance.Wire.Diameter.Peers;

/// <summary>
/// The last requests and their answers, by Origin-Host and end-to-end identifier (RFC 6733 3 and 5.5.4): a request that comes again, from
/// whatever peer, gets the same answer and is not handled twice. A ring of fixed size.
/// </summary>
internal sealed class DuplicateWindow
{
    private const int Size = 1024;
    private readonly Dictionary<ulong, Entry> byKey = new(Size);
    private readonly Entry[] ring = new Entry[Size];
    private int next;

    /// <summary>Enters a request.</summary>
    /// <returns>The entry of the first arrival where this is another; null where this is the first.</returns>
    public Entry? Enter(ulong key, out Entry entry)
    {
        if (byKey.TryGetValue(key, out entry!)) return entry;
        entry = ring[next] ??= new Entry();
        next = (next + 1) % Size;
        if (entry.IsUsed) byKey.Remove(entry.Key);
        entry.Begin(key);
        byKey[key] = entry;
        return null;
    }

    /// <summary>Identifies a request: a hash of Origin-Host, and the end-to-end identifier.</summary>
    public static ulong KeyOf(ReadOnlySpan<byte> originHost, uint endToEnd)
    {
        var hash = 14695981039346656037UL;
        foreach (var octet in originHost) hash = (hash ^ octet) * 1099511628211UL;
        return (hash << 32) ^ hash ^ endToEnd;
    }

    /// <summary>One request.</summary>
    internal sealed class Entry
    {
        private byte[] answer = [];
        private int length;

        public ulong Key { get; private set; }

        public bool IsUsed { get; private set; }

        public bool IsAnswered => length > 0;

        /// <summary>The answer as it was given, with the hop-by-hop identifier of the first arrival.</summary>
        public Span<byte> Answer => answer.AsSpan(0, length);

        /// <summary>Who asked again before the answer was there.</summary>
        public List<(DiameterConnection Connection, uint HopByHop)>? Waiting { get; set; }

        public void Begin(ulong key)
        {
            (Key, IsUsed, length, Waiting) = (key, true, 0, null);
        }

        public void Keep(ReadOnlySpan<byte> octets)
        {
            if (answer.Length < octets.Length) answer = new byte[Math.Max(512, octets.Length)];
            octets.CopyTo(answer);
            length = octets.Length;
        }
    }
}
