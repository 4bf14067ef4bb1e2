namespace McConformance.Wire.Identities;

/// <summary>Application identity of an MC system: the domain part of the MC service IDs for which it is primary
/// (TR 23.781 6.1.1 NOTE 3). Compared without case, as domain names are.</summary>
public readonly record struct McSystemId(string Value)
{
    /// <summary>Reads a domain name; false where it is empty, over 253 characters, or has others than letters, digits,
    /// '-' and '.'.</summary>
    public static bool TryRead(string text, out McSystemId id)
    {
        id = new McSystemId(text);
        if (text.Length is 0 or > 253 || text[0] is '.' or '-' || text[^1] == '-') return false;
        foreach (var c in text)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.')) return false;
        return !text.Contains("..", StringComparison.Ordinal);
    }

    /// <summary>Same domain; case does not matter.</summary>
    public bool Equals(McSystemId other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override int GetHashCode() => Value is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
