using System.Text;
using System.Text.Json;
using McConformance.Entities.UserEquipment.Clients;
using McConformance.Wire.Http.Oidc;

namespace McConformance.Entities.Tests.IdentityManagement;

[Parallelizable(ParallelScope.All)]
internal sealed class IdentityManagementTests
{
    private const string Partner = "idms.partner.example";
    private const string Primary = "idms.primary.example";
    private const string Good = "response_type=code&client_id=mc-client&scope=openid+3gpp%3Amc%3Aptt_service&redirect_uri=https%3A%2F%2Fclient.example%2Fcb&state=s1&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256";

    /// <summary>RFC 7636 appendix B: belongs to the challenge above.</summary>
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    [Test]
    public async Task A_user_logs_in_and_gets_tokens_with_MC_service_IDs()
    {
        await using var scene = await IdentityScene.StartAsync();
        var login = await scene.LoginAsync();
        login.Error.Should().BeEmpty();
        IdentityManagementClient.ReadClaim(login.Tokens!.AccessToken, "mcptt_id").Should().Be("sip:alice@primary.example");
        IdentityManagementClient.ReadClaim(login.Tokens.IdToken!, "mcdata_id").Should().Be("sip:alice@primary.example");
        IdentityManagementClient.ReadClaim(login.Tokens.AccessToken, "scope").Should().Be("openid 3gpp:mc:ptt_service");
    }

    [Test]
    public async Task Migration_gives_the_identity_that_the_partner_assigned()
    {
        await using var scene = await IdentityScene.StartAsync();
        var login = await scene.LoginAsync();
        var exchanged = await scene.Client.ExchangeAsync(scene.Primary, login.Tokens!.AccessToken, IdentityScene.PartnerIssuer);
        exchanged.Error.Should().BeEmpty();
        var presented = await scene.Client.PresentAsync(scene.Partner, exchanged.Tokens!.AccessToken, IdentityScene.Scope);
        presented.Error.Should().BeEmpty();
        IdentityManagementClient.ReadClaim(presented.Tokens!.AccessToken, "mcptt_id").Should().Be("sip:alice.guest@partner.example");
        new TokenVerifier([new TrustedIssuer(IdentityScene.PartnerIssuer, [scene.PartnerKey])], scene.Clock)
            .Verify(presented.Tokens.AccessToken, null, IdentityScene.Scope, out _).Should().Be(TokenRefusal.None);

        (await scene.Client.PresentAsync(scene.Partner, exchanged.Tokens.AccessToken, IdentityScene.Scope)).Error.Should().Be("invalid_grant", "an assertion is good for once");
    }

    [Test]
    public async Task A_wrong_password_gets_the_form_again()
    {
        await using var scene = await IdentityScene.StartAsync();
        (await scene.LoginAsync("wrong")).Should().Match<Authentication>(a => !a.IsSuccess && a.StatusCode == 401);
    }

    [TestCase("code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&", "", "invalid_request")]
    [TestCase("code_challenge_method=S256", "code_challenge_method=plain", "invalid_request")]
    [TestCase("&code_challenge_method=S256", "", "invalid_request")]
    [TestCase("response_type=code", "response_type=token", "unsupported_response_type")]
    [TestCase("scope=openid+3gpp", "scope=openid+4gpp", "invalid_scope")]
    [TestCase("scope=openid+", "scope=", "invalid_scope")]
    [TestCase("&state=s1", "", "invalid_request")]
    [TestCase("&state=s1", "&state=s1&state=s2", "invalid_request")]
    public async Task An_authentication_request_that_is_not_right_is_refused(string what, string by, string error)
    {
        await using var scene = await IdentityScene.StartAsync();
        var (status, location) = await scene.AuthorizeAsync(Good.Replace(what, by));
        status.Should().Be(302);
        location.Should().StartWith("https://client.example/cb?error=" + error);
    }

    [TestCase("client_id=mc-client", "client_id=nobody")]
    [TestCase("client.example%2Fcb", "evil.example%2Fcb")]
    [TestCase("client.example%2Fcb", "client.example%2Fcb2")]
    public async Task Nobody_is_redirected_to_a_place_that_is_not_registered(string what, string by)
    {
        await using var scene = await IdentityScene.StartAsync();
        (await scene.AuthorizeAsync(Good.Replace(what, by), "username=alice&password=secret")).Should().Be((400, ""));
    }

