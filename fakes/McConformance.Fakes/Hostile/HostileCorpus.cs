using System.Reflection;

namespace McConformance.Fakes.Hostile;

/// <summary>What attackers and careless peers send, as data (Corpus/README.md): a table for each family.</summary>
public static class HostileCorpus
{
    private const string Folder = "McConformance.Fakes.Hostile.Corpus.";

    /// <summary>SIP messages of a document.</summary>
    /// <param name="document"><c>RFC 4475</c>, <c>RFC 5118</c>, or <c>our own</c>.</param>
    /// <exception cref="ArgumentException">The corpus holds none of it.</exception>
    /// <exception cref="InvalidDataException">An entry lacks its clause or its octets.</exception>
    public static IReadOnlyList<HostileMessage> Messages(string document)
    {
        var file = document == "our own" ? "own" : document.Replace(
            " ", "", StringComparison.Ordinal).ToLowerInvariant();
        var text = Read($"{file}.sip.txt");
        return [.. text.Split("\n=== ").Skip(1).Select(Message)];
    }

    /// <summary>Attacks that are made out of something sound, each by a recipe in words.</summary>
    /// <param name="family"><c>diameter</c>, <c>http</c>, <c>xml</c>, <c>token</c>.</param>
    /// <exception cref="ArgumentException">There is no such family.</exception>
    public static IReadOnlyList<HostileRecipe> Recipes(string family) =>
    [
        .. Read($"{family}.tsv").Split('\n').Where(l => l.Length > 0 && l[0] is not ('#' or '%'))
            .Select(l => l.Split('\t')).Select(c => new HostileRecipe(c[0], c[1], c[2])),
    ];

    private static HostileMessage Message(string entry)
    {
        var lines = entry.Split('\n', 4);
        return lines is [var name, var clause, var may, { Length: > 0 } template] &&
            clause.StartsWith("clause: ", StringComparison.Ordinal) && may.StartsWith("may: ", StringComparison.Ordinal)
            ? new HostileMessage(name, clause[8..], may[5..], template)
            : throw new InvalidDataException($"\"{lines[0]}\" of the corpus has no clause, no may, or no octets");
    }

    private static string Read(string file)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Folder + file) ??
            throw new ArgumentException($"the corpus has no {file}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal);
    }
}

/// <summary>One attack of the corpus.</summary>
/// <param name="Recipe">In the words of the features, as the family's writer takes them.</param>
/// <param name="Clause">Which rule it breaks, or which advice speaks of it.</param>
/// <param name="May">What a sound receiver may do.</param>
public sealed record HostileRecipe(string Recipe, string Clause, string May);
