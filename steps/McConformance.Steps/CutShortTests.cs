using System.Collections.Concurrent;
using McConformance.Steps.Deviations;
using McConformance.Steps.Rejudged;

namespace McConformance.Steps;

/// <summary>
/// Nothing passes because nothing was observed: each Then step judges recordings that end early, and has to say what is
/// missing, in the words that are kept.
/// </summary>
[TestFixture, Category("deviations")]
public sealed class CutShortTests
{
    [Test]
    public async Task Steps_say_what_is_missing_from_a_recording_that_ends_early()
    {
        Repository.UseCatalogue();
        var keeping = new Keeping();
        await keeping.KeepAsync(CutShort.Examples);
        var said = new ConcurrentDictionary<string, IReadOnlySet<string>>();
        foreach (var scenario in keeping.Kept)
            foreach (var step in scenario.Steps.Where(CutShort.Has))
                said[CutShort.KeyOf(scenario.Name, step)] = await CutShort.SaidAsync(step);
        if (Reasons.IsAccepting) CutShort.Write(said);

        Assert.That(keeping.Left, Is.Empty, "these did not pass");
        Assert.Multiple(() =>
        {
            foreach (var (step, sentences) in said)
            {
                var told = string.Join("\n  ", sentences.Order(StringComparer.Ordinal));
                Assert.That(CutShort.Threw(sentences), Is.Empty, $"{step}: no verdict where messages are missing");
                if (Reasons.IsAccepting) continue;
                Assert.That(
                    CutShort.IsKept(step) || sentences.Count == 0, Is.True,
                    $"{step}: not in cut-short.tsv; says\n  {told}");
                Assert.That(CutShort.Unsaid(step, sentences), Is.Empty, $"{step}: not said any more; says\n  {told}");
            }
        });
    }
}
