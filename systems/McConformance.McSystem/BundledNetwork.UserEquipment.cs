using System.Net;
using McConformance.Entities.UserEquipment;
using McConformance.McSystem.Application;
using McConformance.McSystem.Configuration;
using McConformance.McSystem.External;
using McConformance.Wire;
using McConformance.Wire.Authentication;
using McConformance.Wire.Identities;

namespace McConformance.McSystem;

/// <summary>UEs of a network, and the users who handle them.</summary>
public sealed partial class BundledNetwork
{
    /// <summary>A UE; it has sockets at once.</summary>
    /// <param name="name">Unique: <c>alice-ue</c>.</param>
    /// <param name="defaults">The ISIM's own identities.</param>
    /// <param name="key">K, 16 octets.</param>
    /// <param name="opc">OPc, 16 octets.</param>
    /// <param name="sqn">Highest sequence number the ISIM has seen.</param>
    public BundledUserEquipment AddUserEquipment(
        string name, SipIdentitySet defaults, byte[] key, byte[] opc, ulong sqn)
    {
        var isim = new Isim(defaults, Milenage.FromOpc(key, opc), sqn);
        var made = BundledUserEquipment.Start(name, isim, links, wheel, options, directory);
        agents.Add(made);
        return made;
    }

    /// <summary>A UE that another process runs. It is told where the MC systems are, which run already.</summary>
    /// <param name="file">What it is; the MC systems, protection and timers are filled in here.</param>
    /// <param name="port">Its operator port.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="NotOfferedException">Nothing would tell its messages from those of another UE.</exception>
    /// <exception cref="OperatorPortException">Its operator port did not do it.</exception>
    public async Task<IUserEquipment> AddExternalUserEquipmentAsync(
        UserEquipmentFile file, Uri port, CancellationToken cancellation)
    {
        var made = new ExternalUserEquipment(port, file.Name);
        agents.Add(made);
        await made.StartAsync(file with
        {
            Systems = [.. systems.Select(Told)],
            Protection = McSystemFile.ProtectionOf(options),
            Timers = TimerSettings.Of(options),
        }, cancellation).ConfigureAwait(false);
        var party = links.Add(new Party(file.Name, EntityKind.SignallingUserAgent, "", IsBundled: false));
        foreach (var at in made.Endpoints) links.Place(party, at.Protocol, at.Carrier, at.At);
        foreach (var address in made.Endpoints.Select(e => e.At.Address).Distinct()) PlaceHost(party, address);
        return made;
    }

    /// <summary>A user of an MC service on a UE.</summary>
    /// <param name="ue">The UE.</param>
    /// <param name="home">Domain of the primary.</param>
    /// <param name="name">The user, one of those of the primary's application plane.</param>
    /// <param name="service">Which service.</param>
    /// <param name="identitiesFor">SIP identities for an MC system; null where the UE has none. One that runs elsewhere
    /// was told of them.</param>
    public IMcUser AddMcUser(IUserEquipment ue, string home, string name, Wire.Documents.McService service,
        Func<string, SipIdentitySet?> identitiesFor)
    {
        var user = this[home].Options.Application!.Users.First(u => u.Name == name);
        return ue is BundledUserEquipment bundled
            ? new BundledMcUser(bundled, d => this[d], user, home, service, identitiesFor)
            : new ExternalMcUser((ExternalUserEquipment)ue, name, user.McServiceId);
    }

    private void PlaceHost(Party party, IPAddress address)
    {
        if (!links.TryPlaceHost(party, address))
            throw new NotOfferedException(
                $"two external UEs, {party.Name} and another, are at {address}, so nothing tells "
                + "whose a connection is: give each UE an address of its own");
    }

    /// <summary>What a UE must know of an MC system: its edge, and the servers that its clients speak to.</summary>
    private static PeerSystem Told(INetworkMember system) => new(system.Options.Domain, system.Options.SipDomain)
    {
        Endpoints = [.. system.Endpoints
            .Where(e => e.Kind == EntityKind.ProxyCscf || e.Protocol == WireProtocol.Http).Select(EndpointSettings.Of)],
    };
}
