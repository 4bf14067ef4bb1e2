using System.Net.Http.Headers;
using McConformance.Wire.Documents;
using McConformance.Wire.Http.Transport;
using McConformance.Wire.Identities;

namespace McConformance.Entities.GroupManagement;

/// <summary>How a transfer ended.</summary>
/// <param name="StatusCode">What the other server answered; 0 where it did not.</param>
/// <param name="Body">Its body.</param>
/// <param name="ETag">Entity tag it gave; null where none.</param>
public sealed record GroupTransferred(int StatusCode, ReadOnlyMemory<byte> Body, string? ETag)
{
    /// <summary>Stored there, or received from there.</summary>
    public bool IsDone => StatusCode is >= 200 and < 300;
}

/// <summary>Requests to the group management servers of other MC systems (CSC-16; OWN GCI binding: XCAP on the global tree).</summary>
internal sealed class GroupTransfer(GroupManagementOptions options, StoredGroups groups)
{
    /// <summary>TS 23.280 10.2.x.2 step 1. A second attempt is made where the first was not answered, or the partner holds another
    /// state than was known: the home MC system decides what the group is.</summary>
    public async Task<GroupTransferred> PushAsync(McGroupId id, GroupPartnerSystem partner, byte[] document)
    {
        var known = groups.TagAt(id, partner.System);
        var answer = await SendAsync(HttpMethod.Put, id, partner, document, known is null ? ("If-None-Match", "*") : ("If-Match", known)).ConfigureAwait(false);
        if (answer.StatusCode is 0 or 412) answer = await SendAsync(HttpMethod.Put, id, partner, document, null).ConfigureAwait(false);
        if (answer.IsDone) groups.SetTagAt(id, partner.System, answer.ETag);
        return answer;
    }

    /// <summary>The group exists no more.</summary>
    public async Task<GroupTransferred> DeleteAsync(McGroupId id, GroupPartnerSystem partner)
    {
        var answer = await SendAsync(HttpMethod.Delete, id, partner, null, null).ConfigureAwait(false);
        if (answer.IsDone || answer.StatusCode == 404) groups.SetTagAt(id, partner.System, null);
        return answer;
    }

    /// <summary>TS 23.280 10.2.x.3 step 2.</summary>
    public Task<GroupTransferred> PullAsync(McGroupId id, GroupPartnerSystem home) => SendAsync(HttpMethod.Get, id, home, null, null);

    private async Task<GroupTransferred> SendAsync(HttpMethod method, McGroupId id, GroupPartnerSystem to, byte[]? body, (string Name, string Value)? condition)
    {
        var uri = new Uri(
            $"http://{to.Host}{GroupManagementServer.Root}{GroupDocument.Auid}/global/byGroupID/{Uri.EscapeDataString(id.Value)}",
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var request = new HttpRequestMessage(method, uri);
        request.Headers.TryAddWithoutValidation("X-3GPP-Asserted-Identity", $"\"{options.Identity}\"");
        if (condition is ({ } name, { } value)) request.Headers.TryAddWithoutValidation(name, value);
        if (body is not null) request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(GroupDocument.ContentType) } };
        var answer = await options.Requester.SendAsync(request).ConfigureAwait(false);
        return new GroupTransferred(answer.StatusCode, answer.Body, answer.ETag);
    }
}
