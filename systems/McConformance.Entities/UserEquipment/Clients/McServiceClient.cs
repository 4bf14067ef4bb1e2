using McConformance.Wire.Documents;
using McConformance.Wire.Identities;
using McConformance.Wire.Sip.Bodies;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Entities.UserEquipment.Clients;

using McService = McConformance.Wire.Documents.McService;

/// <summary>How an authorization ended, as the user is told.</summary>
/// <param name="StatusCode">SIP status; 0 where no answer came.</param>
/// <param name="Warning">Text of the Warning; empty where none.</param>
/// <param name="Migration">The migration block of the answer; null where none.</param>
/// <param name="ETag">Of the settings; empty where none.</param>
public sealed record ServiceAnswer(int StatusCode, string Warning, MigrationExtension? Migration, string ETag)
{
    /// <summary>True where the user has service.</summary>
    public bool IsAuthorized => StatusCode is >= 200 and < 300;
}

/// <summary>
/// MC service client of one service (TS 23.280 7.4.2.3.1): writes the requests for service authorization (TS 24.379 7.2.2), for migration
/// service authorization (TS 23.280 10.6.3.3 step 1) and their end, and reads the answers.
/// </summary>
/// <param name="service">Which service.</param>
/// <param name="instance">Instance of the client, a URN.</param>
/// <param name="binding">Names of the migration block.</param>
public sealed class McServiceClient(McService service, string instance, MigrationBinding binding)
{
    private readonly McServiceNames names = McServiceNames.Of(service);

    /// <summary>Service authorization in the serving MC system.</summary>
    public UserRequest Authorize(string psi, string accessToken, ProfileIndex profile) =>
        Publish(psi, new McServiceInfo { Service = service, AccessToken = accessToken, ClientId = instance }, profile);

    /// <summary>Migration service authorization: with both identities and the selected profile.</summary>
    public UserRequest Migrate(string psi, string accessToken, MigrationExtension migration) => Publish(psi, new McServiceInfo
    {
        Service = service,
        AccessToken = accessToken,
        ClientId = instance,
        RequestType = binding.AuthorizationRequest,
        Migration = migration,
    }, migration.UserProfileIndex ?? new ProfileIndex(0));

    /// <summary>Ends service (TS 24.379 7.2.5).</summary>
    public UserRequest End(string psi, string etag) => new(
        SipMethod.Publish, psi, [.. Headers("0"), .. etag.Length > 0 ? [("SIP-If-Match", etag)] : Array.Empty<(string, string)>()], "", default);

    /// <summary>A request with a body of the caller's own making.</summary>
    public UserRequest WithInfo(string psi, ReadOnlyMemory<byte> info, ProfileIndex profile)
    {
        var settings = new PocSettings { EntityId = instance, SelectedUserProfileIndex = profile }.ToOctets();
        var body = new MultipartBody().Add(names.InfoContentType, info).Add(PocSettings.ContentType, settings);
        return new UserRequest(SipMethod.Publish, psi, Headers("4294967295"), body.ContentType, body.ToOctets());
    }

    /// <summary>Reads what came back.</summary>
    public ServiceAnswer Read(UserAnswer answer)
    {
        McServiceInfo? info = null;
        if (answer.Response is { } response && !response.Body.IsEmpty) McServiceInfo.TryRead(response.Body.ToArray(), out info, [], binding);
        return new ServiceAnswer(answer.StatusCode, answer.Header(SipHeader.Warning), info?.Migration, answer.Header(SipHeader.SipETag));
    }

    /// <summary>What the partner says of the verification of an offline migration (OWN MIG-OFF-6); null where it is
    /// another message.</summary>
    public MigrationExtension? ReadVerification(SipMessage message) =>
        message.Method == SipMethod.Message &&
            McServiceInfo.TryRead(message.Body.ToArray(), out var info, [], binding) && info.Service == service &&
        info.Fits(MigrationForm.VerificationNotification, [], binding) ? info.Migration : null;

    /// <summary>What a credential for offline migration is called, when it is asked for.</summary>
    public string OfflineCredentialType => binding.OfflineCredentialType;

    private UserRequest Publish(string psi, McServiceInfo info, ProfileIndex profile) => WithInfo(psi, info.ToOctets(binding), profile);

    private (string, string)[] Headers(string expires) =>
    [
        ("Event", "poc-settings"), ("Expires", expires), ("P-Preferred-Service", names.Icsi),
        ("Accept-Contact", $"*;{names.FeatureTag[0..]};require;explicit"),
    ];
}
