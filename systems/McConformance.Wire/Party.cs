namespace McConformance.Wire;

/// <summary>The functional entities, under 3GPP's names.</summary>
public enum EntityKind
{
    /// <summary>Somebody that no configuration names.</summary>
    Unknown,

    /// <summary>The signalling user agent of an MC service UE (TS 23.280 7.4.3.1.1).</summary>
    SignallingUserAgent,

    /// <summary>Proxy CSCF, the SIP core's edge (TS 24.229 5.2).</summary>
    ProxyCscf,

    /// <summary>Interrogating CSCF (TS 24.229 5.3).</summary>
    InterrogatingCscf,

    /// <summary>Serving CSCF, registrar of the SIP core (TS 24.229 5.4).</summary>
    ServingCscf,

    /// <summary>SIP database (TS 23.280 7.4.3.1.2).</summary>
    SipDatabase,

    /// <summary>Migration management server (TS 23.280 7.4.2.2.11).</summary>
    MigrationManagementServer,

    /// <summary>A further Diameter proxy on the way (TS 23.280 7.4.3.1.4).</summary>
    DiameterProxy,

    /// <summary>Identity management server (TS 23.280 7.4.2.2.4).</summary>
    IdentityManagementServer,

    /// <summary>Configuration management server, with functional alias management in it (TS 23.280 7.4.2.2.2, 7.3.1).</summary>
    ConfigurationManagementServer,

    /// <summary>Group management server (TS 23.280 7.4.2.2.6).</summary>
    GroupManagementServer,

    /// <summary>MC service server of one service: MCPTT, MCVideo or MCData (TS 23.280 7.4.2.3.2).</summary>
    McServiceServer,

    /// <summary>Gateway server, the application plane's edge towards other MC systems (TR 23.781 6.3.1).</summary>
    GatewayServer,

    /// <summary>HTTP proxy (TS 23.280 7.4.3.2.2).</summary>
    HttpProxy,
}

/// <summary>One end of a link.</summary>
/// <param name="Name">Unique in a run: <c>scscf.partner.example</c>. The Diameter identity, where it has one.</param>
/// <param name="Kind">What it is.</param>
/// <param name="System">Domain of the MC system it belongs to; empty for a UE or a transit node.</param>
/// <param name="IsBundled">True where this process runs it and so sees what it sends at its own transport.</param>
public sealed record Party(string Name, EntityKind Kind, string System, bool IsBundled = true)
{
    /// <summary>The field's name of the entity, for reports.</summary>
    public string Title => Kind switch
    {
        EntityKind.SignallingUserAgent => "Signalling user agent",
        EntityKind.ProxyCscf => "P-CSCF",
        EntityKind.InterrogatingCscf => "I-CSCF",
        EntityKind.ServingCscf => "S-CSCF",
        EntityKind.SipDatabase => "SIP database",
        EntityKind.MigrationManagementServer => "Migration management server",
        EntityKind.DiameterProxy => "Diameter proxy",
        EntityKind.IdentityManagementServer => "Identity management server",
        EntityKind.ConfigurationManagementServer => "Configuration management server",
        EntityKind.GroupManagementServer => "Group management server",
        EntityKind.McServiceServer => "MC service server",
        EntityKind.GatewayServer => "Gateway server",
        EntityKind.HttpProxy => "HTTP proxy",
        _ => Name,
    };

    /// <summary>True for the three nodes that make up a SIP core.</summary>
    public bool IsSipCore => Kind is EntityKind.ProxyCscf or EntityKind.InterrogatingCscf or EntityKind.ServingCscf;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
