namespace McConformance.Wire.Sip.Codec;

/// <summary>Header fields that are known by name: RFC 3261 20 and the extensions that IMS and MC services use.</summary>
public enum SipHeader : byte
{
    /// <summary>Not in this list; look at its name.</summary>
    Unknown,

    /// <summary>Via, compact v.</summary>
    Via,

    /// <summary>From, compact f.</summary>
    From,

    /// <summary>To, compact t.</summary>
    To,

    /// <summary>Call-ID, compact i.</summary>
    CallId,

    /// <summary>CSeq.</summary>
    CSeq,

    /// <summary>Max-Forwards.</summary>
    MaxForwards,

    /// <summary>Contact, compact m.</summary>
    Contact,

    /// <summary>Expires.</summary>
    Expires,

    /// <summary>Path.</summary>
    Path,

    /// <summary>Service-Route.</summary>
    ServiceRoute,

    /// <summary>Route.</summary>
    Route,

    /// <summary>Record-Route.</summary>
    RecordRoute,

    /// <summary>P-Associated-URI.</summary>
    PAssociatedUri,

    /// <summary>P-Visited-Network-ID.</summary>
    PVisitedNetworkId,

    /// <summary>P-Charging-Vector.</summary>
    PChargingVector,

    /// <summary>P-Charging-Function-Addresses.</summary>
    PChargingFunctionAddresses,

    /// <summary>P-Access-Network-Info.</summary>
    PAccessNetworkInfo,

    /// <summary>P-Asserted-Identity.</summary>
    PAssertedIdentity,

    /// <summary>P-Preferred-Identity.</summary>
    PPreferredIdentity,

    /// <summary>P-Asserted-Service.</summary>
    PAssertedService,

    /// <summary>P-Preferred-Service.</summary>
    PPreferredService,

    /// <summary>P-Called-Party-ID.</summary>
    PCalledPartyId,

    /// <summary>Authorization.</summary>
    Authorization,

    /// <summary>WWW-Authenticate.</summary>
    WwwAuthenticate,

    /// <summary>Proxy-Authenticate.</summary>
    ProxyAuthenticate,

    /// <summary>Proxy-Authorization.</summary>
    ProxyAuthorization,

    /// <summary>Authentication-Info.</summary>
    AuthenticationInfo,

    /// <summary>Security-Client.</summary>
    SecurityClient,

    /// <summary>Security-Server.</summary>
    SecurityServer,

    /// <summary>Security-Verify.</summary>
    SecurityVerify,

    /// <summary>Require.</summary>
    Require,

    /// <summary>Proxy-Require.</summary>
    ProxyRequire,

    /// <summary>Supported, compact k.</summary>
    Supported,

    /// <summary>Unsupported.</summary>
    Unsupported,

    /// <summary>Allow.</summary>
    Allow,

    /// <summary>Allow-Events, compact u.</summary>
    AllowEvents,

    /// <summary>Content-Type, compact c.</summary>
    ContentType,

    /// <summary>Content-Length, compact l.</summary>
    ContentLength,

    /// <summary>Content-Encoding, compact e.</summary>
    ContentEncoding,

    /// <summary>Content-Disposition.</summary>
    ContentDisposition,

    /// <summary>Content-Language.</summary>
    ContentLanguage,

    /// <summary>MIME-Version.</summary>
    MimeVersion,

    /// <summary>P-Media-Authorization (RFC 3313 5.1).</summary>
    PMediaAuthorization,

    /// <summary>P-Early-Media (RFC 5009 7).</summary>
    PEarlyMedia,

    /// <summary>Warning.</summary>
    Warning,

    /// <summary>Retry-After.</summary>
    RetryAfter,

    /// <summary>Min-Expires.</summary>
    MinExpires,

    /// <summary>Event, compact o.</summary>
    Event,

    /// <summary>Subscription-State.</summary>
    SubscriptionState,

    /// <summary>SIP-ETag.</summary>
    SipETag,

    /// <summary>SIP-If-Match.</summary>
    SipIfMatch,

    /// <summary>Subject, compact s.</summary>
    Subject,

    /// <summary>Accept.</summary>
    Accept,

    /// <summary>Accept-Contact, compact a.</summary>
    AcceptContact,

    /// <summary>Accept-Encoding.</summary>
    AcceptEncoding,

    /// <summary>Accept-Language.</summary>
    AcceptLanguage,

    /// <summary>Reject-Contact, compact j.</summary>
    RejectContact,

    /// <summary>Request-Disposition, compact d.</summary>
    RequestDisposition,

    /// <summary>Refer-To, compact r.</summary>
    ReferTo,

    /// <summary>Referred-By, compact b.</summary>
    ReferredBy,

    /// <summary>Replaces.</summary>
    Replaces,

    /// <summary>Join.</summary>
    Join,

    /// <summary>Reason.</summary>
    Reason,

    /// <summary>Privacy.</summary>
    Privacy,

    /// <summary>RSeq.</summary>
    RSeq,

    /// <summary>RAck.</summary>
    RAck,

    /// <summary>Session-Expires, compact x.</summary>
    SessionExpires,

    /// <summary>Min-SE.</summary>
    MinSE,

    /// <summary>Alert-Info.</summary>
    AlertInfo,

    /// <summary>Call-Info.</summary>
    CallInfo,

    /// <summary>Error-Info.</summary>
    ErrorInfo,

    /// <summary>Date.</summary>
    Date,

    /// <summary>In-Reply-To.</summary>
    InReplyTo,

    /// <summary>Organization.</summary>
    Organization,

    /// <summary>Priority.</summary>
    Priority,

    /// <summary>Reply-To.</summary>
    ReplyTo,

    /// <summary>Server.</summary>
    Server,

    /// <summary>Timestamp.</summary>
    Timestamp,

    /// <summary>User-Agent.</summary>
    UserAgent,

    /// <summary>Resource-Priority.</summary>
    ResourcePriority,

    /// <summary>Accept-Resource-Priority.</summary>
    AcceptResourcePriority,

    /// <summary>Answer-Mode.</summary>
    AnswerMode,

    /// <summary>Priv-Answer-Mode.</summary>
    PrivAnswerMode,

    /// <summary>Flow-Timer.</summary>
    FlowTimer,

    /// <summary>Feature-Caps.</summary>
    FeatureCaps,

    /// <summary>Geolocation.</summary>
    Geolocation,

    /// <summary>History-Info.</summary>
    HistoryInfo,

    /// <summary>Identity, compact y.</summary>
    Identity,

    /// <summary>Session-ID.</summary>
    SessionId,
}
