using System.Text;
using McConformance.Wire.Documents.Reading;

namespace McConformance.Wire.Documents.Tests;

/// <summary>Octets that are no such document: each reader says so, with the clause by which it reads.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class RefusalTests
{
    private delegate bool Reader(byte[] octets, List<DocumentFinding> findings, out object? document);

    private static readonly (string Root, string Clause, Reader Read)[] Readers =
    [
        ("functional-aliases", "OWN FA", (byte[] o, List<DocumentFinding> f, out object? d) =>
            (FunctionalAliases.TryRead(o, out var read, f), d = read).Item1),
        ("presence", "TS 24.379 9.3.1", (byte[] o, List<DocumentFinding> f, out object? d) =>
            (GroupAffiliations.TryRead(o, McService.Mcptt, out var read, f), d = read).Item1),
        ("group", "TS 24.481 7.2", (byte[] o, List<DocumentFinding> f, out object? d) =>
            (GroupDocument.TryRead(o, out var read, f), d = read).Item1),
        ("mcpttinfo", "TS 24.379 F.1.2", (byte[] o, List<DocumentFinding> f, out object? d) =>
            (McServiceInfo.TryRead(o, out var read, f), d = read).Item1),
        ("membership-proposal", "TR 23.781 5.1.12", (byte[] o, List<DocumentFinding> f, out object? d) =>
            (Membership.TryRead(o, out var read, f), d = read).Item1),
        ("get-partner-connection-details-request", "TR 23.781 6.2.1",
            (byte[] o, List<DocumentFinding> f, out object? d) =>
                (PartnerAccess.TryRead(o, out var read, f), d = read).Item1),
        ("poc-settings", "RFC 4354 4", (byte[] o, List<DocumentFinding> f, out object? d) =>
            (PocSettings.TryRead(o, out var read, f), d = read).Item1),
        ("resource-lists", "RFC 4826 3.2", (byte[] o, List<DocumentFinding> f, out object? d) =>
            (ResourceLists.TryRead(o, out var read, f), d = read).Item1),
        ("service-configuration-info", "TS 24.484 8.4.2", (byte[] o, List<DocumentFinding> f, out object? d) =>
            (ServiceConfiguration.TryRead(o, out var read, f), d = read).Item1),
        ("mcptt-UE-initial-configuration", "TS 24.484 7.2", (byte[] o, List<DocumentFinding> f, out object? d) =>
            (UeInitialConfiguration.TryRead(o, out var read, f), d = read).Item1),
        ("mcptt-user-profile", "TS 24.484 8.3.2", (byte[] o, List<DocumentFinding> f, out object? d) =>
            (UserProfile.TryRead(o, out var read, f), d = read).Item1),
        ("xcap-diff", "RFC 5874 4", (byte[] o, List<DocumentFinding> f, out object? d) =>
            (XcapDiff.TryRead(o, out var read, f), d = read).Item1),
        ("xcap-error", "RFC 4825 11.2", (byte[] o, List<DocumentFinding> f, out object? d) =>
            (XcapError.TryRead(o, out var read, f), d = read).Item1),
    ];

    private static IEnumerable<TestCaseData> All() =>
        Readers.Select(r => new TestCaseData(r.Root, r.Clause, r.Read).SetArgDisplayNames(r.Root));

    [TestCaseSource(nameof(All))]
    public void What_is_no_XML_is_no_document(string root, string clause, object reader)
    {
        var found = Found((Reader)reader, "<" + root);
        found.Fault.Should().Be(DocumentFault.NotXml);
        found.Element.Should().Be("document");
        found.Text.Should().Be("NotWellFormed");
        $"{found.Clause}".Should().Be(clause);
    }

    [TestCaseSource(nameof(All))]
    public void Another_root_is_another_document(string root, string clause, object reader)
    {
        var found = Found((Reader)reader, $"<{root} xmlns='urn:x'/>");
        found.Fault.Should().Be(DocumentFault.UnknownRoot);
        found.Element.Should().Be(root);
        found.Text.Should().Be($"{{urn:x}}{root}");
        $"{found.Clause}".Should().Be(clause);
    }

    private static DocumentFinding Found(Reader read, string text)
    {
        var findings = new List<DocumentFinding>();
        read(Encoding.UTF8.GetBytes(text), findings, out var document).Should().BeFalse();
        document.Should().BeNull();
        return findings.Should().ContainSingle().Subject;
    }
}
