namespace McConformance.Wire.Diameter.Dictionary;

/// <summary>AVPs, commands and result codes of the base protocol (RFC 6733 4.5, 3.1 and 7.1).</summary>
public static class Rfc6733
{
    /// <summary>Code of User-Name.</summary>
    public const uint UserNameCode = 1;

    /// <summary>Code of Proxy-State.</summary>
    public const uint ProxyStateCode = 33;

    /// <summary>Code of Event-Timestamp.</summary>
    public const uint EventTimestampCode = 55;

    /// <summary>Code of Class.</summary>
    public const uint ClassCode = 25;

    /// <summary>Code of Host-IP-Address.</summary>
    public const uint HostIPAddressCode = 257;

    /// <summary>Code of Auth-Application-Id.</summary>
    public const uint AuthApplicationIdCode = 258;

    /// <summary>Code of Acct-Application-Id.</summary>
    public const uint AcctApplicationIdCode = 259;

    /// <summary>Code of Vendor-Specific-Application-Id.</summary>
    public const uint VendorSpecificApplicationIdCode = 260;

    /// <summary>Code of Redirect-Host-Usage.</summary>
    public const uint RedirectHostUsageCode = 261;

    /// <summary>Code of Redirect-Max-Cache-Time.</summary>
    public const uint RedirectMaxCacheTimeCode = 262;

    /// <summary>Code of Session-Id.</summary>
    public const uint SessionIdCode = 263;

    /// <summary>Code of Origin-Host.</summary>
    public const uint OriginHostCode = 264;

    /// <summary>Code of Supported-Vendor-Id.</summary>
    public const uint SupportedVendorIdCode = 265;

    /// <summary>Code of Vendor-Id.</summary>
    public const uint VendorIdCode = 266;

    /// <summary>Code of Firmware-Revision.</summary>
    public const uint FirmwareRevisionCode = 267;

    /// <summary>Code of Result-Code.</summary>
    public const uint ResultCodeCode = 268;

    /// <summary>Code of Product-Name.</summary>
    public const uint ProductNameCode = 269;

    /// <summary>Code of Session-Binding.</summary>
    public const uint SessionBindingCode = 270;

    /// <summary>Code of Session-Server-Failover.</summary>
    public const uint SessionServerFailoverCode = 271;

    /// <summary>Code of Multi-Round-Time-Out.</summary>
    public const uint MultiRoundTimeOutCode = 272;

    /// <summary>Code of Disconnect-Cause.</summary>
    public const uint DisconnectCauseCode = 273;

    /// <summary>Code of Auth-Grace-Period.</summary>
    public const uint AuthGracePeriodCode = 276;

    /// <summary>Code of Auth-Session-State.</summary>
    public const uint AuthSessionStateCode = 277;

    /// <summary>Code of Origin-State-Id.</summary>
    public const uint OriginStateIdCode = 278;

    /// <summary>Code of Failed-AVP.</summary>
    public const uint FailedAvpCode = 279;

    /// <summary>Code of Proxy-Host.</summary>
    public const uint ProxyHostCode = 280;

    /// <summary>Code of Error-Message.</summary>
    public const uint ErrorMessageCode = 281;

    /// <summary>Code of Route-Record.</summary>
    public const uint RouteRecordCode = 282;

    /// <summary>Code of Destination-Realm.</summary>
    public const uint DestinationRealmCode = 283;

    /// <summary>Code of Proxy-Info.</summary>
    public const uint ProxyInfoCode = 284;

    /// <summary>Code of Re-Auth-Request-Type.</summary>
    public const uint ReAuthRequestTypeCode = 285;

    /// <summary>Code of Authorization-Lifetime.</summary>
    public const uint AuthorizationLifetimeCode = 291;

    /// <summary>Code of Redirect-Host.</summary>
    public const uint RedirectHostCode = 292;

    /// <summary>Code of Destination-Host.</summary>
    public const uint DestinationHostCode = 293;

    /// <summary>Code of Error-Reporting-Host.</summary>
    public const uint ErrorReportingHostCode = 294;

