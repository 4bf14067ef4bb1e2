using System.Text;
using McConformance.Entities.ConfigurationManagement;
using McConformance.Wire.Documents;
using McConformance.Wire.Http.Transport;
using McConformance.Wire.Identities;

namespace McConformance.Entities.Tests.ConfigurationManagement;

/// <summary>XCAP at the configuration management server (RFC 4825 8, TS 24.484 6.3).</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class DocumentRequestsTests
{
    private const string Alice = "sip:alice@primary.example", Ada = "sip:ada@primary.example";
    private const string Server = "sip:mcptt-psi@primary.example";
    private const string Key = $"org.3gpp.mcptt.user-profile/users/{Alice}/mcptt-user-profile-1.xml";
    private const string Path =
        "org.3gpp.mcptt.user-profile/users/sip%3Aalice%40primary.example/mcptt-user-profile-1.xml";
    private static readonly string MediaType = McServiceNames.Of(Wire.Documents.McService.Mcptt).UserProfileContentType;

    private static UserProfile Profile => new()
    {
        Service = Wire.Documents.McService.Mcptt,
        XuiUri = Alice,
        Index = new ProfileIndex(1),
        UserId = new McServiceId(Alice),
        Allowed = new HashSet<string> { "allow-private-call" },
    };

    [Test]
    public async Task A_user_makes_the_own_profile_the_preselected_one_and_changes_nothing_else()
    {
        await using var scene = await StartAsync();
        (await PutAsync(scene, Alice, Profile with { PreSelected = true })).StatusCode.Should().Be(200);
        var richer = Profile with
        {
            Allowed =
            new HashSet<string> { "allow-private-call", "allow-emergency-group-call" }
        };
        (await PutAsync(scene, Alice, richer)).StatusCode.Should().Be(403);
        (await PutAsync(scene, "sip:bob@primary.example", Profile)).StatusCode.Should().Be(403);
        (await PutAsync(scene, Ada, richer)).StatusCode.Should().Be(200);
        Stored(scene).Should().Contain("allow-emergency-group-call").And.NotContain("Pre-selected");
    }

    [Test]
    public async Task A_document_of_another_than_its_selector_names_is_in_conflict()
    {
        await using var scene = await StartAsync();
        var of = Profile with { XuiUri = "sip:bob@primary.example" };
        var answer = await PutAsync(scene, Ada, of);
        answer.StatusCode.Should().Be(409);
        answer.MediaType.Should().Be("application/xcap-error+xml");
        Encoding.UTF8.GetString(answer.Body.Span).Should().Contain("<constraint-failure ");
        (await PutAsync(scene, Ada, Profile with { Index = new ProfileIndex(2) })).StatusCode.Should().Be(409);
    }

    [Test]
    public async Task Conditions_are_kept()
    {
        await using var scene = await StartAsync();
        var changed = Profile with { PreSelected = true };
        (await PutAsync(scene, Ada, changed, ("If-Match", "\"0\""))).StatusCode.Should().Be(412);
        (await PutAsync(scene, Ada, changed, ("If-None-Match", "*"))).StatusCode.Should().Be(412);
        var tag = scene.Servers["primary.example"].Documents.Find(Key)!.ETag;
        var answer = await PutAsync(scene, Ada, changed, ("If-Match", tag));
        answer.StatusCode.Should().Be(200);
        answer.ETag.Should().NotBe(tag).And.Be(scene.Servers["primary.example"].Documents.Find(Key)!.ETag);
    }

    [Test]
    public async Task An_MC_service_server_reads_and_writes_nothing()
    {
        await using var scene = await StartAsync();
        var read = Request(HttpMethod.Get, Path);
        read.Headers.TryAddWithoutValidation("X-3GPP-Asserted-Identity", $"\"{Server}\"");
        (await scene.SendAsync(read)).StatusCode.Should().Be(200);
        var write = Request(HttpMethod.Put, Path);
        write.Content = Content(Profile.ToOctets());
        write.Headers.TryAddWithoutValidation("X-3GPP-Asserted-Identity", $"\"{Server}\"");
        (await scene.SendAsync(write)).StatusCode.Should().Be(403);
        var stranger = Request(HttpMethod.Get, Path);
        stranger.Headers.TryAddWithoutValidation("X-3GPP-Asserted-Identity", "\"sip:mcptt-psi@partner.example\"");
        (await scene.SendAsync(stranger)).StatusCode.Should().Be(403);
    }

    [Test]
    public async Task An_administrator_deletes_and_a_user_does_not()
    {
        await using var scene = await StartAsync();
        (await scene.SendAsync(As(Alice, Request(HttpMethod.Delete, Path)))).StatusCode.Should().Be(403);
        (await scene.SendAsync(As(Ada, Request(HttpMethod.Delete, Path)))).StatusCode.Should().Be(200);
        (await scene.SendAsync(As(Ada, Request(HttpMethod.Delete, Path)))).StatusCode.Should().Be(404);
        (await PutAsync(scene, Alice, Profile)).StatusCode.Should().Be(403);
        (await PutAsync(scene, Ada, Profile)).StatusCode.Should().Be(201);
    }

    [Test]
    public async Task A_document_that_is_made_of_another_is_written_by_nobody()
    {
        await using var scene = await StartAsync();
        var own = FunctionalAliases.SelectorOf(new McServiceId(Ada));
        var request = As(Ada, Request(HttpMethod.Put, own));
        request.Content = Content(new FunctionalAliases { System = new McSystemId("primary.example") }.ToOctets(),
            FunctionalAliases.ContentType);
        (await scene.SendAsync(request)).StatusCode.Should().Be(403);
    }

    [Test]
    public async Task What_is_too_long_or_of_another_kind_is_not_stored()
    {
        await using var scene = await StartAsync();
        var request = As(Ada, Request(HttpMethod.Put, Path));
        request.Content = Content(new byte[2 * 1024 * 1024]);
        (await scene.SendAsync(request)).StatusCode.Should().Be(413);
        request = As(Ada, Request(HttpMethod.Put, Path));
        request.Content = Content(Profile.ToOctets(), "text/xml");
        (await scene.SendAsync(request)).StatusCode.Should().Be(415);
        request = As(Ada, Request(HttpMethod.Put, "org.example.unknown/global/x.xml"));
        request.Content = Content(Profile.ToOctets());
        (await scene.SendAsync(request)).StatusCode.Should().Be(404);
        Stored(scene).Should().Be(Encoding.UTF8.GetString(Profile.ToOctets()));
    }

    private static async Task<TwoSystems> StartAsync()
    {
        var scene = await TwoSystems.StartAsync(primary: o => o with
        {
            McServiceServers = [Server],
            VerifyToken = t =>
            {
                var user = t[TwoSystems.Token.Length..];
                return new ConfigurationAccess(new ConfigurationUser([user], IsAdministrator: user == Ada), "");
            },
        });
        scene.Servers["primary.example"].Documents.Put(Key,
            new ConfigurationDocument(MediaType, Profile.ToOctets(), Alice));
        return scene;
    }

    private static string Stored(TwoSystems scene) =>
        Encoding.UTF8.GetString(scene.Servers["primary.example"].Documents.Find(Key)!.Octets.Span);

    private static Task<HttpAnswer> PutAsync(
        TwoSystems scene, string user, UserProfile profile, (string Name, string Value)? condition = null)
    {
        var request = As(user, Request(HttpMethod.Put, Path));
        request.Content = Content(profile.ToOctets());
        if (condition is ({ } name, { } value)) request.Headers.TryAddWithoutValidation(name, value);
        return scene.SendAsync(request);
    }

    private static ByteArrayContent Content(byte[] octets, string? type = null) =>
        new(octets) { Headers = { ContentType = new(type ?? MediaType) } };

    private static HttpRequestMessage Request(HttpMethod method, string selector) => new(
        method, new Uri($"http://cms.primary.example/xcap-root/{selector}",
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));

    private static HttpRequestMessage As(string user, HttpRequestMessage request)
    {
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {TwoSystems.Token}{user}");
        return request;
    }
}
