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

    /// <summary>Where nothing is known of one end.</summary>
    public const string None = "-";

    /// <summary>The reference point between two entities; a Diameter proxy in transit counts as part of CSC-18.</summary>
    public static string Between(Party a, Party b)
    {
        if (a.Kind == EntityKind.Unknown || b.Kind == EntityKind.Unknown) return FromOneEnd(a.Kind == EntityKind.Unknown ? b : a);
        if (a.Kind == EntityKind.SignallingUserAgent || b.Kind == EntityKind.SignallingUserAgent) return Sip1;
        if (a.IsSipCore && b.IsSipCore) return a.System == b.System ? Mw : Sip3;
        return a.System == b.System ? Aaa2 : Csc18;
    }

    private static string FromOneEnd(Party known) => known.Kind switch
    {
        EntityKind.ProxyCscf => Sip1,
        EntityKind.DiameterProxy => Csc18,
        EntityKind.SipDatabase => Aaa2,
        _ => None,
    };
}
