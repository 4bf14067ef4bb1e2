namespace McConformance.TestConfiguration.Profiles;

/// <summary>One kind of system under test: what applies to it, and what it takes to test it. A file of
/// <c>features/profiles</c>.</summary>
/// <param name="Name">For a person: <c>partner MC system</c>.</param>
/// <param name="Description">What it is for.</param>
/// <param name="External">Role of an MC system and its entities that are external, as the schema names them.</param>
/// <param name="ExternalUserEquipment">UEs are external.</param>
/// <param name="Features">What applies: clauses or files, as -Features takes them.</param>
/// <param name="Tags">Which scenarios of these, as -Tags takes it; empty for all.</param>
/// <param name="Observable">Reference points that the harness sees by itself.</param>
/// <param name="Unobservable">Reference points between external entities: seen only through a recording relay.</param>
/// <param name="Provision">Kinds of things to provision.</param>
/// <param name="Endpoints">Endpoints that an external entity must have.</param>
/// <param name="Example">Example of a test configuration, full path.</param>
public sealed record Profile(
    string Name, string Description, IReadOnlyList<(string Role, string Entity)> External, bool ExternalUserEquipment,
    IReadOnlyList<string> Features, string Tags, IReadOnlyList<LinkOfProfile> Observable,
    IReadOnlyList<LinkOfProfile> Unobservable, IReadOnlyList<string> Provision,
    IReadOnlyList<EndpointOfProfile> Endpoints, string Example);

/// <summary>A link of a profile.</summary>
/// <param name="ReferencePoint">As TS 23.280 7.5 names it.</param>
/// <param name="Between">Its ends, and what is seen or not.</param>
public sealed record LinkOfProfile(string ReferencePoint, string Between);

/// <summary>An endpoint that an external entity must have.</summary>
/// <param name="Entity">As the schema names it.</param>
/// <param name="Protocol">sip, diameter or http.</param>
/// <param name="For">What the harness does there.</param>
public sealed record EndpointOfProfile(string Entity, string Protocol, string For);
