using System.Globalization;
using System.Text;

namespace McConformance.Reports.Files;

/// <summary>Text for XML, SVG and HTML. What a peer sent may stand in any of it, so nothing goes in
/// unescaped.</summary>
internal static class Markup
{
    /// <summary>Appends text so that it is text, within elements and within quoted attributes.</summary>
    public static StringBuilder AppendEscaped(this StringBuilder to, ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '&': to.Append("&amp;"); break;
                case '<': to.Append("&lt;"); break;
                case '>': to.Append("&gt;"); break;
                case '"': to.Append("&quot;"); break;
                case '\'': to.Append("&#39;"); break;
                case var c when char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]):
                    to.Append(c).Append(text[++i]);
                    break;
                case var c: to.Append(IsPlain(c) ? c : '\uFFFD'); break;
            }
        }

        return to;
    }

    /// <summary>Escaped text.</summary>
    public static string Escape(string text) => new StringBuilder(text.Length + 16).AppendEscaped(text).ToString();

    /// <summary>Text without the characters that XML 1.0 cannot hold or that turn the direction of writing; not
    /// escaped.</summary>
    public static string Clean(string text)
    {
        StringBuilder? clean = null;
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
                continue;
            }

            if (IsPlain(text[i])) continue;
            clean ??= new StringBuilder(text);
            clean[i] = '\uFFFD';
        }

        return clean?.ToString() ?? text;
    }

    /// <summary>A number as files write it, whatever the machine's language.</summary>
    public static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    private static bool IsPlain(char c) => c switch
    {
        '\t' or '\n' or '\r' => true,
        < ' ' or '\x7F' or '\uFFFE' or '\uFFFF' => false,
        >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069' => false,
        _ => !char.IsSurrogate(c),
    };
}
