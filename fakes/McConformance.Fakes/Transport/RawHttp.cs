using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace McConformance.Fakes.Transport;

/// <summary>What came back for octets that need not be HTTP.</summary>
/// <param name="Text">All of it, octet by octet; empty where the connection was closed without a word.</param>
public sealed partial record RawHttpAnswer(string Text)
{
    /// <summary>Status code of the final response (RFC 9110 15.2); 0 where no status line of one came.</summary>
    public int StatusCode => Status().Match(Final) is { Success: true } m ? int.Parse(m.Groups[1].ValueSpan) : 0;

    /// <summary>What is behind the empty line, without the lengths of chunks (RFC 9112 7.1).</summary>
    public string Body => this["Transfer-Encoding"] is null ? Rest : Joined(Rest).Body;

    /// <summary>True once all of the body is there that the head tells of.</summary>
    public bool IsWhole =>
        Final.Contains(HeadEnd, StringComparison.Ordinal) &&
        (this["Content-Length"] is { } length ? Rest.Length >= int.Parse(length)
            : this["Transfer-Encoding"] is not null && Joined(Rest).IsWhole);

    /// <summary>Error code of RFC 6749 5.2 or RFC 6750 3.1, or element of an XCAP error; empty where none.</summary>
    public string Error
    {
        get
        {
            if (XcapErrors.Of(Body) is { Length: > 0 } element) return element;
            if (Member("error") is { Length: > 0 } code) return code;
            return Reason().Match(Head) is { Success: true } m
                ? m.Groups.Values.Skip(1).First(g => g.Success).Value : "";
        }
    }

    /// <summary>A text that stands under a name in the JSON object that the body is; empty where none does.</summary>
    public string Member(string name)
    {
        try
        {
            using var json = JsonDocument.Parse(Body);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
                ? value.GetString()! : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }

    /// <summary>Value of a header field; null where it is not there.</summary>
    public string? this[string name] => Head.Split("\r\n").Skip(1)
        .FirstOrDefault(l => l.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();

    private const string HeadEnd = "\r\n\r\n";

    private string Head => Final.Split(HeadEnd)[0];

    private string Rest =>
        Final.IndexOf(HeadEnd, StringComparison.Ordinal) is var at and >= 0 ? Final[(at + HeadEnd.Length)..] : "";

    /// <summary>Without the interim responses before it (RFC 9110 15.2).</summary>
    private string Final
    {
        get
        {
            var left = Text;
            while (Interim().IsMatch(left))
            {
                var end = left.IndexOf(HeadEnd, StringComparison.Ordinal);
                left = end < 0 ? "" : left[(end + HeadEnd.Length)..];
            }

            return left;
        }
    }

    /// <summary>Chunks may have extensions, and trailers may follow them (RFC 9112 7.1.1, 7.1.2).</summary>
    private static (string Body, bool IsWhole) Joined(string chunks)
    {
        var body = new StringBuilder();
        while (chunks.IndexOf("\r\n", StringComparison.Ordinal) is var end and > 0)
        {
            var size = chunks[..end].Split(';')[0].Trim();
            if (!int.TryParse(size, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var length) || length < 0)
                break;
            if (length == 0) return ($"{body}", chunks[end..].Contains(HeadEnd, StringComparison.Ordinal));
            var next = end + 2 + length + 2;
            if (next > chunks.Length) break;
            body.Append(chunks, end + 2, length);
            chunks = chunks[next..];
        }

        return ($"{body}", false);
    }

    [GeneratedRegex(@"^HTTP/1\.1 (\d{3}) ")]
    private static partial Regex Status();

    [GeneratedRegex(@"^HTTP/1\.1 1\d\d ")]
    private static partial Regex Interim();

    [GeneratedRegex("error=\"(\\w+)\"|[?&]error=(\\w+)")]
    private static partial Regex Reason();
}

/// <summary>Sends any octets to an HTTP server, each time on a connection of its own, and takes what comes.</summary>
public static class RawHttp
{
    /// <summary>A request with what every request needs: Host, Connection and Content-Length.</summary>
    /// <param name="line">Method and target, as they are to stand.</param>
    /// <param name="host">Host.</param>
    /// <param name="headers">Further header lines, as they are to stand.</param>
    /// <param name="body">Body.</param>
    public static byte[] Request(string line, string host, IEnumerable<string> headers, ReadOnlySpan<byte> body)
    {
        var head = $"{line} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n" +
            string.Concat(headers.Select(h => h + "\r\n")) + $"Content-Length: {body.Length}\r\n\r\n";
        return [.. Encoding.Latin1.GetBytes(head), .. body];
    }

    /// <summary>Sends octets and takes what comes until the answer is whole, or the server closes.</summary>
    /// <param name="to">Where.</param>
    /// <param name="octets">What.</param>
    /// <param name="patience">How long it waits for the next octets.</param>
    /// <exception cref="TimeoutException">The server neither answers nor closes.</exception>
    public static async Task<RawHttpAnswer> AskAsync(IPEndPoint to, ReadOnlyMemory<byte> octets, TimeSpan patience)
    {
        await using var peer = await RawPeer.ConnectAsync(to);
        // a server may answer before it has taken all of a long body
        var sending = peer.SendAsync(octets);
        var text = new StringBuilder();
        var answer = new RawHttpAnswer("");
        while (!answer.IsWhole && await peer.ReceiveAsync(patience) is { Length: > 0 } more)
            answer = new RawHttpAnswer(text.Append(more).ToString());
        // what is not sent by now is not wanted: the connection ends with the peer
        if (sending.IsCompleted) await sending;
        return answer;
    }
}
