using McConformance.Entities.Ports;
using McConformance.Wire.Identities;
using McConformance.Wire.State;

namespace McConformance.Entities.MigrationManagement;

/// <summary>The binding of TS 23.280 10.1.6.2 pre-condition 4: a partner's SIP identities for one inbound migrated UE, and whose they are.</summary>
/// <param name="Partner">The set of the own SIP core that the UE registers with.</param>
/// <param name="Primary">The set of the primary's SIP core that stands for the UE there.</param>
/// <param name="PrimaryRealm">Diameter realm of the primary's SIP core.</param>
/// <param name="PrimaryServer">The primary's migration management server.</param>
public sealed record InboundBinding(
    SipIdentitySet Partner, SipIdentitySet Primary, DiameterIdentity PrimaryRealm, DiameterIdentity PrimaryServer);

/// <summary>A set of SIP identities that a UE of this MC system migrates with (TS 23.280 7.4.2.2.11).</summary>
/// <param name="identities">The set, of the own SIP core.</param>
/// <param name="partnerRealms">Realms of the SIP cores it may be used towards.</param>
public sealed class OutboundSet(SipIdentitySet identities, IEnumerable<DiameterIdentity> partnerRealms)
{
    /// <summary>The set.</summary>
    public SipIdentitySet Identities => identities;

    /// <summary>Where it may be used.</summary>
    public IReadOnlySet<DiameterIdentity> PartnerRealms { get; } = partnerRealms.ToHashSet();
}

/// <summary>What a migration management server is configured with. Refuses what TS 23.280 7.4.2.2.11 does not allow.</summary>
/// <param name="store">Where withdrawals are kept; null where they live in memory alone.</param>
public sealed class MigrationPolicy(IStateStore? store = null)
{
    private readonly KeptTable<string, bool> withdrawn = new(store, "withdrawn");
    private readonly Dictionary<string, InboundBinding> inbound = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> inboundPublic = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OutboundSet> outbound = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> outboundPublic = new(StringComparer.Ordinal);

    /// <summary>Realms of the MC systems with which SIP authentication information is exchanged at all.</summary>
    public HashSet<DiameterIdentity> PermittedRealms { get; } = [];

    /// <summary>For which realm a peer may ask over CSC-18; a peer that is not listed is a proxy in transit and may ask for any.</summary>
    public Dictionary<DiameterIdentity, DiameterIdentity> RealmOfPeer { get; } = [];

    /// <summary>Whether what a peer says about the origin of a request can be believed.</summary>
    public bool MaySpeakFor(DiameterIdentity peer, DiameterIdentity origin) =>
        !RealmOfPeer.TryGetValue(peer, out var realm) || realm == origin;

    /// <summary>Adds the identities of one possible inbound migrated UE.</summary>
    /// <exception cref="ArgumentException">One of them is bound already: each inbound UE has a set of its own.</exception>
    public void Add(InboundBinding binding)
    {
        Claim(inbound, inboundPublic, binding.Partner, binding, "inbound");
        if (inbound.Values.Count(b => b.Primary == binding.Primary && b.PrimaryRealm == binding.PrimaryRealm) <= 1) return;
        Release(binding.Partner);
        throw new ArgumentException($"the primary set {binding.Primary} is bound to another inbound set already");
    }

    /// <summary>Adds a set for outbound migration.</summary>
    /// <exception cref="ArgumentException">One of the identities is in another set.</exception>
    public void Add(OutboundSet set) => Claim(outbound, outboundPublic, set.Identities, set, "outbound");

    /// <summary>Whether a private identity is one of an inbound migrated UE.</summary>
    public bool TryGetInbound(string privateIdentity, out InboundBinding binding) => inbound.TryGetValue(privateIdentity, out binding!);

    /// <summary>Whether a private identity is one to migrate with.</summary>
    public bool TryGetOutbound(string privateIdentity, out OutboundSet set) => outbound.TryGetValue(privateIdentity, out set!);

    /// <summary>False once the primary MC system has withdrawn a set.</summary>
    public bool IsEnabled(OutboundSet set) => !withdrawn.ContainsKey(set.Identities.Private.Value);

    /// <summary>Withdraws a set of this MC system, or allows it again.</summary>
    /// <returns>False where there is no such set.</returns>
    public bool Switch(PrivateUserIdentity identity, bool enabled)
    {
        if (!outbound.ContainsKey(identity.Value)) return false;
        if (enabled) withdrawn.Remove(identity.Value);
        else withdrawn[identity.Value] = true;
        return true;
    }

    /// <summary>Whether a public identity belongs to some inbound set.</summary>
    public bool IsInboundPublic(string publicIdentity) => inboundPublic.ContainsKey(publicIdentity);

    private static void Claim<T>(
        Dictionary<string, T> sets, Dictionary<string, string> owners, SipIdentitySet identities, T value, string direction)
    {
        if (sets.ContainsKey(identities.Private.Value))
            throw new ArgumentException($"the {direction} private identity {identities.Private} is configured twice");
        if (!owners.TryAdd(identities.Public.Value, identities.Private.Value))
            throw new ArgumentException($"the {direction} public identity {identities.Public} is configured twice");
        sets.Add(identities.Private.Value, value);
    }

    private void Release(SipIdentitySet identities)
    {
        inbound.Remove(identities.Private.Value);
        inboundPublic.Remove(identities.Public.Value);
    }
}
