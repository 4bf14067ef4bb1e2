namespace McConformance.Reports.Decoding;

/// <summary>How an AVP's octets are printed.</summary>
internal enum AvpType
{
    /// <summary>Octets.</summary>
    Octets,

    /// <summary>UTF-8 text, identities and URIs included.</summary>
    Text,

    /// <summary>Unsigned32 and Enumerated.</summary>
    Unsigned,

    /// <summary>Address.</summary>
    Address,

    /// <summary>AVPs inside.</summary>
    Grouped,
}

/// <summary>Names and types of the AVPs that Cx messages carry (RFC 6733 4.5, TS 29.229 6.3).</summary>
internal static class AvpNames
{
    private const uint Tgpp = 10415;

    private static readonly Dictionary<(uint Code, uint Vendor), (string, AvpType)> Names = new()
    {
        [(1, 0)] = ("User-Name", AvpType.Text),
        [(257, 0)] = ("Host-IP-Address", AvpType.Address),
        [(258, 0)] = ("Auth-Application-Id", AvpType.Unsigned),
        [(259, 0)] = ("Acct-Application-Id", AvpType.Unsigned),
        [(260, 0)] = ("Vendor-Specific-Application-Id", AvpType.Grouped),
        [(263, 0)] = ("Session-Id", AvpType.Text),
        [(264, 0)] = ("Origin-Host", AvpType.Text),
        [(265, 0)] = ("Supported-Vendor-Id", AvpType.Unsigned),
        [(266, 0)] = ("Vendor-Id", AvpType.Unsigned),
        [(267, 0)] = ("Firmware-Revision", AvpType.Unsigned),
        [(268, 0)] = ("Result-Code", AvpType.Unsigned),
        [(269, 0)] = ("Product-Name", AvpType.Text),
        [(273, 0)] = ("Disconnect-Cause", AvpType.Unsigned),
        [(277, 0)] = ("Auth-Session-State", AvpType.Unsigned),
        [(278, 0)] = ("Origin-State-Id", AvpType.Unsigned),
        [(279, 0)] = ("Failed-AVP", AvpType.Grouped),
        [(280, 0)] = ("Proxy-Host", AvpType.Text),
        [(281, 0)] = ("Error-Message", AvpType.Text),
        [(282, 0)] = ("Route-Record", AvpType.Text),
        [(283, 0)] = ("Destination-Realm", AvpType.Text),
        [(284, 0)] = ("Proxy-Info", AvpType.Grouped),
        [(293, 0)] = ("Destination-Host", AvpType.Text),
        [(294, 0)] = ("Error-Reporting-Host", AvpType.Text),
        [(296, 0)] = ("Origin-Realm", AvpType.Text),
        [(297, 0)] = ("Experimental-Result", AvpType.Grouped),
        [(298, 0)] = ("Experimental-Result-Code", AvpType.Unsigned),
        [(299, 0)] = ("Inband-Security-Id", AvpType.Unsigned),
        [(600, Tgpp)] = ("Visited-Network-Identifier", AvpType.Text),
        [(601, Tgpp)] = ("Public-Identity", AvpType.Text),
        [(602, Tgpp)] = ("Server-Name", AvpType.Text),
        [(603, Tgpp)] = ("Server-Capabilities", AvpType.Grouped),
        [(606, Tgpp)] = ("User-Data", AvpType.Text),
        [(607, Tgpp)] = ("SIP-Number-Auth-Items", AvpType.Unsigned),
        [(608, Tgpp)] = ("SIP-Authentication-Scheme", AvpType.Text),
        [(609, Tgpp)] = ("SIP-Authenticate", AvpType.Octets),
        [(610, Tgpp)] = ("SIP-Authorization", AvpType.Octets),
        [(612, Tgpp)] = ("SIP-Auth-Data-Item", AvpType.Grouped),
        [(613, Tgpp)] = ("SIP-Item-Number", AvpType.Unsigned),
        [(614, Tgpp)] = ("Server-Assignment-Type", AvpType.Unsigned),
        [(623, Tgpp)] = ("User-Authorization-Type", AvpType.Unsigned),
        [(624, Tgpp)] = ("User-Data-Already-Available", AvpType.Unsigned),
        [(625, Tgpp)] = ("Confidentiality-Key", AvpType.Octets),
        [(626, Tgpp)] = ("Integrity-Key", AvpType.Octets),
        [(628, Tgpp)] = ("Supported-Features", AvpType.Grouped),
        [(629, Tgpp)] = ("Feature-List-ID", AvpType.Unsigned),
        [(630, Tgpp)] = ("Feature-List", AvpType.Unsigned),
    };

    /// <summary>Name and type; the code itself where it is unknown.</summary>
    public static (string Name, AvpType Type) Find(uint code, uint vendor) =>
        Names.TryGetValue((code, vendor), out var known) ? known
            : (vendor == 0 ? $"AVP {code}" : $"AVP {code} of vendor {vendor}", AvpType.Octets);
}
