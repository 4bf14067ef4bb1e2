namespace McConformance.Wire.Sip.Codec;

/// <summary>
/// The grammar of headers that extensions of SIP define. A table says for each header where its grammar stands, whether it is a list, and
/// what form its values have; parameters behind a value are judged as RFC 3261 25.1 has generic-param. Allocates nothing on a sound value.
/// </summary>
internal static class SipExtensionRules
{
    private enum Form : byte
    {
        None,

        /// <summary>token *(SEMI generic-param).</summary>
        Token,

        /// <summary>Dot-separated token as event packages have it, with parameters.</summary>
        Event,

        /// <summary>A URI in angle brackets or alone, with parameters.</summary>
        Address,

        /// <summary>A URI alone, absolute: URN or SIP.</summary>
        Uri,

        /// <summary>A number below 2^32.</summary>
        Number,

        /// <summary>A number of seconds, with parameters.</summary>
        Seconds,

        /// <summary>Two numbers and a method (RFC 3262 7.2).</summary>
        RAck,

        /// <summary>namespace.priority (RFC 4412 3.1).</summary>
        Priority,

        /// <summary>"*" with parameters (RFC 3841 10).</summary>
        Star,

        /// <summary>Call identifier with parameters.</summary>
        CallId,

        /// <summary>token, or quoted string, with parameters.</summary>
        TokenOrQuoted,

        /// <summary>Parameters from the start: name=value and more.</summary>
        Parameters,

        /// <summary>Code of three digits, agent, quoted text (RFC 3261 20.43).</summary>
        Warning,

        /// <summary>Tokens parted by semicolons.</summary>
        Semicolons,

        /// <summary>A quoted string or a token list item.</summary>
        Quoted,
    }

    private static readonly (Form Form, bool IsList, string Document, string Place, string Expected)[] Rules = Table();

    /// <summary>Judges one line; does nothing for headers that are not in the table.</summary>
    public static void Judge(SipHeader id, ReadOnlySpan<byte> value, int offset, FindingList findings)
    {
        var rule = Rules[(int)id];
        if (rule.Form == Form.None) return;
        if (!rule.IsList)
        {
            Value(rule, value, offset, findings);
            return;
        }

        while (true)
        {
            var end = SipValues.EndOfValue(value);
            Value(rule, value[..end].Trim(" \t\r\n"u8), offset, findings);
            if (end >= value.Length) return;
            value = value[(end + 1)..];
            offset += end + 1;
        }
    }

    private static void Value((Form Form, bool IsList, string Document, string Place, string Expected) rule, ReadOnlySpan<byte> value, int offset, FindingList findings)
    {
        if (!IsSound(rule.Form, value)) findings.Add(Severity.Syntax, rule.Document, rule.Place, offset, rule.Expected, value);
    }

    private static bool IsSound(Form form, ReadOnlySpan<byte> value) => form switch
    {
        Form.Token => Head(value, out var head, out var rest) && SipCharacters.IsToken(head) && AreParameters(rest),
        Form.Event => Head(value, out var head, out var rest) && SipCharacters.IsToken(head) && head[0] != (byte)'.' && head[^1] != (byte)'.' && AreParameters(rest),
        Form.Address => IsAddress(value),
        Form.Uri => Head(value, out var head, out var rest) && SipCharacters.IsUri(head) && head.IndexOf((byte)':') > 0 && rest.IsEmpty,
        Form.Number => SipCharacters.IsNumber(value, uint.MaxValue),
        Form.Seconds => Head(value, out var head, out var rest) && SipCharacters.IsNumber(head, uint.MaxValue) && AreParameters(rest),
        Form.RAck => IsRAck(value),
        Form.Priority => value.IndexOf((byte)'.') is > 0 and var dot && dot < value.Length - 1 && IsPart(value[..dot]) && IsPart(value[(dot + 1)..]),
        Form.Star => Head(value, out var head, out var rest) && head.SequenceEqual("*"u8) && AreParameters(rest),
        Form.CallId => Head(value, out var head, out var rest) && SipCharacters.IsCallId(head) && AreParameters(rest),
        Form.TokenOrQuoted => Head(value, out var head, out var rest) && (SipCharacters.IsToken(head) || IsQuoted(head)) && AreParameters(rest),
        Form.Parameters => !value.IsEmpty && AreParameters(value),
        Form.Warning => IsWarning(value),
        Form.Semicolons => AreTokens(value),
        _ => IsQuoted(value) || SipCharacters.IsToken(value),
    };