    /// <summary>Code of Termination-Cause.</summary>
    public const uint TerminationCauseCode = 295;

    /// <summary>Code of Origin-Realm.</summary>
    public const uint OriginRealmCode = 296;

    /// <summary>Code of Experimental-Result.</summary>
    public const uint ExperimentalResultGroupCode = 297;

    /// <summary>Code of Experimental-Result-Code.</summary>
    public const uint ExperimentalResultCodeCode = 298;

    /// <summary>Code of Inband-Security-Id.</summary>
    public const uint InbandSecurityIdCode = 299;

    /// <summary>User-Name, Utf8String.</summary>
    public static readonly AvpDefinition UserName = new(UserNameCode, 0, "User-Name", AvpType.Utf8String, 0x40);

    /// <summary>Proxy-State, OctetString.</summary>
    public static readonly AvpDefinition ProxyState = new(ProxyStateCode, 0, "Proxy-State", AvpType.OctetString, 0x40);

    /// <summary>Event-Timestamp, Time.</summary>
    public static readonly AvpDefinition EventTimestamp = new(EventTimestampCode, 0, "Event-Timestamp", AvpType.Time,
        0x40);

    /// <summary>Class, OctetString.</summary>
    public static readonly AvpDefinition Class = new(ClassCode, 0, "Class", AvpType.OctetString, 0x40);

    /// <summary>Host-IP-Address, Address.</summary>
    public static readonly AvpDefinition HostIPAddress = new(HostIPAddressCode, 0, "Host-IP-Address", AvpType.Address,
        0x40);

    /// <summary>Auth-Application-Id, Unsigned32.</summary>
    public static readonly AvpDefinition AuthApplicationId = new(AuthApplicationIdCode, 0, "Auth-Application-Id",
        AvpType.Unsigned32, 0x40);

    /// <summary>Acct-Application-Id, Unsigned32.</summary>
    public static readonly AvpDefinition AcctApplicationId = new(AcctApplicationIdCode, 0, "Acct-Application-Id",
        AvpType.Unsigned32, 0x40);

    /// <summary>Vendor-Specific-Application-Id, Grouped.</summary>
    public static readonly AvpDefinition VendorSpecificApplicationId = new(VendorSpecificApplicationIdCode, 0,
        "Vendor-Specific-Application-Id", AvpType.Grouped, 0x40);

    /// <summary>Redirect-Host-Usage, Enumerated.</summary>
    public static readonly AvpDefinition RedirectHostUsage = new(RedirectHostUsageCode, 0, "Redirect-Host-Usage",
        AvpType.Enumerated, 0x40);

    /// <summary>Redirect-Max-Cache-Time, Unsigned32.</summary>
    public static readonly AvpDefinition RedirectMaxCacheTime = new(RedirectMaxCacheTimeCode, 0,
        "Redirect-Max-Cache-Time", AvpType.Unsigned32, 0x40);

    /// <summary>Session-Id, Utf8String.</summary>
    public static readonly AvpDefinition SessionId = new(SessionIdCode, 0, "Session-Id", AvpType.Utf8String, 0x40);

    /// <summary>Origin-Host, DiameterIdentity.</summary>
    public static readonly AvpDefinition OriginHost = new(OriginHostCode, 0, "Origin-Host", AvpType.DiameterIdentity,
        0x40);

    /// <summary>Supported-Vendor-Id, Unsigned32.</summary>
    public static readonly AvpDefinition SupportedVendorId = new(SupportedVendorIdCode, 0, "Supported-Vendor-Id",
        AvpType.Unsigned32, 0x40);

    /// <summary>Vendor-Id, Unsigned32.</summary>
    public static readonly AvpDefinition VendorId = new(VendorIdCode, 0, "Vendor-Id", AvpType.Unsigned32, 0x40);

    /// <summary>Firmware-Revision, Unsigned32.</summary>
    public static readonly AvpDefinition FirmwareRevision = new(FirmwareRevisionCode, 0, "Firmware-Revision",
        AvpType.Unsigned32, 0x00);

