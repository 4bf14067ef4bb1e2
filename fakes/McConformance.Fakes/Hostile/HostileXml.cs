using System.Text;
using System.Text.RegularExpressions;

namespace McConformance.Fakes.Hostile;

/// <summary>XML documents that are made to do harm, each out of a sound one.</summary>
public static partial class HostileXml
{
    private const string File = "<!ENTITY harm SYSTEM \"file:///etc/passwd\">";
    private const string Remote = "<!ENTITY harm SYSTEM \"http://127.0.0.1:9/harm\">";

    /// <summary>Makes a document hostile.</summary>
    /// <param name="sound">A document with an element root that is not empty.</param>
    /// <param name="how">In the words of the features; <c>that is sound</c> leaves it as it is.</param>
    /// <exception cref="ArgumentException">Nothing is called so.</exception>
    public static byte[] Spoil(string sound, string how) => how switch
    {
        "that is sound" => Encoding.UTF8.GetBytes(sound),
        "with a document type" => Defined(sound, "", ""),
        "with an external entity" => Defined(sound, File, "&harm;"),
        "with an external entity of another server" => Defined(sound, Remote, "&harm;"),
        "with an external document type" => Before(sound, "<!DOCTYPE harm SYSTEM \"http://127.0.0.1:9/harm.dtd\">"),
        "with a parameter entity" => Defined(sound, "<!ENTITY % harm SYSTEM \"file:///etc/passwd\"> %harm;", ""),
        "with an entity bomb" => Defined(sound, Bomb(), "&l9;"),
        "of 10 MB" => Inside(sound, $"<!--{new string('x', 10_000_000)}-->"),
        "nested 10,000 deep" => Inside(sound, Nested(10_000)),
        "that is cut off" => Encoding.UTF8.GetBytes(sound[..(sound.Length / 2)]),
        "that is not in its encoding" => [.. Encoding.UTF8.GetBytes(sound[..^12]), 0xC3, 0x28, .. "</x>"u8],
        "with an attribute twice" => Inside(sound, "<harm a=\"1\" a=\"2\"/>"),
        "of no octets" => [],
        "with an attribute of 200,000 characters" => Inside(
            sound, $"<harm xmlns=\"\" a=\"{new string('x', 200_000)}\"/>"),
        "in UTF-16 that calls itself UTF-8" => Encoding.Unicode.GetBytes(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + Bare(sound)),
        "in an encoding that nobody knows" => Encoding.UTF8.GetBytes(
            "<?xml version=\"1.0\" encoding=\"harm-1\"?>" + Bare(sound)),
        "with a prefix that is bound to nothing" => Inside(sound, "<harm:harm/>"),
        "with two roots" => Encoding.UTF8.GetBytes(sound + "<harm/>"),
        "with a control character" => Inside(sound, "&#1;"),
        "with a header in its identities" => Encoding.UTF8.GetBytes(Identity().Replace(sound, "$&&#13;&#10;X-Harm: 1")),
        "with brackets in its identities" => Encoding.UTF8.GetBytes(Identity().Replace(sound, "$&&gt;;harm=&quot;1")),
        _ => throw new ArgumentException($"no document is called \"{how}\""),
    };

    private static string Bare(string sound) =>
        sound.StartsWith("<?xml", StringComparison.Ordinal)
            ? sound[(sound.IndexOf("?>", StringComparison.Ordinal) + 2)..] : sound;

    private static byte[] Defined(string sound, string entities, string text)
    {
        var with = Encoding.UTF8.GetString(Before(sound, $"<!DOCTYPE harm [{entities}]>"));
        return Inside(with, text);
    }

    private static byte[] Before(string sound, string definition)
    {
        var isDeclared = sound.StartsWith("<?xml", StringComparison.Ordinal);
        var at = isDeclared ? sound.IndexOf("?>", StringComparison.Ordinal) + 2 : 0;
        return Encoding.UTF8.GetBytes(sound.Insert(at, definition));
    }

    private static byte[] Inside(string sound, string text) =>
        Encoding.UTF8.GetBytes(sound.Insert(sound.LastIndexOf("</", StringComparison.Ordinal), text));

    /// <summary>Ten levels of ten each: 3 GB where somebody expands it.</summary>
    private static string Bomb()
    {
        var text = new StringBuilder("<!ENTITY l0 \"lol\">");
        for (var i = 1; i < 10; i++)
            text.Append($"<!ENTITY l{i} \"").Insert(text.Length, $"&l{i - 1};", 10).Append("\">");
        return text.ToString();
    }

    private static string Nested(int depth) =>
        new StringBuilder().Insert(0, "<h>", depth).Insert(3 * depth, "</h>", depth).ToString();

    [GeneratedRegex("sip:[a-z0-9.-]+@[a-z0-9.-]+")]
    private static partial Regex Identity();
}
