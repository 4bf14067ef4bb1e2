using System.Text;
using McConformance.Wire;
using McConformance.Wire.Documents;
using McConformance.Wire.Http.Xcap;
using McConformance.Wire.Sip.Bodies;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transactions;
using McConformance.Wire.Sip.Transport;

namespace McConformance.Entities.ConfigurationManagement;

/// <summary>
/// Tells of changed documents: event package xcap-diff (RFC 5875) on subscriptions (RFC 6665) of UEs (CSC-4) and of MC
/// service servers (CSC-5),
/// through the SIP core (TS 23.280 7.3.1 NOTE 3: SIP-1 and SIP-2). A subscriber is told of what it may read. The
/// endpoint's gate guards
/// everything.
/// </summary>
public sealed class DocumentNotices : ISipUser, ISipClientUser, IAsyncDisposable
{
    private const int ExpiresMax = 3600;
    private readonly ConfigurationManagementOptions options;
    private readonly ConfigurationDocuments documents;
    private readonly SipEndpointOptions sip;
    private readonly Dictionary<string, DocumentSubscription> subscriptions = new(StringComparer.Ordinal);

    internal DocumentNotices(ConfigurationManagementOptions options, ConfigurationDocuments documents)
    {
        (this.options, this.documents) = (options, documents);
        sip = options.Endpoint ?? throw new ArgumentException("notices need a SIP endpoint");
        Endpoint = new SipEndpoint(sip, this);
    }

    /// <summary>Its SIP endpoint.</summary>
    public SipEndpoint Endpoint { get; }

    /// <summary>Binds the sockets.</summary>
    public void Start() => Endpoint.Start();

    /// <summary>A document changed: who has subscribed to it is told.</summary>
    internal void Changed(ConfigurationChange change)
    {
        lock (sip.Gate)
            foreach (var subscription in subscriptions.Values.Where(s => s.Covers(change.Selector)).ToArray())
                Notify(subscription, "active", change);
    }

    void ISipUser.OnRequest(SipServerTransaction transaction)
    {
        if (transaction.Request.Method == SipMethod.Subscribe) Subscribe(transaction);
        else transaction.Respond(transaction.NewResponse(405,
            "Method Not Allowed"u8).Line(SipHeader.Allow).Put("SUBSCRIBE").Finish());
    }

    void ISipUser.OnAck(SipMessage ack, SipFlow flow)
    {
    }

    void ISipUser.OnStrayResponse(SipMessage response, SipFlow flow)
    {
    }

    void ISipClientUser.OnResponse(SipClientTransaction transaction, SipMessage response)
    {
        // RFC 6665 4.2.2: who does not know the subscription, or is not there any more, has none
        if (response.StatusCode is 481 or 404 or 410 or 480) Forget((DocumentSubscription)transaction.State!);
    }

    void ISipClientUser.OnFailure(SipClientTransaction transaction, SipFailure why) =>
        Forget((DocumentSubscription)transaction.State!);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Endpoint.DisposeAsync();

    private void Subscribe(SipServerTransaction transaction)
    {
        var request = transaction.Request;
        if (!request.TryGet(SipHeader.Event, out var package) || !package.StartsWith("xcap-diff"u8))
        {
            transaction.Respond(transaction.NewResponse(489,
                "Bad Event"u8).Line("Allow-Events"u8).Put("xcap-diff").Finish());
            return;
        }

        var (user, wanted) = Asked(request);
        var permitted = user is null ? [] : wanted.Where(s => MayBeTold(user, s)).ToArray();
        if (permitted.Length == 0)
        {
            transaction.Respond(403, "Forbidden"u8);
            return;
        }

        var expires = request.TryGet(SipHeader.Expires, out var text)
            && System.Buffers.Text.Utf8Parser.TryParse(text, out int life, out _) ? Math.Min(life, ExpiresMax)
            : ExpiresMax;
        var subscription = DocumentSubscription.Of(request, permitted, Expired);
        if (subscriptions.Remove(subscription.CallId, out var before)) sip.Wheel.Cancel(before);
        if (expires > 0)
        {
            subscriptions[subscription.CallId] = subscription;
            sip.Wheel.Schedule(subscription, TimeSpan.FromSeconds(expires));
        }

        var response = transaction.NewResponse(200,
            "OK"u8).Line(SipHeader.Expires).Put(expires).Line(SipHeader.Contact).Put("<").Put(options.Identity).Put(
            ">").Finish();
        subscription.LocalTag = DocumentSubscription.TagOf(response);
        subscription.CSeq = before?.CSeq ?? 0;
        transaction.Respond(response);

        // RFC 6665 4.2.1.2: at once, with the documents as they are
        Notify(subscription, expires == 0 ? "terminated;reason=timeout"
            : $"active;expires={expires}", [.. documents.Where(subscription.Covers)]);
    }