    [TestCase("code_verifier=" + Verifier, "code_verifier=" + Verifier + "x", "invalid_grant")]
    [TestCase("&code_verifier=" + Verifier, "", "invalid_request")]
    [TestCase("client_id=mc-client", "client_id=other-client", "invalid_grant")]
    [TestCase("client_id=mc-client", "client_id=nobody", "invalid_client")]
    [TestCase("client.example", "other.example", "invalid_grant")]
    [TestCase("grant_type=authorization_code", "grant_type=password", "unsupported_grant_type")]
    [TestCase("grant_type=authorization_code", "grant_type=authorization_code&grant_type=x", "invalid_request")]
    [TestCase("", "", "")]
    public async Task A_code_is_exchanged_by_its_client_with_its_verifier_only(string what, string by, string error)
    {
        await using var scene = await IdentityScene.StartAsync();
        var (_, location) = await scene.AuthorizeAsync(Good, "username=alice&password=secret");
        var code = location.Split("code=")[1].Split('&')[0];
        var form = $"grant_type=authorization_code&code={code}&client_id=mc-client&redirect_uri=https%3A%2F%2Fclient.example%2Fcb&code_verifier={Verifier}";
        var (status, got, token) = await scene.TokenAsync(Primary, what.Length == 0 ? form : form.Replace(what, by));
        got.Should().Be(error);
        status.Should().Be(error.Length == 0 ? 200 : error == "invalid_client" ? 401 : 400);
        (token.Length > 0).Should().Be(error.Length == 0);
        if (error.Length > 0) return;
        (await scene.TokenAsync(Primary, form)).Error.Should().Be("invalid_grant", "a code is good for once");
    }

