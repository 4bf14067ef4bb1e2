namespace McConformance.Wire.Diameter.Dictionary;

/// <summary>Names of the values of Enumerated AVPs (RFC 6733 4.3.1, 5.4.3, 8 and TS 29.229 6.3).</summary>
internal static class EnumeratedValues
{
    private static readonly Dictionary<(uint Code, uint Vendor), (uint First, string[] Names)> All = new()
    {
        [(261, 0)] = (0, ["DONT_CACHE", "ALL_SESSION", "ALL_REALM", "REALM_AND_APPLICATION", "ALL_APPLICATION",
            "ALL_HOST", "ALL_USER"]),
        [(271, 0)] = (0, ["REFUSE_SERVICE", "TRY_AGAIN", "ALLOW_SERVICE", "TRY_AGAIN_ALLOW_SERVICE"]),
        [(273, 0)] = (0, ["REBOOTING", "BUSY", "DO_NOT_WANT_TO_TALK_TO_YOU"]),
        [(274, 0)] = (1, ["AUTHENTICATE_ONLY", "AUTHORIZE_ONLY", "AUTHORIZE_AUTHENTICATE"]),
        [(277, 0)] = (0, ["STATE_MAINTAINED", "NO_STATE_MAINTAINED"]),
        [(285, 0)] = (0, ["AUTHORIZE_ONLY", "AUTHORIZE_AUTHENTICATE"]),
        [(295, 0)] = (1,
        [
            "DIAMETER_LOGOUT", "DIAMETER_SERVICE_NOT_PROVIDED", "DIAMETER_BAD_ANSWER", "DIAMETER_ADMINISTRATIVE",
            "DIAMETER_LINK_BROKEN", "DIAMETER_AUTH_EXPIRED", "DIAMETER_USER_MOVED", "DIAMETER_SESSION_TIMEOUT",
        ]),
        [(614, 10415)] = (0,
        [
            "NO_ASSIGNMENT", "REGISTRATION", "RE_REGISTRATION", "UNREGISTERED_USER", "TIMEOUT_DEREGISTRATION",
            "USER_DEREGISTRATION", "TIMEOUT_DEREGISTRATION_STORE_SERVER_NAME", "USER_DEREGISTRATION_STORE_SERVER_NAME",
            "ADMINISTRATIVE_DEREGISTRATION", "AUTHENTICATION_FAILURE", "AUTHENTICATION_TIMEOUT",
            "DEREGISTRATION_TOO_MUCH_DATA", "AAA_USER_DATA_REQUEST", "PGW_UPDATE", "RESTORATION",
        ]),
        [(616, 10415)] = (0, ["PERMANENT_TERMINATION", "NEW_SERVER_ASSIGNED", "SERVER_CHANGE", "REMOVE_S-CSCF"]),
        [(623, 10415)] = (0, ["REGISTRATION", "DE_REGISTRATION", "REGISTRATION_AND_CAPABILITIES"]),
        [(624, 10415)] = (0, ["USER_DATA_NOT_AVAILABLE", "USER_DATA_ALREADY_AVAILABLE"]),
        [(633, 10415)] = (0, ["ORIGINATING"]),
        [(638, 10415)] = (0, ["LOOSE_ROUTE_NOT_REQUIRED", "LOOSE_ROUTE_REQUIRED"]),
        [(648, 10415)] = (0, ["NOT_MULTIPLE_REGISTRATION", "MULTIPLE_REGISTRATION"]),
        [(650, 10415)] = (0, ["PRIORITY-0", "PRIORITY-1", "PRIORITY-2", "PRIORITY-3", "PRIORITY-4"]),
    };

    /// <summary>The name, or null; <paramref name="isKnown"/> tells whether the AVP's values are listed at
    /// all.</summary>
    public static string? Name(uint code, uint vendor, uint value, out bool isKnown)
    {
        isKnown = All.TryGetValue((code, vendor), out var values);
        return isKnown && value >= values.First && value - values.First < values.Names.Length
            ? values.Names[value - values.First]
            : null;
    }
}
