using McConformance.Wire.Sip.Authentication;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Wire.Sip.Tests.Codec;

/// <summary>AKAv1-MD5 over test set 1 of TS 35.208 4.3; the digests were worked out apart from this code.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class DigestVectorTests
{
    private const string Nonce = "I1U8vpY3qJ0hiuZNrke/NVXzKLQ1d7m5Sp/6w1Tfr7M=";
    private const string Start = """
        Digest username="ue-a.visit@partner.example", realm="partner.example", uri="sip:partner.example", algorithm=AKAv1-MD5, nonce=
        """;

    private static readonly byte[] Res = Convert.FromHexString("a54211d5e3ba50bf");

    [TestCase("auth", "b359d7ced5cec65c18885c1d0bfcfc7e")]
    [TestCase("", "050d6eb6309735e473ba7cbcc52e9daa")]
    public void Writes_the_response_over_binary_res(string qop, string expected) => Respond(Res, qop).Should().Be(expected);

    [Test]
    public void Writes_the_response_of_a_resynchronisation_over_an_empty_password() =>
        Respond([], "auth").Should().Be("5ca638022c2c1b4f0d67ffae0eaa7140");

    [Test]
    public void Reads_rand_and_autn_out_of_the_nonce()
    {
        var into = new byte[256];
        DigestAkaV1Md5.TryReadNonce(Ascii(Nonce), into, out var length).Should().BeTrue();
        Convert.ToHexStringLower(into.AsSpan(0, length)).Should().Be("23553cbe9637a89d218ae64dae47bf3555f328b43577b9b94a9ffac354dfafb3");
    }

    [Test]
    public void Reads_auts()
    {
        var into = new byte[14];
        DigestAkaV1Md5.TryReadAuts("uoU/PBIbHULnlDBfgb0="u8, into).Should().BeTrue();
        Convert.ToHexStringLower(into).Should().Be("ba853f3c121b1d42e794305f81bd");
    }

    [TestCase("")]
    [TestCase("uoU/PBIbHULnlDBfgQ==")]
    [TestCase("uoU/PBIbHULnlDBfgb09")]
    [TestCase("not base64!")]
    [TestCase("uoU/PBIbHULnlDBfgb0=uoU/PBIbHULnlDBfgb0=uoU/PBIbHULnlDBfgb0=")]
    public void Refuses_auts_that_is_not_14_octets(string auts) => DigestAkaV1Md5.TryReadAuts(Ascii(auts), new byte[14]).Should().BeFalse();

    [Test]
    public void Refuses_a_nonce_longer_than_the_buffer() =>
        DigestAkaV1Md5.TryReadNonce(Ascii(new string('A', 4000)), new byte[256], out _).Should().BeFalse();

    [TestCase("b359d7ced5cec65c18885c1d0bfcfc7e", true)]
    [TestCase("B359D7CED5CEC65C18885C1D0BFCFC7E", true)]
    [TestCase("b359d7ced5cec65c18885c1d0bfcfc7f", false)]
    [TestCase("b359d7ced5cec65c18885c1d0bfcfc7", false)]
    [TestCase("", false)]
    public void Verifies_the_response(string response, bool expected)
    {
        var text = Ascii($"{Start}\"{Nonce}\", qop=auth, nc=00000001, cnonce=\"0a4f113b\", response=\"{response}\"");
        DigestValues.TryRead(text, out var digest).Should().BeTrue();
        DigestAkaV1Md5.Verify(digest, Res, "REGISTER"u8).Should().Be(expected);
    }

    [Test]
    public void Verifies_an_empty_password_with_auts()
    {
        var text = Ascii($"{Start}\"{Nonce}\", qop=auth, nc=00000001, cnonce=\"0a4f113b\", " +
            "auts=\"uoU/PBIbHULnlDBfgb0=\", response=\"5ca638022c2c1b4f0d67ffae0eaa7140\"");
        DigestValues.TryRead(text, out var digest).Should().BeTrue();
        DigestAkaV1Md5.Verify(digest, default, "REGISTER"u8).Should().BeTrue();
        DigestAkaV1Md5.Verify(digest, Res, "REGISTER"u8).Should().BeFalse();
        Text(digest.Auts).Should().Be("uoU/PBIbHULnlDBfgb0=");
    }

    [Test]
    public void Hashes_values_that_do_not_fit_on_the_stack()
    {
        Span<byte> response = stackalloc byte[32];
        var name = new byte[5000];
        DigestAkaV1Md5.WriteResponse(name, "r"u8, Res, "REGISTER"u8, name, name, default, default, default, response);
        Text(response).Should().MatchRegex("^[0-9a-f]{32}$");
    }

    private static string Respond(byte[] password, string qop)
    {
        Span<byte> response = stackalloc byte[32];
        DigestAkaV1Md5.WriteResponse(
            "ue-a.visit@partner.example"u8, "partner.example"u8, password, "REGISTER"u8, "sip:partner.example"u8, Ascii(Nonce), Ascii(qop),
            "00000001"u8, "0a4f113b"u8, response);
        return Text(response);
    }

    private static byte[] Ascii(string text) => System.Text.Encoding.ASCII.GetBytes(text);

    private static string Text(ReadOnlySpan<byte> octets) => System.Text.Encoding.ASCII.GetString(octets);
}
