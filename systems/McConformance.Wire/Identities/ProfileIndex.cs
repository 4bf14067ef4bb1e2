using System.Globalization;

namespace McConformance.Wire.Identities;

/// <summary>Index of an MC service user profile among those of one user, 0 to 255 (TS 24.484 8.3.2.3).</summary>
public readonly record struct ProfileIndex(byte Value)
{
    /// <summary>Reads 0 to 255 in decimal digits; false for anything else.</summary>
    public static bool TryRead(string text, out ProfileIndex index)
    {
        var read = byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        index = new ProfileIndex(value);
        return read;
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
