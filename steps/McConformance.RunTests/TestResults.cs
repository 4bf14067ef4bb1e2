using System.Xml.Linq;

namespace McConformance.RunTests;

/// <summary>What VSTest wrote down of a run (TRX).</summary>
/// <param name="Passed">Tests that passed.</param>
/// <param name="Failed">Tests that failed, with their names and messages.</param>
/// <param name="Skipped">Tests that were skipped or inconclusive.</param>
internal sealed record TestResults(int Passed, IReadOnlyList<(string Name, string Message)> Failed, int Skipped)
{
    /// <summary>How many tests there were.</summary>
    public int Count => Passed + Failed.Count + Skipped;

    /// <summary>Reads a TRX file; null where none was written, because the run broke down.</summary>
    public static TestResults? Read(string path)
    {
        if (!File.Exists(path)) return null;
        var results = XDocument.Load(path).Descendants().Where(e => e.Name.LocalName == "UnitTestResult").ToArray();
        var failed = results.Where(r => Outcome(r) is "Failed" or "Error" or "Timeout" or "Aborted")
            .Select(r => (r.Attribute("testName")?.Value ?? "?", MessageOf(r))).ToArray();
        var passed = results.Count(r => Outcome(r) == "Passed");
        return new TestResults(passed, failed, results.Length - passed - failed.Length);
    }

    private static string? Outcome(XElement result) => result.Attribute("outcome")?.Value;

    private static string MessageOf(XElement result) =>
        result.Descendants().FirstOrDefault(e => e.Name.LocalName == "Message")?.Value.Trim() ?? "no message";
}
