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

/// <summary>Requests to the group management servers of other MC systems (CSC-16; OWN GCI binding: XCAP on the global tree
/// for groups, OWN MEM: on the sender's tree for members).</summary>
internal sealed class GroupTransfer(GroupManagementOptions options, StoredGroups groups)
{
    /// <summary>TS 23.280 10.2.x.2 step 1. A second attempt is made where the first was not answered, or the partner holds another
    /// state than was known: the home MC system decides what the group is.</summary>
    public async Task<GroupTransferred> PushAsync(McGroupId id, GroupPartnerSystem partner, byte[] document)
    {
        var known = groups.TagAt(id, partner.System);
        var put = new Transfer(HttpMethod.Put, Selector(id), GroupDocument.ContentType, document);
        var answer = await SendAsync(put with { Condition = ConditionOn(known) }, partner).ConfigureAwait(false);
        if (answer.StatusCode is 0 or 412) answer = await SendAsync(put, partner).ConfigureAwait(false);
        if (answer.IsDone) groups.SetTagAt(id, partner.System, answer.ETag);
        return answer;
    }

    /// <summary>The group exists no more.</summary>
    public async Task<GroupTransferred> DeleteAsync(McGroupId id, GroupPartnerSystem partner)
    {
        var answer = await SendAsync(new Transfer(HttpMethod.Delete, Selector(id)), partner).ConfigureAwait(false);
        if (answer.IsDone || answer.StatusCode == 404) groups.SetTagAt(id, partner.System, null);
        return answer;
    }

    /// <summary>TS 23.280 10.2.x.3 step 2.</summary>
    public Task<GroupTransferred> PullAsync(McGroupId id, GroupPartnerSystem home) =>
        SendAsync(new Transfer(HttpMethod.Get, Selector(id)), home);

    /// <summary>Sends, and once more where no answer came or the other server says that it could not (OWN MEM-AGAIN).
    /// For requests that do no harm when they arrive twice.</summary>
    public async Task<GroupTransferred> SendSafelyAsync(Transfer transfer, GroupPartnerSystem to)
    {
        var answer = await SendAsync(transfer, to).ConfigureAwait(false);
        return answer.StatusCode is 0 or >= 500 ? await SendAsync(transfer, to).ConfigureAwait(false) : answer;
    }

    /// <summary>The condition that nothing has changed since a tag was given; null: that nothing is there.</summary>
    public static (string Name, string Value) ConditionOn(string? tag) =>
        tag is null ? ("If-None-Match", "*") : ("If-Match", tag);

    private static string Selector(McGroupId id) =>
        $"{GroupDocument.Auid}/global/byGroupID/{Uri.EscapeDataString(id.Value)}";

    private async Task<GroupTransferred> SendAsync(Transfer transfer, GroupPartnerSystem to)
    {
        var uri = new Uri(
            $"http://{to.Host}{GroupManagementServer.Root}{transfer.Selector}",
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var request = new HttpRequestMessage(transfer.Method, uri);
        request.Headers.TryAddWithoutValidation("X-3GPP-Asserted-Identity", $"\"{options.Identity}\"");
        if (transfer.Condition is ({ } name, { } value)) request.Headers.TryAddWithoutValidation(name, value);
        if (transfer.Body is { } body)
            request.Content = new ByteArrayContent(
                body)
            { Headers = { ContentType = new MediaTypeHeaderValue(transfer.ContentType) } };
        var answer = await options.Requester.SendAsync(request).ConfigureAwait(false);
        return new GroupTransferred(answer.StatusCode, answer.Body, answer.ETag);
    }
}

/// <summary>A request to another MC system.</summary>
/// <param name="Method">Method.</param>
/// <param name="Selector">Document, escaped, behind the XCAP root.</param>
/// <param name="ContentType">Of the body.</param>
/// <param name="Body">Null for none.</param>
internal sealed record Transfer(HttpMethod Method, string Selector, string ContentType = "", byte[]? Body = null)
{
    /// <summary>Header field that makes it conditional; null for none.</summary>
    public (string Name, string Value)? Condition { get; init; }
}
