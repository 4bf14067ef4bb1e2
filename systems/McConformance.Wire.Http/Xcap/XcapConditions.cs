using Microsoft.AspNetCore.Http;

namespace McConformance.Wire.Http.Xcap;

/// <summary>Conditions of a request on the document as it is (RFC 9110 13.1, RFC 4825 7.11).</summary>
public static class XcapConditions
{
    /// <summary>Status to answer where a condition is not met: 412, or 304 for a GET of what the client has; 0 where all are met.</summary>
    /// <param name="request">The request.</param>
    /// <param name="current">Entity tag with its quotes; null where there is no document.</param>
    public static int Check(HttpRequest request, string? current)
    {
        var match = request.Headers.IfMatch.ToString();
        if (match.Length > 0 && !Names(match, current)) return 412;
        var none = request.Headers.IfNoneMatch.ToString();
        if (none.Length == 0 || !Names(none, current)) return 0;
        return request.Method is "GET" or "HEAD" ? 304 : 412;
    }

    /// <summary>Entity tag of some octets.</summary>
    public static string TagOf(params ReadOnlySpan<byte[]> octets)
    {
        using var hash = System.Security.Cryptography.IncrementalHash.CreateHash(System.Security.Cryptography.HashAlgorithmName.SHA256);
        foreach (var part in octets) hash.AppendData(part);
        return $"\"{Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8))}\"";
    }

    private static bool Names(string field, string? current)
    {
        foreach (var part in field.Split(','))
        {
            var tag = part.Trim();
            if (tag == "*" ? current is not null : tag == current) return true;
        }

        return false;
    }
}
