using System.Text;
using McConformance.Wire.Documents.Reading;

namespace McConformance.Wire.Documents.Tests.Reading;

/// <summary>What a reader is told of a document that is wrong.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class DocumentFindingTests
{
    private static readonly Clause Clause = new("RFC 4354", "4");

    [TestCase(DocumentFault.NotXml, "an XML document")]
    [TestCase(DocumentFault.UnknownRoot, "root element x")]
    [TestCase(DocumentFault.Missing, "x with content")]
    [TestCase(DocumentFault.Empty, "x with content")]
    [TestCase(DocumentFault.Malformed, "a well formed x")]
    [TestCase(DocumentFault.Duplicated, "one x")]
    [TestCase(DocumentFault.Unexpected, "no x")]
    [TestCase(DocumentFault.Encrypted, "a readable x")]
    public void Says_what_was_expected(DocumentFault fault, string expected)
    {
        var finding = new DocumentFinding(fault, "x", Clause, "y").ToFinding();
        var severity = fault == DocumentFault.NotXml ? Severity.Syntax : Severity.Conformance;
        finding.Should().Be(new Finding(severity, Clause, -1, expected, "y"));
    }

    [Test]
    public void Prints_all_that_it_knows() => new DocumentFinding(DocumentFault.Malformed, "x@y", Clause, "z")
        .ToString().Should().Be("RFC 4354 4: x@y: Malformed (z)");

    [TestCase("<answer-mode>maybe</answer-mode>", DocumentFault.Malformed, "maybe")]
    [TestCase("<answer-mode/>", DocumentFault.Empty, "no content")]
    [TestCase("<answer-mode><x/></answer-mode>", DocumentFault.Malformed, "elements in simple content")]
    [TestCase("", DocumentFault.Missing, "absent, or not readable")]
    [TestCase("<answer-mode>manual</answer-mode><answer-mode/>", DocumentFault.Duplicated, "twice or more")]
    [TestCase("<answer-mode>a&#9;b</answer-mode>", DocumentFault.Malformed, "a.b")]
    public void Says_what_was_there(string content, DocumentFault fault, string text)
    {
        var found = Found(Settings("id='urn:uuid:1'", content));
        found.Should().Be(new DocumentFinding(fault, "answer-mode", Clause, text));
    }

    [TestCase("", DocumentFault.Missing, "absent, or not readable")]
    [TestCase("id=' '", DocumentFault.Empty, "no content")]
    public void Says_what_an_attribute_was(string attribute, DocumentFault fault, string text) =>
        Found(Settings(attribute, "<answer-mode>manual</answer-mode>"))
            .Should().Be(new DocumentFinding(fault, "entity@id", Clause, text));

    [TestCase(80, "")]
    [TestCase(81, "...")]
    public void Long_text_is_cut(int length, string end)
    {
        var found = Found(Settings("id='1'", $"<answer-mode>{new string('m', length)}</answer-mode>"));
        found.Text.Should().Be(new string('m', 80) + end);
    }

    private static string Settings(string attribute, string content) =>
        $"<poc-settings xmlns='urn:oma:params:xml:ns:poc:poc-settings'><entity {attribute}><am-settings>{content}" +
        "</am-settings></entity></poc-settings>";

    private static DocumentFinding Found(string text)
    {
        var findings = new List<DocumentFinding>();
        PocSettings.TryRead(Encoding.UTF8.GetBytes(text), out var read, findings);
        read?.AnswerMode.Should().Be(text.Contains(">manual<") ? AnswerMode.Manual : null);
        return findings.Should().ContainSingle().Subject;
    }
}
