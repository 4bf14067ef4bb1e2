using System.Text;
using Microsoft.AspNetCore.Http;

namespace McConformance.Wire.Http.Xcap;

/// <summary>Why a document is in conflict with its application (RFC 4825 11.1).</summary>
public enum XcapConflict
{
    /// <summary>not-well-formed.</summary>
    NotWellFormed,

    /// <summary>not-xml-frag.</summary>
    NotXmlFragment,

    /// <summary>schema-validation-error.</summary>
    SchemaValidationError,

    /// <summary>constraint-failure.</summary>
    ConstraintFailure,

    /// <summary>uniqueness-failure.</summary>
    UniquenessFailure,
}

/// <summary>Answers that carry an XCAP error document.</summary>
public static class XcapErrors
{
    /// <summary>Media type (RFC 4825 11.2).</summary>
    public const string MediaType = "application/xcap-error+xml";

    /// <summary>Answers 409 with the reason.</summary>
    /// <param name="context">The request.</param>
    /// <param name="conflict">The reason.</param>
    /// <param name="phrase">The same in words.</param>
    /// <param name="field">Node selector of what is not unique, within the document; only, and always, with
    /// uniqueness-failure (RFC 4825 11.2.3).</param>
    /// <exception cref="ArgumentException">A failure of uniqueness without field, or another with it.</exception>
    public static Task AnswerAsync(HttpContext context, XcapConflict conflict, string phrase, string? field = null)
    {
        if (conflict == XcapConflict.UniquenessFailure != field is not null)
            throw new ArgumentException("a failure of uniqueness says of what, and no other does", nameof(field));
        context.Response.StatusCode = 409;
        context.Response.ContentType = MediaType;
        var name = conflict switch
        {
            XcapConflict.NotWellFormed => "not-well-formed",
            XcapConflict.NotXmlFragment => "not-xml-frag",
            XcapConflict.SchemaValidationError => "schema-validation-error",
            XcapConflict.UniquenessFailure => "uniqueness-failure",
            _ => "constraint-failure",
        };
        var exists = field is null ? "" : $"<exists field=\"{Escape(field)}\"/>";
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" +
            "<xcap-error xmlns=\"urn:ietf:params:xml:ns:xcap-error\">" +
            $"<{name} phrase=\"{Escape(phrase)}\">{exists}</{name}></xcap-error>";
        return context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask();
    }

    internal static string Escape(string text) => System.Security.SecurityElement.Escape(text);
}
