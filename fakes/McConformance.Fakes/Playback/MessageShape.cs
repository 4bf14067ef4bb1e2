using System.Text;
using System.Text.RegularExpressions;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Fakes.Playback;

/// <summary>
/// What a request is, whoever sends it and when: method, target or command code, and key fields. Two requests of the
/// same key ask for the same
/// thing; which of several is meant the other words decide.
/// </summary>
internal sealed partial class MessageShape
{
    private readonly HashSet<string> words;

    private MessageShape(string key, HashSet<string> words) => (Key, this.words) = (key, words);

    /// <summary>Equal for requests that ask for the same.</summary>
    public string Key { get; }

    /// <summary>Takes the shape of a request.</summary>
    public static MessageShape Of(ReadMessage message)
    {
        if (message.Diameter is { } diameter) return OfDiameter(diameter);
        var text = Encoding.Latin1.GetString(message.Octets.Span);
        var words = Word().Split(text).Where(w => w.Length > 0).ToHashSet();
        return new MessageShape(message.Sip is { } sip ? KeyOf(message, sip) : KeyOf(message.Http!), words);
    }

    /// <summary>How much two requests of the same key have in common, 0 to 1000.</summary>
    public int Likeness(MessageShape other)
    {
        var common = words.Count(other.words.Contains);
        return words.Count + other.words.Count == common ? 1000
            : common * 1000 / (words.Count + other.words.Count - common);
    }

    private static string KeyOf(ReadMessage message, SipMessage sip)
    {
        var name = Encoding.ASCII.GetString(sip.StartLine).Split(' ')[0];
        var target = sip.Method == SipMethod.Register ? message.Header(SipHeader.To) : Encoding.UTF8.GetString(
            sip.RequestUri);
        var isAnswer = FilledResponse().IsMatch(message.Header(SipHeader.Authorization))
            ? " with an answer to a challenge" : "";
        var package = message.Header(SipHeader.Event).Split(';')[0].Trim();
        var body = message.Header(SipHeader.ContentType).Split(';')[0].Trim();
        return $"{name} {Identity(target)}{isAnswer} {package} {body}".Trim();
    }

    private static string KeyOf(Wire.Http.Codec.HttpMessage http)
    {
        var query = string.Join('&', http.Query.Split('&').Select(p => p.Split('=')[0]).Order());
        var condition = http["If-Match"] is not null ? " If-Match" : http["If-None-Match"] is not null
            ? " If-None-Match" : "";
        var grant = http.MediaType == "application/x-www-form-urlencoded"
            ? Encoding.UTF8.GetString(http.Body.Span).Split('&').FirstOrDefault(p => p.StartsWith("grant_type=",
                StringComparison.Ordinal))
            : "";
        return $"{http.Method} {Uri.UnescapeDataString(http.Path)} {query}{condition} {http.MediaType} {grant}".Trim();
    }

    /// <summary>Command and application, whom it is about, what is to be done, and whether it asks for
    /// resynchronization (TS 29.229 6).</summary>
    private static MessageShape OfDiameter(DiameterMessage message)
    {
        var key = new StringBuilder($"{message.Command}/{message.Application}");
        foreach (var (code, vendor) in ((uint Code, uint Vendor)[])[(1, 0), (601, 10415), (614, 10415), (623, 10415),
            (700, 10415), (703, 10415)])
            if (message.TryFind(code, vendor, out var avp))
                key.Append(code is 614 or 623 or 703 ? $" {code}={avp.Uint32}" : $" {avp.Text}");
        if (message.TryFind(612, 10415, out var item) && item.TryFind(610, 10415, out _)) key.Append(
            " resynchronization");
        var words = new HashSet<string>();
        foreach (var avp in message.Avps)
            if (avp.Code is not (263 or 278)) words.Add($"{avp.Vendor}:{avp.Code}:{Convert.ToHexString(avp.Data)}");
        return new MessageShape(key.ToString(), words);
    }

    /// <summary>User and domain of an address; of one that is a number alone the user: numbers change from run to
    /// run.</summary>
    private static string Identity(string address)
    {
        var uri = UriInside().Match(address) is { Success: true } m ? m.Groups[1].Value : address;
        uri = uri.Split(';', '?')[0];
        return Address().Replace(uri, "").ToLowerInvariant();
    }

    [GeneratedRegex(@"[\s;,<>""=&@]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"response=""[^""]+""")]
    private static partial Regex FilledResponse();

    [GeneratedRegex("<([^>]*)>")]
    private static partial Regex UriInside();

    [GeneratedRegex(@"(\d+\.\d+\.\d+\.\d+|\[[0-9a-fA-F:]+\])?(:\d+)?$")]
    private static partial Regex Address();
}
