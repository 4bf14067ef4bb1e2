namespace McConformance.Wire;

/// <summary>Which reference point lies between two entities (TS 23.280 7.5).</summary>
public static class ReferencePoint
{
    /// <summary>Between signalling user agent and SIP core.</summary>
    public const string Sip1 = "SIP-1";

    /// <summary>Between SIP cores of different MC systems.</summary>
    public const string Sip3 = "SIP-3";

    /// <summary>Between the CSCFs of one SIP core (TS 23.002).</summary>
    public const string Mw = "Mw";

    /// <summary>Between SIP core, SIP database and the migration management server beside them.</summary>
    public const string Aaa2 = "AAA-2";

    /// <summary>Between migration management servers of different MC systems (TS 23.280 7.5.2.18).</summary>
    public const string Csc18 = "CSC-18";

    /// <summary>Between SIP core and a SIP application server (TS 23.280 7.5.3.3).</summary>
    public const string Sip2 = "SIP-2";

    /// <summary>Between SIP database and a configuration management server (TR 23.781 6.2.1 step 4).</summary>
    public const string Aaa1 = "AAA-1";

    /// <summary>Between HTTP client of a UE and HTTP proxy.</summary>
    public const string Http1 = "HTTP-1";

    /// <summary>Between HTTP proxy and HTTP server of one MC system.</summary>
    public const string Http2 = "HTTP-2";

    /// <summary>Between HTTP proxies of different MC systems.</summary>
    public const string Http3 = "HTTP-3";

    /// <summary>Between identity management client and server.</summary>
    public const string Csc1 = "CSC-1";

    /// <summary>Between group management client and server.</summary>
    public const string Csc2 = "CSC-2";

    /// <summary>Between MC service server and group management server.</summary>
    public const string Csc3 = "CSC-3";

    /// <summary>Between configuration management client and server.</summary>
    public const string Csc4 = "CSC-4";

    /// <summary>Between MC service server and configuration management server.</summary>
    public const string Csc5 = "CSC-5";

    /// <summary>Between group management servers of different MC systems (TS 23.280 7.5.2.16).</summary>
    public const string Csc16 = "CSC-16";

    /// <summary>Between configuration management servers of different MC systems (TS 23.280 7.5.2.17).</summary>
    public const string Csc17 = "CSC-17";

    /// <summary>Between MC service servers of one MC system, or a server and its gateway server (TR 23.781 6.3.1).</summary>
    public const string Mcx3 = "MCPTT-3";

    /// <summary>Between MC service servers or gateway servers of different MC systems (TR 23.781 6.3.1).</summary>
    public const string Mcx3Between = "MCPTT-3'";

    /// <summary>Where nothing is known of one end.</summary>
    public const string None = "-";

    /// <summary>The reference point between two entities; a Diameter proxy in transit counts as part of CSC-18.</summary>
    public static string Between(Party a, Party b)
    {
        if (a.Kind == EntityKind.Unknown || b.Kind == EntityKind.Unknown) return FromOneEnd(a.Kind == EntityKind.Unknown ? b : a);
        if (a.Kind == EntityKind.SignallingUserAgent || b.Kind == EntityKind.SignallingUserAgent)
            return AtUserEquipment(a.Kind == EntityKind.SignallingUserAgent ? b : a);
        if (IsApplicationPlane(a) || IsApplicationPlane(b)) return InApplicationPlane(a, b);
        if (a.IsSipCore && b.IsSipCore) return a.System == b.System ? Mw : Sip3;
        return a.System == b.System && a.System.Length > 0 ? Aaa2 : Csc18;
    }

    private static bool IsApplicationPlane(Party party) => party.Kind is EntityKind.IdentityManagementServer
        or EntityKind.ConfigurationManagementServer or EntityKind.GroupManagementServer or EntityKind.McServiceServer
        or EntityKind.GatewayServer or EntityKind.HttpProxy;

    private static string AtUserEquipment(Party other) => other.Kind switch
    {
        EntityKind.IdentityManagementServer => Csc1,
        EntityKind.GroupManagementServer => Csc2,
        EntityKind.ConfigurationManagementServer => Csc4,
        EntityKind.HttpProxy => Http1,
        _ => Sip1,
    };

    private static string InApplicationPlane(Party a, Party b)
    {
        var isWithin = a.System == b.System;
        if (a.IsSipCore || b.IsSipCore) return Sip2;
        if (Has(EntityKind.SipDatabase)) return Aaa1;
        if (Has(EntityKind.HttpProxy)) return isWithin ? Http2 : Http3;
        if (Has(EntityKind.McServiceServer) || Has(EntityKind.GatewayServer))
        {
            if (Has(EntityKind.GroupManagementServer)) return Csc3;
            if (Has(EntityKind.ConfigurationManagementServer)) return Csc5;
            if (Has(EntityKind.IdentityManagementServer)) return None;
            return isWithin ? Mcx3 : Mcx3Between;
        }

        if (isWithin || a.Kind != b.Kind) return None;
        return a.Kind == EntityKind.GroupManagementServer ? Csc16 : a.Kind == EntityKind.ConfigurationManagementServer ? Csc17 : None;

        bool Has(EntityKind kind) => a.Kind == kind || b.Kind == kind;
    }

    private static string FromOneEnd(Party known) => known.Kind switch
    {
        EntityKind.ProxyCscf => Sip1,
        EntityKind.DiameterProxy => Csc18,
        EntityKind.SipDatabase => Aaa2,
        _ => None,
    };
}
