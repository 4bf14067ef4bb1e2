using System.Text;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transactions;
using McConformance.Wire.Time;

namespace McConformance.Entities.McService;

/// <summary>
/// What an MC service server has from its configuration management server (CSC-5): the service configuration
/// (TR 23.781 6.1.1), fetched over XCAP
/// and fetched again when a notice tells of a change (RFC 5875); and the profiles of users, fetched when they matter
/// and held until one
/// changes (TS 23.280 10.1.1.2: the partner enforces the profiles that it provides). Guarded by the endpoint's gate.
/// </summary>
internal sealed class ConfigurationInUse(McServiceOptions options, SipEndpoint endpoint, PartnersInUse partners)
    : TimerNode, ISipClientUser
{
    private const int Life = 3600;
    private readonly McServiceNames names = McServiceNames.Of(options.Service);
    private readonly Dictionary<string, UserProfile> profiles = new(StringComparer.Ordinal);
    private readonly string callId =
        Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(10));
    private string remoteTag = "";
    private string held = "";
    private uint cseq;
    private int wanted;

    private string ServiceConfigurationSelector => $"{names.ServiceConfigurationAuid}/global/service-config.xml";

    /// <summary>Fetches the service configuration; again, where another change comes meanwhile.</summary>
    public async Task FetchAsync()
    {
        if (Interlocked.Increment(ref wanted) > 1) return;
        for (var begun = 0; begun < Volatile.Read(ref wanted);)
        {
            begun = Volatile.Read(ref wanted);
            var (octets, tag) = await GetAsync(ServiceConfigurationSelector).ConfigureAwait(false);
            if (!ServiceConfiguration.TryRead(octets, out var configuration, [])) continue;
            lock (options.Endpoint.Gate)
            {
                held = tag;
                partners.Follow(configuration);
            }
        }

        Interlocked.Exchange(ref wanted, 0);
    }

    /// <summary>A profile that this MC system provides to a user; null where there is none, or it cannot be
    /// had.</summary>
    public async Task<UserProfile?> ProfileAsync(McServiceId user, ProfileIndex index)
    {
        var selector = $"{names.UserProfileAuid}/users/{user.Value}/{names.Token}-user-profile-{index}.xml";
        lock (options.Endpoint.Gate)
            if (profiles.TryGetValue(selector, out var known)) return known;
        var (octets, _) = await GetAsync(selector).ConfigureAwait(false);
        if (!UserProfile.TryRead(octets, out var profile, [])) return null;
        lock (options.Endpoint.Gate) return profiles[selector] = profile;
    }

    /// <summary>Another profile of a user is in force: the one that is held is not (TR 23.781 5.2.10).</summary>
    public void Forget(McServiceId user)
    {
        var owned = $"{names.UserProfileAuid}/users/{user.Value}/";
        foreach (var selector in profiles.Keys.Where(k => k.StartsWith(owned, StringComparison.Ordinal)).ToArray())
            profiles.Remove(selector);
    }

    /// <summary>Subscribes to changes, or goes on with that, through the SIP core (TS 23.280 7.3.1 NOTE 3).</summary>
    public void Subscribe()
    {
        if (options.SipCore() is not { } core) return;
        var target = $"sip:cms@{options.System.Value}";
        var draft = endpoint.NewRequest(SipMethod.Subscribe, Encoding.ASCII.GetBytes(target), core);
        draft.Line(SipHeader.MaxForwards).Put(70)
            .Line(SipHeader.From).Put("<").Put(options.Psi).Put(">;tag=").Put(callId[..8])
            .Line(SipHeader.To).Put("<").Put(target).Put(">").Put(remoteTag.Length == 0 ? "" : $";tag={remoteTag}")
            .Line(SipHeader.CallId).Put(callId)
            .Line(SipHeader.CSeq).Put(++cseq).Put(" SUBSCRIBE")
            .Line(SipHeader.Contact).Put("<").Put(options.Psi).Put(">")
            .Line(SipHeader.Event).Put("xcap-diff")
            .Line(SipHeader.Expires).Put(Life)
            .Line(SipHeader.Accept).Put("application/xcap-diff+xml")
            .Line(SipHeader.PAssertedIdentity).Put("<").Put(options.Psi).Put(">");
        var lists = ResourceLists.Of(ServiceConfigurationSelector, $"{names.UserProfileAuid}/users/");
        endpoint.SendRequest(draft.Finish("application/resource-lists+xml"u8, lists.ToOctets()), core, this, null);
        options.Endpoint.Wheel.Schedule(this, TimeSpan.FromSeconds(Life / 2));
    }

    /// <summary>Whether a notice belongs to this subscription.</summary>
    public bool Owns(SipMessage notice) =>
        notice.TryGet(SipHeader.CallId, out var id) && id.SequenceEqual(Encoding.ASCII.GetBytes(callId));

    /// <summary>A notice came.</summary>
    public void Notified(SipServerTransaction transaction)
    {
        if (NoticeFaults.ReadOrRefuse(transaction) is not { } changes) return;
        transaction.Respond(200, "OK"u8);
        foreach (var change in changes)
        {
            var selector = string.Join('/', change.Selector.Split('/').Select(Uri.UnescapeDataString));
            if (selector != ServiceConfigurationSelector) profiles.Remove(selector);
            else if (change.NewEtag != held) _ = FetchAsync();
        }
    }

    /// <summary>Ends the subscription's timer.</summary>
    public void Stop() => options.Endpoint.Wheel.Cancel(this);

    void ISipClientUser.OnResponse(SipClientTransaction transaction, SipMessage response)
    {
        if (response.StatusCode is >= 200 and < 300 && response.TryGet(SipHeader.To, out var to)
            && NameAddress.TryRead(to, out var address) &&
            address.TryGetParameter("tag"u8, out var tag)) remoteTag = Encoding.ASCII.GetString(tag);
    }

    void ISipClientUser.OnFailure(SipClientTransaction transaction, SipFailure why)
    {
    }

    /// <inheritdoc/>
    protected override void OnTimer()
    {
        lock (options.Endpoint.Gate) Subscribe();
    }

    /// <summary>A document, with its entity tag without quotes; empty where there is none.</summary>
    private async Task<(ReadOnlyMemory<byte> Octets, string Tag)> GetAsync(string selector)
    {
        if (options.Requester is not { } requester) return (default, "");
        var escaped = string.Join('/', selector.Split('/').Select(Uri.EscapeDataString));
        var uri = new Uri($"http://cms.{options.System.Value}/xcap-root/{escaped}",
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.Headers.TryAddWithoutValidation("X-3GPP-Asserted-Identity", $"\"{options.Psi}\"");
        var answer = await requester.SendAsync(request).ConfigureAwait(false);
        return answer.StatusCode == 200 ? (answer.Body, answer.ETag?.Trim('"') ?? "") : (default, "");
    }
}
