using System.Text;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transport;

namespace McConformance.Wire.Sip.Transactions;

/// <summary>Sending: requests within transactions, and messages outside them.</summary>
public sealed partial class SipEndpoint
{
    private byte[]?[] viaStarts = new byte[]?[3];
    private readonly SipMessage outgoing = new();

    /// <summary>A request whose start line and own topmost Via are written (RFC 3261 18.1.1, RFC 3581 3); the caller
    /// adds the other headers. The branch is new.</summary>
    /// <param name="method">Any.</param>
    /// <param name="requestUri">As it is to stand in the start line.</param>
    /// <param name="to">Chooses the sent-by of the Via. Where the endpoint does not listen on the carrier, that is the
    /// local end of the connection, which is then opened.</param>
    public SipDraft NewRequest(SipMethod method, ReadOnlySpan<byte> requestUri, in SipDestination to) =>
        NewRequest(SipMethods.NameOf(method), requestUri, to);

    /// <summary>The same for any method.</summary>
    public SipDraft NewRequest(ReadOnlySpan<byte> method, ReadOnlySpan<byte> requestUri, in SipDestination to)
    {
        var draft = SipDraft.Rent().Request(method, requestUri);
        draft.Line(SipHeader.Via).Put(viaStarts[(int)to.Carrier] ?? ViaStart(to.Carrier, FlowTo(to).Local));
        Span<byte> branch = stackalloc byte[16];
        identities.Next().TryFormat(branch, out _, "x16");
        return draft.Put(branch).Put(";rport"u8);
    }

    /// <summary>Sends a request within a new client transaction, and takes the draft over.</summary>
    /// <param name="request">Finished. From <c>NewRequest</c>, or any that has a Via with a branch and a CSeq.</param>
    /// <param name="to">Where to.</param>
    /// <param name="client">Told of responses and failure; never before this call returns.</param>
    /// <param name="state">For <see cref="SipTransaction.State"/>.</param>
    /// <exception cref="ArgumentException">The request has no branch or no CSeq, so nothing could be matched to it:
    /// send it by <see cref="SendStateless"/>.</exception>
    public SipClientTransaction SendRequest(
        SipDraft request, in SipDestination to, ISipClientUser client, object? state)
    {
        lock (Gate)
        {
            outgoing.TryIndex(request.Octets, stream: false, out _);
            var id = ids.OfClient(outgoing);
            if (id.IsEmpty)
            {
                SipDraft.Return(request);
                throw new ArgumentException("the request has no branch or no CSeq", nameof(request));
            }

            var transaction = ClientPool.Rent();
            transaction.Begin(outgoing.Method, FlowTo(to), request.Written, client, state);
            SipDraft.Return(request);
            Clients.Add(transaction, id);
            transaction.On(TransactionEvent.Start);
            return transaction;
        }
    }

    /// <summary>Sends a message outside transactions, as it stands: an ACK to 2xx, a deliberate fault. Takes the
    /// finished draft over.</summary>
    public void SendStateless(SipDraft message, in SipDestination to)
    {
        lock (Gate)
        {
            FlowTo(to).Send(message.Written);
            SipDraft.Return(message);
        }
    }

    /// <summary>A CANCEL for a request that was sent (RFC 3261 9.1): send it by <see cref="SendRequest"/> to the same
    /// destination, once a provisional response has come.</summary>
    public SipDraft NewCancel(SipClientTransaction of) => NewHopRequest(SipMethod.Cancel, of.RequestOctets, null);

    /// <summary>ACK or CANCEL as RFC 3261 17.1.1.3 and 9.1 build them from the request: same Request-URI, topmost Via,
    /// From, Call-ID, CSeq number and Route; To from the response for ACK.</summary>
    internal SipDraft NewHopRequest(SipMethod method, ReadOnlyMemory<byte> request, SipMessage? response)
    {
        lock (Gate)
        {
            outgoing.TryIndex(request, stream: false, out _);
            return HopRequest.Write(method, outgoing, response);
        }
    }

    private byte[]? ViaStart(Carrier carrier) => ListensAt(carrier) is { } at ? ViaStart(carrier, at) : null;

    private static byte[] ViaStart(Carrier carrier, System.Net.IPEndPoint at) =>
        Encoding.ASCII.GetBytes($"SIP/2.0/{carrier.ToString().ToUpperInvariant()} {at};branch=z9hG4bK");
}
