using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Http.Xcap;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace McConformance.Entities.ConfigurationManagement;

/// <summary>
/// Documents over XCAP (RFC 4825 8, TS 24.484 6.3): users read what is theirs and what is everybody's, administrators
/// write, and a user
/// changes of the own documents what a user may.
/// </summary>
internal sealed class DocumentRequests(ConfigurationDocuments documents, MigrationVerification verification)
{
    private const int DocumentOctetsMax = 1024 * 1024;

    /// <summary>Handles a request of somebody who is known.</summary>
    public Task HandleAsync(HttpContext context, ConfigurationUser user)
    {
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        if (XcapSelector.Read(target, ConfigurationManagementServer.Root) is not { Node.Length: 0 } selector ||
            ConfigurationApplications.Find(selector.Auid) is not { } application) return Answer(context, 404);
        if (!MayRead(user, selector, application)) return Answer(context, 403);
        switch (context.Request.Method)
        {
            case "GET" or "HEAD":
                return ReadAsync(context, InForce(user, selector));
            case "PUT":
                return MayTouch(user, selector, application) ? WriteAsync(context, user, selector, application)
                    : Answer(context, 403);
            case "DELETE":
                return user.IsAdministrator && !application.IsDerived(selector) ? DeleteAsync(context, selector)
                    : Answer(context, 403);
            default:
                context.Response.Headers.Allow = "GET, HEAD, PUT, DELETE";
                return Answer(context, 405);
        }
    }

    /// <summary>Whether somebody may read a document, and be told of its changes.</summary>
    public static bool MayRead(ConfigurationUser user, XcapSelector selector) =>
        ConfigurationApplications.Find(selector.Auid) is { } application && MayRead(user, selector, application);

    /// <summary>A user who migrated offline has the restricted profile until verified, where there is one (TR 23.781
    /// 5.2.10); and so has the MC service server for that user.</summary>
    private ConfigurationDocument? InForce(ConfigurationUser user, XcapSelector selector) =>
        documents.FindRestricted(selector.Key) is { } restricted &&
        verification.Restricts(selector.Auid, selector.Owner, user.IsOffline, user.IsServer)
            ? restricted
            : documents.Find(selector.Key);

    // whose a document is stands in its selector; asking for another user's tells nothing of whether it exists (RFC
    // 4825 5.7)
    private static bool MayRead(ConfigurationUser user, XcapSelector selector, ConfigurationApplication application) =>
        user.IsServer || user.IsAdministrator ||
        (selector.IsGlobal ? !application.IsForAdministrators(selector) : user.McServiceIds.Contains(selector.Owner));

    private static bool MayTouch(ConfigurationUser user, XcapSelector selector, ConfigurationApplication application) =>
        !application.IsDerived(selector)
            && (user.IsAdministrator || (!selector.IsGlobal && user.McServiceIds.Contains(selector.Owner)));

    private static async Task ReadAsync(HttpContext context, ConfigurationDocument? document)
    {
        var response = context.Response;
        if (document is null)
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

    /// <summary>RFC 4825 8.2: the condition, the form, the schema, the application's constraints; then it is stored
    /// whole.</summary>
    private async Task WriteAsync(HttpContext context, ConfigurationUser user, XcapSelector selector,
        ConfigurationApplication application)
    {
        var (request, response) = (context.Request, context.Response);
        var before = documents.Find(selector.Key);
        if (!string.Equals(request.ContentType?.Split(';')[0].Trim(), application.ContentType,
            StringComparison.OrdinalIgnoreCase)) response.StatusCode = 415;
        else if (XcapConditions.Check(request, before?.ETag) is var status and > 0) response.StatusCode = status;
        else if (await BodyAsync(context).ConfigureAwait(false) is not { } octets) response.StatusCode = 413;
        else if (application.Check(selector, octets, out var document) is { } conflict)
            await XcapErrors.AnswerAsync(context, conflict.Kind, conflict.Phrase).ConfigureAwait(false);
        else if (!user.IsAdministrator
            && !(before is not null && SafeXml.TryRead(before.Octets, out var old, out _)
            && application.OwnerMayChange(old, document!)))
            response.StatusCode = 403;
        else
        {
            var stored = new ConfigurationDocument(application.ContentType, octets, selector.IsGlobal ? null
                : selector.Owner);
            if (!documents.TryReplace(selector.Key, stored, before))
            {
                response.StatusCode = 412;
                return;
            }

            response.StatusCode = before is null ? 201 : 200;
            response.Headers.ETag = stored.ETag;
        }
    }

    private Task DeleteAsync(HttpContext context, XcapSelector selector)
    {
        if (documents.Find(selector.Key) is not { } before) return Answer(context, 404);
        if (XcapConditions.Check(context.Request, before.ETag) is var status and > 0) return Answer(context, status);
        return Answer(context, documents.TryReplace(selector.Key, null, before) ? 200 : 412);
    }

    /// <summary>The body; null where it is too long to be a document.</summary>
    private static async Task<byte[]?> BodyAsync(HttpContext context)
    {
        if (context.Request.ContentLength > DocumentOctetsMax) return null;
        using var body = new MemoryStream();
        var piece = new byte[8192];
        while (await context.Request.Body.ReadAsync(piece).ConfigureAwait(false) is var read and > 0)
        {
            if (body.Length + read > DocumentOctetsMax) return null;
            body.Write(piece, 0, read);
        }

        return body.ToArray();
    }

    private static Task Answer(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
