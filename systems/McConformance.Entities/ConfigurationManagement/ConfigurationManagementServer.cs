using McConformance.Wire.Documents;
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

    /// <summary>Where the own MC service servers say whom a primary has verified (OWN MIG-OFF-7).</summary>
    public const string VerificationPath = "/migration/verification";

    /// <summary>XCAP root.</summary>
    public const string Root = "/xcap-root/";

    private const int BodyOctetsMax = 256 * 1024;
    private readonly ConfigurationManagementOptions options;
    private readonly AccessAsPrimary connection;
    private readonly AccessAsPartner access;
    private readonly DocumentRequests requests;
    private readonly MigrationVerification verification;

    /// <summary>Makes a server; its documents are empty.</summary>
    public ConfigurationManagementServer(ConfigurationManagementOptions options)
    {
        this.options = options;
        Documents = new ConfigurationDocuments(options.Store);
        verification = new MigrationVerification(options.Store);
        var identities = new MigrationIdentityRequests(options.Database);
        connection = new AccessAsPrimary(options, identities);
        access = new AccessAsPartner(options, identities);
        requests = new DocumentRequests(Documents, verification);
        var aliases = new FunctionalAliasManagement(Documents);
        if (options.Endpoint is not null) Notices = new DocumentNotices(options, Documents);
        Documents.Changed = change =>
        {
            Notices?.Changed(change);
            aliases.Follow(change);
        };
    }

    /// <summary>Tells subscribers of changes; null where it has no SIP endpoint.</summary>
    public DocumentNotices? Notices { get; }

    /// <summary>What is provisioned.</summary>
    public ConfigurationDocuments Documents { get; }

    /// <summary>Handles one request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (path == AccessPath) await ServeSystemAsync(context).ConfigureAwait(false);
        else if (XcapCapabilities.AreAt(XcapSelector.Read(path, Root)))
            await XcapCapabilities.AnswerAsync(
                context, ConfigurationApplications.Auids, ConfigurationApplications.Namespaces)
                .ConfigureAwait(false);
        else if (path == VerificationPath) await ServeVerificationAsync(context).ConfigureAwait(false);
        else if (Authenticate(context) is { } user)
        {
            if (path == ConnectionPath) await ServeConnectionAsync(context, user).ConfigureAwait(false);
            else await requests.HandleAsync(context, user).ConfigureAwait(false);
        }
    }

    /// <summary>TS 24.482 annex A: a bearer token, or the identity of an own MC service server that the network asserts
    /// (CSC-5), else 403; an
    /// invalid token 401 (RFC 6750 3). Null where it was refused, and answered.</summary>
    private ConfigurationUser? Authenticate(HttpContext context)
    {
        var authorization = context.Request.Headers.Authorization.ToString();
        if (!authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            var asserted = context.Request.Headers["X-3GPP-Asserted-Identity"].ToString().Trim('"', ' ');
            if (authorization.Length == 0
                && options.McServiceServers.Contains(asserted)) return new ConfigurationUser([]) { IsServer = true };
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
            await AnswerAsync(context, ConfigurationAnswer.RefuseSystem(403, PartnerAccessCause.SystemNotAuthorized))
                .ConfigureAwait(false);
            return;
        }

        if (await BodyAsync(context).ConfigureAwait(false) is { } body) await AnswerAsync(context, await access.HandleAsync(domain, body).ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <summary>CSC-5: none but the own MC service servers.</summary>
    private async Task ServeVerificationAsync(HttpContext context)
    {
        var asserted = context.Request.Headers["X-3GPP-Asserted-Identity"].ToString().Trim('"', ' ');
        if (!options.McServiceServers.Contains(asserted) || !options.MaySpeakFor(context, options.Domain))
            context.Response.StatusCode = 403;
        else if (await BodyAsync(context, MigrationVerification.ContentType).ConfigureAwait(false) is { } body)
            context.Response.StatusCode = verification.Take(body) ? 204 : 400;
    }

    /// <summary>The body of a POST of the right media type. Null where it was refused, and answered.</summary>
    private static async Task<ReadOnlyMemory<byte>?> BodyAsync(
        HttpContext context, string contentType = PartnerAccess.ContentType)
    {
        var request = context.Request;
        if (request.Method != "POST")
        {
            context.Response.StatusCode = 405;
            context.Response.Headers.Allow = "POST";
            return null;
        }

        if (!string.Equals(request.ContentType?.Split(';')[0].Trim(), contentType,
            StringComparison.OrdinalIgnoreCase))
        {
            context.Response.StatusCode = 415;
            return null;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = BodyOctetsMax;
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body).ConfigureAwait(false);
        return body.ToArray();
    }

    private static async Task AnswerAsync(HttpContext context, ConfigurationAnswer answer)
    {
        context.Response.StatusCode = answer.StatusCode;
        context.Response.ContentType = PartnerAccess.ContentType;
        await context.Response.Body.WriteAsync(answer.Body.ToOctets()).ConfigureAwait(false);
    }
}
