namespace McConformance.Wire.Diameter.Dictionary;

/// <summary>What the types of RFC 6733 4.2 and 4.3 ask.</summary>
internal static class AvpTypes
{
    /// <summary>Fewest octets of data.</summary>
    public static int LengthMin(this AvpType type) => type switch
    {
        AvpType.Unsigned32 or AvpType.Enumerated or AvpType.Time => 4,
        AvpType.Unsigned64 => 8,
        AvpType.Address => 6,
        _ => 0,
    };

    /// <summary>True where the data can have this length.</summary>
    public static bool Fits(this AvpType type, int length) => type switch
    {
        AvpType.Unsigned32 or AvpType.Enumerated or AvpType.Time => length == 4,
        AvpType.Unsigned64 => length == 8,
        AvpType.Address => length >= 2,
        _ => true,
    };
}
