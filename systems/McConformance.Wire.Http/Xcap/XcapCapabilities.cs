using System.Text;
using Microsoft.AspNetCore.Http;

namespace McConformance.Wire.Http.Xcap;

/// <summary>What an XCAP server says of itself (RFC 4825 12): which applications, and which namespaces it
/// understands.</summary>
public static class XcapCapabilities
{
    /// <summary>The application's own id; each list of them begins with it.</summary>
    public const string Auid = "xcap-caps";

    /// <summary>Media type (RFC 4825 12.3).</summary>
    public const string MediaType = "application/xcap-caps+xml";

    private const string Namespace = "urn:ietf:params:xml:ns:xcap-caps";

    /// <summary>Whether a selector names the document; there is one (RFC 4825 12.7).</summary>
    public static bool AreAt(XcapSelector? selector) =>
        selector is { Auid: Auid, IsGlobal: true, Name: "index", Node: "" };

    /// <summary>Gives the document to anybody (RFC 4825 12.8); nobody writes it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="auids">Applications besides this one.</param>
    /// <param name="namespaces">Namespaces besides this one.</param>
    public static Task AnswerAsync(HttpContext context, IEnumerable<string> auids, IEnumerable<string> namespaces)
    {
        if (context.Request.Method is not ("GET" or "HEAD"))
        {
            context.Response.StatusCode = 405;
            context.Response.Headers.Allow = "GET, HEAD";
            return Task.CompletedTask;
        }

        var text = new StringBuilder(
            $"<?xml version=\"1.0\" encoding=\"UTF-8\"?><xcap-caps xmlns=\"{Namespace}\"><auids>");
        foreach (var auid in auids.Prepend(Auid)) text.Append($"<auid>{XcapErrors.Escape(auid)}</auid>");
        text.Append("</auids><namespaces>");
        foreach (var name in namespaces.Prepend(Namespace)) text.Append(
            $"<namespace>{XcapErrors.Escape(name)}</namespace>");
        var octets = Encoding.UTF8.GetBytes(text.Append("</namespaces></xcap-caps>").ToString());
        context.Response.ContentType = MediaType;
        context.Response.ContentLength = octets.Length;
        return context.Request.Method == "GET" ? context.Response.Body.WriteAsync(octets).AsTask() : Task.CompletedTask;
    }
}
