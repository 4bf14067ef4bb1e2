using System.Text;
using McConformance.Wire;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transactions;
using McConformance.Wire.Sip.Transport;
using McConformance.Wire.Time;

namespace McConformance.Entities.GroupManagement;

/// <summary>
/// Notifies MC service servers of changed group documents: event package xcap-diff (RFC 5875) on subscriptions (RFC 6665), in the SIP
/// dialog that the subscription made. The endpoint's gate guards everything.
/// </summary>
public sealed class ChangeNotices : ISipUser, ISipClientUser, IAsyncDisposable
{
    private const int ExpiresMax = 3600;
    private readonly GroupManagementOptions options;
    private readonly StoredGroups groups;
    private readonly Dictionary<string, Subscription> subscriptions = new(StringComparer.Ordinal);

    internal ChangeNotices(GroupManagementOptions options, StoredGroups groups)
    {
        (this.options, this.groups) = (options, groups);
        Endpoint = new SipEndpoint(options.Endpoint, this);
    }

    /// <summary>Its SIP endpoint.</summary>
    public SipEndpoint Endpoint { get; }

    internal void Start() => Endpoint.Start();

    /// <summary>A document changed: every subscriber is told.</summary>
    internal void Changed(McGroupId id, string? before, string? now)
    {
        lock (options.Endpoint.Gate)
            foreach (var subscription in subscriptions.Values) Notify(subscription, Diff((id, before, now)), "active");
    }

    void ISipUser.OnRequest(SipServerTransaction transaction)
    {
        if (transaction.AnswerUnknown(SipHeader.Require)) return;
        if (transaction.Request.Method == SipMethod.Subscribe) Subscribe(transaction);
        else transaction.Respond(transaction.NewResponse(405, "Method Not Allowed"u8).Line(SipHeader.Allow).Put("SUBSCRIBE").Finish());
    }

    void ISipUser.OnAck(SipMessage ack, SipFlow flow)
    {
    }

    void ISipUser.OnStrayResponse(SipMessage response, SipFlow flow)
    {
    }

    void ISipClientUser.OnResponse(SipClientTransaction transaction, SipMessage response)
    {
        // RFC 6665 4.2.2: a subscriber that does not know the subscription has none
        if (response.StatusCode is 481 or 404 or 410) subscriptions.Remove(((Subscription)transaction.State!).CallId);
    }

    void ISipClientUser.OnFailure(SipClientTransaction transaction, SipFailure why) => subscriptions.Remove(((Subscription)transaction.State!).CallId);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Endpoint.DisposeAsync();

    private void Subscribe(SipServerTransaction transaction)
    {
        var request = transaction.Request;
        if (!request.TryGet(SipHeader.Event, out var package) || !package.StartsWith("xcap-diff"u8))
        {
            transaction.Respond(transaction.NewResponse(489, "Bad Event"u8).Line("Allow-Events"u8).Put("xcap-diff").Finish());
            return;
        }

        var asserted = request.TryGet(SipHeader.PAssertedIdentity, out var value) && NameAddress.TryRead(value, out var identity) ? Encoding.UTF8.GetString(identity.Uri) : "";
        if (!options.McServiceServers.Contains(asserted))
        {
            transaction.Respond(403, "Forbidden"u8);
            return;
        }

        var expires = request.TryGet(SipHeader.Expires, out var text) && System.Buffers.Text.Utf8Parser.TryParse(text, out int wanted, out _) ? Math.Min(wanted, ExpiresMax) : ExpiresMax;
        var subscription = Subscription.Of(request, transaction.Flow, this);
        if (expires == 0) subscriptions.Remove(subscription.CallId);
        else
        {
            if (subscriptions.Remove(subscription.CallId, out var before))
            {
                options.Endpoint.Wheel.Cancel(before);
                subscription.CSeq = before.CSeq; // RFC 3261 12.2.1.1: it goes on rising in a dialog
            }

            subscriptions[subscription.CallId] = subscription;
            options.Endpoint.Wheel.Schedule(subscription, TimeSpan.FromSeconds(expires));
        }

        var own = Endpoint.AddressOf(Carrier.Tcp);
        var response = transaction.NewResponse(200, "OK"u8).Line(SipHeader.Expires).Put(expires).Line(SipHeader.Contact).Put($"<sip:{own};transport=tcp>").Finish();
        subscription.LocalTag = TagOf(response);
        transaction.Respond(response);
        // RFC 6665 4.2.1.2: at once, with the state as it is
        Notify(subscription, Diff([.. groups.All().Select(g => (g.Group.Id, (string?)null, (string?)g.ETag))]), expires == 0 ? "terminated;reason=timeout" : "active");
    }

