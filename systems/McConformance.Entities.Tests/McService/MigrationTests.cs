using System.Text;
using McConformance.Wire;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;

namespace McConformance.Entities.Tests.McService;

[Parallelizable(ParallelScope.All)]
internal sealed class MigrationTests
{
    private const string Request = "migration-service-authorization-request";
    private const string Response = "migration-service-authorization-response";
    private const string End = "migration-service-deauthorization-notification";

    [Test]
    public async Task A_user_migrates_through_four_servers()
    {
        await using var scene = MigrationScene.Start();
        var told = await scene.MigrateAsync();
        told.Should().Match<Told>(t => t.StatusCode == 200 && t.Success == true && t.Cause == null && t.ETag != "");
        scene.MessagesOf(Request).Should().Equal(
            "mcptt.partner.example -> gw.partner.example", "gw.partner.example -> gw.primary.example", "gw.primary.example -> mcptt.primary.example");
        scene.MessagesOf(Response).Should().Equal(
            "mcptt.primary.example -> gw.primary.example", "gw.primary.example -> gw.partner.example", "gw.partner.example -> mcptt.partner.example");
    }

    [Test]
    public async Task Without_gateways_the_servers_speak_to_each_other()
    {
        await using var scene = MigrationScene.Start(hasGateways: false);
        (await scene.MigrateAsync()).StatusCode.Should().Be(200);
        scene.MessagesOf(Request).Should().Equal("mcptt.partner.example -> mcptt.primary.example");
    }

    [Test]
    public async Task Nothing_of_the_inner_network_crosses_between_the_gateways()
    {
        await using var scene = MigrationScene.Start();
        await scene.MigrateAsync();
        await scene.QuietAsync();
        foreach (var link in new[] { scene.Between("gw.partner.example", "gw.primary.example"), scene.Between("gw.primary.example", "gw.partner.example") })
            foreach (var message in scene.Recording.Messages.Where(m => m.Link == link))
                Encoding.UTF8.GetString(message.Octets.Span).Split("\r\nVia:").Should().HaveCountLessThanOrEqualTo(2).And.NotContain(t => t.Contains("mcptt."));
    }

    [Test]
    public async Task The_token_does_not_leave_the_partner()
    {
        await using var scene = MigrationScene.Start();
        await scene.MigrateAsync();
        var sent = scene.Recording.Messages.Where(m => m.Link.From.Name == "mcptt.partner.example").Select(m => Encoding.UTF8.GetString(m.Octets.Span)).ToArray();
        sent.Should().NotBeEmpty().And.NotContain(t => t.Contains("access-token"));
    }

    [Test]
    public async Task Service_at_home_ends_the_migration_at_the_partner()
    {
        await using var scene = MigrationScene.Start();
        await scene.MigrateAsync();
        (await scene.AuthorizeAtHomeAsync()).StatusCode.Should().Be(200);
        await scene.QuietAsync();
        scene.MessagesOf(End).Should().HaveCount(3);
        (await scene.EndAsync(MigrationScene.Partner)).StatusCode.Should().Be(404, "the partner has ended it");
    }

    [Test]
    public async Task A_user_who_leaves_the_partner_is_taken_off_the_register()
    {
        await using var scene = MigrationScene.Start();
        await scene.MigrateAsync();
        (await scene.EndAsync(MigrationScene.Partner)).StatusCode.Should().Be(200);
        await scene.QuietAsync();
        scene.MessagesOf(End).Should().HaveCount(3);
        await scene.AuthorizeAtHomeAsync();
        await scene.QuietAsync();
        scene.MessagesOf(End).Should().HaveCount(3, "there is nothing to end any more");
    }

    private static IEnumerable<TestCaseData> Refusals()
    {
        yield return new TestCaseData((Func<MigrationExtension, MigrationExtension>)(m => m with { PrimaryMcServiceId = new McServiceId("sip:bob@primary.example") }), 403, MigrationCause.UnknownUser, 3);
        yield return new TestCaseData((Func<MigrationExtension, MigrationExtension>)(m => m with { PartnerMcServiceId = new McServiceId("sip:bob.guest@partner.example") }), 403, MigrationCause.TokenMismatch, 0);
        yield return new TestCaseData((Func<MigrationExtension, MigrationExtension>)(m => m with { PrimaryMcServiceId = new McServiceId("sip:alice@elsewhere.example") }), 403, MigrationCause.PartnerNotPermitted, 0);
        yield return new TestCaseData((Func<MigrationExtension, MigrationExtension>)(m => m with { PrimaryMcServiceId = new McServiceId("sip:alice@partner.example") }), 403, MigrationCause.MigrationNotPermitted, 0);
    }

    [TestCaseSource(nameof(Refusals))]
    public async Task What_is_not_permitted_is_refused_with_its_cause(Func<MigrationExtension, MigrationExtension> change, int status, MigrationCause cause, int requests)
    {
        await using var scene = MigrationScene.Start();
        var told = await scene.MigrateAsync(change);
        (told.StatusCode, told.Success, told.Cause).Should().Be((status, false, cause));
        scene.MessagesOf(Request).Should().HaveCount(requests);
    }

    [Test]
    public async Task Another_profile_than_the_permitted_one_is_refused_by_the_primary()
    {
        await using var scene = MigrationScene.Start();
        var told = await scene.MigrateAsync(m => m with { UserProfileIndex = new ProfileIndex(2) }, settingsIndex: 2);
        (told.StatusCode, told.Cause).Should().Be((403, MigrationCause.ProfileNotValid));
    }

