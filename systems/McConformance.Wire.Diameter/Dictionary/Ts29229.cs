namespace McConformance.Wire.Diameter.Dictionary;

/// <summary>AVPs, commands and result codes of Cx (TS 29.229 6 and TS 29.230).</summary>
public static class Ts29229
{
    /// <summary>Code of Visited-Network-Identifier.</summary>
    public const uint VisitedNetworkIdentifierCode = 600;

    /// <summary>Code of Public-Identity.</summary>
    public const uint PublicIdentityCode = 601;

    /// <summary>Code of Server-Name.</summary>
    public const uint ServerNameCode = 602;

    /// <summary>Code of Server-Capabilities.</summary>
    public const uint ServerCapabilitiesCode = 603;

    /// <summary>Code of Mandatory-Capability.</summary>
    public const uint MandatoryCapabilityCode = 604;

    /// <summary>Code of Optional-Capability.</summary>
    public const uint OptionalCapabilityCode = 605;

    /// <summary>Code of User-Data.</summary>
    public const uint UserDataCode = 606;

    /// <summary>Code of SIP-Number-Auth-Items.</summary>
    public const uint SipNumberAuthItemsCode = 607;

    /// <summary>Code of SIP-Authentication-Scheme.</summary>
    public const uint SipAuthenticationSchemeCode = 608;

    /// <summary>Code of SIP-Authenticate.</summary>
    public const uint SipAuthenticateCode = 609;

    /// <summary>Code of SIP-Authorization.</summary>
    public const uint SipAuthorizationCode = 610;

    /// <summary>Code of SIP-Authentication-Context.</summary>
    public const uint SipAuthenticationContextCode = 611;

    /// <summary>Code of SIP-Auth-Data-Item.</summary>
    public const uint SipAuthDataItemCode = 612;

    /// <summary>Code of SIP-Item-Number.</summary>
    public const uint SipItemNumberCode = 613;

    /// <summary>Code of Server-Assignment-Type.</summary>
    public const uint ServerAssignmentTypeCode = 614;

    /// <summary>Code of Deregistration-Reason.</summary>
    public const uint DeregistrationReasonCode = 615;

    /// <summary>Code of Reason-Code.</summary>
    public const uint ReasonCodeCode = 616;

    /// <summary>Code of Reason-Info.</summary>
    public const uint ReasonInfoCode = 617;

    /// <summary>Code of Charging-Information.</summary>
    public const uint ChargingInformationCode = 618;

    /// <summary>Code of Primary-Event-Charging-Function-Name.</summary>
    public const uint PrimaryEventChargingFunctionNameCode = 619;

    /// <summary>Code of Secondary-Event-Charging-Function-Name.</summary>
    public const uint SecondaryEventChargingFunctionNameCode = 620;

    /// <summary>Code of Primary-Charging-Collection-Function-Name.</summary>
    public const uint PrimaryChargingCollectionFunctionNameCode = 621;

    /// <summary>Code of Secondary-Charging-Collection-Function-Name.</summary>
    public const uint SecondaryChargingCollectionFunctionNameCode = 622;

    /// <summary>Code of User-Authorization-Type.</summary>
    public const uint UserAuthorizationTypeCode = 623;

    /// <summary>Code of User-Data-Already-Available.</summary>
    public const uint UserDataAlreadyAvailableCode = 624;

    /// <summary>Code of Confidentiality-Key.</summary>
    public const uint ConfidentialityKeyCode = 625;

    /// <summary>Code of Integrity-Key.</summary>
    public const uint IntegrityKeyCode = 626;

    /// <summary>Code of Supported-Features.</summary>
    public const uint SupportedFeaturesCode = 628;

    /// <summary>Code of Feature-List-ID.</summary>
    public const uint FeatureListIDCode = 629;

    /// <summary>Code of Feature-List.</summary>
    public const uint FeatureListCode = 630;

    /// <summary>Code of Supported-Applications.</summary>
    public const uint SupportedApplicationsCode = 631;

    /// <summary>Code of Associated-Identities.</summary>
    public const uint AssociatedIdentitiesCode = 632;

    /// <summary>Code of Originating-Request.</summary>
    public const uint OriginatingRequestCode = 633;

    /// <summary>Code of Wildcarded-Public-Identity.</summary>
    public const uint WildcardedPublicIdentityCode = 634;

