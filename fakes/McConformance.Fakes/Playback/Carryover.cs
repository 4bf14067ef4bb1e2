using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace McConformance.Fakes.Playback;

/// <summary>
/// What changes from run to run: addresses, tags, Call-IDs, branches, entity tags, tokens, times. Learnt by holding a
/// message of the recording
/// against the one that came in its place, word by word; then put into what the recording says next. Thread safe.
/// </summary>
internal sealed partial class Carryover
{
    private const int LengthMin = 4;
    private const int DigitsMin = 8;
    private readonly Dictionary<string, string> words = [];
    private readonly Lock gate = new();
    private Regex? any;

    /// <summary>One word takes another's place from now on.</summary>
    public void Learn(string old, string now)
    {
        if (old == now || old.Length < LengthMin || now.Length == 0) return;
        lock (gate)
        {
            words[old] = now;
            any = null;
        }
    }

    /// <summary>One address takes another's place.</summary>
    public void Learn(IPEndPoint old, IPEndPoint now) => Learn($"{old}", $"{now}");

    /// <summary>What the recording has where this has something else.</summary>
    public void Learn(ReadMessage recorded, ReadMessage now)
    {
        if (recorded.Protocol == Wire.WireProtocol.Diameter) return;
        var (old, these) = (Lines(recorded), Lines(now));
        foreach (var (name, values) in old)
        {
            if (!these.TryGetValue(name, out var others)) continue;
            for (var i = 0; i < Math.Min(values.Count, others.Count); i++) Align(values[i], others[i]);
        }

        Align(Text(recorded.Body), Text(now.Body));
    }

    /// <summary>Puts the new words into a text of the recording.</summary>
    public string Apply(string text)
    {
        lock (gate)
        {
            if (words.Count == 0) return text;
            any ??= new Regex(
                $"(?<![A-Za-z0-9])(?:{string.Join('|', words.Keys.OrderByDescending(w => w.Length).Select(Regex.Escape))})(?![A-Za-z0-9])",
                RegexOptions.CultureInvariant);
            return any.Replace(text, m => words[m.Value]);
        }
    }

    /// <summary>The same for octets; what is no text stays as it is.</summary>
    public byte[] Apply(ReadOnlySpan<byte> octets)
    {
        var text = Encoding.UTF8.GetString(octets);
        return text.Contains('\uFFFD') ? octets.ToArray() : Encoding.UTF8.GetBytes(Apply(text));
    }

    private void Align(string old, string now)
    {
        if (old == now) return;
        Pair(Word().Split(old), Word().Split(now), isWord: true);
        Pair([.. Address().Matches(old).Select(m => m.Value)], [.. Address().Matches(now).Select(m =>
            m.Value)], isWord: false);
    }

    private void Pair(string[] old, string[] now, bool isWord)
    {
        if (old.Length != now.Length) return;
        for (var i = 0; i < old.Length; i++)
        {
            // a small number is a choice, not a mark: what expires after 3600 s need not do so after 0 s because
            // somebody asked
            if (isWord && old[i].Length < DigitsMin && old[i].All(char.IsAsciiDigit)) continue;
            Learn(old[i], now[i]);
        }
    }

    private static string Text(ReadOnlyMemory<byte> octets) => Encoding.UTF8.GetString(octets.Span);

    private static Dictionary<string, List<string>> Lines(ReadMessage message)
    {
        var lines = new Dictionary<string, List<string>>(StringComparer.OrdinalIgnoreCase);
        void Add(string name, string value) => (lines.TryGetValue(name, out var all) ? all : lines[name] = [])
            .Add(value);
        if (message.Sip is { } sip)
        {
            if (sip.IsRequest) Add("", Encoding.UTF8.GetString(sip.RequestUri));
            for (var i = 0; i < sip.HeaderCount; i++) Add(Encoding.ASCII.GetString(sip.NameAt(i)),
                Encoding.UTF8.GetString(sip.ValueAt(i)));
        }
        else if (message.Http is { } http)
        {
            Add("", http.Target);
            foreach (var (name, value) in http.Fields) Add(name, value);
        }

        return lines;
    }

    [GeneratedRegex(@"[\s;,<>""=&]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\d+\.\d+\.\d+\.\d+:\d+|\[[0-9a-fA-F:]+\]:\d+")]
    private static partial Regex Address();
}
