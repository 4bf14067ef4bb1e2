using System.Text;
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
internal sealed class GroupConfigurations(McServiceOptions options, SipEndpoint endpoint) : ISipClientUser
{
    private readonly Dictionary<McGroupId, string> held = [];
    private readonly HashSet<McGroupId> asked = [];
    private string callId = "";

    /// <summary>Subscribes to change notices (RFC 5875).</summary>
    public void Subscribe(SipDestination groupManagement)
    {
        var target = $"sip:gms@{options.System.Value}";
        callId = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(10));
        var draft = endpoint.NewRequest(SipMethod.Subscribe, Encoding.ASCII.GetBytes(target), groupManagement);
        draft.Line(SipHeader.MaxForwards).Put(70)
            .Line(SipHeader.From).Put("<").Put(options.Psi).Put(">;tag=").Put(callId[..8])
            .Line(SipHeader.To).Put("<").Put(target).Put(">")
            .Line(SipHeader.CallId).Put(callId)
            .Line(SipHeader.CSeq).Put("1 SUBSCRIBE")
            .Line(SipHeader.Contact).Put($"<sip:{endpoint.AddressOf(Wire.Carrier.Tcp)};transport=tcp>")
            .Line(SipHeader.Event).Put("xcap-diff")
            .Line(SipHeader.Expires).Put(3600)
            .Line(SipHeader.Accept).Put("application/xcap-diff+xml")
            .Line(SipHeader.PAssertedIdentity).Put("<").Put(options.Psi).Put(">");
        endpoint.SendRequest(draft.Finish(), groupManagement, this, null);
    }

    /// <summary>A user has service now, whose profile lists these groups.</summary>
    public void Authorized(IReadOnlyList<McGroupId> groups)
    {
        foreach (var group in groups)
            if (!held.ContainsKey(group)) _ = RequestAsync(group);
    }

    /// <summary>A notice came. Documents that are held and have another tag now are requested anew.</summary>
    public void Notified(SipServerTransaction transaction)
    {
        var request = transaction.Request;
        if (!request.TryGet(SipHeader.CallId, out var id) || !id.SequenceEqual(Encoding.ASCII.GetBytes(callId)))
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

    void ISipClientUser.OnResponse(SipClientTransaction transaction, SipMessage response)
    {
    }

    void ISipClientUser.OnFailure(SipClientTransaction transaction, SipFailure why)
    {
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