    /// <summary>Code of SIP-Digest-Authenticate.</summary>
    public const uint SipDigestAuthenticateCode = 635;

    /// <summary>Code of Wildcarded-IMPU.</summary>
    public const uint WildcardedImpuCode = 636;

    /// <summary>Code of UAR-Flags.</summary>
    public const uint UarFlagsCode = 637;

    /// <summary>Code of Loose-Route-Indication.</summary>
    public const uint LooseRouteIndicationCode = 638;

    /// <summary>Code of SCSCF-Restoration-Info.</summary>
    public const uint ScscfRestorationInfoCode = 639;

    /// <summary>Code of Priviledged-Sender-Indication.</summary>
    public const uint PriviledgedSenderIndicationCode = 652;

    /// <summary>Code of LIA-Flags.</summary>
    public const uint LiaFlagsCode = 653;

    /// <summary>Code of SAR-Flags.</summary>
    public const uint SarFlagsCode = 655;

    /// <summary>Visited-Network-Identifier, OctetString.</summary>
    public static readonly AvpDefinition VisitedNetworkIdentifier = new(VisitedNetworkIdentifierCode, 10415,
        "Visited-Network-Identifier", AvpType.OctetString, 0xc0);

    /// <summary>Public-Identity, Utf8String.</summary>
    public static readonly AvpDefinition PublicIdentity = new(PublicIdentityCode, 10415, "Public-Identity",
        AvpType.Utf8String, 0xc0);

    /// <summary>Server-Name, Utf8String.</summary>
    public static readonly AvpDefinition ServerName = new(ServerNameCode, 10415, "Server-Name", AvpType.Utf8String,
        0xc0);

    /// <summary>Server-Capabilities, Grouped.</summary>
    public static readonly AvpDefinition ServerCapabilities = new(ServerCapabilitiesCode, 10415, "Server-Capabilities",
        AvpType.Grouped, 0xc0);

    /// <summary>Mandatory-Capability, Unsigned32.</summary>
    public static readonly AvpDefinition MandatoryCapability = new(MandatoryCapabilityCode, 10415,
        "Mandatory-Capability", AvpType.Unsigned32, 0xc0);

    /// <summary>Optional-Capability, Unsigned32.</summary>
    public static readonly AvpDefinition OptionalCapability = new(OptionalCapabilityCode, 10415, "Optional-Capability",
        AvpType.Unsigned32, 0xc0);

    /// <summary>User-Data, OctetString.</summary>
    public static readonly AvpDefinition UserData = new(UserDataCode, 10415, "User-Data", AvpType.OctetString, 0xc0);

    /// <summary>SIP-Number-Auth-Items, Unsigned32.</summary>
    public static readonly AvpDefinition SipNumberAuthItems = new(SipNumberAuthItemsCode, 10415,
        "SIP-Number-Auth-Items", AvpType.Unsigned32, 0xc0);

    /// <summary>SIP-Authentication-Scheme, Utf8String.</summary>
    public static readonly AvpDefinition SipAuthenticationScheme = new(SipAuthenticationSchemeCode, 10415,
        "SIP-Authentication-Scheme", AvpType.Utf8String, 0xc0);

    /// <summary>SIP-Authenticate, OctetString.</summary>
    public static readonly AvpDefinition SipAuthenticate = new(SipAuthenticateCode, 10415, "SIP-Authenticate",
        AvpType.OctetString, 0xc0);

    /// <summary>SIP-Authorization, OctetString.</summary>
    public static readonly AvpDefinition SipAuthorization = new(SipAuthorizationCode, 10415, "SIP-Authorization",
        AvpType.OctetString, 0xc0);

    /// <summary>SIP-Authentication-Context, OctetString.</summary>
    public static readonly AvpDefinition SipAuthenticationContext = new(SipAuthenticationContextCode, 10415,
        "SIP-Authentication-Context", AvpType.OctetString, 0xc0);

    /// <summary>SIP-Auth-Data-Item, Grouped.</summary>
    public static readonly AvpDefinition SipAuthDataItem = new(SipAuthDataItemCode, 10415, "SIP-Auth-Data-Item",
        AvpType.Grouped, 0xc0);

    /// <summary>SIP-Item-Number, Unsigned32.</summary>
    public static readonly AvpDefinition SipItemNumber = new(SipItemNumberCode, 10415, "SIP-Item-Number",
        AvpType.Unsigned32, 0xc0);

