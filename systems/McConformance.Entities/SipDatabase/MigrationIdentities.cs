using System.Text;
using McConformance.Entities.Ports;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;
using McConformance.Wire.Diameter.Peers;
using McConformance.Wire.Identities;
using McConformance.Wire.State;

namespace McConformance.Entities.SipDatabase;

/// <summary>A set that was allocated for migration, and what it is bound to.</summary>
/// <param name="Allocated">The new set, of the own SIP core.</param>
/// <param name="Bound">The user's own set (outbound), or the primary MC system's (inbound).</param>
/// <param name="Realm">SIP domain of the other MC system.</param>
/// <param name="Database">Identifier of the primary's SIP database, for an inbound set; empty for an outbound one.</param>
public sealed record AllocatedIdentities(SipIdentitySet Allocated, SipIdentitySet Bound, string Realm, string Database);

/// <summary>
/// Allocates SIP identities to migrate with, asked for over Sh by the configuration management server: outbound ones at home
/// (TR 23.781 6.2.1 steps 4 to 6), inbound ones at a partner (steps 9 to 11). OWN: User-Data with repository data, whose service
/// indication says which, and for which SIP domain.
/// </summary>
internal sealed class MigrationIdentities(Dictionary<string, Subscription> byPrivate, Action<Subscription> add, string sipDomain, IStateStore? store)
{
    /// <summary>Service indication of outbound identities, followed by the partner's SIP domain.</summary>
    public const string Outbound = "outbound-migration-identities:";

    /// <summary>Service indication of inbound identities, followed by the primary's SIP domain.</summary>
    public const string Inbound = "inbound-migration-identities:";

    private const uint RepositoryData = 0;
    private readonly KeptTable<(string Private, string Realm, bool IsInbound), AllocatedIdentities> allocated = new(store, "allocated");
    private readonly HashSet<(string Private, string Realm, bool IsInbound)> announced = [];

    /// <summary>Called for each new set, before it is given out.</summary>
    public Action<AllocatedIdentities>? Allocated { get; set; }

    /// <summary>Makes the subscriptions of sets that an earlier life gave out, and tells of each.</summary>
    public void Resume()
    {
        foreach (var (key, made) in allocated.Where(a => !announced.Contains(a.Key)).ToArray())
        {
            announced.Add(key);
            if (!byPrivate.ContainsKey(made.Allocated.Private.Value))
                add(new Subscription(
                    made.Allocated.Private, [made.Allocated.Public],
                    key.IsInbound ? null : byPrivate.GetValueOrDefault(made.Bound.Private.Value)?.Authentication));
            Allocated?.Invoke(made);
        }
    }

    /// <summary>Answers a User-Data-Request (TS 29.328 6.1.1).</summary>
    public void Provide(DiameterServerTransaction transaction)
    {
        var request = transaction.Request;
        if (!request.TryFind(Ts29329.DataReferenceCode, Ts29229.Vendor, out var reference) || reference.Uint32 != RepositoryData ||
            !request.TryFind(Ts29329.ServiceIndicationCode, Ts29229.Vendor, out var indication))
        {
            // TS 29.329 6.2.2.1: this data cannot be read
            SipDatabaseServer.Refuse(transaction, Ts29329.DIAMETER_ERROR_USER_DATA_CANNOT_BE_READ);
            return;
        }

        var (isInbound, realm) = Read(indication.Text);
        if (realm.Length == 0 || Asked(request) is not { } asked)
        {
            SipDatabaseServer.Refuse(transaction, Ts29329.DIAMETER_ERROR_USER_DATA_NOT_RECOGNIZED);
            return;
        }

        var set = isInbound ? BindInbound(request, asked, realm) : AllocateOutbound(asked, realm);
        if (set is null) SipDatabaseServer.Refuse(transaction, Ts29229.DIAMETER_ERROR_USER_UNKNOWN);
        else Answer(transaction, set.Value, indication.Text);
    }

