using System.Text;
using System.Xml.Linq;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Identities;

namespace McConformance.Wire.Documents.Tests;

[Parallelizable(ParallelScope.All)]
internal sealed class PocSettingsTests
{
    private const string Text = """
        <poc-settings xmlns="urn:oma:params:xml:ns:poc:poc-settings" xmlns:mcs10Set="urn:3gpp:mcsSettings:1.0">
          <entity id="urn:uuid:1">
            <am-settings><answer-mode>automatic</answer-mode></am-settings>
            <mcs10Set:selected-user-profile-index>
              <mcs10Set:user-profile-index>2</mcs10Set:user-profile-index>
            </mcs10Set:selected-user-profile-index>
          </entity>
        </poc-settings>
        """;

    private static readonly PocSettings Settings = new()
    {
        EntityId = "urn:uuid:1",
        AnswerMode = AnswerMode.Automatic,
        SelectedUserProfileIndex = new ProfileIndex(2),
    };

    [Test]
    public void Reads_the_selected_profile()
    {
        Read(Text, out var findings).Should().BeEquivalentTo(Settings);
        findings.Should().BeEmpty();
        PocSettings.ContentType.Should().Be("application/poc-settings+xml");
    }

    [Test]
    public void Writes_what_the_schema_accepts_and_reads_it_back()
    {
        var octets = Settings.ToOctets();
        Schema.Of(octets).Should().BeEmpty();
        Read(Encoding.UTF8.GetString(octets), out var findings).Should().BeEquivalentTo(Settings);
        findings.Should().BeEmpty();
        Encoding.UTF8.GetString((Settings with { AnswerMode = null }).ToOctets()).Should().NotContain("am-settings");
    }

    [Test]
    public void Puts_settings_that_it_does_not_know_back_at_their_places()
    {
        var text = Text.Replace("<am-settings>", "<isb-settings><barring active='true'/></isb-settings><am-settings>")
            .Replace("</entity>", "<x:y xmlns:x='urn:x'/></entity>");
        var octets = Read(text, out _).ToOctets();
        Schema.Of(octets).Should().BeEmpty();
        Encoding.UTF8.GetString(octets).Should().MatchRegex("isb-settings.*am-settings.*urn:x");
    }

    [TestCase("entity", null, DocumentFault.Missing)]
    [TestCase("answer-mode", "", DocumentFault.Empty)]
    [TestCase("answer-mode", "never", DocumentFault.Malformed)]
    [TestCase("user-profile-index", "-1", DocumentFault.Malformed)]
    [TestCase("user-profile-index", null, DocumentFault.Missing)]
    public void Names_the_element_that_is_wrong(string element, string? content, DocumentFault fault)
    {
        var document = XDocument.Parse(Text);
        var found = document.Descendants().Single(e => e.Name.LocalName == element);
        if (content is null) found.Remove();
        else found.Value = content;
        var findings = new List<DocumentFinding>();
        PocSettings.TryRead(document, out _, findings).Should().Be(element != "entity");
        findings.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Fault = fault, Element = element });
        SchemaSet.Validate(document).Should().NotBeEmpty();
    }

    [Test]
    public void The_schema_finds_a_wrong_order()
    {
        var document = XDocument.Parse(Text);
        var settings = document.Descendants().Single(e => e.Name.LocalName == "am-settings");
        var parent = settings.Parent!;
        settings.Remove();
        parent.Add(settings);
        SchemaSet.Validate(document).Should().NotBeEmpty();
    }

    [Test]
    public void Mutations_never_throw() => DocumentMutations.Run(21, Settings.ToOctets(), octets =>
    {
        var findings = new List<DocumentFinding>();
        if (!PocSettings.TryRead(octets, out var settings, findings)) findings.Should().NotBeEmpty();
        if (settings is not null) PocSettings.TryRead(settings.ToOctets(), out _, findings).Should().BeTrue();
    });

    private static PocSettings Read(string text, out List<DocumentFinding> findings)
    {
        findings = [];
        PocSettings.TryRead(Encoding.UTF8.GetBytes(text), out var settings, findings).Should().BeTrue();
        return settings!;
    }
}
