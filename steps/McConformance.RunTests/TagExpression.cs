namespace McConformance.RunTests;

/// <summary>
/// A Cucumber tag expression: <c>@a and not (@b or @c)</c>; not before and before or. The @ may be left out, because
/// PowerShell reads it as its own sign. A backslash takes the meaning from the next character.
/// </summary>
internal sealed class TagExpression
{
    private readonly List<(string Text, int At)> tokens;
    private readonly string text;
    private readonly Func<IReadOnlySet<string>, bool> matches;
    private int next;

    private TagExpression(string text)
    {
        this.text = text;
        tokens = Split(text);
        matches = tokens.Count == 0 ? _ => true : ReadOr();
        if (next < tokens.Count) throw Wrong($"\"{tokens[next].Text}\" is one too many", tokens[next].At);
    }

    /// <summary>Reads an expression; an empty one accepts everything.</summary>
    /// <exception cref="BadCallException">Says at which place it cannot be understood.</exception>
    public static TagExpression Read(string text) => new(text);

    /// <summary>True where these tags (each with its @) are accepted.</summary>
    public bool Matches(IReadOnlySet<string> tags) => matches(tags);

    private Func<IReadOnlySet<string>, bool> ReadOr()
    {
        var left = ReadAnd();
        while (Takes("or"))
        {
            var (one, two) = (left, ReadAnd());
            left = tags => one(tags) || two(tags);
        }

        return left;
    }

    private Func<IReadOnlySet<string>, bool> ReadAnd()
    {
        var left = ReadNot();
        while (Takes("and"))
        {
            var (one, two) = (left, ReadNot());
            left = tags => one(tags) && two(tags);
        }

        return left;
    }

    private Func<IReadOnlySet<string>, bool> ReadNot()
    {
        if (Takes("not"))
        {
            var inner = ReadNot();
            return tags => !inner(tags);
        }

        if (Takes("("))
        {
            var inner = ReadOr();
            if (!Takes(")")) throw Wrong("a ) is missing", text.Length);
            return inner;
        }

        if (next == tokens.Count) throw Wrong("a tag is missing", text.Length);
        var (token, at) = tokens[next++];
        if (token is "and" or "or" or ")") throw Wrong($"a tag is missing before \"{token}\"", at);
        var tag = token.StartsWith('@') ? token : "@" + token;
        return tags => tags.Contains(tag);
    }

    private bool Takes(string token)
    {
        if (next == tokens.Count || tokens[next].Text != token) return false;
        next++;
        return true;
    }

    private BadCallException Wrong(string what, int at) => new($"-Tags \"{text}\": {what}, at character {at + 1}");

    private static List<(string, int)> Split(string text)
    {
        var tokens = new List<(string, int)>();
        var word = new System.Text.StringBuilder();
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            var ends = i == text.Length || char.IsWhiteSpace(text[i]) || text[i] is '(' or ')';
            if (!ends)
            {
                if (word.Length == 0) start = i;
                if (text[i] == '\\' && i + 1 < text.Length) i++;
                word.Append(text[i]);
                continue;
            }

            if (word.Length > 0) tokens.Add((word.ToString(), start));
            word.Clear();
            if (i < text.Length && text[i] is '(' or ')') tokens.Add((text[i].ToString(), i));
        }

        return tokens;
    }
}
