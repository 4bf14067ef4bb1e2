using McConformance.Fakes.Variants;
using McConformance.Steps.Deviations;
using McConformance.Wire;

namespace McConformance.Steps;

/// <summary>The walk-through scenarios of each procedure with lawful systems that write otherwise: nothing may
/// fail.</summary>
[TestFixture, Category("variants"), FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class VariantTests
{
    private const int LeastVariants = 60;

    /// <summary>One of each procedure in which the protocol is used.</summary>
    internal static readonly Dictionary<WireProtocol, string[]> Scenarios = new()
    {
        [WireProtocol.Sip] =
            ["A UE registers in the partner MC system", "A user migrates", "Service at home ends the migration",
                "The whole sequence"],
        [WireProtocol.Diameter] =
            ["A UE registers in the partner MC system", "The UE is challenged and registered",
                "The partner allocates inbound identities and gives them to the UE"],
        [WireProtocol.Http] =
        [
            "The whole sequence", "A UE gets connection details of a partner that its user wants",
            "A group is requested when a member becomes service authorized",
                "A group is provided, changed by policy, stored and served",
        ],
    };

    internal static IReadOnlyList<Variant> Rows { get; } =
        Variant.Read(Path.Combine(Repository.Root, "fakes", "McConformance.Fakes", "Variants", "variants.tsv"));

    private static IEnumerable<TestCaseData> All() => Rows.Select(v => new TestCaseData(v).SetArgDisplayNames(v.Name));

    [TestCaseSource(nameof(All))]
    public async Task Raises_no_alarm(Variant variant)
    {
        Repository.UseCatalogue();
        var (happened, wrong) = (0, new List<string>());
        foreach (var title in Scenarios[variant.Protocol])
        {
            await using var run = new VariantRun(variant);
            if (await run.RunAsync(ScenarioText.Find(title)) is { } alarm) wrong.Add(alarm);
            happened += run.Happened;
        }

        DetectTable.Add(variant, happened, wrong);
        Assert.That(wrong, Is.Empty, $"lawful by {variant.Rule}");
        Assert.That(happened, Is.Positive, "the variation took place");
    }

    [Test]
    public void There_are_enough_of_them() => Assert.That(Rows, Has.Count.AtLeast(LeastVariants));

    [OneTimeTearDown]
    public static void WriteTable() => DetectTable.Write();
}
