using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using McConformance.Wire;
using McConformance.Wire.Http.Transport;

namespace McConformance.Fakes.GroupManagement;

/// <summary>A request as a step wants it, right or wrong.</summary>
/// <param name="Method">Method.</param>
/// <param name="Path">Behind the XCAP root, escaped.</param>
/// <param name="Asserted">Public service identity that it asserts.</param>
public sealed record FakeRequest(HttpMethod Method, string Path, string Asserted)
{
    /// <summary>Content type of the body.</summary>
    public string ContentType { get; init; } = "";

    /// <summary>The body; null for none.</summary>
    public byte[]? Body { get; init; }

    /// <summary>A condition; null for none.</summary>
    public (string Name, string Value)? Condition { get; init; }
}

/// <summary>Stands in for a group management server of another MC system on CSC-16: asks for what a step says, in
/// whose name a step says. It belongs to no MC system, so that nobody judges the form of what it sends.</summary>
public sealed class FakeGroupManagementServer : IAsyncDisposable
{
    private readonly HttpRequester requester;
    private readonly string peer;

    /// <summary>Makes it; it connects when it sends.</summary>
    /// <param name="links">Address book of the scenario.</param>
    /// <param name="host">Its own host name.</param>
    /// <param name="peer">Host of the group management server that it asks.</param>
    /// <param name="address">Where that is.</param>
    /// <param name="tls">How to open TLS; null for a plain connection.</param>
    public FakeGroupManagementServer(
        LinkBook links, string host, string peer, IPEndPoint address, SslClientAuthenticationOptions? tls)
    {
        this.peer = peer;
        requester = new HttpRequester(new HttpRequesterOptions
        {
            Self = links.Add(new Party(host, EntityKind.GroupManagementServer, "")),
            Links = links,
            Route = _ => new HttpRoute(address, tls),
            KeepsConnections = false,
        });
    }

    /// <summary>Sends a request.</summary>
    /// <returns>Status of the answer; 0 where none came.</returns>
    public async Task<int> SendAsync(FakeRequest request)
    {
        var uri = new Uri(
            $"http://{peer}/xcap-root/{request.Path}",
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var message = new HttpRequestMessage(request.Method, uri);
        message.Headers.TryAddWithoutValidation("X-3GPP-Asserted-Identity", $"\"{request.Asserted}\"");
        if (request.Condition is var (name, value)) message.Headers.TryAddWithoutValidation(name, value);
        if (request.Body is { } body)
        {
            message.Content = new ByteArrayContent(body);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue(request.ContentType);
        }

        return (await requester.SendAsync(message)).StatusCode;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        requester.Dispose();
        return ValueTask.CompletedTask;
    }
}
