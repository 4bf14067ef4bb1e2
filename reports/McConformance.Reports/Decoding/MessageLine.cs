using System.Text;
using McConformance.Wire;

namespace McConformance.Reports.Decoding;

/// <summary>One message in a few words.</summary>
/// <param name="Label">For an arrow: <c>REGISTER</c>, <c>401 Unauthorized</c>, <c>MAR
/// in-0001@ims.partner.example</c>.</param>
/// <param name="Summary">For a list: a SIP message's first line, a Diameter message's label.</param>
/// <param name="IsHousekeeping">True for what charts leave out.</param>
internal readonly record struct MessageLine(string Label, string Summary, bool IsHousekeeping)
{
    private const int SummaryOctetsMax = 200;

    public static MessageLine Of(RecordedMessage message) =>
        message.Link.Protocol switch
        {
            WireProtocol.Diameter => OfDiameter(message.Octets.Span),
            WireProtocol.Http => OfHttp(message.Octets.Span),
            _ => OfSip(message.Octets.Span),
        };

    private static MessageLine OfSip(ReadOnlySpan<byte> octets)
    {
        if (octets.Trim("\r\n"u8).IsEmpty) return new MessageLine("keep-alive", "keep-alive", true);
        var end = octets.IndexOfAny((byte)'\r', (byte)'\n');
        var line = octets[..Math.Min(end < 0 ? octets.Length : end, SummaryOctetsMax)];
        var summary = Encoding.UTF8.GetString(line);
        var words = summary.Split(' ', 3);
        if (words.Length == 3 && words[0] == "SIP/2.0") return new MessageLine($"{words[1]} {words[2]}", summary, false);
        return words.Length == 3 && words[2].StartsWith("SIP/", StringComparison.Ordinal)
            ? new MessageLine(words[0], summary, false)
            : new MessageLine("not SIP", summary, false);
    }

    private static MessageLine OfHttp(ReadOnlySpan<byte> octets)
    {
        octets = octets.TrimStart("\r\n"u8);
        var end = octets.IndexOfAny((byte)'\r', (byte)'\n');
        var summary = Encoding.UTF8.GetString(octets[..Math.Min(end < 0 ? octets.Length : end, SummaryOctetsMax)]);
        var words = summary.Split(' ', 3);
        if (words.Length < 2) return new MessageLine("not HTTP", summary, false);
        if (words[0].StartsWith("HTTP/", StringComparison.Ordinal)) return new MessageLine(summary[(words[0].Length + 1)..], summary, false);
        // the last part of a path says what is meant; the query may hold secrets and is long
        var path = words[1].Split('?')[0];
        return new MessageLine($"{words[0]} {Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..])}".TrimEnd(), summary, false);
    }

    private static MessageLine OfDiameter(ReadOnlySpan<byte> octets)
    {
        var view = new DiameterView(octets);
        if (!view.HasHeader) return new MessageLine("not Diameter", $"{octets.Length} octets, no Diameter header", false);
        var label = view.Abbreviation;
        if (view.IsRequest)
        {
            var user = view.User;
            if (user.Length > 0) label += " " + Encoding.UTF8.GetString(user[..Math.Min(user.Length, SummaryOctetsMax)]);
        }
        else if (view.Result is var result and > 0)
        {
            label += $" {result}";
        }

        return new MessageLine(label, label, view.IsHousekeeping);
    }
}
