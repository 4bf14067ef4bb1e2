namespace McConformance.RunTests;

/// <summary>Rows under a head, in columns as wide as what stands in them.</summary>
internal static class ConsoleTable
{
    /// <summary>Prints it. The last column is not padded.</summary>
    public static void Print(TextWriter output, IReadOnlyList<string> head, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var widths = head.Select((h, i) => rows.Select(r => r[i].Length).Append(h.Length).Max()).ToArray();
        foreach (var row in rows.Prepend(widths.Select(w => new string('-', w)).ToArray()).Prepend(head))
            output.WriteLine(string.Join("  ", row.Select((c, i) => i < row.Count - 1 ? c.PadRight(widths[i])
                : c)).TrimEnd());
    }
}
