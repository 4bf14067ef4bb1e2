namespace McConformance.Wire.Identities;

/// <summary>DiameterIdentity: host name of a Diameter node, or a realm (RFC 6733 4.3.1). Compared without case.</summary>
public readonly record struct DiameterIdentity(string Value)
{
    /// <summary>Same host name or realm; case does not matter in domain names.</summary>
    public bool Equals(DiameterIdentity other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
