using System.Text;
using System.Xml.Linq;
using McConformance.Wire.Documents.Reading;

namespace McConformance.Wire.Documents.Tests;

[Parallelizable(ParallelScope.All)]
internal sealed class XcapDocumentTests
{
    private const string Selector = "org.openmobilealliance.groups/global/byGroupID/sip%3Ajoint-ops%40a.example";

    private static readonly XcapDiff Diff = new()
    {
        XcapRoot = "https://gms.b.example/xcap/",
        Documents =
        [
            new XcapChange(Selector) { NewEtag = "b", PreviousEtag = "a" },
            new XcapChange("new") { NewEtag = "n" },
            new XcapChange("gone") { PreviousEtag = "g" },
            new XcapChange("same") { NewEtag = "s", PreviousEtag = "r", BodyNotChanged = true },
        ],
    };

    private static readonly ResourceLists Lists = new()
    {
        Lists =
        [
            new ResourceList
            {
                Name = "friends",
                DisplayName = "Friends",
                Entries = [new ResourceEntry("sip:bob@a.example", "Bob"), new ResourceEntry("sip:zoe@b.example")],
                Lists = [new ResourceList { Entries = [new ResourceEntry("sip:yann@b.example")] }],
            },
        ],
    };

    [Test]
    public void Changes_are_written_as_the_schema_says_and_read_back()
    {
        var octets = Diff.ToOctets();
        Schema.Of(octets).Should().BeEmpty();
        var findings = new List<DocumentFinding>();
        XcapDiff.TryRead(octets, out var read, findings).Should().BeTrue();
        findings.Should().BeEmpty();
        read.Should().BeEquivalentTo(Diff);
        read!.Documents.Select(d => d.Kind).Should().Equal(XcapChangeKind.Changed, XcapChangeKind.Created,
            XcapChangeKind.Deleted, XcapChangeKind.Changed);
        Encoding.UTF8.GetString(octets).Should().Contain("xmlns=\"urn:ietf:params:xml:ns:xcap-diff\"")
            .And.Contain($"sel=\"{Selector}\"").And.Contain("<document previous-etag=\"g\" sel=\"gone\"");
    }

