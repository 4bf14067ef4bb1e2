using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;
using McConformance.Wire.Identities;

namespace McConformance.Wire.Diameter.Templates;

/// <summary>
/// How Cx messages are written (TS 29.229 6.1). <see cref="Start"/> writes what every request begins with; the methods
/// for requests
/// add the rest, those for answers add it behind the head of an answer. Nothing is finished, so that more can be added.
/// </summary>
public static class Ts29229Messages
{
    /// <summary>The scheme of IMS AKA (TS 29.229 6.3.9).</summary>
    public static ReadOnlySpan<byte> DigestAkav1Md5 => "Digest-AKAv1-MD5"u8;

    /// <summary>Header with R and P, Session-Id, Vendor-Specific-Application-Id, Auth-Session-State
    /// NO_STATE_MAINTAINED, origin, destination.</summary>
    public static DiameterDraft Start(DiameterDraft draft, uint command, RequestHead head)
    {
        draft.Start(0xC0, command, Ts29229.Application, head.HopByHop, head.EndToEnd)
            .Put(Rfc6733.SessionId, head.SessionId)
            .BeginGroup(Rfc6733.VendorSpecificApplicationId).Put(Rfc6733.VendorId, Ts29229.Vendor)
            .Put(Rfc6733.AuthApplicationId, Ts29229.Application).EndGroup()
            .Put(Rfc6733.AuthSessionState, 1).Put(Rfc6733.OriginHost, head.Host.Value)
                .Put(Rfc6733.OriginRealm, head.Realm.Value);
        if (head.DestinationHost is { } host) draft.Put(Rfc6733.DestinationHost, host.Value);
        return draft.Put(Rfc6733.DestinationRealm, head.DestinationRealm.Value);
    }

    /// <summary>UAR (TS 29.229 6.1.1).</summary>
    public static DiameterDraft UserAuthorizationRequest(
        DiameterDraft draft, SipIdentitySet user, string visitedNetwork, uint? authorizationType = null)
    {
        Put(draft, user).Put(Ts29229.VisitedNetworkIdentifier, visitedNetwork);
        return authorizationType is { } type ? draft.Put(Ts29229.UserAuthorizationType, type) : draft;
    }

    /// <summary>UAA that names the S-CSCF, or none (TS 29.229 6.1.2).</summary>
    public static DiameterDraft UserAuthorizationAnswer(DiameterDraft draft, string? serverName) =>
        serverName is null ? draft : draft.Put(Ts29229.ServerName, serverName);

    /// <summary>UAA that names what an S-CSCF must be capable of (TS 29.229 6.1.2).</summary>
    public static DiameterDraft UserAuthorizationAnswer(DiameterDraft draft, ReadOnlySpan<uint> mandatory,
        ReadOnlySpan<uint> optional)
    {
        draft.BeginGroup(Ts29229.ServerCapabilities);
        foreach (var capability in mandatory) draft.Put(Ts29229.MandatoryCapability, capability);
        foreach (var capability in optional) draft.Put(Ts29229.OptionalCapability, capability);
        return draft.EndGroup();
    }

    /// <summary>MAR (TS 29.229 6.1.7).</summary>
    /// <param name="draft">Started.</param>
    /// <param name="user">Private and public identity.</param>
    /// <param name="serverName">URI of the S-CSCF.</param>
    /// <param name="resynchronization">RAND and AUTS, 30 octets; empty for an ordinary request.</param>
    /// <param name="vectors">How many vectors are asked for; 1 or more.</param>
    public static DiameterDraft MultimediaAuthRequest(
        DiameterDraft draft, SipIdentitySet user, string serverName, ReadOnlySpan<byte> resynchronization = default,
            uint vectors = 1)
    {
        Put(draft, user).BeginGroup(Ts29229.SipAuthDataItem).Put(Ts29229.SipAuthenticationScheme, DigestAkav1Md5);
        if (!resynchronization.IsEmpty) draft.Put(Ts29229.SipAuthorization, resynchronization);
        return draft.EndGroup().Put(Ts29229.SipNumberAuthItems, vectors).Put(Ts29229.ServerName, serverName);
    }

