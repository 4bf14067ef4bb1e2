using System.Security.Cryptography;
using System.Text;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transactions;
using McConformance.Wire.Sip.Transport;
using McConformance.Wire.Time;

namespace McConformance.Entities.McService;

/// <summary>
/// A subscription to changes of documents (RFC 5875), kept for as long as the MC service server runs: prolonged at
/// half its life, and begun anew where the other end knows it no more or cannot be reached (RFC 6665 4.1.2.2). Guarded
/// by the endpoint's gate.
/// </summary>
/// <param name="options">Of the MC service server.</param>
/// <param name="endpoint">Sends.</param>
/// <param name="target">Whose notices: a SIP URI.</param>
internal sealed class ChangeSubscription(McServiceOptions options, SipEndpoint endpoint, string target)
    : TimerNode, ISipClientUser
{
    /// <summary>In seconds.</summary>
    private const int Life = 3600;

    private static readonly TimeSpan Again = TimeSpan.FromSeconds(30);
    private Func<SipDestination?>? way;
    private string contact = "", type = "", callId = "", remoteTag = "";
    private byte[] body = [];
    private uint cseq;

    /// <summary>Begins.</summary>
    /// <param name="by">The next hop; null while there is none.</param>
    /// <param name="at">Value of Contact: where notices are received.</param>
    /// <param name="contentType">Of <paramref name="wanted"/>.</param>
    /// <param name="wanted">The documents that notices are wanted of; empty: all.</param>
    public void Begin(Func<SipDestination?> by, string at, string contentType = "", byte[]? wanted = null)
    {
        (way, contact, type, body) = (by, at, contentType, wanted ?? []);
        Anew();
        Subscribe();
    }

    /// <summary>Whether a notice belongs to it.</summary>
    public bool Owns(SipMessage notice) => callId.Length > 0
        && notice.TryGet(SipHeader.CallId, out var id) && id.SequenceEqual(Encoding.ASCII.GetBytes(callId));

    /// <summary>Ends its timer; the subscription runs out by itself.</summary>
    public void Stop() => options.Endpoint.Wheel.Cancel(this);

    void ISipClientUser.OnResponse(SipClientTransaction transaction, SipMessage response)
    {
        if (response.StatusCode < 200) return;
        if (response.StatusCode >= 300)
        {
            Lost(atOnce: response.StatusCode == 481 && remoteTag.Length > 0);
            return;
        }

        if (response.TryGet(SipHeader.To, out var to) && NameAddress.TryRead(to, out var address)
            && address.TryGetParameter("tag"u8, out var tag)) remoteTag = Encoding.ASCII.GetString(tag);
    }

    void ISipClientUser.OnFailure(SipClientTransaction transaction, SipFailure why) => Lost(atOnce: false);

    /// <inheritdoc/>
    protected override void OnTimer()
    {
        lock (options.Endpoint.Gate) Subscribe();
    }

    private void Lost(bool atOnce)
    {
        Anew();
        if (atOnce) Subscribe();
        else options.Endpoint.Wheel.Schedule(this, Again);
    }

    private void Anew() =>
        (callId, remoteTag, cseq) = (Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(10)), "", 0);

    private void Subscribe()
    {
        if (way?.Invoke() is not { } hop) return;
        var draft = endpoint.NewRequest(SipMethod.Subscribe, Encoding.ASCII.GetBytes(target), hop);
        draft.Line(SipHeader.MaxForwards).Put(70)
            .Line(SipHeader.From).Put("<").Put(options.Psi).Put(">;tag=").Put(callId[..8])
            .Line(SipHeader.To).Put("<").Put(target).Put(">").Put(remoteTag.Length == 0 ? "" : $";tag={remoteTag}")
            .Line(SipHeader.CallId).Put(callId)
            .Line(SipHeader.CSeq).Put(++cseq).Put(" SUBSCRIBE")
            .Line(SipHeader.Contact).Put(contact)
            .Line(SipHeader.Event).Put("xcap-diff")
            .Line(SipHeader.Expires).Put(Life)
            .Line(SipHeader.Accept).Put("application/xcap-diff+xml")
            .Line(SipHeader.PAssertedIdentity).Put("<").Put(options.Psi).Put(">");
        endpoint.SendRequest(
            body.Length == 0 ? draft.Finish() : draft.Finish(Encoding.ASCII.GetBytes(type), body), hop, this, null);
        options.Endpoint.Wheel.Schedule(this, TimeSpan.FromSeconds(Life / 2));
    }
}
