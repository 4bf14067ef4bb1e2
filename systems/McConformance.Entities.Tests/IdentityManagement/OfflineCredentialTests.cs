using McConformance.Entities.IdentityManagement;
using McConformance.Entities.UserEquipment.Clients;
using McConformance.Wire.Documents;
using McConformance.Wire.Http.Oidc;

namespace McConformance.Entities.Tests.IdentityManagement;

/// <summary>Credentials for offline migration (TR 23.781 5.2.10, OWN MIG-OFF-1 and 2).</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class OfflineCredentialTests
{
    private static readonly string Offline = MigrationBinding.Own.OfflineCredentialType;

    [TestCase(24, true)]
    [TestCase(23, false)]
    [TestCase(null, false)]
    public async Task A_credential_is_taken_where_its_life_is_agreed_on(int? hours, bool isTaken)
    {
        await using var scene = await StartAsync(hours);
        var presented = await scene.Client.PresentAsync(
            scene.Partner, await CredentialAsync(scene), IdentityScene.Scope);
        presented.IsSuccess.Should().Be(isTaken, presented.Error);
        if (isTaken)
            IdentityManagementClient.ReadClaim(presented.Tokens!.AccessToken, MigrationBinding.Own.OfflineClaim)
                .Should().NotBeNullOrEmpty();
    }

    [Test]
    public async Task A_new_key_is_fetched_when_a_token_cannot_be_verified()
    {
        await using var scene = await StartAsync(24);
        using var next = SigningKey.Create(SignatureAlgorithm.ES256, "primary-2");
        scene.Servers["idms.primary.example"].ChangeKey(next);
        (await scene.Client.PresentAsync(scene.Partner, await CredentialAsync(scene), IdentityScene.Scope)).IsSuccess
            .Should().BeTrue();
    }

    [Test]
    public async Task A_new_key_stays_unknown_while_the_primary_cannot_be_reached()
    {
        await using var scene = await StartAsync(24);
        using var next = SigningKey.Create(SignatureAlgorithm.ES256, "primary-2");
        scene.Servers["idms.primary.example"].ChangeKey(next);
        var credential = await CredentialAsync(scene);
        scene.Links.Between(scene.Links.Named("idms.partner.example"), scene.Links.Named("idms.primary.example"),
            Wire.WireProtocol.Http).Sever();
        var presented = await scene.Client.PresentAsync(scene.Partner, credential, IdentityScene.Scope);
        presented.Error.Should().Be("invalid_grant");
    }

    [Test]
    public async Task Tokens_that_were_given_before_a_change_of_key_are_good_still()
    {
        await using var scene = await StartAsync(24);
        var login = await scene.LoginAsync();
        using var next = SigningKey.Create(SignatureAlgorithm.ES256, "primary-2");
        scene.Servers["idms.primary.example"].ChangeKey(next);
        (await ExchangeAsync(scene, login)).IsSuccess
            .Should().BeTrue();
    }

    [Test]
    public async Task What_the_primary_withdraws_is_in_its_key_set_and_no_more_is_given()
    {
        await using var scene = await StartAsync(24);
        var credential = await CredentialAsync(scene);
        scene.Servers["idms.primary.example"].WithdrawOffline("sip:alice@primary.example", IdentityScene.PartnerIssuer);
        var keys = System.Text.Encoding.UTF8.GetString(
            (await scene.GetAsync("http://idms.primary.example/jwks")).Body.Span);
        keys.Should().Contain(IdentityManagementClient.ReadClaim(credential, "jti"));
        var login = await scene.LoginAsync();
        (await ExchangeAsync(scene, login, Offline)).Error
            .Should().Be("invalid_target");
        (await ExchangeAsync(scene, login)).IsSuccess
            .Should().BeTrue("that asks the primary each time");
    }

    [TestCase("", true)]
    [TestCase("urn:ietf:params:oauth:token-type:jwt", true)]
    [TestCase("urn:ietf:params:oauth:token-type:saml2", false)]
    public async Task Other_types_of_tokens_are_not_given(string type, bool isGiven)
    {
        await using var scene = await StartAsync(24);
        var login = await scene.LoginAsync();
        var exchanged = await ExchangeAsync(scene, login, type.Length == 0
            ? null : type);
        exchanged.Error.Should().Be(isGiven ? "" : "invalid_request");
    }

    private static async Task<string> CredentialAsync(IdentityScene scene)
    {
        var login = await scene.LoginAsync();
        var exchanged = await ExchangeAsync(scene, login, Offline);
        return exchanged.Tokens!.AccessToken;
    }

    private static Task<Authentication> ExchangeAsync(IdentityScene scene, Authentication login, string? type = null) =>
        scene.Client.ExchangeAsync(scene.Primary, login.Tokens!.AccessToken, IdentityScene.PartnerIssuer, type);

    private static Task<IdentityScene> StartAsync(int? hours) => IdentityScene.StartAsync((scene, o) => o with
    {
        OfflinePrimaries = new[] { hours }.OfType<int>()
            .ToDictionary(_ => IdentityScene.PrimaryIssuer, h => TimeSpan.FromHours(h)),
        Requester = scene.RequesterOf("idms.partner.example"),
    });
}
