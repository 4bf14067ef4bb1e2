using McConformance.Wire.Http.Codec;

namespace McConformance.Wire.Http.Xcap;

/// <summary>
/// Which document a request is about (RFC 4825 6): application, tree, owner or nothing, name. Segments are unescaped once and then
/// compared as they are, so that <c>sip%3Aalice%40a.example</c> and <c>sip:alice@a.example</c> are one.
/// </summary>
/// <param name="Auid">Application unique id.</param>
/// <param name="IsGlobal">True in the global tree, false in that of a user.</param>
/// <param name="Owner">XCAP user identifier in a user's tree; empty in the global one.</param>
/// <param name="Name">The rest, joined by slashes.</param>
/// <param name="Node">Node selector behind <c>~~</c>, as it stands; empty where the whole document is meant.</param>
public sealed record XcapSelector(string Auid, bool IsGlobal, string Owner, string Name, string Node)
{
    private const int LengthMax = 2048;

    /// <summary>All of it, unescaped, as a key.</summary>
    public string Key => IsGlobal ? $"{Auid}/global/{Name}" : $"{Auid}/users/{Owner}/{Name}";

    /// <summary>Reads a request target.</summary>
    /// <param name="target">As it stood in the request line.</param>
    /// <param name="root">XCAP root: begins and ends with a slash.</param>
    /// <returns>Null where it is outside the root, names no document, or has a segment that is empty, a dot, or holds a slash, a
    /// backslash, NUL or a percent sign after unescaping.</returns>
    public static XcapSelector? Read(string target, string root)
    {
        var path = HttpTarget.PathOf(target).Split('?')[0];
        if (path.Length > LengthMax || !path.StartsWith(root, StringComparison.Ordinal)) return null;
        var parts = path[root.Length..].Split("/~~/", 2);
        var segments = parts[0].Split('/').Select(Uri.UnescapeDataString).ToArray();
        if (segments.Any(s => s.Length == 0 || s is "." or ".." || s.AsSpan().IndexOfAny("/\\\0%") >= 0)) return null;
        var node = parts.Length > 1 ? parts[1] : "";
        return segments switch
        {
            [var auid, "global", .. { Length: > 0 } name] => new XcapSelector(auid, true, "", string.Join('/', name), node),
            [var auid, "users", var owner, .. { Length: > 0 } name] => new XcapSelector(auid, false, owner, string.Join('/', name), node),
            _ => null,
        };
    }
}