    private static (bool IsInbound, string Realm) Read(string indication) =>
        indication.StartsWith(Inbound, StringComparison.Ordinal) ? (true, indication[Inbound.Length..])
        : indication.StartsWith(Outbound, StringComparison.Ordinal) ? (false, indication[Outbound.Length..])
        : (false, "");

    /// <summary>The identities that the request is about: User-Name and User-Identity.</summary>
    private static SipIdentitySet? Asked(DiameterMessage request) =>
        request.TryFind(Rfc6733.UserName.Code, 0, out var userName) &&
        request.TryFind(Ts29329.UserIdentityCode, Ts29229.Vendor, out var identity) &&
        identity.TryFind(Ts29229.PublicIdentity.Code, Ts29229.Vendor, out var publicIdentity) &&
        userName.Data.Length > 0 && publicIdentity.Data.Length > 0
            ? new SipIdentitySet(new PrivateUserIdentity(userName.Text), new PublicUserIdentity(publicIdentity.Text))
            : null;

    /// <summary>Step 5: a set bound to the user's own. Asked again, the same one.</summary>
    private SipIdentitySet? AllocateOutbound(SipIdentitySet own, string realm)
    {
        if (!byPrivate.TryGetValue(own.Private.Value, out var subscription) || !subscription.PublicIdentities.Contains(own.Public) ||
            subscription.Authentication is null) return null;
        using var alone = allocated.Enter();
        if (allocated.TryGetValue((own.Private.Value, realm, false), out var known)) return known.Allocated;
        var set = New($"out-{Next(isInbound: false):0000}");
        add(new Subscription(set.Private, [set.Public], subscription.Authentication));
        return Keep((own.Private.Value, realm, false), new AllocatedIdentities(set, own, realm, ""));
    }

    /// <summary>Step 10: a set bound to the primary's identities and its SIP database. Asked again, the same one.</summary>
    private SipIdentitySet? BindInbound(DiameterMessage request, SipIdentitySet primary, string realm)
    {
        using var alone = allocated.Enter();
        if (allocated.TryGetValue((primary.Private.Value, realm, true), out var known)) return known.Allocated;
        var database = request.TryFind(Ts29229.ServerName.Code, Ts29229.Vendor, out var name) ? name.Text : "";
        if (database.Length == 0) return null;
        var set = New($"guest-{Next(isInbound: true):0000}");
        add(new Subscription(set.Private, [set.Public], null));
        return Keep((primary.Private.Value, realm, true), new AllocatedIdentities(set, primary, realm, database));
    }

    private SipIdentitySet Keep((string, string, bool) key, AllocatedIdentities made)
    {
        allocated[key] = made;
        announced.Add(key);
        Allocated?.Invoke(made);
        return made.Allocated;
    }

    /// <summary>Sets are never taken back, so their number is the last one given.</summary>
    private int Next(bool isInbound) => allocated.Count(a => a.Key.IsInbound == isInbound) + 1;

    private SipIdentitySet New(string user) => new(new PrivateUserIdentity($"{user}@{sipDomain}"), new PublicUserIdentity($"sip:{user}@{sipDomain}"));

    private static void Answer(DiameterServerTransaction transaction, SipIdentitySet set, string indication)
    {
        var data = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Sh-Data><RepositoryData><ServiceIndication>")
            .Append(Escape(indication)).Append("</ServiceIndication><SequenceNumber>0</SequenceNumber><ServiceData>")
            .Append("<mig:sip-identities xmlns:mig=\"urn:mcconformance:ns:migration:1.0\" impi=\"").Append(Escape(set.Private.Value))
            .Append("\" impu=\"").Append(Escape(set.Public.Value)).Append("\"/></ServiceData></RepositoryData></Sh-Data>");
        transaction.Answer(transaction.NewAnswer(Rfc6733.DIAMETER_SUCCESS).Put(Ts29329.UserDataSh, data.ToString()).Finish());
    }

    private static string Escape(string text) => System.Security.SecurityElement.Escape(text);
}
