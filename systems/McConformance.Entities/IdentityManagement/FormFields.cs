using System.Text;
using Microsoft.AspNetCore.Http;

namespace McConformance.Entities.IdentityManagement;

/// <summary>Parameters of a request, each once (RFC 6749 3.1 and 3.2: a repeated one makes the request invalid).</summary>
internal sealed class FormFields
{
    private const int OctetsMax = 64 * 1024;
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    private FormFields(string text)
    {
        foreach (var pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = pair.IndexOf('=');
            var (name, value) = at < 0 ? (pair, "") : (pair[..at], pair[(at + 1)..]);
            if (!values.TryAdd(Decode(name), Decode(value))) IsRepeated = true;
        }
    }

    /// <summary>True where a parameter stands twice.</summary>
    public bool IsRepeated { get; }

    /// <summary>Value of a parameter; empty where it is absent (RFC 6749 3.1: without a value is as if it were absent).</summary>
    public string this[string name] => values.GetValueOrDefault(name, "");

    /// <summary>Of a query.</summary>
    public static FormFields OfQuery(HttpContext context) => new(context.Request.QueryString.Value?.TrimStart('?') ?? "");

    /// <summary>Of a body; null where it is of another type or too long.</summary>
    public static async Task<FormFields?> OfBodyAsync(HttpContext context)
    {
        if (!string.Equals(context.Request.ContentType?.Split(';')[0].Trim(), "application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)) return null;
        using var body = new MemoryStream();
        var buffer = new byte[4096];
        for (int count; (count = await context.Request.Body.ReadAsync(buffer).ConfigureAwait(false)) > 0;)
        {
            body.Write(buffer, 0, count);
            if (body.Length > OctetsMax) return null;
        }

        return new FormFields(Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length));
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
