using System.Text;
using System.Xml.Linq;
using McConformance.Entities.ConfigurationManagement;
using McConformance.Wire;
using McConformance.Wire.Http.Transport;

namespace McConformance.Entities.Tests.ConfigurationManagement;

[Parallelizable(ParallelScope.All)]
internal sealed class PartnerConnectionTests
{
    private const string Ask = "<m:get-partner-connection-details-request xmlns:m='urn:mcconformance:ns:partner-access:1.0'><m:mc-service-id>sip:alice@primary.example</m:mc-service-id>{0}</m:get-partner-connection-details-request>";

    [TestCase("<m:location area='nowhere'/><m:wanted-partner>partner.example</m:wanted-partner>")]
    [TestCase("<m:location area='area-of-partner'/>")]
    [TestCase("<m:location area='area-of-partner'/><m:wanted-partner>unknown.example</m:wanted-partner>")]
    public async Task The_user_gets_inbound_identities_and_the_partners_initial_configuration(string wanted)
    {
        await using var scene = await TwoSystems.StartAsync();
        var answer = await scene.AskAsync(string.Format(Ask, wanted));

        answer.StatusCode.Should().Be(200);
        var root = XDocument.Parse(Encoding.UTF8.GetString(answer.Body.Span)).Root!;
        root.Name.LocalName.Should().Be("get-partner-connection-details-response");
        var set = root.Elements().Single(e => e.Name.LocalName == "inbound-sip-identities");
        ((string)set.Attribute("impi")!).Should().EndWith("@ims.partner.example");
        ((string)set.Attribute("impu")!).Should().EndWith("@ims.partner.example");
        root.ToString().Should().Contain("domain=\"partner.example\"").And.Contain("partner-system>partner.example<");
        scene.Allocated.Select(a => (a.Realm, a.Bound.Private.Value)).Should().Equal(
            ("ims.partner.example", "alice-ue@ims.primary.example"), ("ims.primary.example", scene.Allocated[0].Allocated.Private.Value));
        scene.Allocated[1].Database.Should().Be("sdb.ims.primary.example");
        scene.Recording.Messages.Select(m => m.Link.ReferencePoint).Distinct().Should().Contain(["CSC-4", "CSC-17", "AAA-1"]);
    }

    [Test]
    public async Task Asked_again_the_same_identities_are_given()
    {
        await using var scene = await TwoSystems.StartAsync();
        var ask = string.Format(Ask,
            "<m:location area='nowhere'/><m:wanted-partner>partner.example</m:wanted-partner>");
        var (first, second) = (await scene.AskAsync(ask), await scene.AskAsync(ask));
        second.Body.ToArray().Should().Equal(first.Body.ToArray());
        scene.Allocated.Should().HaveCount(2);
    }

    [TestCase("<m:location area='area-of-nobody'/>", 404, "no-partner")]
    [TestCase("<m:location plmn='00101'/>", 404, "no-partner")]
    [TestCase("", 400, "bad-request")]
    public async Task Without_a_partner_for_the_user_nothing_is_asked_of_anybody(string wanted, int status, string cause)
    {
        await using var scene = await TwoSystems.StartAsync();
        Refused(await scene.AskAsync(string.Format(Ask, wanted)), status, cause);
        scene.Allocated.Should().BeEmpty();
        scene.Recording.Messages.Should().NotContain(m => m.Link.ReferencePoint == "CSC-17");
    }

    [Test]
    public async Task A_user_who_may_not_migrate_is_refused()
    {
        await using var scene = await TwoSystems.StartAsync(primary: o => o with { Users = [] });
        Refused(await scene.AskAsync(string.Format(Ask, "<m:location area='area-of-partner'/>")), 403,
            "user-not-authorized");
    }

    [Test]
    public async Task Nobody_asks_for_another_user()
    {
        await using var scene = await TwoSystems.StartAsync();
        Refused(await scene.AskAsync(string.Format(Ask, "<m:location area='area-of-partner'/>"),
            user: "sip:bob@primary.example"), 403, "user-not-authorized");
    }

    [Test]
    public async Task The_partner_refuses_a_system_that_may_not_bring_users()
    {
        await using var scene = await TwoSystems.StartAsync(partner: o => o with { Partners = [o.Partners[0] with { MayBringUsers = false }] });
        Refused(await scene.AskAsync(string.Format(Ask, "<m:location area='area-of-partner'/>")), 403,
            "system-not-authorized");
        scene.Allocated.Should().ContainSingle("the outbound set was allocated, the inbound one was not");
    }

    [Test]
    public async Task The_partner_refuses_a_user_it_does_not_expect()
    {
        await using var scene = await TwoSystems.StartAsync(partner: o => o with { Partners = [o.Partners[0] with { Users = ["sip:bob@primary.example"] }] });
        Refused(await scene.AskAsync(string.Format(Ask, "<m:location area='area-of-partner'/>")), 403,
            "user-not-authorized");
    }