    [Test]
    public async Task A_code_that_comes_twice_ends_what_it_granted()
    {
        await using var scene = await IdentityScene.StartAsync();
        var (_, location) = await scene.AuthorizeAsync(Good, "username=alice&password=secret");
        var code = location.Split("code=")[1].Split('&')[0];
        var form = $"grant_type=authorization_code&code={code}&client_id=mc-client&redirect_uri=https%3A%2F%2Fclient.example%2Fcb&code_verifier={Verifier}";
        var answer = await scene.Requester.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"http://{Primary}/token") { Content = new StringContent(form, Encoding.ASCII, "application/x-www-form-urlencoded") });
        using var body = JsonDocument.Parse(answer.Body);
        var refresh = body.RootElement.GetProperty("refresh_token").GetString();
        await scene.TokenAsync(Primary, form);
        (await scene.TokenAsync(Primary, $"grant_type=refresh_token&client_id=mc-client&refresh_token={refresh}")).Error.Should().Be("invalid_grant");
    }

    [Test]
    public async Task A_code_runs_out()
    {
        await using var scene = await IdentityScene.StartAsync();
        var (_, location) = await scene.AuthorizeAsync(Good, "username=alice&password=secret");
        var code = location.Split("code=")[1].Split('&')[0];
        scene.Clock.Advance(TimeSpan.FromSeconds(61));
        (await scene.TokenAsync(Primary, $"grant_type=authorization_code&code={code}&client_id=mc-client&redirect_uri=https%3A%2F%2Fclient.example%2Fcb&code_verifier={Verifier}")).Error.Should().Be("invalid_grant");
    }

    [Test]
    public async Task A_refresh_token_is_good_for_once_and_can_be_revoked()
    {
        await using var scene = await IdentityScene.StartAsync();
        var first = (await scene.LoginAsync()).Tokens!.RefreshToken;
        (await scene.TokenAsync(Primary, $"grant_type=refresh_token&client_id=mc-client&refresh_token={first}")).Status.Should().Be(200);
        (await scene.TokenAsync(Primary, $"grant_type=refresh_token&client_id=mc-client&refresh_token={first}")).Error.Should().Be("invalid_grant");
        var second = (await scene.LoginAsync()).Tokens!.RefreshToken;
        await scene.Requester.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"http://{Primary}/revoke") { Content = new StringContent($"token={second}", Encoding.ASCII, "application/x-www-form-urlencoded") });
        (await scene.TokenAsync(Primary, $"grant_type=refresh_token&client_id=mc-client&refresh_token={second}")).Error.Should().Be("invalid_grant");
    }

    [TestCase("resource=https%3A%2F%2Fidms.partner.example", "resource=https%3A%2F%2Fidms.third.example", "invalid_target")]
    [TestCase("&resource=https%3A%2F%2Fidms.partner.example", "", "invalid_request")]
    [TestCase("access_token", "id_token", "invalid_request")]
    [TestCase("client_id=mc-client", "client_id=other-client", "invalid_grant")]
    public async Task A_security_token_is_given_for_permitted_partners_only(string what, string by, string error)
    {
        await using var scene = await IdentityScene.StartAsync();
        var access = (await scene.LoginAsync()).Tokens!.AccessToken;
        var form = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange&client_id=mc-client&resource=https%3A%2F%2Fidms.partner.example" +
            $"&subject_token={access}&subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aaccess_token";
        (await scene.TokenAsync(Primary, form.Replace(what, by))).Error.Should().Be(error);
    }

    private static IEnumerable<TestCaseData> Assertions()
    {
        yield return Case("as it must be", "", c => c);
        yield return Case("for another partner", c => c with { Audience = ["mc-client", "https://idms.third.example"] });
        yield return Case("for no client", c => c with { Audience = [IdentityScene.PartnerIssuer] });
        yield return Case("for another client", c => c with { Audience = ["other-client", IdentityScene.PartnerIssuer] });
        yield return Case("of an unknown issuer", c => c with { Issuer = "https://idms.third.example" });
        yield return Case("expired", c => c with { Expires = c.IssuedAt!.Value.AddMinutes(-1) });
        yield return Case("without end", c => c with { Expires = null });
        yield return Case("of the future", c => c with { IssuedAt = c.IssuedAt!.Value.AddMinutes(1) });
        yield return Case("without time of issue", c => c with { IssuedAt = null });
        yield return Case("of a user without mapping", c => c with { Subject = "sip:bob@primary.example" });
        yield return Case("without subject", c => c with { Subject = "" });
    }

    private static TestCaseData Case(string name, Func<TokenClaims, TokenClaims> change) => Case(name, "invalid_grant", change);

    private static TestCaseData Case(string name, string error, Func<TokenClaims, TokenClaims> change) =>
        new TestCaseData(change, error).SetArgDisplayNames(name);

    [TestCaseSource(nameof(Assertions))]
    public async Task An_assertion_is_taken_for_what_it_says_only(Func<TokenClaims, TokenClaims> change, string error)
    {
        await using var scene = await IdentityScene.StartAsync();

        // made here: cases are made long before they run
        var now = TimeProvider.System.GetUtcNow();
        var claims = change(new TokenClaims
        {
            Issuer = IdentityScene.PrimaryIssuer,
            Subject = "sip:alice@primary.example",
            Audience = ["mc-client", IdentityScene.PartnerIssuer],
            IssuedAt = now,
            Expires = now.AddMinutes(5),
        });
        (await PresentAsync(scene, Jws.Sign(claims.Write(), scene.PrimaryKey))).Error.Should().Be(error);
    }

    [Test]
    public async Task An_assertion_of_a_forger_is_refused()
    {
        await using var scene = await IdentityScene.StartAsync();
        var now = TimeProvider.System.GetUtcNow();
        var claims = new TokenClaims { Issuer = IdentityScene.PrimaryIssuer, Subject = "sip:alice@primary.example", Audience = ["mc-client", IdentityScene.PartnerIssuer], IssuedAt = now, Expires = now.AddMinutes(5) };
        using var forged = SigningKey.Create(SignatureAlgorithm.RS256, "primary-1");
        (await PresentAsync(scene, Jws.Sign(claims.Write(), forged))).Error.Should().Be("invalid_grant");
        var none = $"{System.Buffers.Text.Base64Url.EncodeToString("{\"alg\":\"none\"}"u8)}.{System.Buffers.Text.Base64Url.EncodeToString(claims.Write())}.";
        (await PresentAsync(scene, none)).Error.Should().Be("invalid_grant");
    }

    [Test]
    public async Task Discovery_names_the_endpoints_and_the_keys_verify_the_tokens()
    {
        await using var scene = await IdentityScene.StartAsync();
        using var discovery = JsonDocument.Parse((await scene.GetAsync($"http://{Primary}/.well-known/openid-configuration")).Body);
        discovery.RootElement.GetProperty("issuer").GetString().Should().Be(IdentityScene.PrimaryIssuer);
        discovery.RootElement.GetProperty("code_challenge_methods_supported").EnumerateArray().Select(e => e.GetString()).Should().Equal("S256");
        using var keys = JsonDocument.Parse((await scene.GetAsync($"http://{Primary}/jwks")).Body);
        var key = SigningKey.Read(keys.RootElement.GetProperty("keys")[0])!;
        Jws.Verify((await scene.LoginAsync()).Tokens!.AccessToken, [key], out _).Should().Be(JwsFault.None);
        Encoding.UTF8.GetString((await scene.GetAsync($"http://{Primary}/jwks")).Body.Span).Should().NotContain("\"d\"");
    }

    private static Task<(int Status, string Error, string Token)> PresentAsync(IdentityScene scene, string assertion) => scene.TokenAsync(
        Partner, $"grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&client_id=mc-client&scope=openid+3gpp%3Amc%3Aptt_service&assertion={assertion}");
}
