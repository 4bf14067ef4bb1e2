using McConformance.TestConfiguration;
using McConformance.TestConfiguration.Ics;

namespace McConformance.RunTests;

/// <summary>-Ics: the implementation conformance statement, to be filled in and read back.</summary>
internal static class IcsCommand
{
    /// <summary>Writes the questionnaire; what the test configuration declares is filled in already.</summary>
    /// <returns>What to tell.</returns>
    public static string Write(string root, string reports, Capabilities capabilities)
    {
        Directory.CreateDirectory(reports);
        var path = Path.Combine(reports, "ics.tsv");
        if (File.Exists(path)) throw new BadCallException(
            $"{path} is there already, perhaps filled in: move it, or give another -Report");
        var questions = Questionnaire.Read(root);
        IcsFile.Write(path, Questionnaire.Prefilled(questions, capabilities));
        return $"{questions.Count} questions written to {path}: put Y, N or NA into the column support, "
            + $"and run with -Ics {path}";
    }

    /// <summary>Reads a filled-in one.</summary>
    /// <param name="root">Of the project.</param>
    /// <param name="path">The file.</param>
    /// <param name="problems">Where mistakes are told.</param>
    /// <returns>Null where there are mistakes.</returns>
    public static IReadOnlyList<IcsLine>? Read(string root, string path, TextWriter problems)
    {
        var answers = IcsFile.Read(path, Questionnaire.Read(root), out var errors);
        foreach (var error in errors) problems.WriteLine(error);
        return answers;
    }
}