    /// <summary>Of a document whoever may read it; of all documents of an application (RFC 5875 4.4: a collection)
    /// whoever may read all.</summary>
    private static bool MayBeTold(ConfigurationUser user, string selector)
    {
        if (selector.EndsWith('/')) return (user.IsServer || user.IsAdministrator)
            && ConfigurationApplications.Find(selector.Split('/')[0]) is not null;
        return Read(selector) is { Node.Length: 0 } document && DocumentRequests.MayRead(user, document);
    }

    private static XcapSelector? Read(string selector) =>
        XcapSelector.Read(ConfigurationManagementServer.Root + Escaped(selector), ConfigurationManagementServer.Root);

    /// <summary>Who asks, and for what: an MC service server by the identity asserted for it, a client by its access
    /// token (TS 24.484 6.3.13).</summary>
    private (ConfigurationUser? User, IReadOnlyList<string> Wanted) Asked(SipMessage request)
    {
        var asserted = request.TryGet(SipHeader.PAssertedIdentity, out var value)
            && NameAddress.TryRead(value, out var identity) ? Encoding.UTF8.GetString(identity.Uri) : "";
        var (token, wanted) = Bodies(request);
        if (options.McServiceServers.Contains(asserted)) return (new ConfigurationUser([]) { IsServer = true }, wanted);
        return (token is null ? null : options.VerifyToken(token).User, wanted);
    }

    private static (string? Token, IReadOnlyList<string> Wanted) Bodies(SipMessage request)
    {
        string? token = null;
        List<string> wanted = [];
        if (!request.TryGet(SipHeader.ContentType, out var type)) return (null, wanted);
        if (!Multipart.TryRead(type, request.Body, out var parts)) Take(type, request.Body);
        else
            while (parts.MoveNext())
                if (parts.TryGetHeader("Content-Type"u8, out var part)) Take(part, parts.Content);
        return (token, wanted);

        void Take(ReadOnlySpan<byte> of, ReadOnlySpan<byte> content)
        {
            if (of.StartsWith("application/resource-lists+xml"u8)
                && ResourceLists.TryRead(content.ToArray(), out var lists, []))
                wanted.AddRange(lists.AllEntries.Select(e =>
                    string.Join('/', e.Uri.Split('/').Select(Uri.UnescapeDataString))));
            else if (of.IndexOf("-info+xml"u8) >= 0
                && McServiceInfo.TryRead(content.ToArray(), out var info, [])) token = info.AccessToken;
        }
    }

    private void Notify(DocumentSubscription subscription, string state,
        params ReadOnlySpan<ConfigurationChange> changes)
    {
        var diff = new XcapDiff
        {
            XcapRoot = $"https://cms.{options.Domain}{ConfigurationManagementServer.Root}",
            Documents = [.. changes.ToArray().Select(c =>
                new XcapChange(Escaped(c.Selector)) { NewEtag = c.Now?.Trim('"'),
                PreviousEtag = c.Before?.Trim('"') })],
        };
        if (options.SipCore() is not { } core) return;
        var draft = Endpoint.NewRequest(SipMethod.Notify, Encoding.ASCII.GetBytes(subscription.Contact), core);
        draft.Line(SipHeader.MaxForwards).Put(70)
            .Line(SipHeader.From).Put("<").Put(options.Identity).Put(">;tag=").Put(subscription.LocalTag)
            .Line(SipHeader.To).Put(subscription.Remote)
            .Line(SipHeader.CallId).Put(subscription.CallId)
            .Line(SipHeader.CSeq).Put(++subscription.CSeq).Put(" NOTIFY")
            .Line(SipHeader.Contact).Put("<").Put(options.Identity).Put(">")
            .Line(SipHeader.Event).Put("xcap-diff")
            .Line("Subscription-State"u8).Put(state)
            .Line(SipHeader.PAssertedIdentity).Put("<").Put(options.Identity).Put(">");
        Endpoint.SendRequest(draft.Finish("application/xcap-diff+xml"u8, diff.ToOctets()), core, this, subscription);
    }

    private static string Escaped(string selector) =>
        string.Join('/', selector.Split('/').Select(Uri.EscapeDataString));

    private void Expired(DocumentSubscription subscription)
    {
        lock (sip.Gate)
            if (!subscription.IsScheduled) Forget(subscription);
    }

    private void Forget(DocumentSubscription subscription)
    {
        if (subscriptions.GetValueOrDefault(subscription.CallId) != subscription) return;
        subscriptions.Remove(subscription.CallId);
        sip.Wheel.Cancel(subscription);
    }
}
