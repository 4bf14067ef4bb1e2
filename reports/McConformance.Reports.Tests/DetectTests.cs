using McConformance.Reports.Model;
using McConformance.Reports.Site;
using McConformance.Reports.Tests.Samples;

namespace McConformance.Reports.Tests;

[TestFixture, FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DetectTests
{
    private const string Deviants =
        "deviant\trequirement\tresult\tscenario\tstep\tnamed\tafter s\treason\n" +
        "OldNonce\tSPR-6\tcaught\tAn old nonce\tThen alice is refused\tSPR-6\t0.21\tSPR-6: expected 401\n" +
        "Deaf\tMSA-7\tnot caught\tA <migration>\t-\t-\t-\t-\n";

    private string folder = "";

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("detect-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void Both_figures_stand_in_the_run_and_on_the_page_with_what_was_missed_first()
    {
        Write(Deviants, "variant\tresult\nFolded\tpassed\nOtherPhrase\tSPR-1: expected OK, received Fine\n");
        var detect = DetectRecord.ReadFolder(folder)!;

        detect.Figures().Select(f => (f.Value, f.Unit, f.IsWithinLimit)).Should().Equal(
            (1.0, "of 2", false), (1.0, "on 2 lawful variants", false));
        var page = Page(SampleRun.Make() with { Detect = detect });
        page.Should().Contain("1 of 2 deviants caught with the right requirement named, 1 false alarms on 2 lawful")
            .And.Contain("SPR-1: expected OK, received Fine").And.Contain("A &lt;migration&gt;");
        page.IndexOf("<td>Deaf", StringComparison.Ordinal).Should()
            .BeLessThan(page.IndexOf("<td>OldNonce", StringComparison.Ordinal));
    }

    [Test]
    public void What_was_not_measured_or_is_not_whole_is_not_shown()
    {
        DetectRecord.ReadFolder(folder).Should().BeNull();
        Write(Deviants + "Half\tSPR-6", "variant\tresult\n");
        DetectRecord.ReadFolder(folder).Should().BeNull();
        Page(SampleRun.Make()).Should().NotContain("Detecting power");
    }

    private static string Page(RunRecord run)
    {
        using var stream = new MemoryStream();
        IndexPage.Write(run, Coverage.Of(run), [], stream);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private void Write(string deviants, string variants)
    {
        File.WriteAllText(Path.Combine(folder, "detect.tsv"), deviants);
        File.WriteAllText(Path.Combine(folder, "variants.tsv"), variants);
    }
}
