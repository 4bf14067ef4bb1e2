using System.Text;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Time;

namespace McConformance.Entities.ConfigurationManagement;

/// <summary>A subscription to changes of documents (RFC 5875 4, RFC 6665), and the dialog that it made.</summary>
internal sealed class DocumentSubscription(
    string callId, string remote, string contact, IReadOnlyCollection<string> selectors,
        Action<DocumentSubscription> expired) : TimerNode
{
    public string CallId => callId;

    /// <summary>From of the SUBSCRIBE, with its tag.</summary>
    public string Remote => remote;

    /// <summary>Where the SIP core finds the subscriber: a public identity.</summary>
    public string Contact => contact;

    public string LocalTag { get; set; } = "";

    public uint CSeq { get; set; }

    /// <summary>Whether it is to a document, or to the collection that holds it.</summary>
    public bool Covers(string selector) =>
        selectors.Any(s => s == selector || (s.EndsWith('/') && selector.StartsWith(s, StringComparison.Ordinal)));

    public static DocumentSubscription Of(SipMessage request, IReadOnlyCollection<string> selectors,
        Action<DocumentSubscription> expired)
    {
        var contact = request.TryGet(SipHeader.Contact, out var value) && NameAddress.TryRead(value, out var address)
            ? Encoding.UTF8.GetString(address.Uri) : "";
        return new DocumentSubscription(Text(request, SipHeader.CallId), Text(request, SipHeader.From), contact,
            selectors, expired);
    }

    /// <summary>The tag that a response to SUBSCRIBE gave to this end.</summary>
    public static string TagOf(SipDraft response)
    {
        var message = new SipMessage();
        message.TryIndex(response.Octets, stream: false, out _);
        return message.TryGet(SipHeader.To, out var to) && NameAddress.TryRead(to, out var address)
            && address.TryGetParameter("tag"u8, out var tag)
            ? Encoding.ASCII.GetString(tag)
            : "";
    }

    protected override void OnTimer() => expired(this);

    private static string Text(SipMessage request, SipHeader header) =>
        request.TryGet(header, out var value) ? Encoding.UTF8.GetString(value) : "";
}