    private void Notify(Subscription subscription, byte[] diff, string state)
    {
        var draft = Endpoint.NewRequest(SipMethod.Notify, Encoding.ASCII.GetBytes(subscription.Contact), subscription.Destination);
        draft.Line(SipHeader.MaxForwards).Put(70)
            .Line(SipHeader.From).Put("<").Put(options.Identity).Put(">;tag=").Put(subscription.LocalTag)
            .Line(SipHeader.To).Put(subscription.Remote)
            .Line(SipHeader.CallId).Put(subscription.CallId)
            .Line(SipHeader.CSeq).Put(++subscription.CSeq).Put(" NOTIFY")
            .Line(SipHeader.Contact).Put($"<sip:{Endpoint.AddressOf(Carrier.Tcp)};transport=tcp>")
            .Line(SipHeader.Event).Put("xcap-diff")
            .Line("Subscription-State"u8).Put(state);
        Endpoint.SendRequest(draft.Finish("application/xcap-diff+xml"u8, diff), subscription.Destination, this, subscription);
    }

    /// <summary>RFC 5874 3: a document that is gone has only a previous tag, a new one only a new tag.</summary>
    private byte[] Diff(params ReadOnlySpan<(McGroupId Id, string? Before, string? Now)> changes)
    {
        var text = new StringBuilder($"<?xml version=\"1.0\" encoding=\"UTF-8\"?><xcap-diff xmlns=\"urn:ietf:params:xml:ns:xcap-diff\" xcap-root=\"https://gms.{options.System.Value}{GroupManagementServer.Root}\">");
        foreach (var (id, before, now) in changes)
        {
            text.Append("<document sel=\"").Append(GroupDocument.Auid).Append("/global/byGroupID/").Append(Uri.EscapeDataString(id.Value)).Append('"');
            if (now is not null) text.Append(" new-etag=\"").Append(now.Trim('"')).Append('"');
            if (before is not null) text.Append(" previous-etag=\"").Append(before.Trim('"')).Append('"');
            text.Append("/>");
        }

        return Encoding.UTF8.GetBytes(text.Append("</xcap-diff>").ToString());
    }

    private static string TagOf(SipDraft response)
    {
        var message = new SipMessage();
        message.TryIndex(response.Octets, stream: false, out _);
        return message.TryGet(SipHeader.To, out var to) && NameAddress.TryRead(to, out var address) && address.TryGetParameter("tag"u8, out var tag)
            ? Encoding.ASCII.GetString(tag)
            : "";
    }

    private sealed class Subscription(ChangeNotices owner, string callId, string remote, string contact, SipDestination destination) : TimerNode
    {
        public string CallId => callId;

        /// <summary>From of the SUBSCRIBE, with its tag.</summary>
        public string Remote => remote;

        public string Contact => contact;

        public SipDestination Destination => destination;

        public string LocalTag { get; set; } = "";

        public uint CSeq { get; set; }

        public static Subscription Of(SipMessage request, SipFlow flow, ChangeNotices owner)
        {
            var contact = request.TryGet(SipHeader.Contact, out var value) && NameAddress.TryRead(value, out var address) ? Encoding.UTF8.GetString(address.Uri) : $"sip:{flow.Remote}";
            return new Subscription(owner, Text(request, SipHeader.CallId), Text(request, SipHeader.From), contact, SipDestination.By(flow));
        }

        protected override void OnTimer()
        {
            lock (owner.options.Endpoint.Gate)
            {
                if (!IsScheduled) owner.subscriptions.Remove(CallId);
            }
        }

        private static string Text(SipMessage request, SipHeader header) => request.TryGet(header, out var value) ? Encoding.UTF8.GetString(value) : "";
    }
}
