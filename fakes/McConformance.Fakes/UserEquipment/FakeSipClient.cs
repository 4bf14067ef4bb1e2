using System.Net;
using System.Text;
using McConformance.Wire;
using McConformance.Wire.Authentication;
using McConformance.Wire.Identities;
using McConformance.Wire.Sip.Authentication;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transactions;
using McConformance.Wire.Sip.Transport;
using McConformance.Wire.Time;

namespace McConformance.Fakes.UserEquipment;

/// <summary>What came back to a fake's request.</summary>
/// <param name="Status">0 where nothing came.</param>
/// <param name="Nonce">Of a digest challenge, or empty.</param>
/// <param name="Realm">Of a digest challenge, or empty.</param>
public sealed record FakeResponse(int Status, string Nonce, string Realm);

/// <summary>
/// Stands in for a UE, or for a peer of a SIP core, and does what a step says: no more and no less, in any order. Answers no request but OPTIONS.
/// </summary>
public sealed class FakeSipClient : ISipUser, ISipClientUser, IAsyncDisposable
{
    private readonly SipEndpoint endpoint;
    private readonly string callId = Guid.NewGuid().ToString("N");
    private uint cseq;

    /// <summary>Binds a socket.</summary>
    /// <param name="links">Address book of the scenario.</param>
    /// <param name="wheel">Timers of the scenario.</param>
    /// <param name="name">Party name, unique.</param>
    /// <param name="kind">What it stands in for.</param>
    /// <param name="address">Own address: one that those it speaks with can answer to.</param>
    public FakeSipClient(LinkBook links, TimerWheel wheel, string name, EntityKind kind, IPAddress address)
    {
        var self = links.Add(new Party(name, kind, ""));
        endpoint = new SipEndpoint(
            new SipEndpointOptions
            {
                Self = self,
                Links = links,
                Wheel = wheel,
                Gate = new Lock(),
                Address = address,
            },
            this);
        endpoint.Start();
    }

    /// <summary>Sends a REGISTER without credentials, or with the answer to a challenge.</summary>
    /// <param name="edge">The P-CSCF.</param>
    /// <param name="domain">SIP domain.</param>
    /// <param name="set">Whom to register.</param>
    /// <param name="challenge">The challenge to answer, or null.</param>
    /// <param name="milenage">Gives RES; needed with a challenge.</param>
    public Task<FakeResponse> RegisterAsync(SipDestination edge, string domain, SipIdentitySet set, FakeResponse? challenge = null, Milenage? milenage = null)
    {
        var uri = Encoding.ASCII.GetBytes($"sip:{domain}");
        var draft = endpoint.NewRequest(SipMethod.Register, uri, edge);
        Head(draft, set.Public.Value, "REGISTER");
        draft.Line(SipHeader.Contact).Put("<sip:").Put(endpoint.AddressOf(Carrier.Udp).ToString()).Put(">;expires=3600")
            .Line(SipHeader.Authorization).Put("Digest username=\"").Put(set.Private.Value).Put("\",realm=\"").Put(challenge?.Realm ?? domain)
            .Put("\",uri=\"").Put(uri).Put("\",nonce=\"").Put(challenge?.Nonce ?? "").Put("\",response=\"");
        if (challenge is null || milenage is null) draft.Put("\"");
        else PutAnswer(draft, set, challenge, milenage, uri);
        return SendAsync(draft.Finish(), edge);
    }

    /// <summary>Sends OPTIONS to a user by way of the SIP core: the answer tells whether a binding exists.</summary>
    public Task<FakeResponse> OptionsAsync(SipDestination to, PublicUserIdentity identity)
    {
        var draft = endpoint.NewRequest(SipMethod.Options, Encoding.ASCII.GetBytes(identity.Value), to);
        Head(draft, identity.Value, "OPTIONS");
        return SendAsync(draft.Finish(), to);
    }

    /// <inheritdoc/>
    public void OnRequest(SipServerTransaction transaction) =>
        transaction.Respond(transaction.NewResponse(transaction.Request.Method == SipMethod.Options ? 200 : 405, "Fake"u8).Finish());

    /// <inheritdoc/>
    public void OnAck(SipMessage ack, SipFlow flow)
    {
    }

    /// <inheritdoc/>
    public void OnStrayResponse(SipMessage response, SipFlow flow)
    {
    }

    /// <inheritdoc/>
    public void OnResponse(SipClientTransaction transaction, SipMessage response)
    {
        if (response.StatusCode < 200) return;
        var (nonce, realm) = ("", "");
        if (response.TryGet(SipHeader.WwwAuthenticate, out var value) && DigestValues.TryRead(value, out var digest))
            (nonce, realm) = (Encoding.ASCII.GetString(digest.Nonce), Encoding.ASCII.GetString(digest.Realm));
        ((TaskCompletionSource<FakeResponse>)transaction.State!).TrySetResult(new FakeResponse(response.StatusCode, nonce, realm));
    }

    /// <inheritdoc/>
    public void OnFailure(SipClientTransaction transaction, SipFailure why) =>
        ((TaskCompletionSource<FakeResponse>)transaction.State!).TrySetResult(new FakeResponse(0, "", ""));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => endpoint.DisposeAsync();

    private static void PutAnswer(SipDraft draft, SipIdentitySet set, FakeResponse challenge, Milenage milenage, byte[] uri)
    {
        Span<byte> res = stackalloc byte[8], ck = stackalloc byte[16], ik = stackalloc byte[16], ak = stackalloc byte[6], response = stackalloc byte[32];
        var nonce = Encoding.ASCII.GetBytes(challenge.Nonce);
        milenage.F2345(Convert.FromBase64String(challenge.Nonce).AsSpan(0, 16), res, ck, ik, ak);
        DigestAkaV1Md5.WriteResponse(
            Encoding.UTF8.GetBytes(set.Private.Value), Encoding.UTF8.GetBytes(challenge.Realm), res, "REGISTER"u8, uri, nonce, "auth"u8, "00000001"u8,
            "0a4f113b"u8, response);
        draft.Put(response).Put("\",algorithm=AKAv1-MD5,qop=auth,nc=00000001,cnonce=\"0a4f113b\"");
    }

    private void Head(SipDraft draft, string identity, string method) => draft
        .Line(SipHeader.MaxForwards).Put(70)
        .Line(SipHeader.From).Put("<").Put(identity).Put(">;tag=").Put(callId[..8])
        .Line(SipHeader.To).Put("<").Put(identity).Put(">")
        .Line(SipHeader.CallId).Put(callId)
        .Line(SipHeader.CSeq).Put(++cseq).Put(" ").Put(method);

    private Task<FakeResponse> SendAsync(SipDraft draft, SipDestination to)
    {
        var source = new TaskCompletionSource<FakeResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        endpoint.SendRequest(draft, to, this, source);
        return source.Task;
    }
}
