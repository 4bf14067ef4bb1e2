using System.Text.Json;
using McConformance.Wire.Documents.Bindings;

namespace McConformance.Wire.Documents.Tests;

/// <summary>What a document is written with where no profile is chosen: the very names of the shipped file, one by
/// one.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class BindingNamesTests
{
    private static readonly JsonElement Own = JsonDocument.Parse(File.ReadAllText(OwnFile())).RootElement;

    [Test]
    public void Every_name_in_code_is_that_of_the_file()
    {
        Check("migration", new MigrationBinding());
        Check("interconnection", new InterconnectionBinding());
        Check("membership", new MembershipBinding());
        Check("partnerAccess", new PartnerAccessBinding());
        Check("functionalAliases", new FunctionalAliasBinding());
        new BindingSet().Name.Should().Be(Own.GetProperty("name").GetString());
    }

    [Test]
    public void A_value_of_another_profile_is_none_here()
    {
        var access = new PartnerAccessBinding();
        foreach (var cause in Enum.GetValues<PartnerAccessCause>())
        {
            access.TryRead(access.Text(cause), out var read).Should().BeTrue();
            read.Should().Be(cause);
        }

        access.TryRead("because", out var none).Should().BeFalse();
        none.Should().Be(default(PartnerAccessCause));
        var migration = new MigrationBinding();
        foreach (var cause in Enum.GetValues<MigrationCause>())
        {
            migration.TryRead(migration.Text(cause), out var read).Should().BeTrue();
            read.Should().Be(cause);
        }

        migration.TryRead("because", out _).Should().BeFalse();
    }

    [Test]
    public void A_profile_may_have_comments_and_keeps_what_it_does_not_name()
    {
        var set = BindingSet.Load("""
            {
              "$schema": "../binding.schema.json", // for editors
              "$comment": "only one name", "name": "vendor-x",
              "functionalAliases": { "user": "person", /* the rest stays */ },
            }
            """);
        set.Name.Should().Be("vendor-x");
        set.FunctionalAliases.Should().Be(new FunctionalAliasBinding { User = "person" });
        set.Migration.Should().Be(new MigrationBinding());
        set.Owns($"in {new MigrationBinding().Namespace}, element result").Should().BeTrue();
        set.Owns("urn:oma:xml:poc:list-service").Should().BeFalse();
    }

    [TestCase("{\n \"migration\": {\n \"cause\": 1 } }", "binding profile, migration, $.cause, line 2: ")]
    [TestCase("{ \"a\": 1 }", "membership, partnerAccess, functionalAliases")]
    [TestCase("{ \"migration\": null }", "binding profile, migration: null")]
    [TestCase("{\n \"name\" 1 }", "binding profile, line 2: ")]
    public void Says_where_a_file_is_wrong(string json, string expected) =>
        ((Action)(() => BindingSet.Load(json))).Should().Throw<FormatException>()
            .Which.Message.Should().Contain(expected);

    [Test]
    public void A_part_by_itself_is_told_without_its_place() =>
        ((Action)(() => MigrationBinding.Load("{ \"cause\": \"\" }"))).Should().Throw<FormatException>()
            .Which.Message.Should().StartWith("binding profile, cause: empty");

    private static void Check<T>(string part, T made)
        where T : notnull
    {
        var written = Own.GetProperty(part);
        foreach (var name in SchemaNames.NamesOf(made).Where(p => p.Name != "Name"))
        {
            var label = JsonNamingPolicy.CamelCase.ConvertName(name.Name);
            written.GetProperty(label).GetString().Should().Be((string?)name.GetValue(made), $"{part}, {label}");
        }
    }

    private static string OwnFile()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "McConformance.sln"))) at = at.Parent!;
        return Path.Combine(at.FullName, "features", "bindings", "own.json");
    }
}
