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
public sealed class AuthenticationData(Milenage milenage, ReadOnlyMemory<byte> amf, ulong sqn) : IDisposable
{
    /// <summary>The subscriber's functions.</summary>
    public Milenage Milenage => milenage;

    /// <summary>Authentication management field, 2 octets.</summary>
    public ReadOnlySpan<byte> Amf => amf.Span;

    /// <summary>Last sequence number used, 48 bits.</summary>
    public ulong Sqn { get; private set; } = sqn;

    /// <summary>Uses up one sequence number.</summary>
    public ulong NextSqn() => Sqn = SequenceNumber.Next(Sqn);

    /// <summary>Goes on from what the ISIM has seen (TS 33.102 6.3.5).</summary>
    public void Resynchronise(ulong sqnMs) => Sqn = sqnMs;

    /// <inheritdoc/>
    public void Dispose() => milenage.Dispose();
}

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

    /// <summary>Registration status of the whole subscription.</summary>
    public RegistrationStatus Status { get; set; }

    /// <summary>SIP URI of the S-CSCF that serves it, or null.</summary>
    public byte[]? ServerName { get; set; }
}
