namespace McConformance.Wire.Diameter.Dictionary;

/// <summary>AVPs and commands of Sh (TS 29.329 6).</summary>
public static class Ts29329
{
    /// <summary>Code of User-Identity.</summary>
    public const uint UserIdentityCode = 700;

    /// <summary>Code of MSISDN.</summary>
    public const uint MsisdnCode = 701;

    /// <summary>Code of User-Data-Sh.</summary>
    public const uint UserDataShCode = 702;

    /// <summary>Code of Data-Reference.</summary>
    public const uint DataReferenceCode = 703;

    /// <summary>Code of Service-Indication.</summary>
    public const uint ServiceIndicationCode = 704;

    /// <summary>Code of Subs-Req-Type.</summary>
    public const uint SubsReqTypeCode = 705;

    /// <summary>Code of Requested-Domain.</summary>
    public const uint RequestedDomainCode = 706;

    /// <summary>Code of Current-Location.</summary>
    public const uint CurrentLocationCode = 707;

    /// <summary>Code of Identity-Set.</summary>
    public const uint IdentitySetCode = 708;

    /// <summary>Code of Expiry-Time.</summary>
    public const uint ExpiryTimeCode = 709;

    /// <summary>Code of Send-Data-Indication.</summary>
    public const uint SendDataIndicationCode = 710;

    /// <summary>Code of DSAI-Tag.</summary>
    public const uint DsaiTagCode = 711;

    /// <summary>Code of Repository-Data-ID.</summary>
    public const uint RepositoryDataIDCode = 715;

    /// <summary>Code of Sequence-Number.</summary>
    public const uint SequenceNumberCode = 716;

    /// <summary>User-Identity, Grouped.</summary>
    public static readonly AvpDefinition UserIdentity = new(UserIdentityCode, 10415, "User-Identity", AvpType.Grouped,
        0xc0);

    /// <summary>MSISDN, OctetString.</summary>
    public static readonly AvpDefinition Msisdn = new(MsisdnCode, 10415, "MSISDN", AvpType.OctetString, 0xc0);

    /// <summary>User-Data-Sh, OctetString.</summary>
    public static readonly AvpDefinition UserDataSh = new(UserDataShCode, 10415, "User-Data-Sh", AvpType.OctetString,
        0xc0);

    /// <summary>Data-Reference, Enumerated.</summary>
    public static readonly AvpDefinition DataReference = new(DataReferenceCode, 10415, "Data-Reference",
        AvpType.Enumerated, 0xc0);

    /// <summary>Service-Indication, OctetString.</summary>
    public static readonly AvpDefinition ServiceIndication = new(ServiceIndicationCode, 10415, "Service-Indication",
        AvpType.OctetString, 0xc0);

    /// <summary>Subs-Req-Type, Enumerated.</summary>
    public static readonly AvpDefinition SubsReqType = new(SubsReqTypeCode, 10415, "Subs-Req-Type", AvpType.Enumerated,
        0xc0);

    /// <summary>Requested-Domain, Enumerated.</summary>
    public static readonly AvpDefinition RequestedDomain = new(RequestedDomainCode, 10415, "Requested-Domain",
        AvpType.Enumerated, 0xc0);

    /// <summary>Current-Location, Enumerated.</summary>
    public static readonly AvpDefinition CurrentLocation = new(CurrentLocationCode, 10415, "Current-Location",
        AvpType.Enumerated, 0xc0);

    /// <summary>Identity-Set, Enumerated.</summary>
    public static readonly AvpDefinition IdentitySet = new(IdentitySetCode, 10415, "Identity-Set", AvpType.Enumerated,
        0x80);

    /// <summary>Expiry-Time, Time.</summary>
    public static readonly AvpDefinition ExpiryTime = new(ExpiryTimeCode, 10415, "Expiry-Time", AvpType.Time, 0x80);

    /// <summary>Send-Data-Indication, Enumerated.</summary>
    public static readonly AvpDefinition SendDataIndication = new(SendDataIndicationCode, 10415,
        "Send-Data-Indication", AvpType.Enumerated, 0x80);

    /// <summary>DSAI-Tag, OctetString.</summary>
    public static readonly AvpDefinition DsaiTag = new(DsaiTagCode, 10415, "DSAI-Tag", AvpType.OctetString, 0xc0);

    /// <summary>Repository-Data-ID, Grouped.</summary>
    public static readonly AvpDefinition RepositoryDataID = new(RepositoryDataIDCode, 10415, "Repository-Data-ID",
        AvpType.Grouped, 0xc0);

    /// <summary>Sequence-Number, Unsigned32.</summary>
    public static readonly AvpDefinition SequenceNumber = new(SequenceNumberCode, 10415, "Sequence-Number",
        AvpType.Unsigned32, 0xc0);

    /// <summary>Application id of Sh.</summary>
    public const uint Application = 16777217;

    /// <summary>The data asked for are not known here (TS 29.329 6.2.2.1).</summary>
    public const uint DIAMETER_ERROR_USER_DATA_NOT_RECOGNIZED = 5100;

    /// <summary>The asker may not do this (TS 29.329 6.2.2.2).</summary>
    public const uint DIAMETER_ERROR_OPERATION_NOT_ALLOWED = 5101;

    /// <summary>The asker may not read these data (TS 29.329 6.2.2.3).</summary>
    public const uint DIAMETER_ERROR_USER_DATA_CANNOT_BE_READ = 5102;

    /// <summary>UDR and UDA.</summary>
    public const uint UserData = 306;

    /// <summary>PUR and PUA.</summary>
    public const uint ProfileUpdate = 307;

    /// <summary>SNR and SNA.</summary>
    public const uint SubscribeNotifications = 308;

    /// <summary>PNR and PNA.</summary>
    public const uint PushNotification = 309;

    /// <summary>Every AVP of the document.</summary>
    public static readonly AvpDefinition[] All =
    [
        UserIdentity,
        Msisdn,
        UserDataSh,
        DataReference,
        ServiceIndication,
        SubsReqType,
        RequestedDomain,
        CurrentLocation,
        IdentitySet,
        ExpiryTime,
        SendDataIndication,
        DsaiTag,
        RepositoryDataID,
        SequenceNumber,
    ];
}
