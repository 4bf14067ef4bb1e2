using System.Net;
using System.Security.Cryptography.X509Certificates;
using McConformance.McSystem;
using McConformance.McSystem.Configuration;
using McConformance.Wire;

namespace McConformance.Steps.TestConfiguration;

/// <summary>Single entities of an MC system that another process runs, by the names of the test
/// configuration.</summary>
public sealed partial class ScenarioPlan
{
    /// <summary>Another process runs some entities of an MC system, and is told over its operator port what they
    /// need.</summary>
    /// <param name="domain">The MC system.</param>
    /// <param name="operatorPort">Its operator port.</param>
    /// <param name="entities">Which, for example <c>sipDatabase</c>.</param>
    public void UseExternal(string domain, Uri operatorPort, IReadOnlyList<string> entities)
    {
        UseExternal(domain, operatorPort);
        Network.ExternalEntities[domain] = new ExternalEntities([.. entities.Select(n =>
            SystemParts.Named(n)!.Value)], []);
    }

    /// <summary>Another process runs a user's UE.</summary>
    public void UseExternalUserEquipment(string user, Uri operatorPort) => Users[user].OperatorPort = operatorPort;

    /// <summary>The UEs that other processes run. A real peer in a UE's place has no operator port.</summary>
    internal IEnumerable<UserPlan> ExternalUserEquipment =>
        Users.Values.Where(u => u is { IsExternal: false, OperatorPort: not null });

    /// <summary>True where another process runs an MC system, or entities of one.</summary>
    internal bool HasExternalSystems => Network.OperatorPorts.Count > 0 || Network.ExternalEntities.Count > 0;

    /// <summary>Something stands in for an entity of an MC system, and nobody need tell it anything.</summary>
    /// <param name="domain">The MC system.</param>
    /// <param name="entity">Which, for example <c>sipDatabase</c>.</param>
    /// <param name="node">Host name.</param>
    /// <param name="at">Where it listens without TLS; SIP over UDP and TCP.</param>
    /// <param name="secure">Where over TLS.</param>
    public void UseStandIn(
        string domain, string entity, string node, IReadOnlyDictionary<WireProtocol, IPEndPoint> at,
        IReadOnlyDictionary<WireProtocol, IPEndPoint> secure)
    {
        var part = SystemParts.Named(entity) ?? throw new ArgumentException($"no entity is called {entity}");
        var kind = Enum.Parse<EntityKind>($"{part}");
        Network.ExternalEntities[domain] = new ExternalEntities([part],
        [
            .. from listening in at
               from carrier in (Carrier[])(listening.Key == WireProtocol.Sip ? [Carrier.Udp, Carrier.Tcp]
                   : [Carrier.Tcp])
               select new NodeEndpoint(node, kind, listening.Key, carrier, listening.Value),
            .. secure.Select(s => new NodeEndpoint(node, kind, s.Key, Carrier.Tls, s.Value)),
        ]);
    }

    /// <summary>Certificate of a node that stands in, and of the authority that the bundled systems trust.</summary>
    public static (X509Certificate2 Own, X509Certificate2 Authority) CertificatesOf(string node) =>
        (Configured.Certificates.Of(node),
            X509Certificate2.CreateFromPem(Configured.Certificates.ToPem().Certificate));

    /// <summary>Somebody has provisioned a SIP database by hand, and nobody can tell it anything.</summary>
    /// <param name="role">Its MC system.</param>
    /// <param name="at">Where it takes Diameter connections.</param>
    public void UseFixedDatabase(string role, IPEndPoint at)
    {
        var system = System(role);
        var endpoint = new NodeEndpoint(
            system.DatabaseHost, EntityKind.SipDatabase, WireProtocol.Diameter, Carrier.Tcp, at);
        Network.ExternalEntities[system.Domain] = new ExternalEntities([SystemPart.SipDatabase], [endpoint]);
    }

    /// <summary>What somebody who runs an entity by hand writes into its file
    /// (features/mc-system.schema.json).</summary>
    public string FileOf(string role) => McSystemJson.Write(McSystemFile.Of(System(role), Network));

    /// <summary>True where somebody has provisioned an entity by hand: it serves one scenario at a time.</summary>
    internal bool HasFixedEntities => Network.ExternalEntities.Keys.Any(d => !Network.OperatorPorts.ContainsKey(d));

    /// <summary>Whether a node is such an entity, and not the harness's.</summary>
    public static bool IsExternal(Party node, string entity) =>
        !node.IsBundled && SystemParts.Of(node.Kind) is { } part && SystemParts.NameOf(part) == entity;

    /// <summary>Provisions the systems otherwise than the scenario says: who does so must be found.</summary>
    /// <exception cref="ArgumentException">Nothing is called so.</exception>
    public void Spoil(string what)
    {
        var (primary, partner) = (System("primary"), System("partner"));
        switch (what)
        {
            case "another key":
                var spoilt = primary.Subscriptions.ConvertAll(s => s with { Key = new byte[16] });
                primary.Subscriptions.Clear();
                primary.Subscriptions.AddRange(spoilt);
                break;
            case "no agreement":
                Restrict("the partner MC system does not allow migration from the primary");
                break;
            case "no sets":
                primary.OutboundSets.Clear();
                break;
            case "no pushes":
                foreach (var agreement in partner.Application!.Agreements) agreement.MayPushGroups = false;
                break;
            default:
                throw new ArgumentException($"nothing is spoilt by \"{what}\"");
        }
    }
}
