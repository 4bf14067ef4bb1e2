namespace McConformance.Wire.Diameter.Dictionary;

/// <summary>Data types of AVPs (RFC 6733 4.2 and 4.3).</summary>
public enum AvpType
{
    /// <summary>Any octets.</summary>
    OctetString,

    /// <summary>UTF-8 text.</summary>
    Utf8String,

    /// <summary>Host name or realm.</summary>
    DiameterIdentity,

    /// <summary>aaa:// URI.</summary>
    DiameterUri,

    /// <summary>Four octets.</summary>
    Unsigned32,

    /// <summary>Eight octets.</summary>
    Unsigned64,

    /// <summary>Four octets, one of named values.</summary>
    Enumerated,

    /// <summary>Address family and address.</summary>
    Address,

    /// <summary>Seconds since 1900.</summary>
    Time,

    /// <summary>AVPs.</summary>
    Grouped,
}

/// <summary>One AVP of a dictionary.</summary>
/// <param name="Code">AVP code.</param>
/// <param name="Vendor">0 for IETF, 10415 for 3GPP.</param>
/// <param name="Name">As in its document.</param>
/// <param name="Type">Data type.</param>
/// <param name="Flags">Flags to send: 0x40 for M, 0x80 for V.</param>
public sealed record AvpDefinition(uint Code, uint Vendor, string Name, AvpType Type, byte Flags);
