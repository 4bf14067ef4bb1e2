using McConformance.Wire.Documents;

namespace McConformance.Entities.Tests.McService;

/// <summary>TR 23.781 5.2.10 between two MC systems, with the link between the gateway servers severed.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class OfflineMigrationTests
{
    private const string One = "gw.primary.example";
    private const string Other = "gw.partner.example";
    private const string Since = "served-since";
    private const string End = "migration-service-deauthorization-notification";

    [TestCase("credential", 30, 200)]
    [TestCase("credential", null, 504)]
    [TestCase("guest", 30, 504)]
    public async Task A_credential_and_an_agreement_make_service(string token, int? minutes, int status)
    {
        await using var scene = Start(minutes);
        Sever(scene, true);
        (await scene.MigrateAsync(token: token)).StatusCode.Should().Be(status);
    }

    [Test]
    public async Task The_primary_is_asked_until_it_answers_and_records_the_user()
    {
        await using var scene = Start(30);
        Sever(scene, true);
        await scene.MigrateAsync(token: "credential");
        await scene.PassAsync(TimeSpan.FromSeconds(70));
        var attempts = scene.MessagesOf(Since)
            .Count(m => m.StartsWith("mcptt.partner.example", StringComparison.Ordinal));
        attempts.Should().BeGreaterThan(1, "it is tried again");
        Sever(scene, false);
        await scene.PassAsync(TimeSpan.FromSeconds(60));
        scene.MessagesOf(Since).Should().Contain("gw.primary.example -> mcptt.primary.example");
        attempts = scene.MessagesOf(Since).Count();
        await scene.PassAsync(TimeSpan.FromSeconds(60));
        scene.MessagesOf(Since).Should().HaveCount(attempts, "nobody asks about a verified user");
        await scene.AuthorizeAtHomeAsync();
        await scene.QuietAsync();
        scene.MessagesOf(End).Should().NotBeEmpty("the register holds the user");
    }

    [Test]
    public async Task A_user_who_is_home_since_is_not_recorded_and_loses_service_at_the_partner()
    {
        await using var scene = Start(30);
        Sever(scene, true);
        await scene.MigrateAsync(token: "credential");
        await scene.PassAsync(TimeSpan.FromSeconds(1));
        await scene.AuthorizeAtHomeAsync();
        Sever(scene, false);
        await scene.PassAsync(TimeSpan.FromSeconds(60));
        (await scene.EndAsync(MigrationScene.Partner)).StatusCode.Should().Be(404);
        (await scene.EndAsync(MigrationScene.Primary)).StatusCode.Should().Be(200);
    }

    [Test]
    public async Task A_lost_answer_does_not_undo_the_record_of_a_later_attempt()
    {
        await using var scene = Start(30);
        Sever(scene, true);
        await scene.MigrateAsync(token: "credential");
        scene.Between("gw.primary.example", "gw.partner.example").Join();
        scene.Between("gw.partner.example", "gw.primary.example").Join();
        scene.Between("gw.primary.example", "gw.partner.example").Disturb(
            new MigrationTests.LosesOnce("migration-service-authorization-response"));
        await scene.PassAsync(TimeSpan.FromSeconds(150));
        await scene.AuthorizeAtHomeAsync();
        await scene.QuietAsync();
        scene.MessagesOf(End).Should().NotBeEmpty("the register holds the user");
        (await scene.EndAsync(MigrationScene.Partner)).StatusCode.Should().Be(404);
    }

    [Test]
    public async Task Time_runs_from_the_first_use_of_the_credential()
    {
        await using var scene = Start(2);
        Sever(scene, true);
        await scene.MigrateAsync(token: "credential");
        await scene.PassAsync(TimeSpan.FromSeconds(90));
        (await scene.MigrateAsync(token: "credential")).StatusCode.Should().Be(200);
        await scene.PassAsync(TimeSpan.FromSeconds(45));
        (await scene.MigrateAsync(token: "credential")).Should()
            .Match<Told>(t => t.StatusCode == 403 && t.Cause == MigrationCause.NotVerified);
        (await scene.EndAsync(MigrationScene.Partner)).StatusCode.Should().Be(404);
    }

    private static MigrationScene Start(int? minutes) => MigrationScene.Start(partner: o => o with
    {
        Partners = [o.Partners[0] with { OfflineServiceMax = minutes is { } m ? TimeSpan.FromMinutes(m) : null }],
    });

    private static void Sever(MigrationScene scene, bool isSevered)
    {
        foreach (var link in new[] { scene.Between(One, Other), scene.Between(Other, One) })
        {
            if (isSevered) link.Sever();
            else link.Join();
        }
    }
}
