using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace McConformance.TestConfiguration.Reading;

/// <summary>
/// Reads the members of one object by name. Whatever is wrong is put on the list and a stand-in is returned, so that
/// reading goes on and finds the next mistake too. <see cref="End"/> refuses members that nobody asked for.
/// </summary>
internal sealed partial class ObjectReader
{
    private readonly LocatedValue value;
    private readonly ErrorList errors;
    private readonly SortedSet<string> known;

    public ObjectReader(LocatedValue value, ErrorList errors)
    {
        this.value = value;
        this.errors = errors;
        var pattern = Indices().Replace(value.Path, "[]");
        if (!errors.Known.TryGetValue(pattern, out known!))
            errors.Known[pattern] = known = new SortedSet<string>(StringComparer.Ordinal);
        known.Add("$comment");
        if (value.Type != JsonTokenType.StartObject)
            errors.Add(value, "an object", value.Description, "see features/test-configuration.schema.json");
    }

    /// <summary>Where the object stands.</summary>
    public LocatedValue Value => value;

    /// <summary>A text that must be there and not be empty.</summary>
    public string Text(string name, string expected)
    {
        if (Required(name, expected) is not { } found) return "";
        if (found is { Type: JsonTokenType.String, Text.Length: > 0 }) return found.Text;
        errors.Add(found, expected, found.Description, "write a text in quotes");
        return "";
    }

    /// <summary>A text that may be left out: then null.</summary>
    public string? OptionalText(string name, string expected) => Optional(name) is null ? null : Text(name, expected);

    /// <summary>One of a few words, or the first of them where it is left out.</summary>
    public string WordOrFirst(string name, params ReadOnlySpan<string> allowed) =>
        Optional(name) is null ? allowed[0] : Word(name, allowed);

    /// <summary>One of a few words.</summary>
    public string Word(string name, params ReadOnlySpan<string> allowed)
    {
        var expected = string.Join(", ", allowed.ToArray().Select(a => $"\"{a}\""));
        if (Required(name, "one of " + expected) is not { } found) return allowed[0];
        if (found.Type == JsonTokenType.String && allowed.Contains(found.Text)) return found.Text;
        var nearest = NearestName.Of(found.Text, allowed.ToArray());
        errors.Add(found, "one of " + expected, found.Description,
            nearest is null ? "choose one of them" : $"did you mean \"{nearest}\"?");
        return allowed[0];
    }

    /// <summary>true or false; <paramref name="otherwise"/> where it is left out.</summary>
    public bool Flag(string name, bool otherwise)
    {
        if (Optional(name) is not { } found) return otherwise;
        if (found.Type is JsonTokenType.True or JsonTokenType.False) return found.Type == JsonTokenType.True;
        errors.Add(found, "true or false", found.Description, "write it without quotes");
        return otherwise;
    }

    /// <summary>A whole number within bounds; <paramref name="otherwise"/> where it is left out, required where that
    /// is null.</summary>
    public int Number(string name, int least, int most, string unit, int? otherwise = null)
    {
        var expected = $"a whole number from {least} to {most}{(unit.Length > 0 ? " " + unit : "")}";
        var found = otherwise is null ? Required(name, expected) : Optional(name);
        if (found is null) return otherwise ?? least;
        if (found.Type == JsonTokenType.Number
            && int.TryParse(found.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most) return number;
        errors.Add(found, expected, found.Description, "keep within these bounds");
        return otherwise ?? least;
    }

    /// <summary>Octets in hexadecimal; null where they are left out or wrong.</summary>
    public byte[]? Hex(string name, int digits, bool required)
    {
        var expected = $"{digits} hexadecimal digits";
        var found = required ? Required(name, expected) : Optional(name);
        if (found is null) return null;
        var isHex = found.Type == JsonTokenType.String && found.Text.All(char.IsAsciiHexDigit);
        if (isHex && found.Text.Length == digits) return Convert.FromHexString(found.Text);
        var length = isHex ? $"{found.Text.Length} of them" : found.Description;
        errors.Add(found, expected, length, $"write {digits / 2} octets as {digits} digits 0-9, a-f");
        return null;
    }

    /// <summary>Texts; none where the member is left out and not required.</summary>
    public List<string> Texts(string name, string expected, bool required)
    {
        var texts = new List<string>();
        foreach (var item in Items(name, expected, required))
        {
            if (item is { Type: JsonTokenType.String, Text.Length: > 0 }) texts.Add(item.Text);
            else errors.Add(item, expected, item.Description, "write texts in quotes");
        }

        return texts;
    }

    /// <summary>Objects, each read by a function; none where the member is left out and not required.</summary>
    public List<T> Objects<T>(string name, string expected, bool required, Func<ObjectReader, T> read)
    {
        var made = new List<T>();
        foreach (var item in Items(name, expected, required))
        {
            var reader = new ObjectReader(item, errors);
            made.Add(read(reader));
            reader.End();
        }

        return made;
    }

    /// <summary>An object that must be there; where it is not, that is told once and the stand-in is null.</summary>
    public T? Object<T>(string name, string expected, Func<ObjectReader, T> read)
        where T : class
    {
        if (Required(name, expected) is not { } found) return null;
        var reader = new ObjectReader(found, errors);
        var made = read(reader);
        reader.End();
        return made;
    }

    /// <summary>An object, or an empty one where it is left out: all of its members have defaults.</summary>
    public T ObjectOrDefaults<T>(string name, Func<ObjectReader, T> read)
    {
        var found = Optional(name)
            ?? new LocatedValue(JsonTokenType.StartObject, value.Line, $"{value.Path}.{name}", "");
        var reader = new ObjectReader(found, errors);
        var made = read(reader);
        reader.End();
        return made;
    }

    /// <summary>The member, or null.</summary>
    public LocatedValue? Optional(string name)
    {
        known.Add(name);
        return value.Member(name);
    }

    /// <summary>Puts a mistake of this object on the list.</summary>
    public void Refuse(LocatedValue at, string expected, string found, string remedy) =>
        errors.Add(at, expected, found, remedy);

    /// <summary>Refuses members nobody asked for.</summary>
    public void End()
    {
        foreach (var (name, line, _) in value.Members)
        {
            if (known.Contains(name)) continue;
            var nearest = NearestName.Of(name, known);
            var remedy = nearest is null ? "known here: " + string.Join(", ", known) : $"did you mean \"{nearest}\"?";
            errors.Add(line, $"{value.Path}.{name}", "a member the schema knows", $"\"{name}\"", remedy);
        }
    }

    private LocatedValue? Required(string name, string expected)
    {
        var found = Optional(name);
        if (found is null && value.Type == JsonTokenType.StartObject)
            errors.Add(value.Line, $"{value.Path}.{name}", expected, "nothing", $"add \"{name}\"");
        return found;
    }

    private List<LocatedValue> Items(string name, string expected, bool required)
    {
        var found = required ? Required(name, expected) : Optional(name);
        if (found is null) return [];
        if (found.Type != JsonTokenType.StartArray)
        {
            errors.Add(found, "an array: " + expected, found.Description, "write it between [ and ]");
            return [];
        }

        if (required && found.Items.Count == 0) errors.Add(found, expected, "an empty array", "add at least one");
        return found.Items;
    }

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex Indices();
}
