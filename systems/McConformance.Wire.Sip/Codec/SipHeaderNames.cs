namespace McConformance.Wire.Sip.Codec;

/// <summary>Names of header fields: to numbers and back, compact forms included (RFC 3261 7.3.3). A hash table without collisions to walk.</summary>
internal static class SipHeaderNames
{
    private const int Slots = 1024;

    private static readonly (SipHeader Id, string Name, char Compact, bool IsList, bool IsSingle)[] Table =
    [
        (SipHeader.Via, "Via", 'v', true, false),
        (SipHeader.From, "From", 'f', false, true),
        (SipHeader.To, "To", 't', false, true),
        (SipHeader.CallId, "Call-ID", 'i', false, true),
        (SipHeader.CSeq, "CSeq", '\0', false, true),
        (SipHeader.MaxForwards, "Max-Forwards", '\0', false, true),
        (SipHeader.Contact, "Contact", 'm', true, false),
        (SipHeader.Expires, "Expires", '\0', false, true),
        (SipHeader.Path, "Path", '\0', true, false),
        (SipHeader.ServiceRoute, "Service-Route", '\0', true, false),
        (SipHeader.Route, "Route", '\0', true, false),
        (SipHeader.RecordRoute, "Record-Route", '\0', true, false),
        (SipHeader.PAssociatedUri, "P-Associated-URI", '\0', true, false),
        (SipHeader.PVisitedNetworkId, "P-Visited-Network-ID", '\0', true, false),
        (SipHeader.PChargingVector, "P-Charging-Vector", '\0', false, true),
        (SipHeader.PChargingFunctionAddresses, "P-Charging-Function-Addresses", '\0', true, false),
        (SipHeader.PAccessNetworkInfo, "P-Access-Network-Info", '\0', true, false),
        (SipHeader.PAssertedIdentity, "P-Asserted-Identity", '\0', true, false),
        (SipHeader.PPreferredIdentity, "P-Preferred-Identity", '\0', true, false),
        (SipHeader.PAssertedService, "P-Asserted-Service", '\0', false, false),
        (SipHeader.PPreferredService, "P-Preferred-Service", '\0', false, false),
        (SipHeader.PCalledPartyId, "P-Called-Party-ID", '\0', false, false),
        (SipHeader.Authorization, "Authorization", '\0', false, false),
        (SipHeader.WwwAuthenticate, "WWW-Authenticate", '\0', false, false),
        (SipHeader.ProxyAuthenticate, "Proxy-Authenticate", '\0', false, false),
        (SipHeader.ProxyAuthorization, "Proxy-Authorization", '\0', false, false),
        (SipHeader.AuthenticationInfo, "Authentication-Info", '\0', false, false),
        (SipHeader.SecurityClient, "Security-Client", '\0', true, false),
        (SipHeader.SecurityServer, "Security-Server", '\0', true, false),
        (SipHeader.SecurityVerify, "Security-Verify", '\0', true, false),
        (SipHeader.Require, "Require", '\0', true, false),
        (SipHeader.ProxyRequire, "Proxy-Require", '\0', true, false),
        (SipHeader.Supported, "Supported", 'k', true, false),
        (SipHeader.Unsupported, "Unsupported", '\0', true, false),
        (SipHeader.Allow, "Allow", '\0', true, false),
        (SipHeader.AllowEvents, "Allow-Events", 'u', true, false),
        (SipHeader.ContentType, "Content-Type", 'c', false, true),
        (SipHeader.ContentLength, "Content-Length", 'l', false, true),
        (SipHeader.ContentEncoding, "Content-Encoding", 'e', true, false),
        (SipHeader.ContentDisposition, "Content-Disposition", '\0', false, true),
        (SipHeader.ContentLanguage, "Content-Language", '\0', true, false),
        (SipHeader.MimeVersion, "MIME-Version", '\0', false, true),
        (SipHeader.PMediaAuthorization, "P-Media-Authorization", '\0', true, false),
        (SipHeader.PEarlyMedia, "P-Early-Media", '\0', true, true),
        (SipHeader.Warning, "Warning", '\0', true, false),
        (SipHeader.RetryAfter, "Retry-After", '\0', false, true),
        (SipHeader.MinExpires, "Min-Expires", '\0', false, true),
        (SipHeader.Event, "Event", 'o', false, true),
        (SipHeader.SubscriptionState, "Subscription-State", '\0', false, true),
        (SipHeader.SipETag, "SIP-ETag", '\0', false, true),
        (SipHeader.SipIfMatch, "SIP-If-Match", '\0', false, true),
        (SipHeader.Subject, "Subject", 's', false, true),
        (SipHeader.Accept, "Accept", '\0', true, false),
        (SipHeader.AcceptContact, "Accept-Contact", 'a', true, false),
        (SipHeader.AcceptEncoding, "Accept-Encoding", '\0', true, false),
        (SipHeader.AcceptLanguage, "Accept-Language", '\0', true, false),
        (SipHeader.RejectContact, "Reject-Contact", 'j', true, false),
        (SipHeader.RequestDisposition, "Request-Disposition", 'd', true, false),
        (SipHeader.ReferTo, "Refer-To", 'r', false, true),
        (SipHeader.ReferredBy, "Referred-By", 'b', false, true),
        (SipHeader.Replaces, "Replaces", '\0', false, false),
        (SipHeader.Join, "Join", '\0', false, false),
        (SipHeader.Reason, "Reason", '\0', true, false),
        (SipHeader.Privacy, "Privacy", '\0', false, false),
        (SipHeader.RSeq, "RSeq", '\0', false, true),
        (SipHeader.RAck, "RAck", '\0', false, true),
        (SipHeader.SessionExpires, "Session-Expires", 'x', false, true),
        (SipHeader.MinSE, "Min-SE", '\0', false, true),
        (SipHeader.AlertInfo, "Alert-Info", '\0', true, false),
        (SipHeader.CallInfo, "Call-Info", '\0', true, false),
        (SipHeader.ErrorInfo, "Error-Info", '\0', true, false),
        (SipHeader.Date, "Date", '\0', false, true),
        (SipHeader.InReplyTo, "In-Reply-To", '\0', true, false),
        (SipHeader.Organization, "Organization", '\0', false, true),
        (SipHeader.Priority, "Priority", '\0', false, true),
        (SipHeader.ReplyTo, "Reply-To", '\0', true, false),
        (SipHeader.Server, "Server", '\0', false, true),
        (SipHeader.Timestamp, "Timestamp", '\0', false, true),
        (SipHeader.UserAgent, "User-Agent", '\0', false, true),
        (SipHeader.ResourcePriority, "Resource-Priority", '\0', true, false),
        (SipHeader.AcceptResourcePriority, "Accept-Resource-Priority", '\0', true, false),
        (SipHeader.AnswerMode, "Answer-Mode", '\0', false, true),
        (SipHeader.PrivAnswerMode, "Priv-Answer-Mode", '\0', false, true),
        (SipHeader.FlowTimer, "Flow-Timer", '\0', false, false),
        (SipHeader.FeatureCaps, "Feature-Caps", '\0', true, false),
        (SipHeader.Geolocation, "Geolocation", '\0', false, false),
        (SipHeader.HistoryInfo, "History-Info", '\0', true, false),
        (SipHeader.Identity, "Identity", 'y', false, false),
        (SipHeader.SessionId, "Session-ID", '\0', false, true),
    ];

