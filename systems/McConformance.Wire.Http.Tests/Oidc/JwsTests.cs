using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using McConformance.Wire.Http.Oidc;
using McConformance.Wire.Time;

namespace McConformance.Wire.Http.Tests.Oidc;

[Parallelizable(ParallelScope.All)]
internal sealed class JwsTests
{
    private const string Payload = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

    [Test]
    public void The_signature_of_RFC_7515_A_2_is_right()
    {
        var key = Key("""{"kty":"RSA","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ","e":"AQAB"}""");
        var token = $"eyJhbGciOiJSUzI1NiJ9.{Payload}.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
        Jws.Verify(token, [key], out var payload).Should().Be(JwsFault.None);
        Encoding.UTF8.GetString(payload).Should().Contain("\"iss\":\"joe\"");
        Jws.Verify(token[..^2] + "AA", [key], out _).Should().Be(JwsFault.WrongSignature);
    }

    [Test]
    public void The_signature_of_RFC_7515_A_3_is_right()
    {
        var key = Key("""{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}""");
        var token = $"eyJhbGciOiJFUzI1NiJ9.{Payload}.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
        Jws.Verify(token, [key], out var payload).Should().Be(JwsFault.None);
        TokenClaims.Read(payload)!.Issuer.Should().Be("joe");
    }

    [TestCase(SignatureAlgorithm.ES256)]
    [TestCase(SignatureAlgorithm.RS256)]
    public void What_was_signed_is_verified_by_the_published_key(SignatureAlgorithm algorithm)
    {
        using var key = SigningKey.Create(algorithm, "k1");
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream)) key.WritePublic(json);
        var published = Key(Encoding.UTF8.GetString(stream.ToArray()));
        Jws.Verify(Jws.Sign("{\"a\":1}"u8, key), [published], out var payload).Should().Be(JwsFault.None);
        Encoding.UTF8.GetString(payload).Should().Be("{\"a\":1}");
    }

    private static IEnumerable<TestCaseData> Attacks()
    {
        yield return Attack("{\"alg\":\"none\"}", JwsFault.WrongAlgorithm, signs: false);
        yield return Attack("{\"alg\":\"None\",\"kid\":\"k1\"}", JwsFault.WrongAlgorithm);
        yield return Attack("{\"alg\":\"HS256\",\"kid\":\"k1\"}", JwsFault.WrongAlgorithm);
        yield return Attack("{\"alg\":\"RS256\",\"kid\":\"k1\"}", JwsFault.WrongAlgorithm);
        yield return Attack("{\"alg\":\"ES256\",\"kid\":\"k2\"}", JwsFault.UnknownKey);
        yield return Attack("{\"alg\":\"ES256\",\"kid\":\"k1\",\"crit\":[\"b64\"]}", JwsFault.CriticalExtension);
        yield return Attack("{\"alg\":\"ES256\",\"alg\":\"none\",\"kid\":\"k1\"}", JwsFault.Malformed);
        yield return Attack("{\"kid\":\"k1\"}", JwsFault.Malformed);
        yield return Attack("[]", JwsFault.Malformed);
        yield return Attack("{\"alg\":\"ES256\",\"kid\":\"k1\",\"jwk\":{\"kty\":\"EC\"}}", JwsFault.None);

        static TestCaseData Attack(string header, JwsFault expected, bool signs = true) => new TestCaseData(header, expected, signs).SetName($"{{m}}({header})");
    }

    [TestCaseSource(nameof(Attacks))]
    public void The_header_does_not_choose_how_it_is_verified(string header, JwsFault expected, bool signs)
    {
        using var key = SigningKey.Create(SignatureAlgorithm.ES256, "k1");
        var signed = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString("{}"u8)}";
        var token = $"{signed}.{(signs ? Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(signed))) : "")}";
        Jws.Verify(token, [key], out _).Should().Be(expected);
    }

    [TestCase("")]
    [TestCase("a.b")]
    [TestCase("a.b.c.d")]
    [TestCase("!.!.!")]
    [TestCase("e30=.e30.e30")]
    [TestCase("e30 .e30.e30")]
    public void What_is_no_token_is_malformed(string text)
    {
        using var key = SigningKey.Create(SignatureAlgorithm.ES256, "k1");
        Jws.Verify(text, [key], out _).Should().Be(JwsFault.Malformed);
    }

    private static IEnumerable<TestCaseData> Tokens()
    {
        yield return Case(c => c, TokenRefusal.None);
        yield return Case(c => c with { Issuer = "https://elsewhere.example" }, TokenRefusal.UnknownIssuer);
        yield return Case(c => c with { Audience = ["you"] }, TokenRefusal.WrongAudience);
        yield return Case(c => c with { Audience = ["you", "me"] }, TokenRefusal.None);
        yield return Case(c => c with { Expires = c.IssuedAt!.Value.AddSeconds(-20) }, TokenRefusal.None);
        yield return Case(c => c with { Expires = c.IssuedAt!.Value.AddSeconds(-40) }, TokenRefusal.Expired);
        yield return Case(c => c with { Expires = null }, TokenRefusal.MissingClaim);
        yield return Case(c => c with { NotBefore = c.IssuedAt!.Value.AddSeconds(60) }, TokenRefusal.NotYetValid);
        yield return Case(c => c with { IssuedAt = c.IssuedAt!.Value.AddSeconds(60) }, TokenRefusal.NotYetValid);
        yield return Case(c => c with { Scopes = ["t"] }, TokenRefusal.InsufficientScope);
    }

    private static TestCaseData Case(
        Func<TokenClaims, TokenClaims> change, TokenRefusal expected,
        [CallerArgumentExpression(nameof(change))] string name = "") =>
        new TestCaseData(change, expected).SetArgDisplayNames(name.Replace('"', '\''), $"{expected}");

    [TestCaseSource(nameof(Tokens))]
    public void A_token_is_taken_for_its_issuer_audience_time_and_scope_only(
        Func<TokenClaims, TokenClaims> change, TokenRefusal expected)
    {
        // made here: cases are made long before they run
        var now = TimeProvider.System.GetUtcNow();
        var claims = change(new TokenClaims
        {
            Issuer = "https://idms.primary.example",
            Audience = ["me"],
            Expires = now.AddMinutes(5),
            IssuedAt = now,
            Scopes = ["s"],
        });
        using var key = SigningKey.Create(SignatureAlgorithm.ES256, "k1");
        var verifier = new TokenVerifier([new TrustedIssuer("https://idms.primary.example", [key.ToPublic()])], new ShiftableTime());
        verifier.Verify(Jws.Sign(claims.Write(), key), "me", "s", out var verified).Should().Be(expected);
        (verified is not null).Should().Be(expected == TokenRefusal.None);
    }

    [Test]
    public void A_token_signed_by_another_key_of_the_same_name_is_refused()
    {
        using SigningKey key = SigningKey.Create(SignatureAlgorithm.ES256, "k1"), other = SigningKey.Create(SignatureAlgorithm.ES256, "k1");
        var verifier = new TokenVerifier([new TrustedIssuer("i", [key.ToPublic()])], new ShiftableTime());
        var token = Jws.Sign(new TokenClaims { Issuer = "i", Expires = TimeProvider.System.GetUtcNow().AddMinutes(1) }.Write(), other);
        verifier.Verify(token, null, null, out _).Should().Be(TokenRefusal.Invalid);
    }

    private static SigningKey Key(string json)
    {
        using var document = JsonDocument.Parse(json);
        return SigningKey.Read(document.RootElement)!;
    }
}
