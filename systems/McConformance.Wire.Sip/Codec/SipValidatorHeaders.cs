namespace McConformance.Wire.Sip.Codec;

/// <summary>Which headers a message must hold and how often (RFC 3261 20 tables 2 and 3, and the extensions), and how they agree.</summary>
internal static class SipValidatorHeaders
{
    private const string Rfc = "RFC 3261";

    public static void Check(SipMessage message, FindingList findings)
    {
        Need(message, SipHeader.To, new(Rfc, "8.1.1"), findings);
        Need(message, SipHeader.From, new(Rfc, "8.1.1"), findings);
        Need(message, SipHeader.CSeq, new(Rfc, "8.1.1"), findings);
        Need(message, SipHeader.CallId, new(Rfc, "8.1.1"), findings);
        Need(message, SipHeader.Via, new(Rfc, "8.1.1"), findings);
        CheckSingles(message, findings);
        CheckTags(message, findings);
        CheckStar(message, findings);
        if (message.IsRequest) CheckRequest(message, findings);
        else CheckResponse(message, findings);
    }

    private static void Need(SipMessage message, SipHeader header, Clause clause, FindingList findings)
    {
        if (message.Count(header) == 0)
            findings.Add(Severity.Conformance, clause, -1, Expectations[(int)header] ??= $"{Name(header)} present", default);
    }

    private static readonly string?[] Expectations = new string?[256];

    private static void CheckSingles(SipMessage message, FindingList findings)
    {
        Span<ulong> seen = stackalloc ulong[4];
        seen.Clear();
        for (var i = 0; i < message.HeaderCount; i++)
        {
            var id = message.IdAt(i);
            if (id == SipHeader.Unknown || !SipHeaderNames.IsSingle(id)) continue;
            ref var word = ref seen[(int)id >> 6];
            var bit = 1UL << ((int)id & 63);
            if ((word & bit) != 0)
                findings.Add(Severity.Conformance, new(Rfc, "7.3.1"), message.OffsetAt(i), "a header that stands once", message.LineAt(i));
            word |= bit;
        }
    }

    private static void CheckTags(SipMessage message, FindingList findings)
    {
        if (message.TryGet(SipHeader.From, out var from) && NameAddress.TryRead(from, out var sender) && !sender.TryGetParameter("tag"u8, out _))
            findings.Add(Severity.Conformance, new(Rfc, "8.1.1.3"), -1, "a tag in From", from);
        if (message.StatusCode <= 100) return;
        if (message.TryGet(SipHeader.To, out var to) && NameAddress.TryRead(to, out var receiver) && !receiver.TryGetParameter("tag"u8, out _))
            findings.Add(Severity.Conformance, new(Rfc, "8.2.6.2"), -1, "a tag in To", to);
    }

    private static void CheckStar(SipMessage message, FindingList findings)
    {
        if (!message.IsRequest || !message.TryGet(SipHeader.Contact, out var contact) || !contact.SequenceEqual("*"u8)) return;
        if (message.Method == SipMethod.Register && message.Count(SipHeader.Contact) == 1 &&
            message.TryGet(SipHeader.Expires, out var expires) && SipScanner.TryNumber(expires, out var number) && number == 0) return;
        findings.Add(Severity.Conformance, new(Rfc, "10.2.2"), -1, "Contact * alone, in a REGISTER with Expires 0", contact);
    }

    private static void CheckRequest(SipMessage message, FindingList findings)
    {
        Need(message, SipHeader.MaxForwards, new(Rfc, "8.1.1.6"), findings);
        if (message.TryGet(SipHeader.CSeq, out var value) && CSeqValue.TryRead(value, out var cseq) && !cseq.Method.SequenceEqual(message.MethodName))
            findings.Add(Severity.Conformance, new(Rfc, "8.1.1.5"), -1, "the method of the request line in CSeq", value);
        CheckBranch(message, findings);
        switch (message.Method)
        {
            case SipMethod.Invite:
                Need(message, SipHeader.Contact, new(Rfc, "8.1.1.8"), findings);
                break;
            case SipMethod.Subscribe:
                Need(message, SipHeader.Contact, new("RFC 6665", "8.2.1"), findings);
                Need(message, SipHeader.Event, new("RFC 6665", "8.2.1"), findings);
                break;
            case SipMethod.Notify:
                Need(message, SipHeader.Event, new("RFC 6665", "8.2.1"), findings);
                Need(message, SipHeader.SubscriptionState, new("RFC 6665", "8.2.3"), findings);
                break;
            case SipMethod.Publish:
                Need(message, SipHeader.Event, new("RFC 3903", "11.1"), findings);
                break;
            case SipMethod.Refer:
                Need(message, SipHeader.Contact, new("RFC 3515", "2.2"), findings);
                Need(message, SipHeader.ReferTo, new("RFC 3515", "2.4.1"), findings);
                break;
            case SipMethod.Prack:
                Need(message, SipHeader.RAck, new("RFC 3262", "7.2"), findings);
                break;
        }
    }

    private static void CheckBranch(SipMessage message, FindingList findings)
    {
        if (!message.TryGet(SipHeader.Via, out var value) || !ViaValue.TryRead(value[..SipValues.EndOfValue(value)], out var via)) return;
        if (!via.Branch.StartsWith("z9hG4bK"u8) || via.Branch.Length == 7)
            findings.Add(Severity.Conformance, new(Rfc, "8.1.1.7"), -1, "a branch that begins with z9hG4bK and goes on", via.Branch);
    }

    private static void CheckResponse(SipMessage message, FindingList findings)
    {
        if (message.Method == SipMethod.Invite && message.StatusCode is >= 200 and < 300)
            Need(message, SipHeader.Contact, new(Rfc, "13.3.1.4"), findings);
        switch (message.StatusCode)
        {
            case 401:
                Need(message, SipHeader.WwwAuthenticate, new(Rfc, "21.4.2"), findings);
                break;
            case 407:
                Need(message, SipHeader.ProxyAuthenticate, new(Rfc, "21.4.8"), findings);
                break;
            case 420:
                Need(message, SipHeader.Unsupported, new(Rfc, "21.4.15"), findings);
                break;
            case 423:
                Need(message, SipHeader.MinExpires, new(Rfc, "21.4.17"), findings);
                break;
        }
    }

    private static string Name(SipHeader header) => System.Text.Encoding.ASCII.GetString(SipHeaderNames.NameOf(header));
}
