namespace McConformance.Wire.Sip.Codec;

/// <summary>
/// The second pass over a message: strict (RFC 3261 25.1 and the clauses of each header). What breaks the grammar is a Syntax finding, what breaks a
/// rule a Conformance finding; a message with findings is still read, for a tester goes on. Allocates nothing on a clean message.
/// </summary>
public static class SipValidator
{
    private const string Sip = "RFC 3261";

    private static readonly (SipHeader Id, string Place)[] Mandatory =
    [
        (SipHeader.Via, "20.42"), (SipHeader.From, "20.20"), (SipHeader.To, "20.39"), (SipHeader.CallId, "20.8"), (SipHeader.CSeq, "20.16"),
    ];

    /// <summary>Judges an indexed message.</summary>
    public static void Validate(SipMessage message, FindingList findings)
    {
        StartLine(message, findings);
        Presence(message, findings);
        var hasNul = message.Span[..message.HeadersEnd].Contains((byte)0);
        for (var i = 0; i < message.HeaderCount; i++) Header(message, i, hasNul, findings);
        Framing(message, findings);
    }

    private static void StartLine(SipMessage message, FindingList findings)
    {
        if (!message.Version.SequenceEqual("SIP/2.0"u8))
            findings.Add(Severity.Conformance, Sip, "7.1", 0, "SIP/2.0", message.Version);
        if (!message.IsRequest) return;
        if (!SipCharacters.IsToken(message.MethodName)) findings.Add(Severity.Syntax, Sip, "25.1", 0, "a method that is a token", message.MethodName);
        var uri = message.RequestUri;
        if (!SipCharacters.IsUri(uri) || !SipUri.TryRead(uri, out var read))
            findings.Add(Severity.Syntax, Sip, "25.1", message.MethodName.Length + 1, "a Request-URI", uri);
        else if (read.IsSip && !read.Headers.IsEmpty)
            findings.Add(Severity.Conformance, Sip, "19.1.1", message.MethodName.Length + 1, "no headers in a Request-URI", uri);
    }

    private static void Presence(SipMessage message, FindingList findings)
    {
        var (seen, contacts) = (UInt128.Zero, 0);
        for (var i = 0; i < message.HeaderCount; i++)
        {
            var id = message.IdAt(i);
            var bit = UInt128.One << (int)id;
            if ((seen & bit) != 0 && SipHeaderNames.IsSingle(id))
                findings.Add(Severity.Conformance, Sip, "7.3.1", message.OffsetAt(i), "the header once", message.NameAt(i));
            if (id == SipHeader.Contact) contacts++;
            seen |= bit;
        }

        foreach (var (id, place) in Mandatory)
            if (!Has(seen, id)) findings.Add(Severity.Conformance, Sip, place, -1, SipHeaderText(id), default);
        if (message.IsRequest && !Has(seen, SipHeader.MaxForwards))
            findings.Add(Severity.Conformance, Sip, "8.1.1.6", -1, "Max-Forwards", default);
        if (message.Method == SipMethod.Invite && message.IsRequest && contacts != 1)
            findings.Add(Severity.Conformance, Sip, "8.1.1.8", -1, "one Contact in INVITE", default);
        if (!message.IsRequest && message.StatusCode == 401 && !Has(seen, SipHeader.WwwAuthenticate))
            findings.Add(Severity.Conformance, Sip, "21.4.2", -1, "WWW-Authenticate in 401", default);
        if (message.Body.Length > 0 && !Has(seen, SipHeader.ContentType))
            findings.Add(Severity.Conformance, Sip, "20.15", -1, "Content-Type", default);
    }

    private static bool Has(UInt128 seen, SipHeader id) => ((seen >> (int)id) & UInt128.One) != 0;

    private static void Header(SipMessage message, int index, bool hasNul, FindingList findings)
    {
        var value = message.ValueAt(index);
        var offset = message.OffsetAt(index);
        if (message.IdAt(index) == SipHeader.Unknown && !SipCharacters.IsToken(message.NameAt(index)))
            findings.Add(Severity.Syntax, Sip, "25.1", offset, "a header name and a colon", message.LineAt(index).TrimEnd("\r\n"u8));
        if (message.LineAt(index) is not [.., (byte)'\r', (byte)'\n']) findings.Add(Severity.Syntax, Sip, "7", offset, "CR LF at the end of the line", message.NameAt(index));
        if (hasNul && value.Contains((byte)0)) findings.Add(Severity.Syntax, Sip, "25.1", offset, "no NUL outside quotes", value);
        switch (message.IdAt(index))
        {
            case SipHeader.CSeq:
                CSeq(message, value, offset, findings);
                break;
            case SipHeader.CallId when !SipCharacters.IsCallId(value):
                findings.Add(Severity.Syntax, Sip, "20.8", offset, "word, or word@word", value);
                break;
            case SipHeader.MaxForwards when !SipCharacters.IsNumber(value, 255):
                findings.Add(Severity.Syntax, Sip, "20.22", offset, "a number of 0 to 255", value);
                break;
            case SipHeader.Expires or SipHeader.MinExpires when !SipCharacters.IsNumber(value, uint.MaxValue):
                findings.Add(Severity.Syntax, Sip, "20.19", offset, "seconds below 2^32", value);
                break;
            case SipHeader.ContentLength when !SipCharacters.IsNumber(value, uint.MaxValue):
                findings.Add(Severity.Syntax, Sip, "20.14", offset, "a number", value);
                break;
            default:
                Lists(message.IdAt(index), value, offset, findings);
                break;
        }
    }

