using McConformance.Fakes.Disturbances;

namespace McConformance.Fakes.Deviations;

/// <summary>
/// A wrong system, made from outside by altering its link: what it does wrong, on which link, and the requirement that must find it out. Rows of
/// <c>deviations.tsv</c> beside this file; <c>#</c> begins a comment.
/// </summary>
/// <param name="Name">The fault: <c>OmitsVector</c>.</param>
/// <param name="Requirement">Id in the catalogue.</param>
/// <param name="From">Party that deviates.</param>
/// <param name="To">Party that gets the wrong message.</param>
/// <param name="Message">Which message, in the words of the features.</param>
/// <param name="Change">From the octets sent to the wrong ones.</param>
public sealed record Deviation(
    string Name, string Requirement, string From, string To, string Message, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> Change)
{
    /// <summary>Reads the table.</summary>
    /// <exception cref="FormatException">A line is wrong; says which and what is expected.</exception>
    public static IReadOnlyList<Deviation> Read(string path)
    {
        var rows = new List<Deviation>();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (line.Length == 0 || line[0] == '#') continue;
            var cells = line.Split('\t');
            if (cells.Length != 8) throw new FormatException($"{path}({number}): expected 8 cells parted by tabs, found {cells.Length}");
            rows.Add(new Deviation(cells[0], cells[1], cells[2], cells[3], cells[4], ChangeOf(cells[5], cells[6], cells[7], $"{path}({number})")));
        }

        return rows;
    }

    private static Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> ChangeOf(string how, string what, string with, string where) => how switch
    {
        "replace" => octets => Alterations.Replace(octets, Encode(what), Encode(with)),
        "avp" => octets => DiameterAlterations.SetAvp(octets, uint.Parse(what, System.Globalization.CultureInfo.InvariantCulture), Encode(with)),
        "omit-avp" => octets => DiameterAlterations.OmitAvp(octets, uint.Parse(what, System.Globalization.CultureInfo.InvariantCulture)),
        "end-to-end" => DiameterAlterations.ChangeEndToEnd,
        "omit-header" => octets => SipAlterations.OmitHeader(octets, what),
        "set-header" => octets => SipAlterations.SetHeader(octets, what, with),
        "add-header" => octets => SipAlterations.AddHeader(octets, what, with),
        _ => throw new FormatException($"{where}: \"{how}\" is no change: replace, avp, omit-avp, end-to-end, omit-header, set-header, add-header"),
    };

    private static byte[] Encode(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
