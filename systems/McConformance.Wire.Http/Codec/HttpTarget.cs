namespace McConformance.Wire.Http.Codec;

/// <summary>Request targets. A server takes the whole address in place of the path (RFC 9112 3.2.2).</summary>
public static class HttpTarget
{
    /// <summary>Path and query of a target, as they stand there; <c>/</c> where a whole address ends behind its
    /// host.</summary>
    /// <param name="target">As it stood in the request line: <c>/path</c> or <c>http://host/path</c>.</param>
    public static string PathOf(string target)
    {
        var scheme = target.StartsWith('/') ? -1 : target.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0) return target;
        var slash = target.IndexOf('/', scheme + 3);
        return slash < 0 ? "/" : target[slash..];
    }
}
