using McConformance.Entities.Ports;
using McConformance.Wire.Authentication;
using McConformance.Wire.Identities;

namespace McConformance.Entities.SipDatabase;

/// <summary>Whether a public identity is registered, as Cx keeps it (TS 29.228 6.1.2).</summary>
public enum RegistrationStatus
{
    /// <summary>No S-CSCF serves it.</summary>
    NotRegistered,

    /// <summary>Challenged, and not yet answered for: an S-CSCF's name may be stored.</summary>
    AuthenticationPending,

    /// <summary>Registered at an S-CSCF.</summary>
    Registered,
}

/// <summary>Key and sequence number of one USIM application. Several subscriptions share it where one ISIM carries several sets of
/// SIP identities (TS 23.280 7.4.2.2.11).</summary>
/// <param name="milenage">The subscriber's functions.</param>
/// <param name="amf">2 octets.</param>
/// <param name="sqn">Last sequence number used, where none is kept.</param>
/// <param name="name">Tells applications apart where numbers are kept.</param>
public sealed class AuthenticationData(Milenage milenage, ReadOnlyMemory<byte> amf, ulong sqn, string? name = null) : IDisposable
{
    private KeptTable<string, ulong>? kept;
    private string application = "";

    /// <summary>The subscriber's functions.</summary>
    public Milenage Milenage => milenage;

    /// <summary>Authentication management field, 2 octets.</summary>
    public ReadOnlySpan<byte> Amf => amf.Span;

    /// <summary>Last sequence number used, 48 bits.</summary>
    public ulong Sqn => kept is not null && kept.TryGetValue(application, out var last) ? last : sqn;

    /// <summary>Uses up one sequence number.</summary>
    public ulong NextSqn()
    {
        // two instances of a database must not use one number twice: the ISIM takes each only once (TS 33.102 6.3.3)
        using var alone = kept?.Enter();
        return Use(SequenceNumber.Next(Sqn));
    }

    /// <summary>Goes on from what the ISIM has seen (TS 33.102 6.3.5).</summary>
    public void Resynchronise(ulong sqnMs) => Use(sqnMs);

    /// <inheritdoc/>
    public void Dispose() => milenage.Dispose();

    /// <summary>From now on the sequence number is kept: under the name of the application, or else the identity it
    /// was first met with.</summary>
    internal void Keep(KeptTable<string, ulong> numbers, string identity)
    {
        if (kept is null) (kept, application) = (numbers, name ?? identity);
    }

    /// <summary>Kept before a vector leaves that is made with it: the number never goes back (TS 33.102
    /// C.1.1.3).</summary>
    private ulong Use(ulong number)
    {
        if (kept is not null) kept[application] = number;
        return sqn = number;
    }
}

/// <summary>Where a subscription is registered.</summary>
/// <param name="Status">Whether it is.</param>
/// <param name="Server">SIP URI of the S-CSCF whose name is stored; null where none is.</param>
public sealed record ServedBy(RegistrationStatus Status, string? Server);

/// <summary>An IMS subscription: one private identity, its public identities, and what authenticates it.</summary>
/// <param name="privateIdentity">Private user identity.</param>
/// <param name="publicIdentities">One or more.</param>
/// <param name="authentication">Null for an identity whose keys another MC system holds: an inbound migrated UE.</param>
public sealed class Subscription(
    PrivateUserIdentity privateIdentity, IReadOnlyList<PublicUserIdentity> publicIdentities, AuthenticationData? authentication)
{
    /// <summary>Private user identity.</summary>
    public PrivateUserIdentity PrivateIdentity => privateIdentity;

    /// <summary>Its public identities.</summary>
    public IReadOnlyList<PublicUserIdentity> PublicIdentities => publicIdentities;

    /// <summary>What authenticates it, or null.</summary>
    public AuthenticationData? Authentication => authentication;

    private KeptTable<string, ServedBy>? kept;
    private ServedBy own = new(RegistrationStatus.NotRegistered, null);

    /// <summary>Registration status of the whole subscription, and SIP URI of the S-CSCF that serves it, or
    /// null.</summary>
    public ServedBy Served
    {
        get => kept is null ? own : kept.GetValueOrDefault(privateIdentity.Value) ?? own;
        set
        {
            if (kept is null) own = value;
            else if (Served != value) kept[privateIdentity.Value] = value;
        }
    }

    /// <summary>From now on what is registered is kept.</summary>
    internal void Keep(KeptTable<string, ServedBy> registrations) => kept = registrations;
}