    /// <summary>What stands before the first semicolon outside quotes and brackets.</summary>
    private static bool Head(ReadOnlySpan<byte> value, out ReadOnlySpan<byte> head, out ReadOnlySpan<byte> rest)
    {
        var end = NameAddress.IndexOfUnquoted(value, (byte)';');
        head = (end < 0 ? value : value[..end]).Trim(" \t\r\n"u8);
        rest = end < 0 ? default : value[end..];
        return !head.IsEmpty;
    }

    private static bool AreParameters(ReadOnlySpan<byte> rest)
    {
        if (!rest.IsEmpty && rest.TrimEnd(" \t\r\n"u8) is [.., (byte)';']) return false;
        while (!rest.IsEmpty)
        {
            var from = rest[0] == (byte)';' ? rest[1..] : rest;
            var end = NameAddress.IndexOfUnquoted(from, (byte)';');
            var part = (end < 0 ? from : from[..end]).Trim(" \t\r\n"u8);
            if (!IsParameter(part)) return false;
            rest = end < 0 ? default : from[end..];
        }

        return true;
    }

    /// <summary>token [ EQUAL ( token / host / quoted-string ) ] (RFC 3261 25.1 generic-param); a leading plus is RFC 3840's.</summary>
    private static bool IsParameter(ReadOnlySpan<byte> part)
    {
        var equals = part.IndexOf((byte)'=');
        var name = (equals < 0 ? part : part[..equals]).Trim(" \t\r\n"u8);
        if (!SipCharacters.IsToken(name)) return false;
        if (equals < 0) return true;
        var value = part[(equals + 1)..].Trim(" \t\r\n"u8);
        return !value.IsEmpty && (value[0] == (byte)'"' ? IsQuoted(value) : value.IndexOfAny(" \t\r\n\"<>"u8) < 0);
    }

    private static bool IsQuoted(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2 || text[0] != (byte)'"' || text[^1] != (byte)'"') return false;
        for (var i = 1; i < text.Length - 1; i++)
        {
            if (text[i] == (byte)'"') return false;
            if (text[i] == (byte)'\\' && ++i >= text.Length - 1) return false;
        }

