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
    public static Task AnswerAsync(HttpContext context, XcapConflict conflict, string phrase)
    {
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
        var text = $"<?xml version=\"1.0\" encoding=\"UTF-8\"?><xcap-error xmlns=\"urn:ietf:params:xml:ns:xcap-error\"><{name} phrase=\"{System.Security.SecurityElement.Escape(phrase)}\"/></xcap-error>";
        return context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask();
    }
}