    [TestCase("sel=\"gone\"", "", "document@sel")]
    [TestCase("previous-etag=\"g\"", "", "document@new-etag")]
    [TestCase("xcap-root=\"https://gms.b.example/xcap/\"", "", "xcap-diff@xcap-root")]
    public void Changes_name_what_is_missing(string old, string instead, string label)
    {
        var text = Encoding.UTF8.GetString(Diff.ToOctets()).Replace(old, instead);
        var findings = new List<DocumentFinding>();
        var read = XcapDiff.TryRead(Encoding.UTF8.GetBytes(text), out var diff, findings);
        read.Should().Be(!label.StartsWith("xcap"));
        if (read) diff!.Documents.Should().HaveCount(3);
        findings.Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { Fault = DocumentFault.Missing, Element = label, Clause = new Clause("RFC 5874", "4") });
    }

    [Test]
    public void Changes_keep_instructions_and_other_elements()
    {
        var text = Encoding.UTF8.GetString(Diff.ToOctets())
            .Replace("<body-not-changed />", "<add sel='*'><x xmlns='urn:x'/></add>")
            .Replace("</xcap-diff>", "<element sel='e' exists='1'/></xcap-diff>");
        XcapDiff.TryRead(Encoding.UTF8.GetBytes(text), out var diff, []).Should().BeTrue();
        Schema.Of(diff!.ToOctets()).Should().BeEmpty();
        Encoding.UTF8.GetString(diff.ToOctets()).Should().ContainAll("urn:x", "exists=");
    }

    [TestCase(XcapErrorKind.SchemaValidationError, "schema-validation-error")]
    [TestCase(XcapErrorKind.ConstraintFailure, "constraint-failure")]
    [TestCase(XcapErrorKind.NotWellFormed, "not-well-formed")]
    [TestCase(XcapErrorKind.NotUtf8, "not-utf-8")]
    [TestCase(XcapErrorKind.CannotDelete, "cannot-delete")]
    [TestCase(XcapErrorKind.NotXmlAttributeValue, "not-xml-att-value")]
    [TestCase(XcapErrorKind.NotXmlFragment, "not-xml-frag")]
    [TestCase(XcapErrorKind.Extension, "extension")]
    [TestCase(XcapErrorKind.CannotInsert, "cannot-insert")]
    public void An_error_has_the_element_of_its_kind(XcapErrorKind kind, string element)
    {
        var error = new XcapError(kind) { Phrase = "no \"good\"" };
        XNamespace ns = "urn:ietf:params:xml:ns:xcap-error";
        error.ToXml().Root!.Elements().Single().Name.Should().Be(ns + element);
        ReadBack(error);
    }

    [Test]
    public void Errors_say_what_was_not_unique_and_where_the_path_ends()
    {
        ReadBack(new XcapError(XcapErrorKind.NoParent) { Ancestor = "https://gms.b.example/xcap/users" });
        ReadBack(new XcapError(XcapErrorKind.UniquenessFailure)
        { NotUnique = [new XcapNotUnique("group/list-service/@uri", ["sip:g2@a.example", "sip:g3@a.example"])] });
    }

    [TestCase("<xcap-error xmlns='urn:ietf:params:xml:ns:xcap-error'/>", DocumentFault.Missing)]
    [TestCase("<xcap-error xmlns='urn:ietf:params:xml:ns:xcap-error'><x/></xcap-error>", DocumentFault.Malformed)]
    [TestCase("<xcap-error/>", DocumentFault.UnknownRoot)]
    public void An_error_without_a_kind_is_none(string text, DocumentFault fault)
    {
        var findings = new List<DocumentFinding>();
        XcapError.TryRead(Encoding.UTF8.GetBytes(text), out _, findings).Should().BeFalse();
        findings.Should().ContainSingle().Which.Fault.Should().Be(fault);
        SchemaSet.Validate(XDocument.Parse(text)).Should().NotBeEmpty();
    }

    [Test]
    public void Lists_are_written_as_the_schema_says_and_read_back()
    {
        var octets = Lists.ToOctets();
        Schema.Of(octets).Should().BeEmpty();
        var findings = new List<DocumentFinding>();
        ResourceLists.TryRead(octets, out var read, findings).Should().BeTrue();
        findings.Should().BeEmpty();
        read.Should().BeEquivalentTo(Lists);
        read!.AllEntries.Select(e => e.Uri).Should()
            .Equal("sip:bob@a.example", "sip:zoe@b.example", "sip:yann@b.example");
        ResourceLists.Of("sip:zoe@b.example").AllEntries.Should().ContainSingle();
        ResourceLists.ContentType.Should().Be("application/resource-lists+xml");
    }

    [Test]
    public void Lists_name_an_entry_without_a_uri_and_keep_references()
    {
        var text = Encoding.UTF8.GetString(Lists.ToOctets()).Replace(" uri=\"sip:zoe@b.example\"", "")
            .Replace("</resource-lists>", "<list><entry-ref ref='a/b'/></list></resource-lists>");
        SchemaSet.Validate(XDocument.Parse(text)).Should().NotBeEmpty();
        var findings = new List<DocumentFinding>();
        ResourceLists.TryRead(Encoding.UTF8.GetBytes(text), out var lists, findings).Should().BeTrue();
        findings.Should().ContainSingle().Which.Element.Should().Be("entry@uri");
        Schema.Of(lists!.ToOctets()).Should().BeEmpty();
        Encoding.UTF8.GetString(lists.ToOctets()).Should().Contain("entry-ref");
    }

    [Test]
    public void The_schema_finds_a_wrong_order_in_a_list()
    {
        var document = Lists.ToXml();
        var name = document.Root!.Elements().First().Elements().First();
        var parent = name.Parent!;
        name.Remove();
        parent.Add(name);
        SchemaSet.Validate(document).Should().NotBeEmpty();
    }

    [Test]
    public void Mutations_of_changes_never_throw() => DocumentMutations.Run(71, Diff.ToOctets(), octets =>
    {
        var findings = new List<DocumentFinding>();
        if (!XcapDiff.TryRead(octets, out var read, findings)) findings.Should().NotBeEmpty();
        if (read is not null) XcapDiff.TryRead(read.ToOctets(), out _, findings).Should().BeTrue();
    });

    [Test]
    public void Mutations_of_errors_never_throw()
    {
        var error = new XcapError(XcapErrorKind.UniquenessFailure)
        { NotUnique = [new XcapNotUnique("a", ["b", "c"])], Phrase = "x" };
        DocumentMutations.Run(72, error.ToOctets(), octets =>
        {
            var findings = new List<DocumentFinding>();
            if (!XcapError.TryRead(octets, out var read, findings)) findings.Should().NotBeEmpty();
            if (read is not null) XcapError.TryRead(read.ToOctets(), out _, findings).Should().BeTrue();
        });
    }

    [Test]
    public void Mutations_of_lists_never_throw() => DocumentMutations.Run(73, Lists.ToOctets(), octets =>
    {
        var findings = new List<DocumentFinding>();
        if (!ResourceLists.TryRead(octets, out var read, findings)) findings.Should().NotBeEmpty();
        if (read is not null) ResourceLists.TryRead(read.ToOctets(), out _, findings).Should().BeTrue();
    });

    private static void ReadBack(XcapError error)
    {
        Schema.Of(error.ToOctets()).Should().BeEmpty();
        var findings = new List<DocumentFinding>();
        XcapError.TryRead(error.ToOctets(), out var read, findings).Should().BeTrue();
        findings.Should().BeEmpty();
        read.Should().BeEquivalentTo(error);
    }
}