    /// <summary>MAA with one vector (TS 29.229 6.1.8).</summary>
    public static DiameterDraft MultimediaAuthAnswer(DiameterDraft draft, SipIdentitySet user, AkaVector vector)
    {
        Span<byte> challenge = stackalloc byte[vector.Rand.Length + vector.Autn.Length];
        vector.Rand.CopyTo(challenge);
        vector.Autn.CopyTo(challenge[vector.Rand.Length..]);
        return Put(draft, user).Put(Ts29229.SipNumberAuthItems, 1).BeginGroup(Ts29229.SipAuthDataItem)
            .Put(Ts29229.SipItemNumber, 1).Put(Ts29229.SipAuthenticationScheme, DigestAkav1Md5)
            .Put(Ts29229.SipAuthenticate, challenge).Put(Ts29229.SipAuthorization, vector.Xres)
            .Put(Ts29229.ConfidentialityKey, vector.Ck).Put(Ts29229.IntegrityKey, vector.Ik).EndGroup();
    }

    /// <summary>SAR (TS 29.229 6.1.3).</summary>
    public static DiameterDraft ServerAssignmentRequest(
        DiameterDraft draft, SipIdentitySet user, string serverName, uint assignmentType, bool hasUserData = false) =>
        Put(draft, user).Put(Ts29229.ServerName, serverName).Put(Ts29229.ServerAssignmentType, assignmentType)
            .Put(Ts29229.UserDataAlreadyAvailable, hasUserData ? 1u : 0u);

    /// <summary>SAA (TS 29.229 6.1.4).</summary>
    /// <param name="draft">Head of the answer.</param>
    /// <param name="user">Private user identity.</param>
    /// <param name="userData">The user profile, XML; empty for none.</param>
    public static DiameterDraft ServerAssignmentAnswer(DiameterDraft draft, PrivateUserIdentity user,
        ReadOnlySpan<byte> userData)
    {
        draft.Put(Rfc6733.UserName, user.Value);
        return userData.IsEmpty ? draft : draft.Put(Ts29229.UserData, userData);
    }

    /// <summary>LIR (TS 29.229 6.1.5).</summary>
    public static DiameterDraft LocationInfoRequest(DiameterDraft draft, PublicUserIdentity user,
        bool isOriginating = false)
    {
        if (isOriginating) draft.Put(Ts29229.OriginatingRequest, 0u);
        return draft.Put(Ts29229.PublicIdentity, user.Value);
    }

    /// <summary>LIA (TS 29.229 6.1.6).</summary>
    public static DiameterDraft LocationInfoAnswer(DiameterDraft draft, string? serverName) =>
        UserAuthorizationAnswer(draft, serverName);

    private static DiameterDraft Put(DiameterDraft draft, SipIdentitySet user) =>
        draft.Put(Rfc6733.UserName, user.Private.Value).Put(Ts29229.PublicIdentity, user.Public.Value);
}

/// <summary>What every Cx request begins with.</summary>
/// <param name="SessionId">Unique for ever.</param>
/// <param name="Host">Origin-Host.</param>
/// <param name="Realm">Origin-Realm.</param>
/// <param name="DestinationRealm">Where to.</param>
/// <param name="DestinationHost">To whom, or null.</param>
/// <param name="HopByHop">Own to the connection.</param>
/// <param name="EndToEnd">Own to the host for four minutes.</param>
public readonly record struct RequestHead(
    string SessionId, DiameterIdentity Host, DiameterIdentity Realm, DiameterIdentity DestinationRealm,
    DiameterIdentity? DestinationHost = null, uint HopByHop = 0, uint EndToEnd = 0);

/// <summary>One authentication vector of UMTS AKA (TS 33.203 6.1).</summary>
/// <param name="rand">16 octets.</param>
/// <param name="autn">16 octets.</param>
/// <param name="xres">4 to 16 octets.</param>
/// <param name="ck">16 octets.</param>
/// <param name="ik">16 octets.</param>
public readonly ref struct AkaVector(
    ReadOnlySpan<byte> rand, ReadOnlySpan<byte> autn, ReadOnlySpan<byte> xres, ReadOnlySpan<byte> ck,
        ReadOnlySpan<byte> ik)
{
    /// <summary>Challenge.</summary>
    public ReadOnlySpan<byte> Rand { get; } = rand;

    /// <summary>Authentication token.</summary>
    public ReadOnlySpan<byte> Autn { get; } = autn;

    /// <summary>Expected response.</summary>
    public ReadOnlySpan<byte> Xres { get; } = xres;

    /// <summary>Confidentiality key.</summary>
    public ReadOnlySpan<byte> Ck { get; } = ck;

    /// <summary>Integrity key.</summary>
    public ReadOnlySpan<byte> Ik { get; } = ik;
}
