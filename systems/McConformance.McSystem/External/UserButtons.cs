namespace McConformance.McSystem.External;

/// <summary>The buttons of a UE, as paths of the operator port name them.</summary>
internal static class UserButtons
{
    /// <summary>Registers with an MC system's SIP core, or leaves it: system, expires.</summary>
    public const string Registration = "registration";

    /// <summary>Signs in at home: user, password.</summary>
    public const string SignIn = "sign-in";

    /// <summary>Obtains a profile of the primary: user, profile.</summary>
    public const string ObtainProfile = "obtain-profile";

    /// <summary>Chooses a partner: user, system.</summary>
    public const string ChoosePartner = "choose-partner";

    /// <summary>Obtains a credential to migrate offline: user.</summary>
    public const string ObtainCredential = "obtain-credential";

    /// <summary>Presents it in another MC system than the chosen one: user, system.</summary>
    public const string PresentCredential = "present-credential";

    /// <summary>Authenticates to the partner: user.</summary>
    public const string Authenticate = "authenticate";

    /// <summary>Registers at the SIP core of the chosen partner: user.</summary>
    public const string Migrate = "migrate";

    /// <summary>Obtains a profile of the partner: user, profile.</summary>
    public const string ObtainPartnerProfile = "obtain-partner-profile";

    /// <summary>Subscribes to its changes: user.</summary>
    public const string Subscribe = "subscribe";

    /// <summary>Obtains the groups of that profile: user.</summary>
    public const string ObtainGroups = "obtain-groups";

    /// <summary>Asks for migration service authorization: user, profile.</summary>
    public const string RequestService = "request-service";

    /// <summary>Ends service at the partner: user.</summary>
    public const string EndService = "end-service";

    /// <summary>Asks for service authorization at home: user, profile.</summary>
    public const string RequestServiceAtHome = "request-service-at-home";

    /// <summary>Ends service at home: user.</summary>
    public const string EndServiceAtHome = "end-service-at-home";

    /// <summary>Asks for connection details of a partner: user, plmn, area, system.</summary>
    public const string ConnectionDetails = "connection-details";

    /// <summary>Sends short data: user, system, to, text.</summary>
    public const string SendShortData = "send-short-data";

    /// <summary>Invites to a private call: user, system, to.</summary>
    public const string Call = "call";

    /// <summary>Affiliates to a group: user, system, group.</summary>
    public const string Affiliate = "affiliate";

    /// <summary>Looks at the display: user.</summary>
    public const string Look = "look";
}
