using System.Security.Cryptography;
using System.Text;
using McConformance.Wire;
using McConformance.Wire.Sip.Authentication;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transactions;

namespace McConformance.Entities.UserEquipment;

/// <summary>Writes the REGISTER requests of one registration (TS 24.229 5.1.1.2 and 5.1.1.5): one Call-ID, one growing CSeq.</summary>
internal sealed class RegistrationRequest(RegistrationTarget target, Guid instance)
{
    private const string McTags = "+g.3gpp.mcptt;+g.3gpp.icsi-ref=\"urn%3Aurn-7%3A3gpp-service.ims.icsi.mcptt\"";
    private readonly string callId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(10));
    private readonly byte[] requestUri = Encoding.ASCII.GetBytes("sip:" + target.Domain);
    private readonly string cnonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
    private uint cseq;
    private uint nonceCount;

    /// <summary>The challenge being answered, as it came; null before the first.</summary>
    private byte[]? nonce;
    private byte[] opaque = [];
    private byte[] realm = [];
    private bool offersAuth;

    /// <summary>Takes over the values of a challenge that its answer repeats.</summary>
    public void Take(in DigestValues challenge)
    {
        nonce = challenge.Nonce.ToArray();
        opaque = challenge.Opaque.ToArray();
        realm = challenge.Realm.ToArray();
        offersAuth = !challenge.Qop.IsEmpty;
        nonceCount = 0;
    }

    /// <summary>Writes the next REGISTER.</summary>
    /// <param name="endpoint">Who sends.</param>
    /// <param name="expires">0 takes the binding away.</param>
    /// <param name="password">RES; empty for a resynchronisation (RFC 3310 3.4).</param>
    /// <param name="auts">14 octets, or empty.</param>
    /// <param name="answers">False for a first request, and for one that tells of a wrong MAC: the response stays empty.</param>
    public SipDraft Write(SipEndpoint endpoint, int expires, ReadOnlySpan<byte> password, ReadOnlySpan<byte> auts, bool answers)
    {
        var contact = endpoint.AddressOf(target.Edge.Carrier);
        var identity = target.Identities.Public.Value;
        var draft = endpoint.NewRequest(SipMethod.Register, requestUri, target.Edge);
        draft.Line(SipHeader.MaxForwards).Put(70)
            .Line(SipHeader.From).Put("<").Put(identity).Put(">;tag=").Put(callId.AsSpan(0, 8).ToString())
            .Line(SipHeader.To).Put("<").Put(identity).Put(">")
            .Line(SipHeader.CallId).Put(callId)
            .Line(SipHeader.CSeq).Put(++cseq).Put(" REGISTER")
            .Line(SipHeader.Contact).Put("<sip:").Put(contact.ToString())
            .Put(target.Edge.Carrier == Carrier.Udp ? "" : ";transport=tcp").Put(">;+sip.instance=\"<urn:uuid:")
            .Put(instance.ToString()).Put(">\";").Put(McTags).Put(";expires=").Put(expires)
            .Line(SipHeader.Supported).Put("path, gruu");
        WriteAuthorization(draft, password, auts, answers);
        return draft.Finish();
    }

    private void WriteAuthorization(SipDraft draft, ReadOnlySpan<byte> password, ReadOnlySpan<byte> auts, bool answers)
    {
        draft.Line(SipHeader.Authorization).Put("Digest username=\"").Put(target.Identities.Private.Value).Put("\",realm=\"");
        if (nonce is null) draft.Put(target.Domain);
        else draft.Put(realm);
        draft.Put("\",uri=\"").Put(requestUri).Put("\",nonce=\"").Put(nonce ?? []).Put("\",response=\"");
        if (!answers || nonce is null)
        {
            draft.Put("\"");
            if (nonce is not null) draft.Put(",algorithm=AKAv1-MD5");
            return;
        }

        Span<byte> response = stackalloc byte[32];
        var count = Encoding.ASCII.GetBytes($"{++nonceCount:x8}");
        DigestAkaV1Md5.WriteResponse(
            Encoding.UTF8.GetBytes(target.Identities.Private.Value), realm, password, "REGISTER"u8, requestUri, nonce,
            offersAuth ? "auth"u8 : default, count, Encoding.ASCII.GetBytes(cnonce), response);
        draft.Put(response).Put("\",algorithm=AKAv1-MD5");
        if (offersAuth) draft.Put(",qop=auth,nc=").Put(count).Put(",cnonce=\"").Put(cnonce).Put("\"");
        if (opaque.Length > 0) draft.Put(",opaque=\"").Put(opaque).Put("\"");
        if (auts.Length > 0) draft.Put(",auts=\"").PutBase64(auts).Put("\"");
    }
}
