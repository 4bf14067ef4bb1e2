using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using McConformance.Probes.Transport;

namespace McConformance.Probes.Protocols;

/// <summary>One GET: the discovery document of an identity management server, the XCAP capabilities of a
/// configuration or
/// group management server, and of others whatever they answer.</summary>
internal static class HttpProbe
{
    private const int OctetsMax = 1 << 20;
    private static readonly XNamespace Caps = "urn:ietf:params:xml:ns:xcap-caps";

    /// <summary>Runs it.</summary>
    /// <exception cref="ProbeException">Says what is wrong.</exception>
    public static async Task<string> RunAsync(
        ProbeTarget target, ProbeConnection connection, Doing doing, CancellationToken cancellation)
    {
        var (what, below) = target.Entity switch
        {
            "identityManagementServer" => ("the discovery document", ".well-known/openid-configuration"),
            "configurationManagementServer" or "groupManagementServer" => ("the XCAP capabilities",
                "xcap-caps/global/index"),
            _ => ("an answer to GET", ""),
        };
        doing.Begin($"waiting for {what}", "it takes the connection and answers nothing: see its log");
        var path = target.Endpoint.Path.TrimEnd('/') + "/" + below;
        var (status, body) = await GetAsync(target, connection, path, cancellation).ConfigureAwait(false);
        if (below.Length == 0) return $"GET {path} answered with {(int)status}, so HTTP is spoken there";
        if (status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            throw new ProbeException(
                $"it refuses {path} with {(int)status}", "set \"accessToken\" of \"credentials\" to one that it takes");
        }

        if (status != HttpStatusCode.OK)
            throw new ProbeException($"it answers {path} with {(int)status} and gives not {what}", "mend \"path\"");
        return target.Entity == "identityManagementServer" ? Discovery(body) : Capabilities(body);
    }

    private static async Task<(HttpStatusCode Status, byte[] Body)> GetAsync(
        ProbeTarget target, ProbeConnection connection, string path, CancellationToken cancellation)
    {
        // the connection is there already, TLS and all: the client only speaks HTTP on it
        var connections = 0;
        using var pipe = new SocketsHttpHandler
        {
            ConnectCallback = (_, _) => ++connections == 1
                ? ValueTask.FromResult(connection.Stream) : throw new IOException("the one connection has ended"),
            AllowAutoRedirect = false,
            UseProxy = false,
        };
        using var client = new HttpClient(pipe) { MaxResponseContentBufferSize = OctetsMax };
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{target.Endpoint.Node}{path}");
        if (target.Settings.Credentials.AccessToken is { } token)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            using var response = await client.SendAsync(request, cancellation).ConfigureAwait(false);
            return (response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(
                false));
        }
        catch (HttpRequestException e)
        {
            throw e.HttpRequestError switch
            {
                HttpRequestError.InvalidResponse => new ProbeException(
                    $"it answers GET {path} with octets that are no HTTP", "mend \"port\" and \"protocol\""),
                _ when connections > 1 || e.HttpRequestError == HttpRequestError.ResponseEnded => new ProbeException(
                    $"it closes the connection upon GET {path} without an answer",
                        "see its log: it may want TLS, or a certificate"),
                _ => new ProbeException($"GET {path} brings no answer: {e.HttpRequestError}", "see its log"),
            };
        }
    }

    // OpenID Connect Discovery 3: what clients of an MC system need of it (TS 33.180 5.1)
    private static string Discovery(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            string[] needed = ["issuer", "authorization_endpoint", "token_endpoint", "jwks_uri"];
            var missing = needed.Where(n => !json.RootElement.TryGetProperty(n, out var v)
                || v.ValueKind != JsonValueKind.String).ToArray();
            if (missing.Length > 0)
            {
                throw new ProbeException(
                    $"its discovery document lacks {string.Join(", ", missing)}",
                        "have it give them (OpenID Connect Discovery 3)");
            }

            return $"discovery document of the issuer {json.RootElement.GetProperty("issuer").GetString()}";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new ProbeException("its discovery document is no JSON object",
                "mend \"path\": something else answers there");
        }
    }

    private static string Capabilities(byte[] body)
    {
        try
        {
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
            using var reader = XmlReader.Create(new MemoryStream(body), settings);
            var root = XDocument.Load(reader).Root!;
            var auids = root.Elements(Caps + "auids").Elements(Caps + "auid").Select(a => a.Value.Trim()).ToArray();
            if (root.Name == Caps + "xcap-caps" && auids.Length > 0) return $"XCAP with {string.Join(", ", auids)}";
        }
        catch (XmlException)
        {
            // told below
        }

        throw new ProbeException(
            "what it gives as XCAP capabilities is no xcap-caps document (RFC 4825 12.4)",
                "mend \"path\": it must be the XCAP root");
    }
}