    /// <summary>Result-Code, Unsigned32.</summary>
    public static readonly AvpDefinition ResultCode = new(ResultCodeCode, 0, "Result-Code", AvpType.Unsigned32, 0x40);

    /// <summary>Product-Name, Utf8String.</summary>
    public static readonly AvpDefinition ProductName = new(ProductNameCode, 0, "Product-Name", AvpType.Utf8String,
        0x00);

    /// <summary>Session-Binding, Unsigned32.</summary>
    public static readonly AvpDefinition SessionBinding = new(SessionBindingCode, 0, "Session-Binding",
        AvpType.Unsigned32, 0x40);

    /// <summary>Session-Server-Failover, Enumerated.</summary>
    public static readonly AvpDefinition SessionServerFailover = new(SessionServerFailoverCode, 0,
        "Session-Server-Failover", AvpType.Enumerated, 0x40);

    /// <summary>Multi-Round-Time-Out, Unsigned32.</summary>
    public static readonly AvpDefinition MultiRoundTimeOut = new(MultiRoundTimeOutCode, 0, "Multi-Round-Time-Out",
        AvpType.Unsigned32, 0x40);

    /// <summary>Disconnect-Cause, Enumerated.</summary>
    public static readonly AvpDefinition DisconnectCause = new(DisconnectCauseCode, 0, "Disconnect-Cause",
        AvpType.Enumerated, 0x40);

    /// <summary>Auth-Grace-Period, Unsigned32.</summary>
    public static readonly AvpDefinition AuthGracePeriod = new(AuthGracePeriodCode, 0, "Auth-Grace-Period",
        AvpType.Unsigned32, 0x40);

    /// <summary>Auth-Session-State, Enumerated.</summary>
    public static readonly AvpDefinition AuthSessionState = new(AuthSessionStateCode, 0, "Auth-Session-State",
        AvpType.Enumerated, 0x40);

    /// <summary>Origin-State-Id, Unsigned32.</summary>
    public static readonly AvpDefinition OriginStateId = new(OriginStateIdCode, 0, "Origin-State-Id",
        AvpType.Unsigned32, 0x40);

    /// <summary>Failed-AVP, Grouped.</summary>
    public static readonly AvpDefinition FailedAvp = new(FailedAvpCode, 0, "Failed-AVP", AvpType.Grouped, 0x40);

    /// <summary>Proxy-Host, DiameterIdentity.</summary>
    public static readonly AvpDefinition ProxyHost = new(ProxyHostCode, 0, "Proxy-Host", AvpType.DiameterIdentity,
        0x40);

    /// <summary>Error-Message, Utf8String.</summary>
    public static readonly AvpDefinition ErrorMessage = new(ErrorMessageCode, 0, "Error-Message", AvpType.Utf8String,
        0x00);

    /// <summary>Route-Record, DiameterIdentity.</summary>
    public static readonly AvpDefinition RouteRecord = new(RouteRecordCode, 0, "Route-Record",
        AvpType.DiameterIdentity, 0x40);

    /// <summary>Destination-Realm, DiameterIdentity.</summary>
    public static readonly AvpDefinition DestinationRealm = new(DestinationRealmCode, 0, "Destination-Realm",
        AvpType.DiameterIdentity, 0x40);

    /// <summary>Proxy-Info, Grouped.</summary>
    public static readonly AvpDefinition ProxyInfo = new(ProxyInfoCode, 0, "Proxy-Info", AvpType.Grouped, 0x40);

    /// <summary>Re-Auth-Request-Type, Enumerated.</summary>
    public static readonly AvpDefinition ReAuthRequestType = new(ReAuthRequestTypeCode, 0, "Re-Auth-Request-Type",
        AvpType.Enumerated, 0x40);

    /// <summary>Authorization-Lifetime, Unsigned32.</summary>
    public static readonly AvpDefinition AuthorizationLifetime = new(AuthorizationLifetimeCode, 0,
        "Authorization-Lifetime", AvpType.Unsigned32, 0x40);

