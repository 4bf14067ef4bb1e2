using McConformance.Reports.Gherkin;

namespace McConformance.Tidy.Tests.Rules;

/// <summary>Every requirement in scope has a positive and a negative scenario.</summary>
internal static class Coverage
{
    /// <summary>The holes.</summary>
    public static IEnumerable<string> Check(IEnumerable<string> inScope, IEnumerable<TextFile> features)
    {
        var tags = features.SelectMany(f => new Pickles(() => "").Of(FeatureReader.Read(f.Text)))
            .Select(p => p.Tags.Select(t => t.Name).ToHashSet()).ToArray();
        foreach (var id in inScope)
        {
            foreach (var polarity in (string[])["positive", "negative"])
                if (!tags.Any(t => t.Contains("@" + id) && t.Contains("@" + polarity)))
                    yield return $"{id} has no {polarity} scenario";
        }
    }
}
