using System.Reflection;
using System.Text.Json;
using McConformance.TestConfiguration;
using McConformance.TestConfiguration.Profiles;
using McConformance.Wire;

namespace McConformance.RunTests.Tests;

/// <summary>Every profile of features/profiles is valid, and its example can be read and fits it.</summary>
[Parallelizable(ParallelScope.All)]
public class ProfileTests
{
    private static readonly string Project = Root.Find(AppContext.BaseDirectory);
    private static readonly List<Scenario> All = Scenarios.Read(Project);
    private static readonly string[] Ids = [.. File
        .ReadLines(Path.Combine(Project, "features", "catalogue", "requirements.tsv")).Skip(1).Select(l => l.Split(
            '\t')[0])];

    private static IEnumerable<string> Names => ProfileChoice.Files(Project).Select(f =>
        Path.GetFileNameWithoutExtension(f)!);

    [Test]
    public void There_is_one_for_each_kind_of_system_under_test() => Names.Should().BeEquivalentTo(
        "partner-mc-system", "primary-mc-system", "migration-management-server", "sip-core", "sip-database",
        "group-management-server-primary", "group-management-server-partner", "configuration-management-server",
        "identity-management-server", "mc-service-server-primary", "mc-service-server-partner", "gateway-server",
        "http-proxy", "ue");

    [TestCaseSource(nameof(Names))]
    public void It_chooses_scenarios_with_ids_of_the_catalogue(string name)
    {
        var profile = Read(name);
        var chosen = ProfileChoice.Of(profile, All, Project);
        chosen.Should().NotBeEmpty();
        chosen.SelectMany(s => s.Tags).Where(t => char.IsAsciiLetterUpper(t[1])).Select(t =>
            t[1..]).Should().BeSubsetOf(Ids);
        foreach (var feature in profile.Features)
            FeatureChoice.Of(All, [feature], Project, Project).Should().NotBeEmpty(feature);
    }

    [TestCaseSource(nameof(Names))]
    public void Its_reference_points_are_known_and_each_is_seen_or_not(string name)
    {
        var profile = Read(name);
        var known = typeof(ReferencePoint).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(f => (string)f.GetRawConstantValue()!).ToArray();
        var (seen, unseen) = (profile.Observable.Select(l => l.ReferencePoint), profile.Unobservable.Select(l =>
            l.ReferencePoint));
        seen.Concat(unseen).Should().OnlyHaveUniqueItems().And.BeSubsetOf(known);
    }

    [TestCaseSource(nameof(Names))]
    public void Its_example_is_readable_and_has_just_its_entities_external_with_the_endpoints_it_needs(string name)
    {
        var profile = Read(name);
        var ixit = IxitFile.Read(profile.Example, out var errors);
        errors.Should().BeEmpty();
        var external = ixit!.Systems.SelectMany(s => s.Entities
            .Where(e => e.Entity.Mode == EntityMode.External).Select(e => (s.Roles[0], e.Name))).ToArray();
        external.Should().BeEquivalentTo(profile.External);
        ixit.UserEquipment.Any(u => u.Mode == EntityMode.External).Should().Be(profile.ExternalUserEquipment);
        var endpoints = ixit.Systems.SelectMany(s => s.Entities).SelectMany(e => e.Entity.Endpoints.Select(p => (
            e.Name, p.Protocol)));
        profile.Endpoints.Select(e => (e.Entity, e.Protocol)).Should().BeSubsetOf(endpoints);
        File.ReadAllText(profile.Example).Should().Contain($"-Profile {name} ");
        ixit.Systems.SelectMany(s => s.Entities).SelectMany(e => e.Entity.Endpoints).Select(e => e.Address)
            .Where(a => !a.StartsWith("192.0.2.")).Should().BeEmpty("addresses of RFC 5737 ask nobody by mistake");
    }

    [TestCaseSource(nameof(Names))]
    public async Task It_tells_what_to_provision_in_the_kinds_it_names(string name)
    {
        var profile = Read(name);
        var reports = Directory.CreateTempSubdirectory("provisioning-");
        var output = new StringWriter();
        var code = await new Command(output, TextWriter.Null, AppContext.BaseDirectory)
            .RunAsync(["-Provisioning", "-Profile", name, "-Configuration", profile.Example, "-Report",
                reports.FullName]);

        code.Should().Be(0);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(reports.FullName,
            "provisioning.json")));
        var rows = json.RootElement.EnumerateArray().ToArray();
        rows.Select(r => r.GetProperty("kind").GetString()).Distinct().Should().BeSubsetOf(profile.Provision);
        rows.Should().Contain(r => r.GetProperty("kind").GetString() != "condition");
        var csv = await File.ReadAllLinesAsync(Path.Combine(reports.FullName, "provisioning.csv"));
        csv.Should().HaveCount(rows.Length + 1);
        csv[0].Should().Be("\"system\",\"entity\",\"kind\",\"item\",\"detail\",\"for\"");
        output.ToString().Should().Contain($"{rows.Length} things to provision for ");
        reports.Delete(recursive: true);
    }

    [Test]
    public async Task A_profile_narrows_the_choice_and_is_told_with_the_list()
    {
        var output = new StringWriter();
        (await new Command(output, TextWriter.Null, AppContext.BaseDirectory).RunAsync(["-List", "-Profile",
            "SIP core"])).Should().Be(0);
        output.ToString().Should().Contain("external in the partner: sipCore").And.Contain("not seen: Mw")
            .And.Contain("10.1.6.2_signalling_plane_registration.feature").And.NotContain("10.2.x.2");
    }

    [Test]
    public async Task A_profile_that_there_is_not_is_told()
    {
        var problems = new StringWriter();
        (await new Command(TextWriter.Null, problems, AppContext.BaseDirectory).RunAsync(["-List", "-Profile",
            "sip-cor"])).Should().Be(2);
        problems.ToString().Should().Contain("no profile is called \"sip-cor\"; did you mean \"sip-core\"?");
    }

    [TestCase("\"sipCore\"]", "\"sipCor\"]", "entities[0]: expected one of", "did you mean \"sipCore\"?")]
    [TestCase("\"policy\"", "\"polcy\"", "provision[0]: expected one of", "did you mean \"policy\"?")]
    [TestCase("\"observable\"", "\"observed\"", "$.observed: expected a member the schema knows",
        "did you mean \"observable\"?")]
    public void A_broken_profile_is_told_with_line_and_remedy(string right, string wrong, string what, string remedy)
    {
        var text = File.ReadAllText(Path.Combine(Project, "features", "profiles", "sip-core.json"));
        var file = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"{Guid.NewGuid():N}.json");
        File.WriteAllText(file, text.Replace(right, wrong));
        ProfileFile.Read(file, out var errors).Should().BeNull();
        File.Delete(file);
        errors.Select(e => e.ToString()).Should().Contain(e => e.Contains(what) && e.EndsWith(remedy));
    }

    private static Profile Read(string name) => ProfileChoice.Read(Project, name, TextWriter.Null);
}