    private static void Lists(SipHeader id, ReadOnlySpan<byte> value, int offset, FindingList findings)
    {
        switch (id)
        {
            case SipHeader.From or SipHeader.To:
                Address(value, offset, id == SipHeader.From ? "20.20" : "20.39", Sip, false, findings);
                break;
            case SipHeader.Via:
                Each(value, offset, Via, findings);
                break;
            case SipHeader.Contact:
                if (!value.SequenceEqual("*"u8)) Each(value, offset, static (v, o, f) => Address(v, o, "20.10", Sip, false, f), findings);
                break;
            case SipHeader.Route or SipHeader.RecordRoute:
                Each(value, offset, static (v, o, f) => Address(v, o, "20.34", Sip, true, f), findings);
                break;
            case SipHeader.Path:
                Each(value, offset, static (v, o, f) => Address(v, o, "4", "RFC 3327", true, f), findings);
                break;
            case SipHeader.ServiceRoute:
                Each(value, offset, static (v, o, f) => Address(v, o, "5", "RFC 3608", true, f), findings);
                break;
            case SipHeader.PAssociatedUri:
                Each(value, offset, static (v, o, f) => Address(v, o, "4.1", "RFC 7315", true, f), findings);
                break;
            case SipHeader.Require or SipHeader.ProxyRequire or SipHeader.Supported or SipHeader.Unsupported or SipHeader.Allow:
                Tags(id, value, offset, findings);
                break;
            case SipHeader.Authorization or SipHeader.WwwAuthenticate:
                Digest(id, value, offset, findings);
                break;
            default:
                SipExtensionRules.Judge(id, value, offset, findings);
                break;
        }
    }

    private delegate void Judge(ReadOnlySpan<byte> value, int offset, FindingList findings);

    private static void Each(ReadOnlySpan<byte> list, int offset, Judge judge, FindingList findings)
    {
        while (true)
        {
            var end = SipValues.EndOfValue(list);
            judge(list[..end].Trim(" \t\r\n"u8), offset, findings);
            if (end >= list.Length) return;
            list = list[(end + 1)..];
            offset += end + 1;
        }
    }

    private static void Address(ReadOnlySpan<byte> value, int offset, string place, string document, bool inBrackets, FindingList findings)
    {
        if (!NameAddress.TryRead(value, out var address) || !SipCharacters.IsUri(address.Uri) || !SipUri.TryRead(address.Uri, out var uri) ||
            (uri.IsSip && !SipCharacters.IsHost(uri.Host)))
        {
            findings.Add(Severity.Syntax, document, place, offset, "an address with a URI", value);
            return;
        }

        if (inBrackets && value.IndexOf((byte)'<') < 0) findings.Add(Severity.Syntax, document, place, offset, "a URI in angle brackets", value);
        var rest = address.Parameters;
        while (SipParameters.TryNext(ref rest, out var name, out _))
            if (!SipCharacters.IsToken(name)) findings.Add(Severity.Syntax, Sip, "25.1", offset, "parameters that are tokens", name);
    }

    private static void Via(ReadOnlySpan<byte> value, int offset, FindingList findings)
    {
        if (!ViaValue.TryRead(value, out var via) || !SipCharacters.IsHost(via.Host) || !SipCharacters.IsToken(via.Transport))
            findings.Add(Severity.Syntax, Sip, "20.42", offset, "SIP/2.0/transport and sent-by", value);
        else if (!via.Branch.StartsWith("z9hG4bK"u8))
            findings.Add(Severity.Conformance, Sip, "8.1.1.7", offset, "a branch that begins with z9hG4bK", via.Branch);
    }

    private static void Tags(SipHeader id, ReadOnlySpan<byte> value, int offset, FindingList findings)
    {
        if (value.IsEmpty && id is SipHeader.Supported or SipHeader.Allow) return;
        Each(value, offset, static (v, o, f) =>
        {
            if (!SipCharacters.IsToken(v)) f.Add(Severity.Syntax, Sip, "25.1", o, "a token", v);
        }, findings);
    }

    private static void Digest(SipHeader id, ReadOnlySpan<byte> value, int offset, FindingList findings)
    {
        if (!DigestValues.TryRead(value, out var digest)) return; // another scheme is lawful
        if (digest.Realm.IsEmpty && value.IndexOf("realm"u8) < 0) findings.Add(Severity.Conformance, Sip, "22.4", offset, "realm", default);
        if (id == SipHeader.Authorization && value.IndexOf("uri="u8) < 0) findings.Add(Severity.Conformance, Sip, "22.4", offset, "uri", default);
        if (value.IndexOf("nonce="u8) < 0) findings.Add(Severity.Conformance, Sip, "22.4", offset, "nonce", default);
    }

    private static void CSeq(SipMessage message, ReadOnlySpan<byte> value, int offset, FindingList findings)
    {
        if (!CSeqValue.TryRead(value, out var cseq) || !SipCharacters.IsToken(cseq.Method))
            findings.Add(Severity.Syntax, Sip, "20.16", offset, "a number and a method", value);
        else if (cseq.Number >= 1u << 31) findings.Add(Severity.Conformance, Sip, "8.1.1.5", offset, "a number below 2^31", value);
        else if (message.IsRequest && !cseq.Method.SequenceEqual(message.MethodName))
            findings.Add(Severity.Conformance, Sip, "8.1.1.5", offset, "the request's method", cseq.Method);
    }

    private static void Framing(SipMessage message, FindingList findings)
    {
        if (message.ExcessOctets > 0) findings.Add(Severity.Conformance, Sip, "18.3", -1, "a body as long as Content-Length says", "more octets"u8);
        if (message.StatedLength > message.Body.Length) findings.Add(Severity.Conformance, Sip, "18.3", -1, "a body as long as Content-Length says", "fewer octets"u8);
    }

    private static string SipHeaderText(SipHeader id) => System.Text.Encoding.ASCII.GetString(SipHeaderNames.NameOf(id));
}
