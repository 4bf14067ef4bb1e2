namespace McConformance.TestConfiguration.Ics;

/// <summary>What an implementation declares of one requirement or capability.</summary>
public enum Support
{
    /// <summary>No answer: taken as <see cref="Yes"/>.</summary>
    Unanswered,

    /// <summary>Y.</summary>
    Yes,

    /// <summary>N.</summary>
    No,

    /// <summary>NA: what it is about does not exist in this implementation.</summary>
    NotApplicable,
}

/// <summary>One line of an implementation conformance statement (ICS of ISO/IEC 9646-7).</summary>
/// <param name="Id">Requirement of the catalogue, or <c>needs:</c> and a capability of the test configuration.</param>
/// <param name="Clause">Where it is asked for.</param>
/// <param name="Question">In the catalogue's words.</param>
/// <param name="Status">M: mandatory; R: recommended; O: optional; I: a situation, for information.</param>
/// <param name="Support">The answer.</param>
/// <param name="Comment">The supplier's.</param>
/// <param name="Line">In the file, from 1; 0 where it was not read.</param>
public sealed record IcsLine(
    string Id, string Clause, string Question, string Status, Support Support, string Comment, int Line = 0);

/// <summary>A filled-in implementation conformance statement.</summary>
public static class IcsFile
{
    /// <summary>Column titles, in this order.</summary>
    public static readonly IReadOnlyList<string> Columns = ["id", "clause", "status", "support", "comment", "question"];

    private static readonly Dictionary<string, Support> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        [""] = Support.Unanswered,
        ["Y"] = Support.Yes,
        ["N"] = Support.No,
        ["NA"] = Support.NotApplicable,
    };

    /// <summary>Writes the questionnaire, with whatever is answered already.</summary>
    public static void Write(string path, IEnumerable<IcsLine> lines)
    {
        using var file = new StreamWriter(path) { NewLine = "\n" };
        file.WriteLine(string.Join('\t', Columns));
        foreach (var line in lines)
        {
            var answer = Words.First(w => w.Value == line.Support).Key;
            file.WriteLine(string.Join('\t', line.Id, line.Clause, line.Status, answer, line.Comment, line.Question));
        }
    }

    /// <summary>Reads a filled-in one. Rows may be left out: they are then unanswered. Status and question are taken
    /// from
    /// the catalogue, whatever the file says.</summary>
    /// <param name="path">As the user gave it; errors repeat it.</param>
    /// <param name="questions">The questionnaire.</param>
    /// <param name="errors">All mistakes.</param>
    /// <returns>Every question with its answer; null where there is a mistake.</returns>
    public static IReadOnlyList<IcsLine>? Read(
        string path, IReadOnlyList<IcsLine> questions, out IReadOnlyList<ConfigurationError> errors)
    {
        var found = new List<ConfigurationError>();
        errors = found;
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            found.Add(new ConfigurationError(path, 1, "file", "a filled-in statement", "none that can be read",
                e.Message));
            return null;
        }

        var answers = new IcsReader(path, questions, found).Read(lines);
        return found.Count > 0 ? null : answers;
    }

    internal static bool TryRead(string word, out Support support) => Words.TryGetValue(word.Trim(), out support);
}
