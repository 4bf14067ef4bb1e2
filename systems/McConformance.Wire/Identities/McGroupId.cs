namespace McConformance.Wire.Identities;

/// <summary>Identity of an MC service group, a URI whose domain is the MC system that defines the group
/// (TS 23.280 8.1.3).</summary>
public readonly record struct McGroupId(string Value)
{
    /// <summary>The MC system that defines the group: the domain part; empty for a <c>tel</c> URI.</summary>
    public McSystemId System => new(McUri.Domain(Value).ToString());

    /// <summary>Reads an identity; false where it is no URI, or a SIP URI without user or host.</summary>
    public static bool TryRead(string text, out McGroupId id)
    {
        id = new McGroupId(text);
        return McUri.IsWellFormed(text);
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
