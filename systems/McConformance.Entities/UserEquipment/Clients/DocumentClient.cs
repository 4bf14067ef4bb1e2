using McConformance.Wire.Documents;
using McConformance.Wire.Http.Transport;
using McConformance.Wire.Identities;

namespace McConformance.Entities.UserEquipment.Clients;

using McService = McConformance.Wire.Documents.McService;

/// <summary>A document, or why there is none.</summary>
/// <param name="Octets">Empty where there is none.</param>
/// <param name="StatusCode">HTTP status; 0 where no answer came.</param>
/// <param name="ETag">Entity tag; null where none.</param>
public sealed record FetchedDocument(ReadOnlyMemory<byte> Octets, int StatusCode, string? ETag)
{
    /// <summary>True where there is a document.</summary>
    public bool IsThere => StatusCode == 200;
}

/// <summary>
/// Configuration management client (CSC-4) and group management client (CSC-2) of a UE (TS 23.280 7.4.2.2.1, 7.4.2.2.5): fetches documents
/// over XCAP with the user's access token.
/// </summary>
/// <param name="requester">The UE's HTTP client.</param>
public sealed class DocumentClient(HttpRequester requester)
{
    /// <summary>The user profile of an index (TS 24.484 8.3).</summary>
    public Task<FetchedDocument> UserProfileAsync(string xcapRoot, string token, McServiceId user, ProfileIndex index, McService service)
    {
        var names = McServiceNames.Of(service);
        return GetAsync($"{xcapRoot}{names.UserProfileAuid}/users/{Uri.EscapeDataString(user.Value)}/{names.Token}-user-profile-{index}.xml", token);
    }

    /// <summary>A group document (TS 24.481 7.2).</summary>
    public Task<FetchedDocument> GroupAsync(string xcapRoot, string token, McGroupId group) =>
        GetAsync($"{xcapRoot}{GroupDocument.Auid}/global/byGroupID/{Uri.EscapeDataString(group.Value)}", token);

    /// <summary>Partner MC system connection details (TR 23.781 6.2.1 steps 1 and 13).</summary>
    public async Task<FetchedDocument> ConnectionDetailsAsync(string host, string token, byte[] request, string mediaType)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, $"http://{host}/migration/partner-connection")
        {
            Content = new ByteArrayContent(request) { Headers = { ContentType = new(mediaType) } },
        };
        message.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        var answer = await requester.SendAsync(message).ConfigureAwait(false);
        return new FetchedDocument(answer.Body, answer.StatusCode, null);
    }

    /// <summary>The functional aliases that a user may activate (CSC-14; TS 23.280 7.3.1).</summary>
    public Task<FetchedDocument> FunctionalAliasesAsync(string xcapRoot, string token, McServiceId user) =>
        GetAsync(xcapRoot + FunctionalAliases.SelectorOf(user), token);

    /// <summary>Writes a document (RFC 4825 7.1).</summary>
    /// <param name="uri">Where.</param>
    /// <param name="token">Access token; empty for none.</param>
    /// <param name="mediaType">Media type.</param>
    /// <param name="octets">The document.</param>
    /// <param name="tag">Entity tag of the document that it is to replace, with its quotes; null for no
    /// condition.</param>
    public async Task<FetchedDocument> PutAsync(string uri, string token, string mediaType, ReadOnlyMemory<byte> octets,
        string? tag)
    {
        var request = Request(HttpMethod.Put, uri, token);
        request.Content = new ByteArrayContent(octets.ToArray()) { Headers = { ContentType = new(mediaType) } };
        if (tag is not null) request.Headers.TryAddWithoutValidation("If-Match", tag);
        var answer = await requester.SendAsync(request).ConfigureAwait(false);
        return new FetchedDocument(answer.Body, answer.StatusCode, answer.ETag);
    }

    /// <summary>Any document of a server.</summary>
    public async Task<FetchedDocument> GetAsync(string uri, string token)
    {
        var request = Request(HttpMethod.Get, uri, token);
        var answer = await requester.SendAsync(request).ConfigureAwait(false);
        return new FetchedDocument(answer.IsSuccess ? answer.Body : default, answer.StatusCode, answer.ETag);
    }

    private static HttpRequestMessage Request(HttpMethod method, string uri, string token)
    {
        // names of hosts decide about TLS, not the scheme
        var plain = uri.StartsWith("https:", StringComparison.OrdinalIgnoreCase) ? "http" + uri[5..] : uri;
        var request = new HttpRequestMessage(method,
            new Uri(plain, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (token.Length > 0) request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        return request;
    }
}
