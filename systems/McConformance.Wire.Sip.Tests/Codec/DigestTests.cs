using System.Text;
using McConformance.Wire.Sip.Authentication;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Wire.Sip.Tests.Codec;

/// <summary>Values worked out by hand on set 1 of TS 35.208 (RFC 3310).</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class DigestTests
{
    private const string Nonce = "I1U8vpY3qJ0hiuZNrke/NVXzKLQ1d7m5Sp/6w1Tfr7M=";

    [TestCase("a54211d5e3ba50bf", "auth", "b359d7ced5cec65c18885c1d0bfcfc7e")]
    [TestCase("a54211d5e3ba50bf", "", "050d6eb6309735e473ba7cbcc52e9daa")]
    [TestCase("", "auth", "5ca638022c2c1b4f0d67ffae0eaa7140")]
    public void The_response_is_the_one_worked_out_by_hand(string password, string qop, string expected)
    {
        var response = new byte[32];
        DigestAkaV1Md5.WriteResponse(
            "ue-a.visit@partner.example"u8, "partner.example"u8, Convert.FromHexString(password), "REGISTER"u8, "sip:partner.example"u8,
            Encoding.ASCII.GetBytes(Nonce), Encoding.ASCII.GetBytes(qop), "00000001"u8, "0a4f113b"u8, response);
        Encoding.ASCII.GetString(response).Should().Be(expected);
    }

    [TestCase("a54211d5e3ba50bf", true)]
    [TestCase("a54211d5e3ba50be", false)]
    [TestCase("", false)]
    public void Only_the_right_password_verifies(string password, bool isRight)
    {
        var header = "Digest username=\"ue-a.visit@partner.example\",realm=\"partner.example\",uri=\"sip:partner.example\"," +
            $"nonce=\"{Nonce}\",response=\"B359D7CED5CEC65C18885C1D0BFCFC7E\",qop=auth,nc=00000001,cnonce=\"0a4f113b\"";
        DigestValues.TryRead(Encoding.ASCII.GetBytes(header), out var digest).Should().BeTrue();
        DigestAkaV1Md5.Verify(digest, Convert.FromHexString(password), "REGISTER"u8).Should().Be(isRight);
    }

    [Test]
    public void The_nonce_is_RAND_and_AUTN()
    {
        var octets = new byte[DigestAkaV1Md5.NonceOctetsMax];
        DigestAkaV1Md5.TryReadNonce(Encoding.ASCII.GetBytes(Nonce), octets, out var length).Should().BeTrue();
        Convert.ToHexStringLower(octets.AsSpan(0, length)).Should().Be("23553cbe9637a89d218ae64dae47bf3555f328b43577b9b94a9ffac354dfafb3");
    }

    [Test]
    public void A_value_cannot_begin_a_header_of_its_own()
    {
        var draft = SipDraft.Rent().Response(200, "OK"u8).Line(SipHeader.To).Put("<sip:a@b>\r\nEvil: yes").Finish();
        Encoding.ASCII.GetString(draft.Written).Should().Be("SIP/2.0 200 OK\r\nTo: <sip:a@b>Evil: yes\r\nContent-Length: 0\r\n\r\n");
    }

    [TestCase("Digest a=\"1\",ik=\"x,y\",b=2,ck=z", "Digest a=\"1\",b=2")]
    [TestCase("Digest ik=\"1\",a=2", "Digest a=2")]
    [TestCase("<sip:a;ik=1>;ik=2;q=1", "<sip:a;ik=1>;q=1")]
    public void Parameters_are_left_out_by_name(string value, string expected)
    {
        var draft = SipDraft.Rent().PutWithoutParameters(Encoding.ASCII.GetBytes(value), "ik"u8, "ck"u8);
        Encoding.ASCII.GetString(draft.Written).Should().Be(expected);
    }
}
