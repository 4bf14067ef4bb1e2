using McConformance.Wire.Http.Xcap;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace McConformance.Entities.ConfigurationManagement;

/// <summary>
/// Configuration management server (TS 23.280 7.4.2.2.2): documents of UEs and users over XCAP (CSC-4, CSC-5; TS 24.484), connection
/// details for migration (TR 23.781 6.2.1; CSC-4, CSC-17, AAA-1). Thread safe.
/// </summary>
public sealed class ConfigurationManagementServer
{
    /// <summary>Where clients ask for connection details (OWN).</summary>
    public const string ConnectionPath = "/migration/partner-connection";

    /// <summary>Where servers of other MC systems ask for access (OWN).</summary>
    public const string AccessPath = "/migration/partner-access";

    /// <summary>XCAP root.</summary>
    public const string Root = "/xcap-root/";

    private const int BodyOctetsMax = 256 * 1024;
    private readonly ConfigurationManagementOptions options;
    private readonly PartnerConnection connection;
    private readonly PartnerAccess access;

    /// <summary>Makes a server; its documents are empty.</summary>
    public ConfigurationManagementServer(ConfigurationManagementOptions options)
    {
        this.options = options;
        var identities = new MigrationIdentityRequests(options.Database);
        connection = new PartnerConnection(options, identities);
        access = new PartnerAccess(options, identities);
    }

    /// <summary>What is provisioned.</summary>
    public ConfigurationDocuments Documents { get; } = new();

    /// <summary>Handles one request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (path == AccessPath) await ServeSystemAsync(context).ConfigureAwait(false);
        else if (Authenticate(context) is { } user)
        {
            if (path == ConnectionPath) await ServeConnectionAsync(context, user).ConfigureAwait(false);
            else await ServeDocumentAsync(context, user).ConfigureAwait(false);
        }
    }

    /// <summary>TS 24.482 annex A: a bearer token, else 403; an invalid one 401 (RFC 6750 3). Null where it was refused, and answered.</summary>
    private ConfigurationUser? Authenticate(HttpContext context)
    {
        var authorization = context.Request.Headers.Authorization.ToString();
        if (!authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.StatusCode = 403;
            return null;
        }

        var verdict = options.VerifyToken(authorization[7..].Trim());
        if (verdict.User is { } user) return user;
        context.Response.StatusCode = verdict.Error == "insufficient_scope" ? 403 : 401;
        context.Response.Headers.WWWAuthenticate = $"Bearer error=\"{verdict.Error}\"";
        return null;
    }

    private async Task ServeConnectionAsync(HttpContext context, ConfigurationUser user)
    {
        if (await BodyAsync(context).ConfigureAwait(false) is { } body) await AnswerAsync(context, await connection.HandleAsync(user, body).ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <summary>CSC-17: the asserted identity says which MC system asks, where the connection does not gainsay it.</summary>
    private async Task ServeSystemAsync(HttpContext context)
    {
        var asserted = context.Request.Headers["X-3GPP-Asserted-Identity"].ToString().Trim('"', ' ');
        var domain = asserted.StartsWith("sip:cms@", StringComparison.OrdinalIgnoreCase) ? asserted[8..] : "";
        if (domain.Length == 0 || !options.MaySpeakFor(context, domain))
        {
            await AnswerAsync(context, ConfigurationAnswer.Refuse(403, "system-not-authorized")).ConfigureAwait(false);
            return;
        }

        if (await BodyAsync(context).ConfigureAwait(false) is { } body) await AnswerAsync(context, await access.HandleAsync(domain, body).ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <summary>The body of a POST of the right media type. Null where it was refused, and answered.</summary>
    private static async Task<ReadOnlyMemory<byte>?> BodyAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Method != "POST")
        {
            context.Response.StatusCode = 405;
            context.Response.Headers.Allow = "POST";
            return null;
        }

        if (!string.Equals(request.ContentType?.Split(';')[0].Trim(), PartnerAccessBody.MediaType, StringComparison.OrdinalIgnoreCase))
        {
            context.Response.StatusCode = 415;
            return null;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = BodyOctetsMax;
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body).ConfigureAwait(false);
        return body.ToArray();
    }

    private async Task ServeDocumentAsync(HttpContext context, ConfigurationUser user)
    {
        var response = context.Response;
        if (XcapSelector.Read(context.Features.Get<IHttpRequestFeature>()!.RawTarget, Root) is not { Node.Length: 0 } selector)
        {
            response.StatusCode = 404;
            return;
        }

        if (context.Request.Method is not ("GET" or "HEAD"))
        {
            response.StatusCode = 405;
            response.Headers.Allow = "GET, HEAD";
            return;
        }

        // whose a document is stands in its selector; asking for another user's tells nothing of whether it exists (RFC 4825 5.7)
        if (!selector.IsGlobal && !user.McServiceIds.Contains(selector.Owner))
        {
            response.StatusCode = 403;
            return;
        }

        if (Documents.Find(selector.Key) is not { } document)
        {
            response.StatusCode = 404;
            return;
        }

        response.Headers.ETag = document.ETag;
        if (XcapConditions.Check(context.Request, document.ETag) is var status and > 0)
        {
            response.StatusCode = status;
            return;
        }

        response.ContentType = document.MediaType;
        response.ContentLength = document.Octets.Length;
        if (context.Request.Method == "GET") await response.Body.WriteAsync(document.Octets).ConfigureAwait(false);
    }

    private static async Task AnswerAsync(HttpContext context, ConfigurationAnswer answer)
    {
        context.Response.StatusCode = answer.StatusCode;
        context.Response.ContentType = PartnerAccessBody.MediaType;
        await context.Response.Body.WriteAsync(answer.Body.Write()).ConfigureAwait(false);
    }
}
