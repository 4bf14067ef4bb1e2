using McConformance.Wire.Documents;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Http.Xcap;
using McConformance.Wire.Identities;
using Microsoft.AspNetCore.Http;

namespace McConformance.Entities.GroupManagement;

/// <summary>Reads, judges and writes the documents of membership between administrators (OWN MEM).</summary>
internal static class MembershipBody
{
    /// <summary>Null where the body was refused, and answered: 415, or 409 with the reason (OWN MEM-REFUSED).</summary>
    public static async Task<(byte[] Octets, T Document)?> ReadAsync<T>(HttpContext context, MembershipBinding names)
        where T : Membership
    {
        var type = context.Request.ContentType?.Split(';')[0].Trim();
        if (!string.Equals(type, Membership.ContentType, StringComparison.OrdinalIgnoreCase))
        {
            context.Response.StatusCode = 415;
            return null;
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body).ConfigureAwait(false);
        var octets = body.ToArray();
        var findings = new List<DocumentFinding>();
        if (Membership.TryRead(octets, out var message, findings, names) && findings.Count == 0 && message is T wanted)
            return (octets, wanted);
        var (conflict, phrase) = Judge(findings, message);
        await XcapErrors.AnswerAsync(context, conflict, phrase).ConfigureAwait(false);
        return null;
    }

    /// <summary>What another MC system answered; null where it is not what was asked for.</summary>
    public static T? Read<T>(ReadOnlyMemory<byte> octets, MembershipBinding names) where T : Membership
    {
        var findings = new List<DocumentFinding>();
        return Membership.TryRead(octets, out var message, findings, names) && findings.Count == 0
            ? message as T : null;
    }

    /// <summary>Answers with a document; the status is set already.</summary>
    public static async Task WriteAsync(HttpContext context, byte[] octets, string? tag)
    {
        var response = context.Response;
        if (tag is not null) response.Headers.ETag = tag;
        response.ContentType = Membership.ContentType;
        response.ContentLength = octets.Length;
        await response.Body.WriteAsync(octets).ConfigureAwait(false);
    }

    /// <summary>Answers a GET, under its conditions.</summary>
    public static async Task ServeAsync(HttpContext context, byte[] octets, string tag)
    {
        if (XcapConditions.Check(context.Request, tag) is var status and > 0)
        {
            context.Response.StatusCode = status;
            context.Response.Headers.ETag = tag;
        }
        else await WriteAsync(context, octets, tag).ConfigureAwait(false);
    }

    /// <summary>The group that a selector names behind a folder; false where it is another folder, or no
    /// group.</summary>
    public static bool IsIn(XcapSelector selector, string folder, out McGroupId group)
    {
        group = default;
        return selector.Name.StartsWith(folder + "/", StringComparison.Ordinal)
            && McGroupId.TryRead(selector.Name[(folder.Length + 1)..], out group);
    }

    private static (XcapConflict, string) Judge(List<DocumentFinding> findings, Membership? message)
    {
        if (findings.Exists(f => f.Fault == DocumentFault.NotXml))
            return (XcapConflict.NotWellFormed, findings[0].Text);
        if (findings.Find(f => f.Fault == DocumentFault.Duplicated) is { Element: { } } twice)
            return (XcapConflict.ConstraintFailure, twice.ToString());
        return findings.Count > 0
            ? (XcapConflict.SchemaValidationError, findings[0].ToString())
            : (XcapConflict.ConstraintFailure, $"a {message?.GetType().Name ?? "document"} does not belong here");
    }
}