    /// <summary>Server-Assignment-Type, Enumerated.</summary>
    public static readonly AvpDefinition ServerAssignmentType = new(ServerAssignmentTypeCode, 10415,
        "Server-Assignment-Type", AvpType.Enumerated, 0xc0);

    /// <summary>Deregistration-Reason, Grouped.</summary>
    public static readonly AvpDefinition DeregistrationReason = new(DeregistrationReasonCode, 10415,
        "Deregistration-Reason", AvpType.Grouped, 0xc0);

    /// <summary>Reason-Code, Enumerated.</summary>
    public static readonly AvpDefinition ReasonCode = new(ReasonCodeCode, 10415, "Reason-Code", AvpType.Enumerated,
        0xc0);

    /// <summary>Reason-Info, Utf8String.</summary>
    public static readonly AvpDefinition ReasonInfo = new(ReasonInfoCode, 10415, "Reason-Info", AvpType.Utf8String,
        0xc0);

    /// <summary>Charging-Information, Grouped.</summary>
    public static readonly AvpDefinition ChargingInformation = new(ChargingInformationCode, 10415,
        "Charging-Information", AvpType.Grouped, 0xc0);

    /// <summary>Primary-Event-Charging-Function-Name, DiameterUri.</summary>
    public static readonly AvpDefinition PrimaryEventChargingFunctionName = new(PrimaryEventChargingFunctionNameCode,
        10415, "Primary-Event-Charging-Function-Name", AvpType.DiameterUri, 0xc0);

    /// <summary>Secondary-Event-Charging-Function-Name, DiameterUri.</summary>
    public static readonly AvpDefinition SecondaryEventChargingFunctionName = new(
        SecondaryEventChargingFunctionNameCode, 10415, "Secondary-Event-Charging-Function-Name", AvpType.DiameterUri,
        0xc0);

    /// <summary>Primary-Charging-Collection-Function-Name, DiameterUri.</summary>
    public static readonly AvpDefinition PrimaryChargingCollectionFunctionName = new(
        PrimaryChargingCollectionFunctionNameCode, 10415, "Primary-Charging-Collection-Function-Name",
        AvpType.DiameterUri, 0xc0);

    /// <summary>Secondary-Charging-Collection-Function-Name, DiameterUri.</summary>
    public static readonly AvpDefinition SecondaryChargingCollectionFunctionName = new(
        SecondaryChargingCollectionFunctionNameCode, 10415, "Secondary-Charging-Collection-Function-Name",
        AvpType.DiameterUri, 0xc0);

    /// <summary>User-Authorization-Type, Enumerated.</summary>
    public static readonly AvpDefinition UserAuthorizationType = new(UserAuthorizationTypeCode, 10415,
        "User-Authorization-Type", AvpType.Enumerated, 0xc0);

    /// <summary>User-Data-Already-Available, Enumerated.</summary>
    public static readonly AvpDefinition UserDataAlreadyAvailable = new(UserDataAlreadyAvailableCode, 10415,
        "User-Data-Already-Available", AvpType.Enumerated, 0xc0);

    /// <summary>Confidentiality-Key, OctetString.</summary>
    public static readonly AvpDefinition ConfidentialityKey = new(ConfidentialityKeyCode, 10415, "Confidentiality-Key",
        AvpType.OctetString, 0xc0);

    /// <summary>Integrity-Key, OctetString.</summary>
    public static readonly AvpDefinition IntegrityKey = new(IntegrityKeyCode, 10415, "Integrity-Key",
        AvpType.OctetString, 0xc0);

    /// <summary>Supported-Features, Grouped.</summary>
    public static readonly AvpDefinition SupportedFeatures = new(SupportedFeaturesCode, 10415, "Supported-Features",
        AvpType.Grouped, 0xc0);

    /// <summary>Feature-List-ID, Unsigned32.</summary>
    public static readonly AvpDefinition FeatureListID = new(FeatureListIDCode, 10415, "Feature-List-ID",
        AvpType.Unsigned32, 0x80);

    /// <summary>Feature-List, Unsigned32.</summary>
    public static readonly AvpDefinition FeatureList = new(FeatureListCode, 10415, "Feature-List", AvpType.Unsigned32,
        0x80);

