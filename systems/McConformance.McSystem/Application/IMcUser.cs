using McConformance.Wire.Documents;
using McConformance.Wire.Identities;

namespace McConformance.McSystem.Application;

/// <summary>What a user is told of one step.</summary>
/// <param name="IsDone">It succeeded.</param>
/// <param name="StatusCode">Status that decided; 0 where nothing was sent or no answer came.</param>
/// <param name="Reason">Why not.</param>
public sealed record UserTold(bool IsDone, int StatusCode, string Reason);

/// <summary>What a user is told of service.</summary>
/// <param name="StatusCode">SIP status; 0 where nothing was sent or no answer came.</param>
/// <param name="Warning">Text of the Warning.</param>
/// <param name="Migration">Identities and result that came with it; null where none.</param>
public sealed record ServiceTold(int StatusCode, string Warning, MigrationExtension? Migration);

/// <summary>What a user is told of a document.</summary>
/// <param name="StatusCode">HTTP status; 0 where no answer came.</param>
/// <param name="ETag">Entity tag with its quotes; null where none.</param>
/// <param name="Octets">The document, or what stands in its place; empty where none.</param>
public sealed record DocumentTold(int StatusCode, string? ETag, ReadOnlyMemory<byte> Octets);

/// <summary>A user with one MC service on a UE, whoever runs the UE: what the user does and is told.</summary>
public interface IMcUser
{
    /// <summary>The user's identity at home.</summary>
    McServiceId PrimaryId { get; }

    /// <summary>The user's identity at the partner; null before authentication there.</summary>
    McServiceId? PartnerId { get; }

    /// <summary>Access token of the primary; empty before signing in.</summary>
    string AccessToken { get; }

    /// <summary>Access token of the partner; empty before authentication there.</summary>
    string PartnerAccessToken { get; }

    /// <summary>Groups that the UE has obtained, with their priority.</summary>
    IReadOnlyList<GroupDescription> Groups { get; }

    /// <summary>Name of the partner's profile in use; empty where there is none.</summary>
    string PartnerProfileName { get; }

    /// <summary>Actions that the partner's profile in use allows.</summary>
    IReadOnlyCollection<string> PartnerActions { get; }

    /// <summary>Actions that the primary's profile in use allows.</summary>
    IReadOnlyCollection<string> HomeActions { get; }

    /// <summary>What was last said of the verification of an offline migration; null where nothing was.</summary>
    MigrationExtension? Verification { get; }

    /// <summary>Short data that came, in order: sender and text.</summary>
    IReadOnlyList<(McServiceId From, string Text)> Inbox { get; }

    /// <summary>Looks at the display: what is told above is of now.</summary>
    Task LookAsync();

    /// <summary>Signs in at home.</summary>
    /// <param name="password">Another password than the user's; null for the user's.</param>
    Task<UserTold> SignInAsync(string? password = null);

    /// <summary>Obtains a profile of the primary.</summary>
    Task<UserTold> ObtainProfileAsync(byte index);

    /// <summary>Chooses a partner.</summary>
    Task<UserTold> SelectAsync(string partner);

    /// <summary>Obtains a credential to migrate while the primary cannot be reached.</summary>
    Task<UserTold> ObtainOfflineCredentialAsync();

    /// <summary>Presents that credential in another MC system than the chosen one.</summary>
    Task<UserTold> PresentElsewhereAsync(string system);

    /// <summary>Ends service at home.</summary>
    Task<ServiceTold> EndAtHomeAsync();

    /// <summary>Authenticates to the partner.</summary>
    Task<UserTold> AuthenticateAsync();

    /// <summary>Registers at the partner's SIP core.</summary>
    Task<UserTold> RegisterAsync();

    /// <summary>Obtains a profile of the partner.</summary>
    Task<UserTold> ObtainPartnerProfileAsync(byte index);

    /// <summary>Subscribes to changes of it.</summary>
    Task<UserTold> SubscribeAsync();

    /// <summary>Obtains the groups of that profile.</summary>
    Task<UserTold> ObtainGroupsAsync();

    /// <summary>Asks for migration service authorization with a profile of the primary.</summary>
    Task<ServiceTold> AuthorizeAsync(byte profile);

    /// <summary>The same with other contents than the user's.</summary>
    Task<ServiceTold> AuthorizeAsync(MigrationExtension contents, string? token = null);

    /// <summary>The same with another body.</summary>
    Task<ServiceTold> AuthorizeAsync(ReadOnlyMemory<byte> info, byte profile);

    /// <summary>Ends service at the partner.</summary>
    Task<ServiceTold> EndAsync();

    /// <summary>Asks for service authorization at home.</summary>
    Task<ServiceTold> AuthorizeAtHomeAsync(byte profile);

    /// <summary>Asks the primary for connection details of a partner (TR 23.781 6.2.1 step 1).</summary>
    /// <param name="body">The request.</param>
    /// <param name="token">Another access token than the user's; null for the user's.</param>
    Task<(int StatusCode, string Body)> AskConnectionDetailsAsync(string body, string? token = null);

    /// <summary>Fetches any document with any token.</summary>
    Task<UserTold> FetchAsync(string uri, string token);

    /// <summary>Sends short data to a user, from the MC system that serves this one.</summary>
    Task<ServiceTold> SendShortDataAsync(string system, McServiceId to, string text, DateTimeOffset at);

    /// <summary>Invites a user to a private call, from the MC system that serves this one.</summary>
    Task<ServiceTold> InviteAsync(string system, McServiceId to);

    /// <summary>Affiliates to a group, from the MC system that serves this user.</summary>
    Task<ServiceTold> AffiliateAsync(string system, McGroupId group);

    /// <summary>Reads a document of a configuration management server.</summary>
    /// <param name="system">Domain of the MC system.</param>
    /// <param name="selector">From the AUID on, escaped.</param>
    /// <param name="token">Access token; empty for none.</param>
    Task<DocumentTold> ReadAsync(string system, string selector, string token);

    /// <summary>Reads a group of an MC system's group management server (CSC-2).</summary>
    Task<DocumentTold> ReadGroupAsync(string system, McGroupId group, string token);

    /// <summary>Writes one, where it is still the one of an entity tag.</summary>
    Task<DocumentTold> WriteAsync(string system, string selector, string token, string mediaType,
        ReadOnlyMemory<byte> octets, string? tag);
}
