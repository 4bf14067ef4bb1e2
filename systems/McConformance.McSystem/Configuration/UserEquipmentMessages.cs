using McConformance.Wire.Documents;
using McConformance.Wire.Identities;

namespace McConformance.McSystem.Configuration;

/// <summary>Answer to a UE file: the UE that was made of it.</summary>
/// <param name="Id">What further requests name it by.</param>
/// <param name="Endpoints">Where it takes SIP. All that it sends must come from addresses that stand here.</param>
public sealed record ProvisionedUserEquipment(string Id, List<EndpointSettings> Endpoints);

/// <summary>A user presses a button. Which one stands in the path; here is what the user chooses or types with
/// it.</summary>
public sealed record UserAction
{
    /// <summary>Who: a user of the file. Null where the button is the UE's own.</summary>
    public string? User { get; init; }

    /// <summary>Domain of the MC system that it is about.</summary>
    public string? System { get; init; }

    /// <summary>Index of a profile.</summary>
    public ProfileIndex? Profile { get; init; }

    /// <summary>What the user types; null for the right one.</summary>
    public string? Password { get; init; }

    /// <summary>Wanted life of a binding in seconds; 0 takes it away.</summary>
    public int? Expires { get; init; }

    /// <summary>Identities that were told after the UE was provisioned; null for those of the file.</summary>
    public ConnectivitySettings? Identities { get; init; }

    /// <summary>To whom.</summary>
    public McServiceId? To { get; init; }

    /// <summary>A text for that user.</summary>
    public string? Text { get; init; }

    /// <summary>A group.</summary>
    public McGroupId? Group { get; init; }

    /// <summary>Where the UE is: the network that serves it, digits.</summary>
    public string? Plmn { get; init; }

    /// <summary>Where the UE is: an area, as the operators agree on them.</summary>
    public string? Area { get; init; }
}

/// <summary>What the user is told.</summary>
public sealed record UserActionAnswer
{
    /// <summary>It succeeded.</summary>
    public bool IsDone { get; init; }

    /// <summary>SIP or HTTP status that decided; 0 where nothing was sent or no answer came.</summary>
    public int StatusCode { get; init; }

    /// <summary>Why not.</summary>
    public string? Reason { get; init; }

    /// <summary>Text of a Warning.</summary>
    public string? Warning { get; init; }

    /// <summary>Result and identities of migration service authorization.</summary>
    public MigrationExtension? Migration { get; init; }

    /// <summary>A document that was asked for.</summary>
    public string? Document { get; init; }

    /// <summary>The network is not genuine: its challenge was not made with the ISIM's key.</summary>
    public bool IsNetworkNotGenuine { get; init; }

    /// <summary>Nothing was sent: the UE has no connectivity information for the MC system.</summary>
    public bool HasNoConnectivity { get; init; }

    /// <summary>What the display shows of the user since; null where the button was the UE's own.</summary>
    public UserDisplay? Display { get; init; }
}

/// <summary>What a UE shows of a user. What is left out is not told, and what rests on it is inconclusive.</summary>
public sealed record UserDisplay
{
    /// <summary>Identity at the partner; left out before authentication there.</summary>
    public McServiceId? PartnerId { get; init; }

    /// <summary>Access token of the primary; empty before signing in.</summary>
    public string? AccessToken { get; init; }

    /// <summary>Access token of the partner; empty before authentication there.</summary>
    public string? PartnerAccessToken { get; init; }

    /// <summary>Groups that were obtained.</summary>
    public List<GroupDocument>? Groups { get; init; }

    /// <summary>Name of the partner's profile in use; empty where there is none.</summary>
    public string? PartnerProfile { get; init; }

    /// <summary>Actions that it allows, by their elements (TS 24.484 8.3.2.1).</summary>
    public List<string>? PartnerActions { get; init; }

    /// <summary>Actions that the primary's profile in use allows.</summary>
    public List<string>? HomeActions { get; init; }

    /// <summary>What was last said of the verification of an offline migration; left out where nothing was.</summary>
    public MigrationExtension? Verification { get; init; }

    /// <summary>Short data that came, in order.</summary>
    public List<ReceivedText>? Inbox { get; init; }
}

/// <summary>Short data that came.</summary>
/// <param name="From">Of whom.</param>
/// <param name="Text">What.</param>
public sealed record ReceivedText(McServiceId From, string Text);
