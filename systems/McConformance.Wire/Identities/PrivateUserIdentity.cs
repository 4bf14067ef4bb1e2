namespace McConformance.Wire.Identities;

/// <summary>IMS private user identity, <c>user@realm</c>, no scheme (TS 23.003 13.3).</summary>
public readonly record struct PrivateUserIdentity(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
