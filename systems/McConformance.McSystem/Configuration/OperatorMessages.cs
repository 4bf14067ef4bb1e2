using McConformance.Wire.Identities;

namespace McConformance.McSystem.Configuration;

/// <summary>Answer to an MC system file: the MC system that was made of it.</summary>
/// <param name="Id">What further requests name it by.</param>
/// <param name="Endpoints">Where its nodes listen.</param>
public sealed record ProvisionedSystem(string Id, List<EndpointSettings> Endpoints)
{
    /// <summary>Names and addresses that topology hiding covers: SIP core.</summary>
    public List<string> InnerAddresses { get; init; } = [];

    /// <summary>The same of the application plane.</summary>
    public List<string> ApplicationInnerNames { get; init; } = [];

    /// <summary>Public key (PEM, EC on P-256) of its identity management server, where that is not the one of the file.</summary>
    public string? TokenKey { get; init; }
}

/// <summary>Tells an MC system of the others, and single entities of the rest of theirs. Sent when all are
/// provisioned; what an earlier one told
/// still holds.</summary>
public sealed record JoinRequest
{
    /// <summary>Entities of the same MC system that run elsewhere. Answered when the inner connections with them are
    /// open.</summary>
    public List<EndpointSettings> OtherEntities { get; init; } = [];

    /// <summary>Relays between nodes of the same MC system, for one whose file has <c>awaitsRelays</c>. Answered when
    /// the inner connections through them are open.</summary>
    public List<RelaySettings> Relays { get; init; } = [];

    /// <summary>The other MC systems with their endpoints.</summary>
    public List<PeerSystem> Peers { get; init; } = [];

    /// <summary>Neighbours on CSC-18. Answered when the connections are open.</summary>
    public List<Csc18Neighbour> Csc18 { get; init; } = [];
}

/// <summary>A relay that one node takes for another of the same MC system.</summary>
/// <param name="From">Host name of the node that calls.</param>
/// <param name="To">Host name of the node that is called.</param>
/// <param name="Protocol">What is spoken.</param>
/// <param name="Transport">Over what.</param>
/// <param name="Address">IP address of the relay.</param>
/// <param name="Port">Its port.</param>
public sealed record RelaySettings(
    string From, string To, Wire.WireProtocol Protocol, Wire.Carrier Transport, System.Net.IPAddress Address, int Port)
{
    /// <summary>Of an HTTP proxy alone: <c>inner</c>.</summary>
    public string? Side { get; init; }
}

/// <summary>Answer to a join.</summary>
public sealed record JoinAnswer
{
    /// <summary>Protocols whose relays were taken; null for all of them.</summary>
    public List<Wire.WireProtocol>? Relays { get; init; }
}

/// <summary>An administrator withdraws a set of identities to migrate with, or restores it.</summary>
/// <param name="Private">Private user identity of the set.</param>
/// <param name="Enabled">False: withdrawn.</param>
public sealed record OutboundSetRequest(PrivateUserIdentity Private, bool Enabled);

/// <summary>An administrator provides a group to a partner.</summary>
/// <param name="Group">The group.</param>
/// <param name="Partner">Domain of the partner.</param>
public sealed record ProvideGroupRequest(McGroupId Group, McSystemId Partner);

/// <summary>How that ended.</summary>
/// <param name="StatusCode">HTTP status that the partner answered with; 0 where it did not.</param>
public sealed record ProvideGroupAnswer(int StatusCode);

/// <summary>The clock is put forward; timers that fall due on the way fire.</summary>
/// <param name="Forward">By how many seconds; 0 only looks.</param>
public sealed record ClockRequest(double Forward);

/// <summary>What there is to wait for then. Whatever is left out is not known.</summary>
public sealed record ClockAnswer
{
    /// <summary>Seconds until the next timer falls due; null where none waits, or where that is not known.</summary>
    public double? UntilNextTimer { get; init; }

    /// <summary>Counts what happens: the same number twice means that nothing did. Null where nobody counts.</summary>
    public long? Activity { get; init; }

    /// <summary>Messages between own entities that are sent and not handled yet.</summary>
    public int UnderWay { get; init; }

    /// <summary>Things that are being done at this moment and that no message shows.</summary>
    public int AtWork { get; init; }

    /// <summary>Messages sent to others, less those that came from others.</summary>
    public long Abroad { get; init; }
}

/// <summary>The MC system crashes: all that is in memory is lost, connections are cut without a word.</summary>
public sealed record CrashRequest;

/// <summary>It starts again, with what it has kept, where it listened.</summary>
public sealed record StartRequest;

/// <summary>Why a request was refused.</summary>
/// <param name="Error">A sentence.</param>
public sealed record OperatorError(string Error);
