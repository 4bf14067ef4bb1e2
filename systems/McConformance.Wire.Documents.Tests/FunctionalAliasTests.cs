using System.Text;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Identities;

namespace McConformance.Wire.Documents.Tests;

[Parallelizable(ParallelScope.All)]
internal sealed class FunctionalAliasTests
{
    private static readonly McServiceId Alice = new("sip:alice@a.example"), Bob = new("sip:bob@a.example");

    private static readonly FunctionalAliases All = new()
    {
        System = new McSystemId("a.example"),
        Aliases =
        [
            new FunctionalAlias("sip:commander@a.example") { DisplayName = "Commander", ActivationsMax = 1,
                AllowsTakeOver = true, Users = [Alice, Bob] },
            new FunctionalAlias("sip:driver@a.example") { Users = [Bob] },
        ],
    };

    [Test]
    public void Writes_what_the_schema_accepts_and_reads_it_back()
    {
        Schema.Of(All.ToOctets()).Should().BeEmpty();
        var findings = new List<DocumentFinding>();
        FunctionalAliases.TryRead(All.ToOctets(), out var read, findings).Should().BeTrue();
        findings.Should().BeEmpty();
        read.Should().BeEquivalentTo(All);
    }

    [Test]
    public void A_user_sees_the_own_aliases_and_no_other_user()
    {
        var own = All.For(Alice);
        own.Aliases.Should().ContainSingle().Which.Users.Should().Equal(Alice);
        All.For(Bob).Aliases.Should().HaveCount(2);
        All.For(new McServiceId("sip:zoe@b.example")).Aliases.Should().BeEmpty();
    }

    [TestCase("domain=\"a.example\"", "", "functional-aliases@domain", DocumentFault.Missing, false)]
    [TestCase("uri=\"sip:driver@a.example\"", "", "functional-alias@uri", DocumentFault.Missing, true)]
    [TestCase("uri=\"sip:driver@a.example\"", "uri=\"sip:commander@a.example\"", "functional-alias",
        DocumentFault.Duplicated, true)]
    [TestCase("activations-max=\"1\"", "activations-max=\"0\"", "functional-alias@activations-max",
        DocumentFault.Malformed, true)]
    [TestCase("uri=\"sip:alice@a.example\"", "uri=\"alice\"", "user@uri", DocumentFault.Malformed, true)]
    [TestCase("<functional-aliases", "<aliases", "functional-aliases", DocumentFault.UnknownRoot, false)]
    public void Names_what_is_wrong(string old, string instead, string label, DocumentFault fault, bool isRead)
    {
        var text = Encoding.UTF8.GetString(All.ToOctets());
        text.Should().Contain(old);
        text = text.Replace(old, instead).Replace("</functional-aliases", instead == "<aliases" ? "</aliases"
            : "</functional-aliases");
        var findings = new List<DocumentFinding>();
        FunctionalAliases.TryRead(Encoding.UTF8.GetBytes(text), out _, findings).Should().Be(isRead);
        findings.Should().Contain(f => f.Element == label && f.Fault == fault);
        Schema.Of(Encoding.UTF8.GetBytes(text)).Should().NotBeEmpty();
    }
}
