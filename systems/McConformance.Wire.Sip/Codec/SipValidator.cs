using System.Text.Unicode;

namespace McConformance.Wire.Sip.Codec;

/// <summary>
/// The second pass over a message: strict, by the grammar and the rules of RFC 3261 and the extensions that IMS uses. Says what is wrong and
/// where; changes nothing, never throws. A message without findings costs no allocation.
/// </summary>
public static class SipValidator
{
    private const string Rfc = "RFC 3261";

    /// <summary>Adds what is wrong with a message that was read.</summary>
    /// <param name="message">After <see cref="SipMessage.TryIndex"/> returned Done.</param>
    /// <param name="findings">Gets the findings; not cleared first.</param>
    public static void Validate(SipMessage message, FindingList findings)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(findings);
        CheckLineEnds(message, findings);
        if (message.IsRequest) CheckRequestLine(message, findings);
        else CheckStatusLine(message, findings);
        for (var i = 0; i < message.HeaderCount; i++) CheckLine(message, i, findings);
        SipValidatorHeaders.Check(message, findings);
        CheckBody(message, findings);
    }

    private static void CheckLineEnds(SipMessage message, FindingList findings)
    {
        var head = message.Span[..message.HeadersEnd];
        if (!head.EndsWith("\r\n\r\n"u8) && !head.EndsWith("\n\n"u8) && !head.EndsWith("\n\r\n"u8))
            findings.Add(Severity.Syntax, new(Rfc, "7"), head.Length, "an empty line behind the headers", default);
        for (var at = 0; at < head.Length;)
        {
            var next = head[at..].IndexOfAny((byte)'\r', (byte)'\n');
            if (next < 0) return;
            at += next;
            if (head[at] == '\r' && at + 1 < head.Length && head[at + 1] == '\n') at += 2;
            else
            {
                findings.Add(Severity.Syntax, new(Rfc, "7"), at, "CR and LF together at the end of a line", head.Slice(at, 1));
                return;
            }
        }
    }

    private static void CheckRequestLine(SipMessage message, FindingList findings)
    {
        if (!SipScanner.IsAll(message.MethodName, Octets.Token))
            findings.Add(Severity.Syntax, new(Rfc, "7.1"), 0, "a method that is a token", message.MethodName);
        var start = message.MethodName.Length + 1;
        if (!SipValidatorUris.IsUri(message.RequestUri, out var at, out var hasHeaders))
            findings.Add(Severity.Syntax, new(Rfc, "7.1"), start + at, "a Request-URI without brackets and white space", message.RequestUri);
        else if (hasHeaders)
            findings.Add(Severity.Conformance, new(Rfc, "19.1.1"), start, "no header part in a Request-URI", message.RequestUri);
        CheckVersion(message, message.StartLine.Length - message.Version.Length, findings);
    }

    private static void CheckStatusLine(SipMessage message, FindingList findings)
    {
        CheckVersion(message, 0, findings);
        var reasonAt = message.StartLine.Length - message.ReasonPhrase.Length;
        if (message.StartLine[reasonAt - 1] != ' ')
            findings.Add(Severity.Syntax, new(Rfc, "7.2"), reasonAt, "a space behind the status code", message.StartLine);
        var reason = new SipScanner(message.ReasonPhrase);
        while (reason.SomeEscaped(Octets.Uric) || TakesText(ref reason)) { }
        if (!reason.IsEnd || !Utf8.IsValid(message.ReasonPhrase))
            findings.Add(Severity.Syntax, new(Rfc, "25.1"), reasonAt + reason.At, "a reason phrase of reserved, unreserved and UTF-8 characters", message.ReasonPhrase);
    }

    private static bool TakesText(ref SipScanner reason)
    {
        if (reason.IsEnd || reason.Rest[0] is not ((byte)' ' or (byte)'\t' or >= 0x80)) return false;
        reason.At++;
        return true;
    }

    private static void CheckVersion(SipMessage message, int offset, FindingList findings)
    {
        var version = message.Version;
        if (version.SequenceEqual("SIP/2.0"u8)) return;
        var scanner = new SipScanner(version) { At = Math.Min(4, version.Length) };
        var isVersion = scanner.Digits() && scanner.Exactly((byte)'.') && scanner.Digits() && scanner.IsEnd;
        findings.Add(isVersion ? Severity.Conformance : Severity.Syntax, new(Rfc, "7.1"), offset, "SIP/2.0", version);
    }

    private static void CheckLine(SipMessage message, int index, FindingList findings)
    {
        var (name, line) = (message.NameAt(index), message.LineAt(index));
        var start = message.OffsetAt(index);
        var behind = line[name.Length..].TrimStart(" \t"u8);
        if (behind.IsEmpty || behind[0] != ':')
        {
            findings.Add(Severity.Syntax, new(Rfc, "7.3.1"), start, "a colon behind the header name", line);
            return;
        }

        if (name.IsEmpty || !SipScanner.IsAll(name, Octets.Token))
            findings.Add(Severity.Syntax, new(Rfc, "25.1"), start, "a header name that is a token", line);
        var value = message.ValueAt(index);
        if (!Utf8.IsValid(value)) findings.Add(Severity.Syntax, new(Rfc, "7"), start, "UTF-8", value);
        SipValidatorValues.Check(message, index, findings);
    }

    private static void CheckBody(SipMessage message, FindingList findings)
    {
        if (message.StatedLength > message.Body.Length)
            findings.Add(Severity.Conformance, new(Rfc, "18.3"), message.HeadersEnd, "as many body octets as Content-Length states", message.Body);
        if (message.ExcessOctets > 0)
            findings.Add(Severity.Note, new(Rfc, "18.3"), message.Octets.Length, "no octets behind the body", default);
        if (!message.Body.IsEmpty && message.Count(SipHeader.ContentType) == 0)
            findings.Add(Severity.Conformance, new(Rfc, "20.15"), -1, "Content-Type where there is a body", default);
    }
}
