using System.Diagnostics;
using McConformance.Checks;
using McConformance.Reports.Model;
using McConformance.Reports.Tests.Samples;

namespace McConformance.Reports.Tests;

[TestFixture, Parallelizable(ParallelScope.Children), FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RunWriterTests
{
    private readonly string folder = Directory.CreateTempSubdirectory("mc-reports").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(folder, recursive: true);

    [Test]
    public void Writes_every_file_of_the_output_contract()
    {
        var written = RunWriter.Write(SampleRun.Make(), folder);

        written.Should().Be(Path.Combine(folder, "2026-03-02T093000Z"));
        var names = Directory.GetFiles(written).Select(Path.GetFileName).ToArray();
        names.Should().Contain(["summary.json", "junit.xml", "messages.ndjson", "index.html"]);
        names.Where(n => n!.EndsWith(".pcapng")).Should().HaveCount(7);
        names.Where(n => n!.EndsWith(".svg")).Should().HaveCount(7);
    }

    [Test]
    public void Latest_points_at_the_newest_run()
    {
        RunWriter.Write(SampleRun.Make() with { Id = "one" }, folder);
        RunWriter.Write(SampleRun.Make() with { Id = "two" }, folder);

        new DirectoryInfo(Path.Combine(folder, "latest")).LinkTarget.Should().Be("two");
        File.Exists(Path.Combine(folder, "latest", "summary.json")).Should().BeTrue();
    }

    [Test]
    public void Latest_takes_the_place_of_a_text_file()
    {
        File.WriteAllText(Path.Combine(folder, "latest"), "an older run");
        RunWriter.Write(SampleRun.Make() with { Id = "two" }, folder);
        new DirectoryInfo(Path.Combine(folder, "latest")).LinkTarget.Should().Be("two");
    }

    [TestCase("")]
    [TestCase("../elsewhere")]
    [TestCase("..")]
    [TestCase("a/b")]
    public void Rejects_a_run_id_that_is_no_file_name(string id)
    {
        var write = () => RunWriter.Write(SampleRun.Make() with { Id = id }, folder);
        write.Should().Throw<ArgumentException>().WithMessage("*is no file name*");
    }

    [Test]
    public void The_same_run_gives_the_same_octets()
    {
        var first = RunWriter.Write(SampleRun.Make(), Path.Combine(folder, "a"));
        var second = RunWriter.Write(SampleRun.Make(), Path.Combine(folder, "b"));

        foreach (var file in Directory.GetFiles(first))
            File.ReadAllBytes(Path.Combine(second, Path.GetFileName(file))).Should().Equal(File.ReadAllBytes(file), Path.GetFileName(file));
    }

    [Test]
    public void Scenarios_alike_get_files_of_their_own()
    {
        var scenario = SampleRun.Negative("in-9999");
        var written = RunWriter.Write(SampleRun.Make([scenario, scenario, scenario]), folder);
        Directory.GetFiles(written, "*.svg").Select(Path.GetFileNameWithoutExtension).Should()
            .BeEquivalentTo([scenario.Id, scenario.Id + "-2", scenario.Id + "-3"]);
    }

    [Test]
    public void An_empty_run_is_written_too()
    {
        var written = RunWriter.Write(SampleRun.Make([]) with { Catalogue = [], Figures = [] }, folder);
        File.ReadAllText(Path.Combine(written, "index.html")).Should().Contain("No scenario matches");
    }

    [Test]
    public void Scenario_id_depends_on_file_title_and_arguments_and_is_a_file_name()
    {
        var id = ScenarioRecord.IdOf("a.feature", "Says \"<no>\" / ../ never", [("x", "1")]);
        id.Should().MatchRegex("^says-no-never-[0-9a-f]{8}$");
        ScenarioRecord.IdOf("b.feature", "Says \"<no>\" / ../ never", [("x", "1")]).Should().NotBe(id);
        ScenarioRecord.IdOf("a.feature", "Says \"<no>\" / ../ never", [("x", "2")]).Should().NotBe(id);
        ScenarioRecord.IdOf("a.feature", "Says \"<no>\" / ../ never", [("x", "1")]).Should().Be(id);
        ScenarioRecord.IdOf("a.feature", "漢字", []).Should().MatchRegex("^[0-9a-f]{8}$");
    }

    [Test]
    public void A_hundred_scenarios_of_thirty_messages_are_small_and_quick()
    {
        var run = Large();
        RunWriter.Write(SampleRun.Make(), folder);
        var clock = Stopwatch.StartNew();
        var written = RunWriter.Write(run, folder);
        clock.Stop();

        var octets = new FileInfo(Path.Combine(written, "index.html")).Length;
        TestContext.Out.WriteLine($"{clock.ElapsedMilliseconds} ms, index.html {octets / 1024} KiB");
        octets.Should().BeLessThan(8 * 1024 * 1024);
        clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(30), "the aim is well under 1 s; a loaded machine gets some room");
    }

    [Test]
    public void Coverage_takes_the_worst_verdict_and_shows_holes()
    {
        var coverage = Coverage.Of(SampleRun.Make()).ToDictionary(c => c.Id);
        coverage["SPR-4"].Should().BeEquivalentTo(new { Verdict = Verdict.Fail, Positive = 2, Negative = 0, IsHole = true });
        coverage["SPR-PRE-2"].Should().BeEquivalentTo(new { Verdict = Verdict.Pass, Positive = 0, Negative = 2, IsHole = true });
        coverage["TR-1"].Verdict.Should().BeNull();
        Coverage.Of(SampleRun.Make([SampleRun.Negative("x") with { Requirements = ["NO-SUCH"] }]))[^1].Requirement.Should().BeNull();
    }

    /// <summary>100 scenarios of 30 messages.</summary>
    internal static RunRecord Large()
    {
        var scenarios = new ScenarioRecord[100];
        for (var i = 0; i < scenarios.Length; i++)
        {
            var messages = new SampleRecording().Registration().Registration("in-0002", 30).Messages;
            scenarios[i] = SampleRun.Positive() with { Title = $"Scenario {i}", Messages = [.. messages, .. messages.Take(2)] };
        }

        return SampleRun.Make(scenarios) with { Id = "large" };
    }
}
