using System.Buffers;

namespace McConformance.Wire.Identities;

/// <summary>What all MC identities have in common: a URI with a domain (TS 23.280 8.1.2, RFC 3986 3).</summary>
public static class McUri
{
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%");

    private static readonly SearchValues<char> HostEnd = SearchValues.Create(":;?>/#");

    /// <summary>True for <c>scheme:rest</c> of URI characters; a sip or sips URI needs user and host too.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        var colon = text.IndexOf(':');
        if (colon < 1 || colon == text.Length - 1 || !char.IsAsciiLetter(text[0])) return false;
        if (text.ContainsAnyExcept(Allowed)) return false;
        return !IsSip(text[..colon]) || Domain(text).Length > 0 && text[colon + 1] != '@';
    }

    /// <summary>Host of the URI, without port and parameters; empty where it has none (a <c>tel</c> URI).</summary>
    public static ReadOnlySpan<char> Domain(ReadOnlySpan<char> text)
    {
        var at = text.LastIndexOf('@');
        if (at < 0) return default;
        var host = text[(at + 1)..];
        if (host.StartsWith('[') && host.IndexOf(']') is > 0 and var bracket) return host[..(bracket + 1)];
        var end = host.IndexOfAny(HostEnd);
        return end < 0 ? host : host[..end];
    }

    private static bool IsSip(ReadOnlySpan<char> scheme) =>
        scheme.Equals("sip", StringComparison.OrdinalIgnoreCase) ||
        scheme.Equals("sips", StringComparison.OrdinalIgnoreCase);
}
