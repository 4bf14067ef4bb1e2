using System.Buffers.Text;
using System.Text;
using McConformance.Checks.Migration;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;

namespace McConformance.Checks.Tests.Scenes;

/// <summary>A user migrates to the partner, by gateway servers, and everybody does as TS 23.280 10.6.3.3 has
/// it.</summary>
internal static class ServiceAuthorization
{
    public const string PrimaryId = "sip:alice@primary.example";
    public const string PartnerId = "sip:alice.guest@partner.example";

    /// <summary>An access token about the partner's identity.</summary>
    public static readonly string Token = Claims($$"""{"mcptt_id":"{{PartnerId}}"}""");

    public static readonly MigrationAuthorizationFacts Facts =
        new("primary.example", "partner.example", PrimaryId, PartnerId, 2, HasGateways: true);

    /// <summary>A token with these claims.</summary>
    public static string Claims(string json) =>
        $"head.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json))}.signature";

    /// <summary>The scene: 1 token, 2 and 3 request of the client, 4 to 6 request between servers, 7 to 9 response
    /// between
    /// servers, 10 and 11 response to the client.</summary>
    public static Scene Scene() => new Scene()
        .Http("idms.partner", "ue", Issued(Token))
        .Sip("ue", "pcscf.partner", Publish(Token))
        .Sip("scscf.partner", "mcptt.partner", Publish(Token))
        .Sip("mcptt.partner", "gw.partner", Request())
        .Sip("gw.partner", "gw.primary", Request())
        .Sip("gw.primary", "mcptt.primary", Request())
        .Sip("mcptt.primary", "gw.primary", Response(true))
        .Sip("gw.primary", "gw.partner", Response(true))
        .Sip("gw.partner", "mcptt.partner", Response(true))
        .Sip("mcptt.partner", "scscf.partner", Told(200))
        .Sip("pcscf.partner", "ue", Told(200));

    public static byte[] Issued(string token) => Messages
        .Http("HTTP/1.1 200 OK", Encoding.UTF8.GetBytes(token), "application/json");

    /// <summary>The client's request.</summary>
    public static string Publish(string? token, string? requestType = "migration-service-authorization-request") =>
        Sip("PUBLISH sip:mcptt@partner.example SIP/2.0", new McServiceInfo
        {
            Service = McService.Mcptt,
            AccessToken = token,
            RequestType = requestType,
            Migration = Block with { Success = null },
        });

    /// <summary>A request between servers.</summary>
    public static string Request() => Sip("MESSAGE sip:mcptt@primary.example SIP/2.0", new McServiceInfo
    {
        Service = McService.Mcptt,
        RequestType = "migration-service-authorization-request",
        Migration = Block,
    });

    /// <summary>A response between servers.</summary>
    public static string Response(bool? success, MigrationCause? cause = null) =>
        Sip("MESSAGE sip:mcptt@partner.example SIP/2.0", new McServiceInfo
        {
            Service = McService.Mcptt,
            ResponseType = "migration-service-authorization-response",
            Migration = Block with { Success = success, Cause = cause },
        });

    /// <summary>A notification that migrated service has ended.</summary>
    public static string Ending() => Sip("MESSAGE sip:mcptt@partner.example SIP/2.0", new McServiceInfo
    {
        Service = McService.Mcptt,
        RequestType = "migration-service-deauthorization-notification",
        Migration = Block,
    });

    /// <summary>What the client is told.</summary>
    public static string Told(int status) => Sip($"SIP/2.0 {status} X\nCSeq: 1 PUBLISH", new McServiceInfo
    {
        Service = McService.Mcptt,
        Migration = Block with { Success = status == 200 },
    });

    /// <summary>A SIP message with a body of migration.</summary>
    public static string Sip(string head, McServiceInfo info) =>
        $"{head}\nContent-Type: {info.ContentType}\n\n{Messages.Info(info)}";

    private static MigrationExtension Block => new()
    {
        PartnerMcServiceId = new McServiceId(PartnerId),
        PrimaryMcServiceId = new McServiceId(PrimaryId),
        UserProfileIndex = new ProfileIndex(2),
    };
}