    /// <summary>Redirect-Host, DiameterUri.</summary>
    public static readonly AvpDefinition RedirectHost = new(RedirectHostCode, 0, "Redirect-Host", AvpType.DiameterUri,
        0x40);

    /// <summary>Destination-Host, DiameterIdentity.</summary>
    public static readonly AvpDefinition DestinationHost = new(DestinationHostCode, 0, "Destination-Host",
        AvpType.DiameterIdentity, 0x40);

    /// <summary>Error-Reporting-Host, DiameterIdentity.</summary>
    public static readonly AvpDefinition ErrorReportingHost = new(ErrorReportingHostCode, 0, "Error-Reporting-Host",
        AvpType.DiameterIdentity, 0x00);

    /// <summary>Termination-Cause, Enumerated.</summary>
    public static readonly AvpDefinition TerminationCause = new(TerminationCauseCode, 0, "Termination-Cause",
        AvpType.Enumerated, 0x40);

    /// <summary>Origin-Realm, DiameterIdentity.</summary>
    public static readonly AvpDefinition OriginRealm = new(OriginRealmCode, 0, "Origin-Realm",
        AvpType.DiameterIdentity, 0x40);

    /// <summary>Experimental-Result, Grouped.</summary>
    public static readonly AvpDefinition ExperimentalResult = new(ExperimentalResultGroupCode, 0,
        "Experimental-Result", AvpType.Grouped, 0x40);

    /// <summary>Experimental-Result-Code, Unsigned32.</summary>
    public static readonly AvpDefinition ExperimentalResultCode = new(ExperimentalResultCodeCode, 0,
        "Experimental-Result-Code", AvpType.Unsigned32, 0x40);

    /// <summary>Inband-Security-Id, Unsigned32.</summary>
    public static readonly AvpDefinition InbandSecurityId = new(InbandSecurityIdCode, 0, "Inband-Security-Id",
        AvpType.Unsigned32, 0x40);

    /// <summary>CER and CEA.</summary>
    public const uint CapabilitiesExchange = 257;

    /// <summary>RAR and RAA.</summary>
    public const uint ReAuth = 258;

    /// <summary>ASR and ASA.</summary>
    public const uint AbortSession = 274;

    /// <summary>STR and STA.</summary>
    public const uint SessionTermination = 275;

    /// <summary>DWR and DWA.</summary>
    public const uint DeviceWatchdog = 280;

    /// <summary>DPR and DPA.</summary>
    public const uint DisconnectPeer = 282;

    /// <summary>Application id that a relay advertises.</summary>
    public const uint RelayApplication = 0xffffffff;

    /// <summary>Done.</summary>
    public const uint DIAMETER_SUCCESS = 2001;

    /// <summary>Result code DIAMETER_LIMITED_SUCCESS.</summary>
    public const uint DIAMETER_LIMITED_SUCCESS = 2002;

    /// <summary>The command is not known.</summary>
    public const uint DIAMETER_COMMAND_UNSUPPORTED = 3001;

    /// <summary>No peer to deliver to.</summary>
    public const uint DIAMETER_UNABLE_TO_DELIVER = 3002;

    /// <summary>The realm is not known.</summary>
    public const uint DIAMETER_REALM_NOT_SERVED = 3003;

    /// <summary>Try another.</summary>
    public const uint DIAMETER_TOO_BUSY = 3004;

    /// <summary>The request was here before.</summary>
    public const uint DIAMETER_LOOP_DETECTED = 3005;

    /// <summary>Ask somebody else.</summary>
    public const uint DIAMETER_REDIRECT_INDICATION = 3006;

    /// <summary>The application is not known.</summary>
    public const uint DIAMETER_APPLICATION_UNSUPPORTED = 3007;

    /// <summary>The header's bits contradict each other.</summary>
    public const uint DIAMETER_INVALID_HDR_BITS = 3008;

    /// <summary>An AVP's bits contradict each other.</summary>
    public const uint DIAMETER_INVALID_AVP_BITS = 3009;