    /// <summary>Supported-Applications, Grouped.</summary>
    public static readonly AvpDefinition SupportedApplications = new(SupportedApplicationsCode, 10415,
        "Supported-Applications", AvpType.Grouped, 0x80);

    /// <summary>Associated-Identities, Grouped.</summary>
    public static readonly AvpDefinition AssociatedIdentities = new(AssociatedIdentitiesCode, 10415,
        "Associated-Identities", AvpType.Grouped, 0x80);

    /// <summary>Originating-Request, Enumerated.</summary>
    public static readonly AvpDefinition OriginatingRequest = new(OriginatingRequestCode, 10415, "Originating-Request",
        AvpType.Enumerated, 0xc0);

    /// <summary>Wildcarded-Public-Identity, Utf8String.</summary>
    public static readonly AvpDefinition WildcardedPublicIdentity = new(WildcardedPublicIdentityCode, 10415,
        "Wildcarded-Public-Identity", AvpType.Utf8String, 0x80);

    /// <summary>SIP-Digest-Authenticate, Grouped.</summary>
    public static readonly AvpDefinition SipDigestAuthenticate = new(SipDigestAuthenticateCode, 10415,
        "SIP-Digest-Authenticate", AvpType.Grouped, 0x80);

    /// <summary>Wildcarded-IMPU, Utf8String.</summary>
    public static readonly AvpDefinition WildcardedImpu = new(WildcardedImpuCode, 10415, "Wildcarded-IMPU",
        AvpType.Utf8String, 0x80);

    /// <summary>UAR-Flags, Unsigned32.</summary>
    public static readonly AvpDefinition UarFlags = new(UarFlagsCode, 10415, "UAR-Flags", AvpType.Unsigned32, 0x80);

    /// <summary>Loose-Route-Indication, Enumerated.</summary>
    public static readonly AvpDefinition LooseRouteIndication = new(LooseRouteIndicationCode, 10415,
        "Loose-Route-Indication", AvpType.Enumerated, 0x80);

    /// <summary>SCSCF-Restoration-Info, Grouped.</summary>
    public static readonly AvpDefinition ScscfRestorationInfo = new(ScscfRestorationInfoCode, 10415,
        "SCSCF-Restoration-Info", AvpType.Grouped, 0x80);

    /// <summary>Priviledged-Sender-Indication, Enumerated.</summary>
    public static readonly AvpDefinition PriviledgedSenderIndication = new(PriviledgedSenderIndicationCode, 10415,
        "Priviledged-Sender-Indication", AvpType.Enumerated, 0x80);

    /// <summary>LIA-Flags, Unsigned32.</summary>
    public static readonly AvpDefinition LiaFlags = new(LiaFlagsCode, 10415, "LIA-Flags", AvpType.Unsigned32, 0x80);

    /// <summary>SAR-Flags, Unsigned32.</summary>
    public static readonly AvpDefinition SarFlags = new(SarFlagsCode, 10415, "SAR-Flags", AvpType.Unsigned32, 0x80);

    /// <summary>Vendor-Id of 3GPP.</summary>
    public const uint Vendor = 10415;

    /// <summary>Application id of Cx.</summary>
    public const uint Application = 16777216;

    /// <summary>UAR and UAA.</summary>
    public const uint UserAuthorization = 300;

    /// <summary>SAR and SAA.</summary>
    public const uint ServerAssignment = 301;

    /// <summary>LIR and LIA.</summary>
    public const uint LocationInfo = 302;

    /// <summary>MAR and MAA.</summary>
    public const uint MultimediaAuth = 303;

    /// <summary>RTR and RTA.</summary>
    public const uint RegistrationTermination = 304;

    /// <summary>PPR and PPA.</summary>
    public const uint PushProfile = 305;

    /// <summary>Server-Assignment-Type: asks for the profile only.</summary>
    public const uint NO_ASSIGNMENT = 0;

    /// <summary>Server-Assignment-Type: first registration.</summary>
    public const uint REGISTRATION = 1;

    /// <summary>Server-Assignment-Type: registered again.</summary>
    public const uint RE_REGISTRATION = 2;

    /// <summary>Server-Assignment-Type: served while not registered.</summary>
    public const uint UNREGISTERED_USER = 3;

    /// <summary>Server-Assignment-Type: the binding ran out.</summary>
    public const uint TIMEOUT_DEREGISTRATION = 4;