    private static readonly SipHeader[] BySlot = new SipHeader[Slots];
    private static readonly byte[][] Names = new byte[256][];
    private static readonly bool[] Lists = new bool[256];
    private static readonly bool[] Singles = new bool[256];
    private static readonly SipHeader[] Compacts = new SipHeader[128];

    static SipHeaderNames()
    {
        Names[0] = [];
        foreach (var (id, name, compact, isList, isSingle) in Table)
        {
            Names[(int)id] = System.Text.Encoding.ASCII.GetBytes(name);
            (Lists[(int)id], Singles[(int)id]) = (isList, isSingle);
            if (compact != 0) (Compacts[compact], Compacts[char.ToUpperInvariant(compact)]) = (id, id);
            var slot = Hash(Names[(int)id]);
            while (BySlot[slot] != SipHeader.Unknown) slot = (slot + 1) & (Slots - 1);
            BySlot[slot] = id;
        }
    }

    /// <summary>The header of a name, whatever its case.</summary>
    public static SipHeader Find(ReadOnlySpan<byte> name)
    {
        if (name.Length == 1) return name[0] < 128 ? Compacts[name[0]] : SipHeader.Unknown;
        if (name.Length is < 2 or > 32) return SipHeader.Unknown;
        for (var slot = Hash(name); BySlot[slot] != SipHeader.Unknown; slot = (slot + 1) & (Slots - 1))
            if (System.Text.Ascii.EqualsIgnoreCase(name, Names[(int)BySlot[slot]])) return BySlot[slot];
        return SipHeader.Unknown;
    }

    /// <summary>The long form.</summary>
    public static ReadOnlySpan<byte> NameOf(SipHeader id) => Names[(int)id];

    /// <summary>True where one line may hold several values separated by commas.</summary>
    public static bool IsList(SipHeader id) => Lists[(int)id];

    /// <summary>True where a message holds one at most.</summary>
    public static bool IsSingle(SipHeader id) => Singles[(int)id];

    private static int Hash(ReadOnlySpan<byte> name) =>
        ((name[0] | 0x20) + (name[^1] | 0x20) * 31 + (name[name.Length / 2] | 0x20) * 7 + name.Length * 131 + (name[1] | 0x20) * 17) & (Slots - 1);
}
