namespace McConformance.Wire.Diameter.Dictionary;

/// <summary>A command: its code, application and name, and the AVPs without which it cannot be.</summary>
/// <param name="Code">Command code.</param>
/// <param name="Application">Application id; 0 for the base protocol.</param>
/// <param name="Name">Without Request and Answer.</param>
/// <param name="Required">What a request must hold (TS 29.229 6.1, RFC 6733).</param>
public sealed record CommandDefinition(uint Code, uint Application, string Name, AvpDefinition[] Required);

/// <summary>Everything that is known of codes, for reading and for judging.</summary>
public static class DiameterDictionary
{
    private static readonly Dictionary<(uint, uint), AvpDefinition> Avps =
        Rfc6733.All.Concat(Ts29229.All).Concat(Ts29329.All).ToDictionary(a => (a.Code, a.Vendor));

    private static readonly AvpDefinition[] Session =
        [Rfc6733.SessionId, Rfc6733.VendorSpecificApplicationId, Rfc6733.AuthSessionState, Rfc6733.OriginHost, Rfc6733.OriginRealm];

    private static readonly Dictionary<uint, CommandDefinition> Commands = new CommandDefinition[]
    {
        new(Rfc6733.CapabilitiesExchange, 0, "Capabilities-Exchange",
            [Rfc6733.OriginHost, Rfc6733.OriginRealm, Rfc6733.HostIPAddress, Rfc6733.VendorId, Rfc6733.ProductName]),
        new(Rfc6733.ReAuth, 0, "Re-Auth", []),
        new(Rfc6733.AbortSession, 0, "Abort-Session", []),
        new(Rfc6733.SessionTermination, 0, "Session-Termination", []),
        new(Rfc6733.DeviceWatchdog, 0, "Device-Watchdog", [Rfc6733.OriginHost, Rfc6733.OriginRealm]),
        new(Rfc6733.DisconnectPeer, 0, "Disconnect-Peer", [Rfc6733.OriginHost, Rfc6733.OriginRealm, Rfc6733.DisconnectCause]),
        new(Ts29229.UserAuthorization, Ts29229.Application, "User-Authorization",
            [.. Session, Rfc6733.DestinationRealm, Rfc6733.UserName, Ts29229.PublicIdentity, Ts29229.VisitedNetworkIdentifier]),
        new(Ts29229.ServerAssignment, Ts29229.Application, "Server-Assignment",
            [.. Session, Rfc6733.DestinationRealm, Ts29229.ServerName, Ts29229.ServerAssignmentType, Ts29229.UserDataAlreadyAvailable]),
        new(Ts29229.LocationInfo, Ts29229.Application, "Location-Info", [.. Session, Rfc6733.DestinationRealm, Ts29229.PublicIdentity]),
        new(Ts29229.MultimediaAuth, Ts29229.Application, "Multimedia-Auth",
            [.. Session, Rfc6733.DestinationRealm, Rfc6733.UserName, Ts29229.PublicIdentity, Ts29229.SipAuthDataItem, Ts29229.SipNumberAuthItems, Ts29229.ServerName]),
        new(Ts29229.RegistrationTermination, Ts29229.Application, "Registration-Termination", Session),
        new(Ts29229.PushProfile, Ts29229.Application, "Push-Profile", Session),
        new(Ts29329.UserData, Ts29329.Application, "User-Data", Session),
        new(Ts29329.ProfileUpdate, Ts29329.Application, "Profile-Update", Session),
        new(Ts29329.SubscribeNotifications, Ts29329.Application, "Subscribe-Notifications", Session),
        new(Ts29329.PushNotification, Ts29329.Application, "Push-Notification", Session),
    }.ToDictionary(c => c.Code);

    /// <summary>The AVP of a code, or null.</summary>
    public static AvpDefinition? Find(uint code, uint vendor) => Avps.GetValueOrDefault((code, vendor));

    /// <summary>The command of a code, or null.</summary>
    public static CommandDefinition? Command(uint code) => Commands.GetValueOrDefault(code);

    /// <summary>A command as people say it: <c>Multimedia-Auth-Request</c>.</summary>
    public static string NameOf(uint command, bool isRequest) =>
        $"{Command(command)?.Name ?? $"Command {command}"}-{(isRequest ? "Request" : "Answer")}";

    /// <summary>The name of a result code, or null.</summary>
    public static string? ResultName(uint code, bool isExperimental) => Results.GetValueOrDefault((code, isExperimental));

    private static readonly Dictionary<(uint, bool), string> Results = Names(typeof(Rfc6733), false).Concat(Names(typeof(Ts29229), true))
        .GroupBy(n => n.Key).ToDictionary(g => g.Key, g => g.First().Value);

    private static IEnumerable<KeyValuePair<(uint, bool), string>> Names(Type document, bool isExperimental)
    {
        foreach (var field in document.GetFields())
            if (field.IsLiteral && field.Name.StartsWith("DIAMETER_", StringComparison.Ordinal))
                yield return new KeyValuePair<(uint, bool), string>(((uint)field.GetRawConstantValue()!, isExperimental), field.Name);
    }
}