        return true;
    }

    private static bool IsAddress(ReadOnlySpan<byte> value) =>
        NameAddress.TryRead(value, out var address) && SipCharacters.IsUri(address.Uri) && SipUri.TryRead(address.Uri, out var uri) &&
        (!uri.IsSip || SipCharacters.IsHost(uri.Host)) && AreParameters(address.Parameters);

    private static bool IsRAck(ReadOnlySpan<byte> value)
    {
        var words = 0;
        foreach (var range in value.SplitAny(" \t\r\n"u8))
        {
            var word = value[range];
            if (word.IsEmpty) continue;
            words++;
            if (words > 3 || (words < 3 ? !SipCharacters.IsNumber(word, uint.MaxValue) : !SipCharacters.IsToken(word))) return false;
        }

        return words == 3;
    }

    /// <summary>token without dots (RFC 4412 3.1).</summary>
    private static bool IsPart(ReadOnlySpan<byte> text) => SipCharacters.IsToken(text) && text.IndexOf((byte)'.') < 0;

    private static bool IsWarning(ReadOnlySpan<byte> value)
    {
        if (value.Length < 7 || !SipCharacters.IsNumber(value[..3], 999) || value[0] == (byte)'0' || value[3] != (byte)' ') return false;
        var rest = value[4..].TrimStart(" \t"u8);
        var end = rest.IndexOf((byte)' ');
        return end > 0 && (SipCharacters.IsHost(rest[..end]) || SipCharacters.IsToken(rest[..end])) && IsQuoted(rest[(end + 1)..].TrimStart(" \t"u8));
    }

    private static bool AreTokens(ReadOnlySpan<byte> value)
    {
        foreach (var range in value.Split((byte)';'))
            if (!SipCharacters.IsToken(value[range].Trim(" \t\r\n"u8))) return false;
        return !value.IsEmpty;
    }

    private static (Form, bool, string, string, string)[] Table()
    {
        var table = new (Form, bool, string, string, string)[Enum.GetValues<SipHeader>().Length];
        Add(SipHeader.RSeq, Form.Number, false, "RFC 3262", "7.1", "a number below 2^32");
        Add(SipHeader.RAck, Form.RAck, false, "RFC 3262", "7.2", "two numbers and a method");
        Add(SipHeader.Event, Form.Event, false, "RFC 6665", "8.4", "an event package");
        Add(SipHeader.AllowEvents, Form.Event, true, "RFC 6665", "8.4", "event packages");
        Add(SipHeader.SubscriptionState, Form.Token, false, "RFC 6665", "8.4", "a state with parameters");
        Add(SipHeader.Privacy, Form.Semicolons, false, "RFC 3323", "4.2", "privacy values that are tokens");
        Add(SipHeader.PAssertedIdentity, Form.Address, true, "RFC 3325", "9.1", "an address with a URI");
        Add(SipHeader.PPreferredIdentity, Form.Address, true, "RFC 3325", "9.2", "an address with a URI");
        Add(SipHeader.Reason, Form.Token, true, "RFC 3326", "2", "a protocol with parameters");
        Add(SipHeader.SecurityClient, Form.Token, true, "RFC 3329", "2.2", "a mechanism with parameters");
        Add(SipHeader.SecurityServer, Form.Token, true, "RFC 3329", "2.2", "a mechanism with parameters");
        Add(SipHeader.SecurityVerify, Form.Token, true, "RFC 3329", "2.2", "a mechanism with parameters");
        Add(SipHeader.ReferTo, Form.Address, false, "RFC 3515", "2.1", "an address with a URI");
        Add(SipHeader.AcceptContact, Form.Star, true, "RFC 3841", "10", "* with parameters");
        Add(SipHeader.RejectContact, Form.Star, true, "RFC 3841", "10", "* with parameters");
        Add(SipHeader.RequestDisposition, Form.Token, true, "RFC 3841", "10", "directives that are tokens");
        Add(SipHeader.Replaces, Form.CallId, false, "RFC 3891", "6.1", "a call identifier with parameters");
        Add(SipHeader.ReferredBy, Form.Address, false, "RFC 3892", "3", "an address with a URI");
        Add(SipHeader.SipETag, Form.Token, false, "RFC 3903", "11.3.1", "an entity tag that is a token");
        Add(SipHeader.SipIfMatch, Form.Token, false, "RFC 3903", "11.3.2", "an entity tag that is a token");
        Add(SipHeader.Join, Form.CallId, false, "RFC 3911", "7.1", "a call identifier with parameters");
        Add(SipHeader.SessionExpires, Form.Seconds, false, "RFC 4028", "4", "seconds with parameters");
        Add(SipHeader.MinSE, Form.Seconds, false, "RFC 4028", "5", "seconds with parameters");
        Add(SipHeader.ResourcePriority, Form.Priority, true, "RFC 4412", "3.1", "namespace.priority");
        Add(SipHeader.AcceptResourcePriority, Form.Priority, true, "RFC 4412", "3.2", "namespace.priority");
        Add(SipHeader.PAssertedService, Form.Uri, true, "RFC 6050", "4.1", "a service URN");
        Add(SipHeader.PPreferredService, Form.Uri, true, "RFC 6050", "4.2", "a service URN");
        Add(SipHeader.PCalledPartyId, Form.Address, false, "RFC 7315", "5.2", "an address with a URI");
        Add(SipHeader.PVisitedNetworkId, Form.TokenOrQuoted, true, "RFC 7315", "5.3", "a token or a quoted string, with parameters");
        Add(SipHeader.PAccessNetworkInfo, Form.Token, true, "RFC 7315", "5.4", "an access type with parameters");
        Add(SipHeader.PChargingFunctionAddresses, Form.Parameters, true, "RFC 7315", "5.5", "charging addresses that are parameters");
        Add(SipHeader.PChargingVector, Form.Parameters, false, "RFC 7315", "5.6", "icid-value and further parameters");
        Add(SipHeader.Warning, Form.Warning, true, "RFC 3261", "20.43", "three digits, an agent and a quoted text");
        Add(SipHeader.AnswerMode, Form.Token, false, "RFC 5373", "3", "Auto or Manual, with parameters");
        Add(SipHeader.PrivAnswerMode, Form.Token, false, "RFC 5373", "4", "Auto or Manual, with parameters");
        Add(SipHeader.FlowTimer, Form.Number, false, "RFC 5626", "10", "seconds below 2^32");
        Add(SipHeader.PMediaAuthorization, Form.Token, true, "RFC 3313", "5.1", "tokens of hexadecimal digits");
        Add(SipHeader.PEarlyMedia, Form.Token, true, "RFC 5009", "7", "directions that are tokens");
        Add(SipHeader.ReplyTo, Form.Address, false, "RFC 3261", "20.31", "an address with a URI");
        Add(SipHeader.RetryAfter, Form.None, false, "", "", "");
        return table;

        void Add(SipHeader id, Form form, bool isList, string document, string place, string expected) => table[(int)id] = (form, isList, document, place, expected);
    }
}
