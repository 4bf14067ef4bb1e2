namespace McConformance.Wire.Identities;

/// <summary>Identity of a user of an MC service, a URI whose domain is the MC system (TS 23.280 8.1.2).</summary>
public readonly record struct McServiceId(string Value)
{
    /// <summary>The MC system at which this user is at home: the domain part; empty for a tel URI.</summary>
    public McSystemId System => new(McUri.Domain(Value).ToString());

    /// <summary>Reads an identity; false where it is no URI, or a SIP URI without user or host.</summary>
    public static bool TryRead(string text, out McServiceId id)
    {
        id = new McServiceId(text);
        return McUri.IsWellFormed(text);
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
