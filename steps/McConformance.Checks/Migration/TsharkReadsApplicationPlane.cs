using McConformance.Checks.Flow;
using McConformance.Wire;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Checks.Migration;

/// <summary>Another maker's dissector names each method and status of SIP and HTTP in the recording, and all that a
/// migration needs is among them (RFC 3261 7, RFC 9112 2, RFC 3903 4, RFC 3428 4).</summary>
public static class TsharkReadsApplicationPlane
{
    private static readonly string[] Wanted =
    [
        "sip REGISTER", "sip PUBLISH", "sip MESSAGE", "sip 200",
        "http GET", "http POST", "http PUT", "http 200", "http 302",
    ];

    /// <summary>Judges what tshark printed.</summary>
    /// <param name="seen">The recording.</param>
    /// <param name="printed">A line for each frame: SIP methods, SIP statuses, HTTP methods, HTTP statuses, protocols;
    /// between them semicolons.</param>
    public static Judgement Judge(Observation seen, string printed)
    {
        var claim = new Claim("MSA-1", "another dissector names every SIP and HTTP message");
        var lines = printed.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var frames = lines.Select(l => l.Trim().Split(';')).ToArray();
        var named = frames.SelectMany(f => Names(f).Distinct()).ToHashSet();
        if (Wanted.FirstOrDefault(w => !named.Contains(w)) is { } missing)
            return claim.Fail(Hidden(seen, missing), missing, "no such message");
        if (!frames.Any(f => f[^1].Contains("mime_multipart", StringComparison.Ordinal)))
            return claim.Fail(null, "bodies of many parts", "none");
        foreach (var message in seen.Seen)
        {
            if (NameOf(message) is { } name && !named.Contains(name))
                return claim.Fail(message, name, "another name, or none");
        }

        return claim.Pass();
    }

    /// <summary>It may have passed where nobody sees.</summary>
    private static ObservedMessage? Hidden(Observation seen, string name) => seen.All.FirstOrDefault(m => m.IsUnseen
        && name.StartsWith(m.Protocol == WireProtocol.Sip ? "sip" : "http", StringComparison.Ordinal));

    private static IEnumerable<string> Names(string[] frame)
    {
        for (var i = 0; i < Math.Min(frame.Length, 4); i++)
            foreach (var value in frame[i].Split(',', StringSplitOptions.RemoveEmptyEntries))
                yield return $"{(i < 2 ? "sip" : "http")} {value}";
    }

    private static string? NameOf(ObservedMessage message)
    {
        if (message.Recorded.Octets.IsEmpty) return null;
        if (message.Http is { } http) return http.IsRequest ? $"http {http.Method}" : $"http {http.StatusCode}";
        return message.Sip is not { } sip ? null
            : !sip.IsRequest ? $"sip {sip.StatusCode}"
            : $"sip {sip.Method.ToString().ToUpperInvariant()}";
    }
}
