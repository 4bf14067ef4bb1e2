using McConformance.Wire.Documents;
using McConformance.Wire.Http.Transport;
using McConformance.Wire.Identities;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transactions;
using McConformance.Wire.Sip.Transport;

namespace McConformance.Entities.McService;

/// <summary>
/// The group configuration that an MC service server holds (CSC-3): requested from the own group management server when a user becomes
/// service authorized whose profile lists a group that is not held (TS 23.280 10.2.x.3 step 1), and again when a notice says that it
/// changed (step 6, and 10.2.x.2 step 4). Guarded by the endpoint's gate.
/// </summary>
internal sealed class GroupConfigurations(McServiceOptions options, SipEndpoint endpoint)
{
    private readonly Dictionary<McGroupId, string> held = [];
    private readonly HashSet<McGroupId> asked = [];
    private readonly ChangeSubscription subscription = new(options, endpoint, $"sip:gms@{options.System.Value}");

    /// <summary>Subscribes to change notices (RFC 5875).</summary>
    public void Subscribe(SipDestination groupManagement) => subscription.Begin(
        () => groupManagement, $"<sip:{endpoint.AddressOf(Wire.Carrier.Tcp)};transport=tcp>");

    /// <summary>Subscribes no more.</summary>
    public void Stop() => subscription.Stop();

    /// <summary>A user has service now, whose profile lists these groups.</summary>
    public void Authorized(IReadOnlyList<McGroupId> groups)
    {
        foreach (var group in groups)
            if (!held.ContainsKey(group)) _ = RequestAsync(group);
    }

    /// <summary>A notice came. Documents that are held and have another tag now are requested anew.</summary>
    public void Notified(SipServerTransaction transaction)
    {
        if (!subscription.Owns(transaction.Request))
        {
            transaction.Respond(481, "Subscription Does Not Exist"u8);
            return;
        }

        if (NoticeFaults.ReadOrRefuse(transaction) is not { } changes) return;
        transaction.Respond(200, "OK"u8);
        foreach (var change in changes)
        {
            var group = new McGroupId(Uri.UnescapeDataString(change.Selector[(change.Selector.LastIndexOf('/') + 1)..]));
            if (!held.TryGetValue(group, out var tag)) continue;
            if (change.NewEtag is null) held.Remove(group);
            else if (change.NewEtag.Trim('"') != tag.Trim('"')) _ = RequestAsync(group);
        }
    }

    /// <summary>A group as it holds in this MC system now; null where there is none.</summary>
    public async Task<GroupDescription?> FindAsync(McGroupId group)
    {
        if (options.Requester is not { } requester) return null;
        var answer = await requester.SendAsync(Request(group)).ConfigureAwait(false);
        return answer.StatusCode == 200 && GroupDocument.TryRead(answer.Body, out var document, [])
            ? document.Description : null;
    }

    private async Task RequestAsync(McGroupId group)
    {
        if (options.Requester is not { } requester || !asked.Add(group)) return;
        var answer = await requester.SendAsync(Request(group)).ConfigureAwait(false);
        lock (options.Endpoint.Gate)
        {
            asked.Remove(group);
            if (answer.StatusCode == 200) held[group] = answer.ETag ?? "";
        }
    }

    private HttpRequestMessage Request(McGroupId group)
    {
        var uri = new Uri(
            $"http://gms.{options.System.Value}/xcap-root/{GroupDocument.Auid}/global/byGroupID/{Uri.EscapeDataString(group.Value)}",
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.Headers.TryAddWithoutValidation("X-3GPP-Asserted-Identity", $"\"{options.Psi}\"");
        return request;
    }
}
