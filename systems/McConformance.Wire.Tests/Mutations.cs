namespace McConformance.Wire.Tests;

/// <summary>Seeded mutations of a valid message: flips, cuts, inserts, doubled slices, lengths overwritten. Compiled into every fuzz test.</summary>
internal sealed class Mutations(int seed)
{
    private readonly Random random = new(seed);
    private readonly byte[] buffer = new byte[16 * 1024];

    /// <summary>How many messages a fuzz run takes; MC_FUZZ_MESSAGES asks for a longer one.</summary>
    public static int Count => int.TryParse(Environment.GetEnvironmentVariable("MC_FUZZ_MESSAGES"), out var count) ? count : 1_000_000;

    /// <summary>The next mutation; the memory is used again by the next call.</summary>
    public ReadOnlyMemory<byte> Next(byte[] valid)
    {
        valid.CopyTo(buffer, 0);
        var length = valid.Length;
        for (var n = random.Next(1, 4); n > 0; n--) length = Mutate(length);
        return buffer.AsMemory(0, length);
    }

    private int Mutate(int length)
    {
        if (length == 0) return 0;
        var at = random.Next(length);
        switch (random.Next(7))
        {
            case 0:
                buffer[at] ^= (byte)(1 << random.Next(8));
                return length;
            case 1:
                return at;
            case 2:
                buffer[at] = "\r\n:;,<>\"\\ \0\xff"u8[random.Next(13)];
                return length;
            case 3:
                return Insert(at, length, random.Next(1, 40), random.Next(256));
            case 4:
                return Double(at, length, Math.Min(random.Next(1, 200), length - at));
            case 5:
                var cut = Math.Min(random.Next(1, 60), length - at);
                buffer.AsSpan(at + cut, length - at - cut).CopyTo(buffer.AsSpan(at));
                return length - cut;
            default:
                random.NextBytes(buffer.AsSpan(at, Math.Min(4, length - at)));
                return length;
        }
    }

    private int Insert(int at, int length, int count, int octet)
    {
        if (length + count > buffer.Length) return length;
        buffer.AsSpan(at, length - at).CopyTo(buffer.AsSpan(at + count));
        buffer.AsSpan(at, count).Fill((byte)octet);
        return length + count;
    }

    private int Double(int at, int length, int count)
    {
        if (length + count > buffer.Length) return length;
        buffer.AsSpan(at, length - at).CopyTo(buffer.AsSpan(at + count));
        return length + count;
    }
}
