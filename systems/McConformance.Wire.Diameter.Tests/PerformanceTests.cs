using System.Diagnostics;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Tests.Peers;

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

    [Test]
    public async Task A_request_and_its_answer_cost_next_to_no_allocation()
    {
        await using var load = new LoopbackLoad();
        await load.StartAsync();
        await load.RunAsync(10_000, 16); // fills pools and the duplicate window
        var (_, _, allocated) = await load.RunAsync(10_000, 16);
        (load.Failures, load.Handled).Should().Be((0, 20_000));
        allocated.Should().BeLessThan(32, "pipes and timers may cost something now and then, a message nothing");
    }

    [Test]
    [Explicit("a measurement: dotnet test -c Release --filter Name=Speed_of_two_nodes")]
    public async Task Speed_of_two_nodes()
    {
        await using var load = new LoopbackLoad();
        await load.StartAsync();
        foreach (var atOnce in new[] { 1, 16, 64, 256 })
        {
            await load.RunAsync(20_000, atOnce);
            var (perSecond, processor, allocated) = await load.RunAsync(atOnce == 1 ? 30_000 : 200_000, atOnce);
            load.Failures.Should().Be(0);
            TestContext.Out.WriteLine(
                $"{atOnce} at once: {perSecond:n0} pairs/s, " +
                $"{processor.TotalMicroseconds / 2:f1} us per message, {allocated:f1} octets allocated per pair");
        }
    }
}
