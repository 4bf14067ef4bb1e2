using McConformance.Wire.Diameter.Peers;
using McConformance.Wire.Time;

namespace McConformance.Wire.Diameter.Tests.Peers;

[Parallelizable(ParallelScope.All)]
public class DuplicateWindowTests
{
    private readonly ShiftableTime time = new();

    [Test]
    public void Knows_a_request_by_host_and_end_to_end_identifier()
    {
        var window = new DuplicateWindow(time, TimeSpan.FromMinutes(4), 100);
        window.IsAgain("a.example"u8, 7, out var first).Should().BeFalse();
        window.IsAgain("a.example"u8, 8, out _).Should().BeFalse();
        window.IsAgain("b.example"u8, 7, out _).Should().BeFalse();
        window.IsAgain("A.Example"u8, 7, out var again).Should().BeTrue();
        again.Should().BeSameAs(first);
    }

    [Test]
    public void Forgets_after_its_time()
    {
        var window = new DuplicateWindow(time, TimeSpan.FromMinutes(4), 100);
        window.IsAgain("a"u8, 7, out _);
        time.Advance(TimeSpan.FromSeconds(239));
        window.IsAgain("a"u8, 7, out _).Should().BeTrue();
        time.Advance(TimeSpan.FromSeconds(2));
        window.IsAgain("a"u8, 7, out _).Should().BeFalse();
    }

    [Test]
    public void Remembers_no_more_than_its_size()
    {
        var window = new DuplicateWindow(time, TimeSpan.FromMinutes(4), 10);
        for (var i = 0u; i < 1000; i++) window.IsAgain("a"u8, i, out _).Should().BeFalse();
        window.Count.Should().Be(10);
        window.IsAgain("a"u8, 999, out _).Should().BeTrue();
        window.IsAgain("a"u8, 985, out _).Should().BeFalse();
    }

    [Test]
    public void An_entry_used_again_has_another_generation()
    {
        var window = new DuplicateWindow(time, TimeSpan.FromMinutes(4), 1);
        window.IsAgain("a"u8, 1, out var first);
        var generation = first.Generation;
        window.IsAgain("a"u8, 2, out var second);
        second.Should().BeSameAs(first);
        second.Generation.Should().NotBe(generation);
        second.IsAnswered.Should().BeFalse();
    }

    [Test]
    public void Long_answers_push_out_old_ones()
    {
        var window = new DuplicateWindow(time, TimeSpan.FromMinutes(4), 100_000);
        var answer = new byte[64 * 1024];
        for (var i = 0u; i < 1000; i++)
        {
            window.IsAgain("a"u8, i, out var entry);
            entry.Keep(answer);
        }

        window.Count.Should().BeInRange(100, 128, "8 MiB are kept");
        window.IsAgain("a"u8, 999, out var last).Should().BeTrue();
        last.Answer.Length.Should().Be(answer.Length);
    }
}
