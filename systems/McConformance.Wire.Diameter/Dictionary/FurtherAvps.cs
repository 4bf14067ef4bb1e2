namespace McConformance.Wire.Diameter.Dictionary;

/// <summary>AVPs that nothing here writes, so that they are named and judged when a peer does: accounting and
/// authorization of RFC 6733 8 and 9, what TS 29.229 6.3 took from HTTP digest, and its later additions.</summary>
internal static class FurtherAvps
{
    private const uint Gpp = 10415;

    public static readonly AvpDefinition[] All =
    [
        new(27, 0, "Session-Timeout", AvpType.Unsigned32, 0x40),
        new(44, 0, "Acct-Session-Id", AvpType.OctetString, 0x40),
        new(50, 0, "Acct-Multi-Session-Id", AvpType.Utf8String, 0x40),
        new(85, 0, "Acct-Interim-Interval", AvpType.Unsigned32, 0x40),
        new(104, 0, "Digest-Realm", AvpType.Utf8String, 0x40),
        new(110, 0, "Digest-QoP", AvpType.Utf8String, 0x40),
        new(111, 0, "Digest-Algorithm", AvpType.Utf8String, 0x40),
        new(121, 0, "Digest-HA1", AvpType.Utf8String, 0x40),
        new(274, 0, "Auth-Request-Type", AvpType.Enumerated, 0x40),
        new(287, 0, "Accounting-Sub-Session-Id", AvpType.Unsigned64, 0x40),
        new(480, 0, "Accounting-Record-Type", AvpType.Enumerated, 0x40),
        new(483, 0, "Accounting-Realtime-Required", AvpType.Enumerated, 0x40),
        new(485, 0, "Accounting-Record-Number", AvpType.Unsigned32, 0x40),
        new(640, Gpp, "Path", AvpType.OctetString, 0x80),
        new(641, Gpp, "Contact", AvpType.OctetString, 0x80),
        new(642, Gpp, "Subscription-Info", AvpType.Grouped, 0x80),
        new(643, Gpp, "Call-ID-SIP-Header", AvpType.OctetString, 0x80),
        new(644, Gpp, "From-SIP-Header", AvpType.OctetString, 0x80),
        new(645, Gpp, "To-SIP-Header", AvpType.OctetString, 0x80),
        new(646, Gpp, "Record-Route", AvpType.OctetString, 0x80),
        new(647, Gpp, "Associated-Registered-Identities", AvpType.Grouped, 0x80),
        new(648, Gpp, "Multiple-Registration-Indication", AvpType.Enumerated, 0x80),
        new(649, Gpp, "Restoration-Info", AvpType.Grouped, 0x80),
        new(650, Gpp, "Session-Priority", AvpType.Enumerated, 0x80),
        new(651, Gpp, "Identity-with-Emergency-Registration", AvpType.Grouped, 0x80),
        new(654, Gpp, "Initial-CSeq-Sequence-Number", AvpType.Unsigned32, 0x80),
    ];
}
