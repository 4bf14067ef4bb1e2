using System.Text;
using McConformance.Wire;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transactions;

namespace McConformance.Entities.SipCore;

/// <summary>The responses of an S-CSCF to REGISTER (TS 24.229 5.4.1.2).</summary>
internal sealed class RegistrationResponse(ServingCscfOptions options, SipEndpoint endpoint, RegistrationStore store)
{
    private byte[]? serverName;

    /// <summary>The URI this S-CSCF is known by in the SIP database and in Service-Route.</summary>
    public ReadOnlySpan<byte> ServerName => serverName ??= Encoding.ASCII.GetBytes($"sip:{endpoint.AddressOf(Carrier.Udp)}");

    public void Refuse(SipServerTransaction transaction, int status, ReadOnlySpan<byte> reason)
    {
        var response = transaction.NewResponse(status, reason);
        if (status == 423) response.Line(SipHeader.MinExpires).Put((int)options.ExpiresMin.TotalSeconds);
        transaction.Respond(response.Finish());
    }

    /// <summary>RFC 3310 3.2, with the keys that the P-CSCF takes out (TS 24.229 5.4.1.2.1).</summary>
    public void Challenge(SipServerTransaction transaction, Challenge challenge)
    {
        var response = transaction.NewResponse(401, "Unauthorized"u8)
            .Line(SipHeader.WwwAuthenticate).Put("Digest realm=").PutQuoted(options.Domain)
            .Put(",nonce=\"").Put(challenge.Nonce).Put("\",algorithm=AKAv1-MD5,qop=\"auth\"");
        if (challenge.IntegrityKey.Length > 0) response.Put(",ik=\"").PutHex(challenge.IntegrityKey).Put("\"");
        if (challenge.ConfidentialityKey.Length > 0) response.Put(",ck=\"").PutHex(challenge.ConfidentialityKey).Put("\"");
        transaction.Respond(response.Finish());
    }

    /// <summary>TS 24.229 5.4.1.2.2F: every binding with the time it has left, Path, Service-Route, and the implicit registration set.</summary>
    public void Accept(SipServerTransaction transaction, RegisterIdentities identities)
    {
        var request = transaction.Request;
        var response = transaction.NewResponse(200, "OK"u8);
        var user = store.Find(identities.Private);
        if (user is not null)
        {
            foreach (var binding in user.Contacts.Values)
                response.Line(SipHeader.Contact).Put(binding.Value).Put(";expires=").Put(store.SecondsLeft(binding));
            response.CopyLines(request, SipHeader.Path)
                .Line(SipHeader.ServiceRoute).Put("<sip:orig@").Put(endpoint.AddressOf(Carrier.Udp).ToString()).Put(";lr>");
            foreach (var identity in user.AssociatedIdentities) response.Line(SipHeader.PAssociatedUri).Put("<").Put(identity).Put(">");
        }

        transaction.Respond(response.Finish());
    }
}