    /// <summary>Server-Assignment-Type: the user left.</summary>
    public const uint USER_DEREGISTRATION = 5;

    /// <summary>Server-Assignment-Type: taken away.</summary>
    public const uint ADMINISTRATIVE_DEREGISTRATION = 8;

    /// <summary>Server-Assignment-Type: the answer was wrong.</summary>
    public const uint AUTHENTICATION_FAILURE = 9;

    /// <summary>Server-Assignment-Type: no answer came.</summary>
    public const uint AUTHENTICATION_TIMEOUT = 10;

    /// <summary>User-Authorization-Type: registration.</summary>
    public const uint INITIAL_REGISTRATION = 0;

    /// <summary>User-Authorization-Type: leaving.</summary>
    public const uint DE_REGISTRATION = 1;

    /// <summary>Experimental: not registered before.</summary>
    public const uint DIAMETER_FIRST_REGISTRATION = 2001;

    /// <summary>Experimental: registered before.</summary>
    public const uint DIAMETER_SUBSEQUENT_REGISTRATION = 2002;

    /// <summary>Experimental: has services while not registered.</summary>
    public const uint DIAMETER_UNREGISTERED_SERVICE = 2003;

    /// <summary>Experimental: the name was not stored.</summary>
    public const uint DIAMETER_SUCCESS_SERVER_NAME_NOT_STORED = 2004;

    /// <summary>Experimental: no such user.</summary>
    public const uint DIAMETER_ERROR_USER_UNKNOWN = 5001;

    /// <summary>Experimental: the identities are of different users.</summary>
    public const uint DIAMETER_ERROR_IDENTITIES_DONT_MATCH = 5002;

    /// <summary>Experimental: not registered.</summary>
    public const uint DIAMETER_ERROR_IDENTITY_NOT_REGISTERED = 5003;

    /// <summary>Experimental: not from there.</summary>
    public const uint DIAMETER_ERROR_ROAMING_NOT_ALLOWED = 5004;

    /// <summary>Experimental: registered with other identities.</summary>
    public const uint DIAMETER_ERROR_IDENTITY_ALREADY_REGISTERED = 5005;

    /// <summary>Experimental: scheme not supported.</summary>
    public const uint DIAMETER_ERROR_AUTH_SCHEME_NOT_SUPPORTED = 5006;

    /// <summary>Experimental: assignment type not allowed now.</summary>
    public const uint DIAMETER_ERROR_IN_ASSIGNMENT_TYPE = 5007;

    /// <summary>Experimental: too much to push.</summary>
    public const uint DIAMETER_ERROR_TOO_MUCH_DATA = 5008;

    /// <summary>Experimental: user data not understood.</summary>
    public const uint DIAMETER_ERROR_NOT_SUPPORTED_USER_DATA = 5009;

    /// <summary>Experimental: feature not supported.</summary>
    public const uint DIAMETER_ERROR_FEATURE_UNSUPPORTED = 5011;

    /// <summary>Every AVP of the document.</summary>
    public static readonly AvpDefinition[] All =
    [
        VisitedNetworkIdentifier,
        PublicIdentity,
        ServerName,
        ServerCapabilities,
        MandatoryCapability,
        OptionalCapability,
        UserData,
        SipNumberAuthItems,
        SipAuthenticationScheme,
        SipAuthenticate,
        SipAuthorization,
        SipAuthenticationContext,
        SipAuthDataItem,
        SipItemNumber,
        ServerAssignmentType,
        DeregistrationReason,
        ReasonCode,
        ReasonInfo,
        ChargingInformation,
        PrimaryEventChargingFunctionName,
        SecondaryEventChargingFunctionName,
        PrimaryChargingCollectionFunctionName,
        SecondaryChargingCollectionFunctionName,
        UserAuthorizationType,
        UserDataAlreadyAvailable,
        ConfidentialityKey,
        IntegrityKey,
        SupportedFeatures,
        FeatureListID,
        FeatureList,
        SupportedApplications,
        AssociatedIdentities,
        OriginatingRequest,
        WildcardedPublicIdentity,
        SipDigestAuthenticate,
        WildcardedImpu,
        UarFlags,
        LooseRouteIndication,
        ScscfRestorationInfo,
        PriviledgedSenderIndication,
        LiaFlags,
        SarFlags,
    ];
}
