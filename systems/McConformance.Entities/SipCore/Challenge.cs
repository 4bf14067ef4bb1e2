using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;
using McConformance.Wire.Sip.Authentication;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Time;

namespace McConformance.Entities.SipCore;

/// <summary>One authentication vector in use: what was sent to the UE, and what must come back. Ends by itself after reg-await-auth.</summary>
internal sealed class Challenge(RegisterIdentities identities, Action<Challenge> expired) : TimerNode
{
    public RegisterIdentities Identities => identities;

    /// <summary>RAND and AUTN, 32 octets.</summary>
    public byte[] RandAutn { get; private set; } = [];

    /// <summary>Base64 of <see cref="RandAutn"/>, as in the nonce parameter.</summary>
    public byte[] Nonce { get; private set; } = [];

    public byte[] ConfidentialityKey { get; private set; } = [];

    public byte[] IntegrityKey { get; private set; } = [];

    /// <summary>How many wrong answers came.</summary>
    public int WrongAnswers { get; set; }

    private byte[] expectedResponse = [];

    /// <summary>Takes the vector out of a Multimedia-Auth-Answer; false where it holds none that IMS-AKA can use (TS 29.228 6.3.2).</summary>
    public bool TryTake(DiameterMessage answer)
    {
        if (!answer.TryFind(Ts29229.SipAuthDataItemCode, Ts29229.Vendor, out var item)) return false;
        if (!item.TryFind(Ts29229.SipAuthenticateCode, Ts29229.Vendor, out var authenticate) || authenticate.Data.Length != 32) return false;
        if (!item.TryFind(Ts29229.SipAuthorizationCode, Ts29229.Vendor, out var authorization) || authorization.Data.Length is < 4 or > 16) return false;
        if (item.TryFind(Ts29229.SipAuthenticationSchemeCode, Ts29229.Vendor, out var scheme) && !scheme.Data.SequenceEqual("Digest-AKAv1-MD5"u8)) return false;
        RandAutn = authenticate.Data.ToArray();
        Nonce = System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(RandAutn));
        expectedResponse = authorization.Data.ToArray();
        if (item.TryFind(Ts29229.ConfidentialityKeyCode, Ts29229.Vendor, out var ck)) ConfidentialityKey = ck.Data.ToArray();
        if (item.TryFind(Ts29229.IntegrityKeyCode, Ts29229.Vendor, out var ik)) IntegrityKey = ik.Data.ToArray();
        return true;
    }

    /// <summary>Whether the UE's answer shows that it holds the key (RFC 3310 3.3).</summary>
    public bool IsAnsweredBy(in DigestValues digest) =>
        digest.Username.SequenceEqual(identities.Private) && DigestAkaV1Md5.Verify(digest, expectedResponse, "REGISTER"u8);

    /// <summary>Whether an AUTS is meant for this challenge and made over it with the empty password (RFC 3310 3.4).</summary>
    public bool IsResynchronisedBy(in DigestValues digest) => DigestAkaV1Md5.Verify(digest, default, "REGISTER"u8);

    protected override void OnTimer() => expired(this);
}
