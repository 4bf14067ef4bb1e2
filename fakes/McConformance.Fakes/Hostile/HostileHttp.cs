using System.Text;

namespace McConformance.Fakes.Hostile;

/// <summary>Octets on a new HTTP connection that no proper client sends, in the words of Corpus/http.tsv.</summary>
public static class HostileHttp
{
    private const string Chunks = "Transfer-Encoding: chunked\r\n";

    /// <summary>The octets.</summary>
    /// <param name="recipe">As <c>a request with two Hosts</c>.</param>
    /// <param name="host">Authority of the receiver.</param>
    /// <param name="target">Path of a resource that needs an access token.</param>
    /// <exception cref="ArgumentException">Nothing is called so.</exception>
    public static byte[] Write(string recipe, string host, string target)
    {
        var first = $"GET {target} HTTP/1.1\r\n";
        var named = $"{first}Host: {host}\r\n";
        var put = $"PUT {target} HTTP/1.1\r\nHost: {host}\r\nContent-Type: text/xml\r\n";
        return recipe switch
        {
            "octets of ones" => [.. Enumerable.Repeat((byte)0xFF, 64), .. "\r\n\r\n"u8],
            "the hello of TLS" => [0x16, 3, 1, 0, 5, 1, 0, 0, 1, 3, .. "\r\n\r\n"u8],
            _ => Encoding.Latin1.GetBytes(
                Framing(recipe, first, named, put) ?? Target(recipe, host, target) ??
                throw new ArgumentException($"nothing is called \"{recipe}\"")),
        };
    }

    private static string? Framing(string recipe, string first, string named, string put) => recipe switch
    {
        "a request without Host" => $"{first}\r\n",
        "a request with two Hosts" => $"{named}Host: far.example\r\n\r\n",
        "a request with a space before a colon" => $"{named}X-Note : x\r\n\r\n",
        "a request with a folded header" => $"{named}X-Note: x\r\n y\r\n\r\n",
        "a request with NUL in a header" => $"{named}X-Note: x\0y\r\n\r\n",
        "a request with a header without a name" => $"{named}: x\r\n\r\n",
        "a request with two lengths that differ" => $"{put}Content-Length: 4\r\nContent-Length: 6\r\n\r\n<x/>\r\n",
        "a request with a length below zero" => $"{put}Content-Length: -4\r\n\r\n<x/>",
        "a request with a length of 30 digits" => $"{put}Content-Length: {new string('9', 30)}\r\n\r\n<x/>",
        "a request with a length and chunks" => $"{put}Content-Length: 4\r\n{Chunks}\r\n4\r\n<x/>\r\n0\r\n\r\n",
        "a request with an unknown transfer coding" => $"{put}Transfer-Encoding: cow\r\n\r\n<x/>",
        "a request whose chunks are not the last coding" => $"{put}Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n",
        "a request with a chunk of no size" => $"{put}{Chunks}\r\nxyz\r\n<x/>\r\n0\r\n\r\n",
        "a request with a chunk longer than any" => $"{put}{Chunks}\r\nFFFFFFFFFFFFFFFFF\r\n<x/>\r\n0\r\n\r\n",
        "a header of 1 MB" => $"{named}X-Note: {new string('x', 1_000_000)}\r\n\r\n",
        "10,000 headers" => $"{named}{string.Concat(Enumerable.Repeat("X-Note: x\r\n", 10_000))}\r\n",
        "no HTTP at all" => "REGISTER sip:ims.partner.example SIP/2.0\r\nCall-ID: x\r\n\r\n",
        _ => null,
    };

    private static string? Target(string recipe, string host, string target)
    {
        string Get(string what, string version = "HTTP/1.1", string method = "GET") =>
            $"{method} {what} {version}\r\nHost: {host}\r\n\r\n";
        return recipe switch
        {
            "a request of HTTP 9.9" => Get(target, "HTTP/9.9"),
            "a request of HTTP 2 without upgrade" => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "a request line of 64 kB" => Get("/" + new string('x', 65_536)),
            "a request for another host" => "GET http://far.example/ HTTP/1.1\r\nHost: far.example\r\n\r\n",
            "a tunnel to another host" => "CONNECT far.example:443 HTTP/1.1\r\nHost: far.example:443\r\n\r\n",
            "a trace of itself" => Get(target, method: "TRACE"),
            "a target that climbs out of its root" => Get("/xcap-root/../../../etc/passwd"),
            "a target that climbs out of its root in disguise" => Get("/xcap-root/%2e%2e/%2e%2e%2fetc%2fpasswd"),
            "a target with NUL in it" => Get(target + "%00.xml"),
            "a target that is not in UTF-8" => Get(target + "%c0%af"),
            _ => null,
        };
    }
}
