namespace McConformance.Wire.Documents.Tests;

[Parallelizable(ParallelScope.All)]
internal sealed class McServiceNamesTests
{
    [TestCase(McService.Mcptt, "mcptt", "3gpp-service.ims.icsi.mcptt", "3gpp:mc:ptt_service", "mcptt_id")]
    [TestCase(McService.McVideo, "mcvideo", "3gpp-service.ims.icsi.mcvideo", "3gpp:mc:video_service", "mcvideo_id")]
    [TestCase(McService.McData, "mcdata", "3gpp-service.ims.icsi.mcdata", "3gpp:mc:data_service", "mcdata_id")]
    public void Names_are_those_of_stage_3(McService service, string token, string icsi, string scope, string claim)
    {
        var names = McServiceNames.Of(service);
        (names.Token, names.Icsi, names.ServiceScope, names.IdClaim).Should()
            .Be((token, "urn:urn-7:" + icsi, scope, claim));
        names.PsiPrefix.Should().Be(token + "-psi");
        McServiceNames.TryRead(token, out var read).Should().BeTrue();
        read.Should().Be(service);
    }

    [Test]
    public void Mcptt_has_these_names()
    {
        var names = McServiceNames.Of(McService.Mcptt);
        names.EscapedIcsi.Should().Be("urn%3Aurn-7%3A3gpp-service.ims.icsi.mcptt");
        names.FeatureTag.Should().Be("+g.3gpp.mcptt");
        names.GroupManagementScope.Should().Be("3gpp:mc:ptt_group_management_service");
        names.UserProfileContentType.Should().Be("application/vnd.3gpp.mcptt-user-profile+xml");
        names.UserProfileAuid.Should().Be("org.3gpp.mcptt.user-profile");
        names.ServiceConfigurationAuid.Should().Be("org.3gpp.mcptt.service-config");
    }

    [Test]
    public void Mcdata_is_named_by_its_parts() =>
        McServiceNames.Of(McService.McData).FeatureTags.Should()
            .Equal("+g.3gpp.mcdata.sds", "+g.3gpp.mcdata.fd", "+g.3gpp.mcdata.ipconn");

    [Test]
    public void Another_word_is_no_service() => McServiceNames.TryRead("MCPTT", out _).Should().BeFalse();
}
