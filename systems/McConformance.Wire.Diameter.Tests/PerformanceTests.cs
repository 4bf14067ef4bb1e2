using System.Diagnostics;
using McConformance.Wire.Diameter.Codec;

namespace McConformance.Wire.Diameter.Tests;

/// <summary>What the wire path allocates. Speed is measured by hand and by the benchmarks, not asserted here.</summary>
[NonParallelizable]
public class PerformanceTests
{
    [Test]
    public void Writing_and_reading_a_MAR_costs_no_allocation()
    {
        var draft = new DiameterDraft();
        for (var i = 0; i < 1000; i++) MarBenchmark.Decode(MarBenchmark.Encode(draft).Octets).Should().BePositive();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var sum = 0L;
        for (var i = 0; i < 1000; i++) sum += MarBenchmark.Decode(MarBenchmark.Encode(draft).Octets);
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
        sum.Should().Be(1000 * (296 + 19 + 12 + 16 + 16));
    }

    [Test]
    [Explicit("a measurement: dotnet test -c Release --filter Name=Speed_of_the_codec")]
    public void Speed_of_the_codec()
    {
        var draft = new DiameterDraft();
        for (var round = 0; round < 5; round++)
        {
            var clock = Stopwatch.StartNew();
            for (var i = 0; i < 1_000_000; i++) MarBenchmark.Decode(MarBenchmark.Encode(draft).Octets);
            TestContext.Out.WriteLine($"MAR written and read: {1_000_000 / clock.Elapsed.TotalSeconds:n0}/s");
        }
    }
}
