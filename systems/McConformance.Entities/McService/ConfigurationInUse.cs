using McConformance.Wire.Documents;
using McConformance.Wire.Identities;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transactions;

namespace McConformance.Entities.McService;

/// <summary>
/// What an MC service server has from its configuration management server (CSC-5): the service configuration
/// (TR 23.781 6.1.1), fetched over XCAP
/// and fetched again when a notice tells of a change (RFC 5875); and the profiles of users, fetched when they matter
/// and held until one
/// changes (TS 23.280 10.1.1.2: the partner enforces the profiles that it provides). Guarded by the endpoint's gate.
/// </summary>
internal sealed class ConfigurationInUse(McServiceOptions options, SipEndpoint endpoint, PartnersInUse partners)
{
    private readonly McServiceNames names = McServiceNames.Of(options.Service);
    private readonly Dictionary<string, UserProfile> profiles = new(StringComparer.Ordinal);
    private readonly ChangeSubscription subscription = new(options, endpoint, $"sip:cms@{options.System.Value}");
    private string held = "";
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

    /// <summary>Subscribes to changes through the SIP core (TS 23.280 7.3.1 NOTE 3).</summary>
    public void Subscribe()
    {
        var lists = ResourceLists.Of(ServiceConfigurationSelector, $"{names.UserProfileAuid}/users/");
        subscription.Begin(options.SipCore, $"<{options.Psi}>", "application/resource-lists+xml", lists.ToOctets());
    }

    /// <summary>Whether a notice belongs to this subscription.</summary>
    public bool Owns(SipMessage notice) => subscription.Owns(notice);

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

    /// <summary>Subscribes no more.</summary>
    public void Stop() => subscription.Stop();

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
