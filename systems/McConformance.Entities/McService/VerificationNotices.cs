using System.Net.Http.Headers;
using System.Xml.Linq;
using McConformance.Entities.Ports;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;
using McConformance.Wire.Time;

namespace McConformance.Entities.McService;

/// <summary>
/// Tells the own configuration management server on CSC-5 whether the primary has verified a user who migrated
/// offline, so that it gives
/// the ordinary profile or the restricted one (OWN MIG-OFF-7). Repeated until it is taken. Runs under the endpoint's
/// gate.
/// </summary>
internal sealed class VerificationNotices(McServiceOptions options)
{
    private const string MediaType = "application/vnd.mcconformance.migration+xml";
    private readonly KeptTable<McServiceId, bool> known = new(options.Store, "notices");
    private readonly KeptTable<McServiceId, bool> untaken = new(options.Store, "untaken-notices");
    private readonly Dictionary<McServiceId, Notice> latest = [];

    /// <summary>Called when another profile of a user is in force.</summary>
    public Action<McServiceId>? ProfileChanged { get; init; }

    /// <summary>Whether anything was told about a user.</summary>
    public bool Knows(McServiceId user) => known.ContainsKey(user);

    /// <summary>Tells. A notice about the same user that is under way counts no more.</summary>
    /// <param name="user">The user's identity here.</param>
    /// <param name="isVerified">What holds now.</param>
    /// <param name="done">Called with the gate held, once it is taken, or at once where nobody is to be told.</param>
    public void Tell(McServiceId user, bool isVerified, Action? done = null)
    {
        if (options.Requester is null)
        {
            done?.Invoke();
            return;
        }

        Stop(user);
        (known[user], untaken[user]) = (true, isVerified);
        (latest[user] = new Notice(this, user, isVerified, done)).Send();
    }

    /// <summary>Goes on after a restart: with notices that were not taken.</summary>
    public void Resume()
    {
        foreach (var (user, isVerified) in untaken.ToArray()) Tell(user, isVerified);
    }

    /// <summary>Ends all timers.</summary>
    public void Stop()
    {
        foreach (var user in latest.Keys.ToArray()) Stop(user);
    }

    private void Stop(McServiceId user)
    {
        if (latest.Remove(user, out var before)) options.Endpoint.Wheel.Cancel(before);
    }

    private async Task SendAsync(Notice notice)
    {
        var (names, ns) = (options.Binding, XNamespace.Get(options.Binding.Namespace));
        var body = new XElement(
            ns + names.MigrationVerification, new XAttribute(XNamespace.Xmlns + "mig", ns.NamespaceName),
            new XElement(ns + names.PartnerMcServiceId, notice.User.Value),
            new XElement(ns + names.Service, McServiceNames.Of(options.Service).Token),
            new XElement(ns + names.Verification, notice.IsVerified ? names.Verified : names.Pending));
        var octets = new System.Text.UTF8Encoding(false).GetBytes(body.ToString(SaveOptions.DisableFormatting));
        var request = new HttpRequestMessage(
            HttpMethod.Post, $"http://cms.{options.System.Value}/migration/verification")
        {
            Content = new ByteArrayContent(octets) { Headers = { ContentType = new MediaTypeHeaderValue(MediaType) } },
        };
        request.Headers.TryAddWithoutValidation("X-3GPP-Asserted-Identity", $"\"{options.Psi}\"");
        var answer = await options.Requester!.SendAsync(request).ConfigureAwait(false);
        lock (options.Endpoint.Gate) Answered(notice, answer.StatusCode);
    }

    private void Answered(Notice notice, int status)
    {
        if (latest.GetValueOrDefault(notice.User) != notice) return;
        // refused is answered too: asking again would not change it, and the user keeps what the server gives
        if (status is < 200 or >= 500) options.Endpoint.Wheel.Schedule(notice, options.RepairInterval);
        else
        {
            latest.Remove(notice.User);
            untaken.Remove(notice.User);
            ProfileChanged?.Invoke(notice.User);
            notice.Done?.Invoke();
        }
    }

    private sealed class Notice(VerificationNotices owner, McServiceId user, bool isVerified, Action? done) : TimerNode
    {
        public McServiceId User => user;

        public bool IsVerified => isVerified;

        public Action? Done => done;

        public void Send() => _ = owner.SendAsync(this);

        protected override void OnTimer() => Send();
    }
}
