using McConformance.Wire;

namespace McConformance.Fakes.Variants;

/// <summary>
/// A lawful system that writes its messages otherwise than the bundled ones do: what it does otherwise, on which
/// links, and why that is
/// lawful. A row of <c>variants.tsv</c> beside this file; <c>#</c> begins a comment. README.md there says what each
/// cell may hold.
/// </summary>
/// <param name="Name">What is other: <c>FoldsHeaders</c>. Unique.</param>
/// <param name="Protocol">sip, diameter or http.</param>
/// <param name="From">Parties that write so; <c>*</c> at the end stands for any rest.</param>
/// <param name="How">A word that <see cref="Variation"/> knows.</param>
/// <param name="What">What it is done to; empty where the word says all.</param>
/// <param name="Rule">Where it is allowed: <c>RFC 3261 7.3.1</c>.</param>
public sealed record Variant(string Name, WireProtocol Protocol, string From, string How, string What, string Rule)
{
    private const int Cells = 6;

    /// <summary>Whether a link carries what a variant sender sends.</summary>
    public bool IsOn(Link link) => IsOn(link.From.Name, link.Protocol);

    /// <summary>Whether what a party sends by a protocol is what a variant sender sends.</summary>
    public bool IsOn(string from, WireProtocol protocol) => protocol == Protocol &&
        (From.EndsWith('*') ? from.StartsWith(From[..^1], StringComparison.Ordinal) : from == From);

    /// <summary>Reads the table.</summary>
    /// <exception cref="FormatException">A line is wrong; says which and what is expected.</exception>
    public static IReadOnlyList<Variant> Read(string path)
    {
        var rows = new Dictionary<string, Variant>();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (line.Length == 0 || line[0] == '#') continue;
            var where = $"{path}({number})";
            var cells = line.Split('\t');
            if (cells.Length != Cells) throw new FormatException(
                $"{where}: expected {Cells} cells parted by tabs, found {cells.Length}");
            if (!Enum.TryParse(cells[1], ignoreCase: true, out WireProtocol protocol))
                throw new FormatException($"{where}: \"{cells[1]}\" is no protocol: sip, diameter or http");
            if (!Variation.Knows(protocol, cells[3]))
                throw new FormatException(
                    $"{where}: \"{cells[3]}\" is nothing that can be other: {Variation.Names(protocol)}");
            if (!rows.TryAdd(cells[0], new Variant(cells[0], protocol, cells[2], cells[3], cells[4], cells[5])))
                throw new FormatException($"{where}: {cells[0]} stands there already");
        }

        return [.. rows.Values];
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
