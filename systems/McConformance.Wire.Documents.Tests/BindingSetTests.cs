using System.Xml.Schema;
using FluentAssertions;
using McConformance.Wire.Documents.Bindings;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Identities;
using NUnit.Framework;

namespace McConformance.Wire.Documents.Tests;

/// <summary>The exchangeable names of own bindings, and the files that carry them.</summary>
public sealed class BindingSetTests
{
    [Test]
    public void The_shipped_file_holds_the_names_of_this_project() =>
        BindingSet.Load(File.ReadAllText(FileOf("own.json"))).Should().Be(BindingSet.Own);

    [Test]
    public void The_example_of_another_profile_changes_every_name()
    {
        var other = BindingSet.Load(File.ReadAllText(FileOf("example-vendor.json")));
        foreach (var (own, chosen) in other.Parts)
            foreach (var property in SchemaNames.NamesOf(own))
                property.GetValue(chosen).Should().NotBe(property.GetValue(own), property.Name);
    }

    [Test]
    public void Schemas_follow_the_names_of_the_profile()
    {
        var other = BindingSet.Load(File.ReadAllText(FileOf("example-vendor.json")));
        var schemas = SchemaSet.Load(other);
        var decision = new MembershipDecision(
            "p1", new McGroupId("sip:fire@primary.example"), ApprovalState.Approved, "because");
        Errors(decision.ToXml(other.Membership), schemas).Should().BeEmpty();
        var wrong = decision.ToXml(other.Membership);
        wrong.Root!.SetAttributeValue("state", "approved");
        Errors(wrong, schemas).Should().ContainSingle().Which.Should().Contain("state");
    }

    [TestCase("[]", "no object")]
    [TestCase("{ \"name\": \"\" }", "name: no text")]
    [TestCase("{ \"migrations\": {} }", "migrations: no such part")]
    [TestCase("{ \"migration\": { \"result\": \"a b\" } }", "migration, result: \"a b\" is no XML name")]
    [TestCase("{ \"migration\": { \"resultt\": \"a\" } }", "migration, ")]
    [TestCase("{\n \"migration\" 1 }", "line 2")]
    public void Says_what_is_wrong_with_a_file(string json, string expected)
    {
        var reading = () => BindingSet.Load(json);
        reading.Should().Throw<FormatException>().Which.Message.Should().Contain(expected);
    }

    private static List<string> Errors(System.Xml.Linq.XDocument document, XmlSchemaSet schemas)
    {
        var errors = new List<string>();
        document.Validate(schemas, (_, e) => errors.Add(e.Message));
        return errors;
    }

    private static string FileOf(string name)
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "McConformance.sln"))) at = at.Parent!;
        return Path.Combine(at.FullName, "features", "bindings", name);
    }
}
