using System.Buffers;
using System.Text;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Fakes.Deviations;

/// <summary>Changes of SIP messages by whole header lines.</summary>
internal static class SipAlterations
{
    public static ReadOnlyMemory<byte> OmitHeader(ReadOnlyMemory<byte> octets, string name) => Rewrite(octets, name, null, false);

    public static ReadOnlyMemory<byte> SetHeader(ReadOnlyMemory<byte> octets, string name, string value) => Rewrite(octets, name, value, false);

    public static ReadOnlyMemory<byte> AddHeader(ReadOnlyMemory<byte> octets, string name, string value) => Rewrite(octets, name, value, true);

    /// <summary>Something more at the end of each line of a header.</summary>
    public static ReadOnlyMemory<byte> Append(ReadOnlyMemory<byte> octets, string name, string more)
    {
        var lines = Encoding.UTF8.GetString(octets.Span).Split("\r\n");
        for (var i = 1; i < lines.Length && lines[i].Length > 0; i++)
            if (lines[i].StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)) lines[i] += more;
        return Encoding.UTF8.GetBytes(string.Join("\r\n", lines));
    }

    /// <summary>A response becomes one of another status.</summary>
    public static ReadOnlyMemory<byte> Status(ReadOnlyMemory<byte> octets, string status, string reason)
    {
        var text = Encoding.UTF8.GetString(octets.Span);
        if (!text.StartsWith("SIP/2.0 ", StringComparison.Ordinal)) return octets;
        var rest = text[text.IndexOf("\r\n", StringComparison.Ordinal)..];
        return Encoding.UTF8.GetBytes($"SIP/2.0 {status} {reason}{rest}");
    }

    /// <summary>A request becomes a response to it: its start line is another (RFC 3261 8.2.6.2).</summary>
    public static ReadOnlyMemory<byte> AsResponse(ReadOnlyMemory<byte> octets, string status, string reason)
    {
        var text = Encoding.UTF8.GetString(octets.Span);
        var rest = text[text.IndexOf("\r\n", StringComparison.Ordinal)..];
        return Encoding.UTF8.GetBytes($"SIP/2.0 {status} {reason}{rest}");
    }

    /// <summary>Some text in the head stands in place of other text, of any length.</summary>
    public static ReadOnlyMemory<byte> Text(ReadOnlyMemory<byte> octets, string what, string with) =>
        Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(octets.Span).Replace(what, with, StringComparison.Ordinal));

    /// <summary>From the second message on, a header is as it was in the first.</summary>
    public static Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> Repeat(string name)
    {
        string? first = null;
        return octets =>
        {
            var value = ValueOf(octets, name);
            if (first is not null) return SetHeader(octets, name, first);
            first = value;
            return octets;
        };
    }

    /// <summary>The first value of a header; null where there is none.</summary>
    public static string? ValueOf(ReadOnlyMemory<byte> octets, string name) =>
        Encoding.UTF8.GetString(octets.Span).Split("\r\n")
            .FirstOrDefault(l => l.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?
            [(name.Length + 1)..].Trim();

    private static ReadOnlyMemory<byte> Rewrite(ReadOnlyMemory<byte> octets, string name, string? value, bool adds)
    {
        var message = new SipMessage();
        if (message.TryIndex(octets, stream: false, out _) != OperationStatus.Done) return octets;
        var wanted = Encoding.ASCII.GetBytes(name);
        var draft = SipDraft.Rent().StartLineOf(message);
        for (var i = 0; i < message.HeaderCount; i++)
        {
            if (adds || !System.Text.Ascii.EqualsIgnoreCase(message.NameAt(i), wanted)) draft.CopyLine(message, i);
            else if (value is not null) draft.Line(wanted).Put(value);
        }

        if (adds) draft.Line(wanted).Put(value!);
        var changed = draft.Raw("\r\n\r\n"u8).Raw(message.Body).Octets.ToArray();
        SipDraft.Return(draft);
        return changed;
    }
}
