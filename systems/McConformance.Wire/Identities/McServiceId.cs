namespace McConformance.Wire.Identities;

/// <summary>Identity of a user of an MC service, a URI whose domain is the MC system (TS 23.280 8.1.2).</summary>
public readonly record struct McServiceId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
