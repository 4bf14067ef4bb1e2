using System.Xml.Linq;
using McConformance.Wire.Documents.Reading;

namespace McConformance.Wire.Documents.Tests;

/// <summary>Who is told that a document does not follow its schema is told where its elements are described.</summary>
public sealed class SchemaClauseTests
{
    [Test]
    public void Every_schema_says_where_its_elements_are_described() => SchemaSet.Namespaces
        .Select(n => SchemaSet.ClauseOf(new SchemaFinding(1, "wrong"), XName.Get("root", n)))
        .Should().OnlyContain(c => c.Document.Length > 0 && c.Place.Length > 0);

    [TestCase("The element 'x' in namespace 'urn:oma:xml:poc:list-service' has", "TS 24.481 7.2")]
    [TestCase("The 'urn:3gpp:mcptt:user-profile:1.0:Name' element in 'urn:oma:xml:poc:list-service'", "TS 24.484 8.3")]
    [TestCase("The 'urn:mcconformance:ns:migration:1.0:transaction-id' element is invalid", "OWN MIG")]
    [TestCase("The element 'x' is wrong", "TS 24.379 F.1.2")]
    [TestCase("of nobody: 'urn:unknown:x'", "TS 24.379 F.1.2")]
    public void A_finding_speaks_of_the_first_namespace_that_it_names_or_of_the_root(string text, string clause) =>
        $"{SchemaSet.ClauseOf(new SchemaFinding(1, text), XName.Get("mcpttinfo", "urn:3gpp:ns:mcpttInfo:1.0"))}"
            .Should().Be(clause);
}
