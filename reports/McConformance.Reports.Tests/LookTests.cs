namespace McConformance.Reports.Tests;

[TestFixture, Explicit("writes runs to look at: set MC_LOOK to a folder")]
public sealed class LookTests
{
    [Test]
    public void Writes_a_run_to_look_at()
    {
        var folder = Environment.GetEnvironmentVariable("MC_LOOK") ?? Path.Combine(Path.GetTempPath(), "mc-look");
        var written = RunWriter.Write(Samples.SampleRun.Make(), folder);
        File.Exists(Path.Combine(written, "index.html")).Should().BeTrue();
    }

    [Test]
    public void Writes_a_large_run_to_look_at()
    {
        var folder = Environment.GetEnvironmentVariable("MC_LOOK") ?? Path.Combine(Path.GetTempPath(), "mc-look");
        var written = RunWriter.Write(RunWriterTests.Large(), folder);
        File.Exists(Path.Combine(written, "index.html")).Should().BeTrue();
    }
}
