using System.Diagnostics;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Tests.Codec;

namespace McConformance.Wire.Diameter.Tests;

/// <summary>Valid messages with random damage: nothing throws, hangs or grows. MC_FUZZ_MESSAGES says how
/// many.</summary>
[NonParallelizable]
public class FuzzTests
{
    private const int Seed = 20261121;

    [Test]
    public void Damaged_messages_are_read_judged_and_printed()
    {
        var count = int.TryParse(Environment.GetEnvironmentVariable("MC_FUZZ_MESSAGES"), out var wanted)
            ? wanted : 1_000_000;
        var random = new Random(Seed);
        byte[][] seeds = [Samples.Mar, ValidatorTests.Bomb(12), .. Answers()];
        var (message, octets) = (new DiameterMessage(), new byte[2048]);
        var findings = new List<Finding>();
        var (read, faulty) = (0, 0);
        var memory = GC.GetTotalMemory(true);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < count; i++)
        {
            var length = Damage(seeds[random.Next(seeds.Length)], octets, random);
            if (message.TryIndex(octets.AsMemory(0, length), out _) == System.Buffers.OperationStatus.Done)
                read += Walk(message);
            findings.Clear();
            if (!DiameterValidator.Check(octets.AsSpan(0, length), i % 8 == 0 ? findings : null).IsNone) faulty++;
            if (i % 16 == 0) DiameterDissector.Print(octets.AsSpan(0, length)).Should().NotBeNullOrEmpty();
        }

        TestContext.Out.WriteLine(
            $"{count} messages in {clock.Elapsed.TotalSeconds:f1} s, {read} AVPs read, {faulty} faulty, seed {Seed}");
        read.Should().BeGreaterThan(count);
        faulty.Should().BeGreaterThan(count / 4);
        (GC.GetTotalMemory(true) - memory).Should().BeLessThan(4 << 20, "nothing is kept");
        // 1 s where nothing else runs; far more than the 20 s that are asked for is a hang
        if (count <= 1_000_000) clock.Elapsed.Should().BeLessThan(TimeSpan.FromMinutes(2));
    }

    private static int Walk(DiameterMessage message)
    {
        var count = 0;
        foreach (var avp in message.Avps)
        {
            count++;
            foreach (var inner in avp.Avps) count += inner.Data.Length & 1;
        }

        return count;
    }

    private static int Damage(byte[] seed, byte[] octets, Random random)
    {
        seed.CopyTo(octets, 0);
        var length = seed.Length;
        for (var n = random.Next(1, 5); n > 0; n--)
        {
            var at = random.Next(length);
            switch (random.Next(6))
            {
                case 0: octets[at] = (byte)random.Next(256); break;
                case 1: octets[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: octets[at] = random.Next(2) == 0 ? (byte)0 : (byte)255; break;
                case 3: length = Math.Max(4, at); break;
                case 4: octets.AsSpan(at, Math.Min(4, length - at)).Fill((byte)random.Next(256)); break;
                case 5 when length + 32 < octets.Length:
                    octets.AsSpan(at & ~3, Math.Min(32, length - (at & ~3))).CopyTo(octets.AsSpan(length & ~3));
                    length = (length & ~3) + 32;
                    break;
            }
        }

        // most of the time the message length is right, so that what lies behind it is reached
        if (random.Next(4) != 0 &&
            length > 3) (octets[1], octets[2], octets[3]) = (0, (byte)(length >> 8), (byte)(length & ~3));
        return length;
    }

    private static IEnumerable<byte[]> Answers()
    {
        var origin = "00000108 4000000b 612e6200 00000128 40000009 62000000 ";
        yield return Samples.Of("40", 303, 16777216,
            "00000107 4000000b 613b3100" + origin +
            "00000129 40000020 0000010a 4000000c 000028af 0000012a 4000000c 00001389");
        yield return Samples.Of("80", 257, 0,
            origin + "00000101 4000000e 0001c0000207 0000 0000010a 4000000c 00000000 0000010d 0000000a 6162 0000");
        yield return Samples.Of("80", 282, 0, origin + "00000111 4000000c 00000000");
    }
}