    [Test]
    public async Task A_forged_token_gets_no_further()
    {
        await using var scene = MigrationScene.Start();
        var told = await scene.MigrateAsync(token: "forged");
        told.StatusCode.Should().Be(403);
        told.Warning.Should().Be("399 partner.example \"101 service authorisation failed\"");
        scene.MessagesOf(Request).Should().BeEmpty();
    }

    [Test]
    public async Task The_switch_for_the_service_is_enforced()
    {
        await using var scene = MigrationScene.Start(partner: o => o with { Partners = [o.Partners[0] with { MigratedServices = new HashSet<Wire.Documents.McService>() }] });
        (await scene.MigrateAsync()).Cause.Should().Be(MigrationCause.ServiceNotPermitted);
    }

    [TestCase("partner-mc-service-id")]
    [TestCase("primary-mc-service-id")]
    [TestCase("user-profile-index")]
    public async Task A_mandatory_element_that_is_missing_is_named(string element)
    {
        await using var scene = MigrationScene.Start();
        var told = await scene.MigrateAsync(m => element switch
        {
            "partner-mc-service-id" => m with { PartnerMcServiceId = null },
            "primary-mc-service-id" => m with { PrimaryMcServiceId = null },
            _ => m with { UserProfileIndex = null },
        });
        told.StatusCode.Should().Be(400);
        told.Warning.Should().Contain(element);
        scene.MessagesOf(Request).Should().BeEmpty();
    }

    [TestCase("mcptt.partner.example", "gw.partner.example")]
    [TestCase("gw.partner.example", "gw.primary.example")]
    [TestCase("gw.primary.example", "mcptt.primary.example")]
    public async Task A_lost_request_ends_in_504_and_nobody_is_migrated(string from, string to)
    {
        await using var scene = MigrationScene.Start();
        scene.Between(from, to).Disturb(new LosesOnce(Request));
        var told = await scene.MigrateAsync();
        (told.StatusCode, told.Cause).Should().Be((504, MigrationCause.PrimaryUnreachable));
        await scene.PassAsync(TimeSpan.FromSeconds(70));
        await scene.AuthorizeAtHomeAsync();
        await scene.QuietAsync();
        scene.MessagesOf(End).Should().BeEmpty();
        (await scene.MigrateAsync()).StatusCode.Should().Be(200, "the next attempt succeeds");
    }

    [TestCase("mcptt.primary.example", "gw.primary.example")]
    [TestCase("gw.primary.example", "gw.partner.example")]
    [TestCase("gw.partner.example", "mcptt.partner.example")]
    public async Task A_lost_response_is_taken_back_by_the_primary(string from, string to)
    {
        await using var scene = MigrationScene.Start();
        scene.Between(from, to).Disturb(new LosesOnce(Response));
        (await scene.MigrateAsync()).StatusCode.Should().Be(504);
        await scene.PassAsync(TimeSpan.FromSeconds(100));
        scene.MessagesOf(End).Should().NotBeEmpty();
        var before = scene.MessagesOf(End).Count();
        await scene.AuthorizeAtHomeAsync();
        await scene.QuietAsync();
        scene.MessagesOf(End).Should().HaveCount(before, "the register holds the user no more");
    }

    [Test]
    public async Task A_late_success_is_taken_back_by_the_partner()
    {
        await using var scene = MigrationScene.Start();
        scene.Between("gw.primary.example", "gw.partner.example").Disturb(new DelaysOnce(Response, TimeSpan.FromSeconds(15)));
        (await scene.MigrateAsync()).StatusCode.Should().Be(504);
        await scene.PassAsync(TimeSpan.FromSeconds(20));
        scene.MessagesOf(End).First().Should().Be("mcptt.partner.example -> gw.partner.example");
        var before = scene.MessagesOf(End).Count();
        await scene.AuthorizeAtHomeAsync();
        await scene.QuietAsync();
        scene.MessagesOf(End).Should().HaveCount(before);
    }

    [Test]
    public async Task A_gateway_without_an_agreement_refuses_with_code_179()
    {
        await using var scene = MigrationScene.Start(gateway: g => g.System.Value == "primary.example" ? g with { Partners = [] } : g);
        var told = await scene.MigrateAsync();
        (told.StatusCode, told.Cause).Should().Be((403, MigrationCause.PartnerNotPermitted));
        told.Warning.Should().Contain("179 service not authorized with the interconnected system");
    }

    internal sealed class LosesOnce : Disturbance
    {
        public LosesOnce(string what)
        {
            Selects = m => m.Span.StartsWith("MESSAGE"u8) && m.Span.IndexOf(Encoding.ASCII.GetBytes(what)) >= 0;
            Times = 1;
        }

        public override string Description => "loses one message";

        protected override void Apply(Link link, ReadOnlyMemory<byte> octets, IOctetSink sink) => link.Lose(octets.Span, sink, "lost");
    }

    private sealed class DelaysOnce : Disturbance
    {
        private readonly TimeSpan time;

        public DelaysOnce(string what, TimeSpan time)
        {
            this.time = time;
            Selects = m => m.Span.StartsWith("MESSAGE"u8) && m.Span.IndexOf(Encoding.ASCII.GetBytes(what)) >= 0;
            Times = 1;
        }

        public override string Description => "delays one message";

        protected override void Apply(Link link, ReadOnlyMemory<byte> octets, IOctetSink sink) =>
            link.Time.CreateTimer(_ => link.Forward(octets.Span, sink, Fate.Delivered, "late"), null, time, Timeout.InfiniteTimeSpan);
    }
}