    /// <summary>The peer is not configured.</summary>
    public const uint DIAMETER_UNKNOWN_PEER = 3010;

    /// <summary>Result code DIAMETER_AUTHENTICATION_REJECTED.</summary>
    public const uint DIAMETER_AUTHENTICATION_REJECTED = 4001;

    /// <summary>Result code DIAMETER_OUT_OF_SPACE.</summary>
    public const uint DIAMETER_OUT_OF_SPACE = 4002;

    /// <summary>Result code DIAMETER_ELECTION_LOST.</summary>
    public const uint DIAMETER_ELECTION_LOST = 4003;

    /// <summary>A mandatory AVP is not known.</summary>
    public const uint DIAMETER_AVP_UNSUPPORTED = 5001;

    /// <summary>The session is not known.</summary>
    public const uint DIAMETER_UNKNOWN_SESSION_ID = 5002;

    /// <summary>Not authorized.</summary>
    public const uint DIAMETER_AUTHORIZATION_REJECTED = 5003;

    /// <summary>An AVP's value is wrong.</summary>
    public const uint DIAMETER_INVALID_AVP_VALUE = 5004;

    /// <summary>An AVP is missing.</summary>
    public const uint DIAMETER_MISSING_AVP = 5005;

    /// <summary>No more resources.</summary>
    public const uint DIAMETER_RESOURCES_EXCEEDED = 5006;

    /// <summary>Two AVPs contradict each other.</summary>
    public const uint DIAMETER_CONTRADICTING_AVPS = 5007;

    /// <summary>An AVP must not be there.</summary>
    public const uint DIAMETER_AVP_NOT_ALLOWED = 5008;

    /// <summary>An AVP is there too often.</summary>
    public const uint DIAMETER_AVP_OCCURS_TOO_MANY_TIMES = 5009;

    /// <summary>Nothing in common.</summary>
    public const uint DIAMETER_NO_COMMON_APPLICATION = 5010;

    /// <summary>The version is not 1.</summary>
    public const uint DIAMETER_UNSUPPORTED_VERSION = 5011;

    /// <summary>Cannot be done.</summary>
    public const uint DIAMETER_UNABLE_TO_COMPLY = 5012;

    /// <summary>A reserved bit is set.</summary>
    public const uint DIAMETER_INVALID_BIT_IN_HEADER = 5013;

    /// <summary>An AVP's length is wrong.</summary>
    public const uint DIAMETER_INVALID_AVP_LENGTH = 5014;

    /// <summary>The message's length is wrong.</summary>
    public const uint DIAMETER_INVALID_MESSAGE_LENGTH = 5015;

    /// <summary>Result code DIAMETER_INVALID_AVP_BIT_COMBO.</summary>
    public const uint DIAMETER_INVALID_AVP_BIT_COMBO = 5016;

    /// <summary>No security in common.</summary>
    public const uint DIAMETER_NO_COMMON_SECURITY = 5017;

    /// <summary>Every AVP of the document.</summary>
    public static readonly AvpDefinition[] All =
    [
        UserName,
        ProxyState,
        EventTimestamp,
        Class,
        HostIPAddress,
        AuthApplicationId,
        AcctApplicationId,
        VendorSpecificApplicationId,
        RedirectHostUsage,
        RedirectMaxCacheTime,
        SessionId,
        OriginHost,
        SupportedVendorId,
        VendorId,
        FirmwareRevision,
        ResultCode,
        ProductName,
        SessionBinding,
        SessionServerFailover,
        MultiRoundTimeOut,
        DisconnectCause,
        AuthGracePeriod,
        AuthSessionState,
        OriginStateId,
        FailedAvp,
        ProxyHost,
        ErrorMessage,
        RouteRecord,
        DestinationRealm,
        ProxyInfo,
        ReAuthRequestType,
        AuthorizationLifetime,
        RedirectHost,
        DestinationHost,
        ErrorReportingHost,
        TerminationCause,
        OriginRealm,
        ExperimentalResult,
        ExperimentalResultCode,
        InbandSecurityId,
    ];
}
