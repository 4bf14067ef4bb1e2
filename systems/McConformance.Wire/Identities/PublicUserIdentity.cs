namespace McConformance.Wire.Identities;

/// <summary>IMS public user identity, a SIP or tel URI (TS 23.003 13.4).</summary>
public readonly record struct PublicUserIdentity(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