    [Test]
    public async Task Without_allocation_by_policy_the_users_own_identities_are_sent()
    {
        await using var scene = await TwoSystems.StartAsync(primary: o => o with { AllocatesOutboundIdentities = false });
        (await scene.AskAsync(string.Format(Ask, "<m:location area='area-of-partner'/>"))).StatusCode.Should().Be(200);
        scene.Allocated.Single().Bound.Private.Value.Should().Be("alice-ue@ims.primary.example");
    }

    [Test]
    public async Task A_partner_out_of_reach_is_told_of()
    {
        await using var scene = await TwoSystems.StartAsync();
        scene.Links.Between(scene.Links.Named("cms.primary.example"), scene.Links.Named("cms.partner.example"), WireProtocol.Http).Sever();
        Refused(await scene.AskAsync(string.Format(Ask, "<m:location area='area-of-partner'/>")), 504, "unreachable");
    }

    [TestCase("")]
    [TestCase("no xml")]
    [TestCase("<!DOCTYPE x><m:get-partner-connection-details-request xmlns:m='urn:mcconformance:ns:partner-access:1.0'/>")]
    [TestCase("<m:other xmlns:m='urn:mcconformance:ns:partner-access:1.0'/>")]
    [TestCase("<m:get-partner-connection-details-request xmlns:m='urn:mcconformance:ns:partner-access:1.0'/>")]
    [TestCase("<m:get-partner-connection-details-request xmlns:m='urn:mcconformance:ns:partner-access:1.0'><m:mc-service-id>a</m:mc-service-id><m:mc-service-id>b</m:mc-service-id></m:get-partner-connection-details-request>")]
    public async Task A_malformed_body_is_refused(string body)
    {
        await using var scene = await TwoSystems.StartAsync();
        Refused(await scene.AskAsync(body), 400, "bad-request");
    }

    [Test]
    public async Task A_system_asserts_its_own_identity_or_is_refused()
    {
        await using var scene = await TwoSystems.StartAsync();
        var answer = await scene.AskAsync("<x/>", host: "cms.partner.example", path: "/migration/partner-access");
        Refused(answer, 403, "system-not-authorized");
    }

    [TestCase("sip:alice@primary.example", 200)]
    [TestCase("sip:bob@primary.example", 403)]
    public async Task A_profile_is_served_to_its_owner_only(string user, int expected)
    {
        await using var scene = await TwoSystems.StartAsync();
        scene.Servers["primary.example"].Documents.Put(
            "org.3gpp.mcptt.user-profile/users/sip:alice@primary.example/mcptt-user-profile-1.xml", new ConfigurationDocument("application/x", "<p/>"u8.ToArray(), null));
        var answer = await scene.SendAsync(Get("/xcap-root/org.3gpp.mcptt.user-profile/users/sip%3Aalice%40primary.example/mcptt-user-profile-1.xml", user));
        answer.StatusCode.Should().Be(expected);
        if (expected != 200) return;
        var again = Get("/xcap-root/org.3gpp.mcptt.user-profile/users/sip%3Aalice%40primary.example/mcptt-user-profile-1.xml", user);
        again.Headers.TryAddWithoutValidation("If-None-Match", answer.ETag);
        (await scene.SendAsync(again)).StatusCode.Should().Be(304);
    }

    [TestCase("/xcap-root/org.3gpp.mcptt.user-profile/users/sip%3Aalice%40primary.example/..%2Fx")]
    [TestCase("/xcap-root/org.3gpp.mcptt.user-profile/global/%2e%2e/x")]
    [TestCase("/elsewhere")]
    [TestCase("/xcap-root/a/b")]
    public async Task A_selector_that_is_not_plain_finds_nothing(string target)
    {
        await using var scene = await TwoSystems.StartAsync();
        (await scene.SendAsync(Get(target, "sip:alice@primary.example"))).StatusCode.Should().Be(404);
    }

    [TestCase(null, 403)]
    [TestCase("Bearer forged", 401)]
    public async Task Without_a_good_token_nothing_is_served(string? authorization, int expected)
    {
        await using var scene = await TwoSystems.StartAsync();
        var request = new HttpRequestMessage(HttpMethod.Get, "http://cms.primary.example/xcap-root/a/global/x");
        if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        (await scene.SendAsync(request)).StatusCode.Should().Be(expected);
    }

    private static HttpRequestMessage Get(string target, string user)
    {
        var request = new HttpRequestMessage(
            HttpMethod.Get, new Uri($"http://cms.primary.example{target}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {TwoSystems.Token}{user}");
        return request;
    }

    private static void Refused(HttpAnswer answer, int status, string cause)
    {
        (answer.StatusCode, Encoding.UTF8.GetString(answer.Body.Span)).Should().Match<(int, string)>(a => a.Item1 == status && a.Item2.Contains($">{cause}<"));
    }
}
