using System.Text;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Identities;

namespace McConformance.Wire.Documents.Tests;

[Parallelizable(ParallelScope.All)]
internal sealed class GroupAffiliationsTests
{
    private static GroupAffiliations Sample(McService service) => new()
    {
        Service = service,
        User = new McServiceId("sip:alice@a.example"),
        ClientId = "urn:uuid:1",
        RequestId = "7",
        Groups = [new McGroupId("sip:harbour@b.example"), new McGroupId("sip:fire-1@a.example")],
    };

    [Test]
    public void Reads_back_what_it_writes([Values] McService service)
    {
        var findings = new List<DocumentFinding>();
        GroupAffiliations.TryRead(Sample(service).ToOctets(), service, out var read, findings).Should().BeTrue();
        findings.Should().BeEmpty();
        read.Should().BeEquivalentTo(Sample(service));
    }

    [Test]
    public void Sees_no_groups_of_another_service()
    {
        GroupAffiliations.TryRead(Sample(McService.McVideo).ToOctets(), McService.Mcptt, out var read,
            []).Should().BeTrue();
        read!.Groups.Should().BeEmpty();
    }

    [TestCase("entity=", "entities=", "presence@entity")]
    [TestCase("tuple", "couple", "tuple")]
    [TestCase("presence", "absence", "presence")]
    public void Refuses_what_does_not_say_whose_it_is(string old, string instead, string label)
    {
        var text = Encoding.UTF8.GetString(Sample(McService.Mcptt).ToOctets()).Replace(old, instead);
        var findings = new List<DocumentFinding>();
        GroupAffiliations.TryRead(Encoding.UTF8.GetBytes(text), McService.Mcptt, out _, findings).Should().BeFalse();
        findings.Should().Contain(f => f.Element == label);
    }
}
