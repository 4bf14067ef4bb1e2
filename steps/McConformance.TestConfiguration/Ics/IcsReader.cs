using McConformance.TestConfiguration.Reading;

namespace McConformance.TestConfiguration.Ics;

/// <summary>Reads the rows of a statement. Columns are found by their titles, so that a spreadsheet may move
/// them.</summary>
internal sealed class IcsReader(string path, IReadOnlyList<IcsLine> questions, List<ConfigurationError> errors)
{
    private readonly Dictionary<string, IcsLine> answers = new(StringComparer.Ordinal);
    private int id = -1, support = -1, comment = -1, width;

    public IReadOnlyList<IcsLine> Read(string[] lines)
    {
        if (!ReadHead(lines.Length > 0 ? lines[0] : "")) return [];
        for (var i = 1; i < lines.Length; i++)
            if (lines[i].Trim().Length > 0 && !lines[i].StartsWith('#')) ReadRow(i + 1, lines[i].Split('\t'));
        return [.. questions.Select(q => answers.GetValueOrDefault(q.Id, q))];
    }

    private bool ReadHead(string line)
    {
        var titles = line.TrimStart('\uFEFF').Split('\t').Select(Cell).ToArray();
        (id, support, comment) = (Array.IndexOf(titles, "id"), Array.IndexOf(titles, "support"), Array.IndexOf(titles,
            "comment"));
        width = titles.Length;
        if (id >= 0 && support >= 0) return true;
        var found = titles.Length == 1 ? "no tabulators" : string.Join(", ", titles);
        Add(1, "head", "columns with the titles id and support, apart by tabulators", found,
            "save it as tab-separated text (TSV), with the first line that -Ics wrote");
        return false;
    }

    private void ReadRow(int line, string[] cells)
    {
        if (cells.Length <= Math.Max(id, support))
        {
            Add(line, "row", $"{width} columns", $"{cells.Length}", "keep the tabulators of the line");
            return;
        }

        var (name, word) = (Cell(cells[id]), Cell(cells[support]));
        var question = questions.FirstOrDefault(q => q.Id == name);
        if (question is null)
        {
            var near = NearestName.Of(name, questions.Select(q => q.Id)) is { } n ? $"did you mean \"{n}\"?"
                : "see -Ics";
            Add(line, "id", "an id of the questionnaire", $"\"{name}\"", near);
        }
        else if (!IcsFile.TryRead(word, out var answer))
        {
            Add(line, $"support of {name}", "Y, N, NA or nothing", $"\"{word}\"", "write one of them");
        }
        else if (answers.TryGetValue(name, out var first))
        {
            Add(line, "id", "each id once", $"{name} of line {first.Line} again", "take one of the two out");
        }
        else
        {
            var said = comment >= 0 && comment < cells.Length ? Cell(cells[comment]) : "";
            answers[name] = question with { Support = answer, Comment = said, Line = line };
        }
    }

    // a spreadsheet puts quotes around a cell that holds some
    private static string Cell(string text)
    {
        var cell = text.Trim();
        return cell is ['"', .. var inner, '"'] ? inner.Replace("\"\"", "\"") : cell;
    }

    private void Add(int line, string where, string expected, string found, string remedy) =>
        errors.Add(new ConfigurationError(path, line, where, expected, found, remedy));
}
