using System.Text;
using System.Xml.Linq;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Identities;

namespace McConformance.Wire.Documents.Tests;

/// <summary>A document of one service is judged by that service's specification, and each part by the clause that has
/// it.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class ClausesTests
{
    [TestCase(McService.Mcptt, "TS 24.379 F.1.2", "TS 24.484 8.3.2", "TS 24.484 8.4.2")]
    [TestCase(McService.McVideo, "TS 24.281 F.1.2", "TS 24.484 9.3.2", "TS 24.484 9.4.2")]
    [TestCase(McService.McData, "TS 24.282 D.1.2", "TS 24.484 10.3.2", "TS 24.484 10.4.2")]
    public void Each_service_has_its_own(McService service, string info, string profile, string configuration)
    {
        var names = McServiceNames.Of(service);
        var findings = new List<DocumentFinding>();
        McServiceInfo.TryRead(new XDocument(new XElement(names.InfoRoot)), out _, findings).Should().BeFalse();
        UserProfile.TryRead(
            new XDocument(new XElement(names.UserProfileNamespace + $"{names.Token}-user-profile")), out _, findings)
            .Should().BeFalse();
        ServiceConfiguration.TryRead(
            new XDocument(new XElement(names.ServiceConfigurationNamespace + "service-configuration-info")), out _,
            findings).Should().BeFalse();
        findings.Should().OnlyContain(f => f.Fault == DocumentFault.Missing);
        findings.Select(f => $"{f.Clause}").Distinct().Should().Equal(info, profile, configuration);
    }

    [TestCase(McService.Mcptt, "urn:urn-7:3gpp-service.ims.icsi.mcptt", "3gpp:mc:ptt")]
    [TestCase(McService.McVideo, "urn:urn-7:3gpp-service.ims.icsi.mcvideo", "3gpp:mc:video")]
    [TestCase(McService.McData, "urn:urn-7:3gpp-service.ims.icsi.mcdata", "3gpp:mc:data")]
    public void Each_service_has_its_names_at_the_core_and_at_the_identity_server(
        McService service, string icsi, string scope)
    {
        var names = McServiceNames.Of(service);
        names.Icsi.Should().Be(icsi);
        names.Icsis.Should().OnlyHaveUniqueItems().And.OnlyContain(i => i.StartsWith(icsi, StringComparison.Ordinal));
        names.FeatureTags.Should().OnlyHaveUniqueItems().And.NotContainNulls();
        names.FeatureTags.Should().OnlyContain(t => t.StartsWith($"+g.3gpp.{names.Token}", StringComparison.Ordinal));
        names.FeatureTags.Contains(names.FeatureTag).Should()
            .Be(names.Icsis.Count == 1, "enablers have tags of their own");
        names.ServiceScope.Should().Be($"{scope}_service");
        names.GroupManagementScope.Should().Be($"{scope}_group_management_service");
        names.ConfigurationManagementScope.Should().Be($"{scope}_config_management_service");
        names.KeyManagementScope.Should().Be($"{scope}_key_management_service");
    }

    [Test]
    public void A_selected_profile_is_asked_for_by_another_clause_than_the_answer_mode()
    {
        const string Text = """
            <poc-settings xmlns="urn:oma:params:xml:ns:poc:poc-settings" xmlns:m="urn:3gpp:mcsSettings:1.0">
              <entity id="1"><am-settings/><m:selected-user-profile-index/></entity></poc-settings>
            """;
        var findings = new List<DocumentFinding>();
        PocSettings.TryRead(Encoding.UTF8.GetBytes(Text), out var read, findings).Should().BeTrue();
        read!.AnswerMode.Should().BeNull();
        findings.Select(f => (f.Fault, f.Element, $"{f.Clause}")).Should().Equal(
            (DocumentFault.Missing, "answer-mode", "RFC 4354 4"),
            (DocumentFault.Missing, "user-profile-index", "TS 24.379 7.2.2"));
    }

    [Test]
    public void Settings_are_written_in_the_order_of_the_schema()
    {
        XNamespace oma = "urn:oma:params:xml:ns:poc:poc-settings";
        var settings = new PocSettings
        {
            EntityId = "1",
            AnswerMode = AnswerMode.Manual,
            Others =
            [
                new XElement(XNamespace.Get("urn:x") + "isb-settings"), new XElement(oma + "sss-settings"),
                new XElement(oma + "ipab-settings"), new XElement(oma + "isb-settings"),
            ],
        };
        settings.ToXml().Root!.Elements().Single().Elements().Select(e => (e.Name.Namespace == oma, e.Name.LocalName))
            .Should().Equal((true, "isb-settings"), (true, "am-settings"), (true, "ipab-settings"),
                (true, "sss-settings"), (false, "isb-settings"));
        PocSettings.TryRead(settings.ToXml(), out var read, []).Should().BeTrue();
        read!.AnswerMode.Should().Be(AnswerMode.Manual);
    }

    [TestCase("alice@a.example", true)]
    [TestCase("a@b", true)]
    [TestCase("@a.example", false)]
    [TestCase("alice@", false)]
    [TestCase("alice", false)]
    [TestCase("ali ce@a.example", false)]
    [TestCase("alice@a\u0001example", false)]
    public void A_private_identity_has_a_user_and_a_realm(string text, bool isOne)
    {
        SipIdentity.TryPrivate(text, out var read).Should().Be(isOne);
        read.Value.Should().Be(text);
    }

    [TestCase("PT0S", true, 0)]
    [TestCase("PT1M", true, 60)]
    [TestCase("-PT1S", false, -1)]
    [TestCase("soon", false, 0)]
    [TestCase("P99999999999Y", false, 0)]
    public void A_duration_is_not_negative(string text, bool isOne, int seconds)
    {
        Simple.Duration(text, out var read).Should().Be(isOne);
        if (isOne) read.Should().Be(TimeSpan.FromSeconds(seconds));
    }

    [TestCase("true", true, true)]
    [TestCase("1", true, true)]
    [TestCase("false", true, false)]
    [TestCase("0", true, false)]
    [TestCase("TRUE", false, false)]
    [TestCase("", false, false)]
    public void A_truth_is_one_of_four_words(string text, bool isOne, bool value)
    {
        Simple.Boolean(text, out var read).Should().Be(isOne);
        read.Should().Be(value);
    }

    [TestCase("https://a.example/x?y#z", true)]
    [TestCase("../x", true)]
    [TestCase("a b", false)]
    [TestCase("a\tb", false)]
    [TestCase("{a}", false)]
    public void A_URI_has_its_characters_only(string text, bool isOne) =>
        Simple.IsUriReference(text).Should().Be(isOne);
}
