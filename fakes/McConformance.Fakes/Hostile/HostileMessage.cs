using System.Text;
using System.Text.RegularExpressions;

namespace McConformance.Fakes.Hostile;

/// <summary>One message of the corpus.</summary>
/// <param name="Name">As its document names it.</param>
/// <param name="Clause">Where it comes from: <c>RFC 4475 3.1.2.5</c>.</param>
/// <param name="May">What a sound receiver may do: statuses, <c>taken</c>, <c>silence</c>, with <c>or</c> between
/// them.</param>
/// <param name="Template">The octets, in the notation of Corpus/README.md.</param>
public sealed partial record HostileMessage(string Name, string Clause, string May, string Template)
{
    /// <summary>A session description of our own, where an INVITE only needs one.</summary>
    private const string Sdp =
        "v=0\no=caller 29739 7272939 IN IP4 192.0.2.3\ns=-\nc=IN IP4 192.0.2.4\nt=0 0\n" +
        "m=audio 49217 RTP/AVP 0 12\nm=video 3227 RTP/AVP 31\na=rtpmap:31 LPC\n";

    /// <summary>The octets.</summary>
    /// <param name="sentBy">Address and port of the sender, for its Via.</param>
    /// <param name="domain">Whose users it is about.</param>
    /// <param name="number">Makes identifiers of one sending its own; at most 8 characters.</param>
    public byte[] Write(string sentBy, string domain, string number)
    {
        var text = Template.Replace("{{sdp}}", Sdp.TrimEnd('\n'), StringComparison.Ordinal)
            .Replace("{{sent-by}}", sentBy, StringComparison.Ordinal)
            .Replace("{{domain}}", domain, StringComparison.Ordinal)
            .Replace("{{n}}", number, StringComparison.Ordinal)
            .Replace("\n", "\r\n", StringComparison.Ordinal);
        text = Repeat().Replace(Hex().Replace(text, Octets), Repeated);
        var body = text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        return Encoding.Latin1.GetBytes(text.Replace("{{length}}", $"{text.Length - body}", StringComparison.Ordinal));
    }

    private static string Repeated(Match match) =>
        new StringBuilder().Insert(0, match.Groups[2].Value, int.Parse(match.Groups[1].Value)).ToString();

    private static string Octets(Match match) => Encoding.Latin1.GetString(
        Convert.FromHexString(match.Groups[1].Value.Replace(" ", "", StringComparison.Ordinal)));

    [GeneratedRegex(@"\{\{repeat (\d+) ([^}]+)\}\}")]
    private static partial Regex Repeat();

    [GeneratedRegex(@"\{\{([0-9A-F]{2}(?: [0-9A-F]{2})*)\}\}")]
    private static partial Regex Hex();
}
