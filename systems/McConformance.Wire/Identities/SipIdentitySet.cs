namespace McConformance.Wire.Identities;

/// <summary>A set of SIP identities of one SIP core: what TS 23.280 7.4.2.2.11 configures in a migration management server.</summary>
/// <param name="Private">Private user identity.</param>
/// <param name="Public">Public user identity that goes with it.</param>
public readonly record struct SipIdentitySet(PrivateUserIdentity Private, PublicUserIdentity Public)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Private} / {Public}";
}
