using System.Net;
using McConformance.Wire;

namespace McConformance.Checks.Tests;

[TestFixture]
public sealed class JudgementTests
{
    private const string Header = "id\tsource\tclause\tobligation\tentities\tobserved_at\trequirement\n";
    private const string Row = "SPR-4\t004\t10.1.6.2 step 4\tshall\tMMS,SDB\tCSC-18\tIt asks.\n";

    [TestCase(Verdict.Pass, Verdict.Inconclusive, Verdict.Inconclusive)]
    [TestCase(Verdict.Inconclusive, Verdict.Fail, Verdict.Fail)]
    [TestCase(Verdict.Fail, Verdict.Error, Verdict.Error)]
    [TestCase(Verdict.NotApplicable, Verdict.Pass, Verdict.Pass)]
    [TestCase(Verdict.NotApplicable, Verdict.Inconclusive, Verdict.Inconclusive)]
    [TestCase(Verdict.NotApplicable, Verdict.NotApplicable, Verdict.NotApplicable)]
    public void Worst_of_two_verdicts_in_either_order(Verdict a, Verdict b, Verdict worst)
    {
        Verdicts.Worst(a, b).Should().Be(worst);
        Verdicts.Worst(b, a).Should().Be(worst);
    }

    [Test]
    public void Nothing_judged_is_inconclusive_and_never_pass()
    {
        Verdicts.Worst([]).Should().Be(Verdict.Inconclusive);
        Judgement.Deciding([]).Should().BeNull();
    }

    [Test]
    public void Worst_of_many_verdicts() =>
        Verdicts.Worst([Verdict.Pass, Verdict.Fail, Verdict.Inconclusive]).Should().Be(Verdict.Fail);

    [TestCase(Verdict.Pass, "pass", "pass")]
    [TestCase(Verdict.Inconclusive, "inconclusive", "inconclusive")]
    [TestCase(Verdict.NotApplicable, "notApplicable", "not applicable")]
    [TestCase(Verdict.Fail, "fail", "fail")]
    [TestCase(Verdict.Error, "error", "error")]
    public void Verdicts_have_names_for_files_and_for_people(Verdict verdict, string key, string title) =>
        (verdict.Key(), verdict.Title()).Should().Be((key, title));

    [Test]
    public void First_of_the_worst_judgements_decides()
    {
        var requirement = Requirement.Read(Header + Row)[0];
        var judgements = new[]
        {
            Judgement.Pass("a"), Judgement.Fail("b", requirement, "x", "y"), Judgement.Inconclusive("c",
                null, "z"), Judgement.Fail("d", requirement, "x", "y"),
        };
        Judgement.Deciding(judgements)!.Claim.Should().Be("b");
    }

    [Test]
    public void Reason_is_one_sentence_with_requirement_clause_message_and_link()
    {
        var book = new LinkBook(TimeProvider.System);
        var link = book.Between(
            book.Add(new Party("mms.partner.example", EntityKind.MigrationManagementServer, "partner.example")),
            book.Add(new Party("mms.primary.example",
                EntityKind.MigrationManagementServer, "primary.example")), WireProtocol.Diameter);
        var at = new IPEndPoint(IPAddress.Loopback, 1);
        var message = new RecordedMessage(7, TimeSpan.Zero, link, Carrier.Tcp, at, at, default, Fate.Delivered, null);
        Judgement.Fail("asks", Requirement.Read(Header + Row)[0], "A", "B", message).Reason.Should().Be(
            "SPR-4 (TS 23.280 10.1.6.2 step 4): expected A, received B in message 7 on CSC-18 mms.partner.example -> mms.primary.example");
        Judgement.Fail("c", new Finding(Severity.Syntax, new Clause("RFC 3261", "20.14"), 3, "a length", "none"),
            message).Reason.Should().Be(
            "RFC 3261 20.14: expected a length, received none in message 7 on CSC-18 mms.partner.example -> mms.primary.example");
        Judgement.Inconclusive("x", null, "not proxied").Reason.Should().Be("x: could not be observed: not proxied");
        Judgement.Error("x", new IOException("gone")).Reason.Should().Be("x: the harness failed: IOException: gone");
    }

    [Test]
    public void Reason_names_what_is_judged_by_requirement_clause_or_claim()
    {
        Catalogue.UseOnce(Scenes.TheCatalogue.File);
        var (requirement, own) = (Requirement.Read(Header + Row)[0], new Clause("OWN", "MIG-REQ-3"));
        Judgement.Pass("it asks", requirement).Reason.Should().Be("SPR-4 (TS 23.280 10.1.6.2 step 4): it asks");
        Judgement.NotApplicable("x", requirement, "no gateways").Reason
            .Should().Be("SPR-4 (TS 23.280 10.1.6.2 step 4): not applicable: no gateways");
        Judgement.Fail("x", requirement, "A", "B", clause: own).Reason
            .Should().Be("SPR-4 (OWN MIG-REQ-3): expected A, received B");
        Judgement.Fail("x", null, "A", "B", clause: own).Reason
            .Should().Be("deviates from binding profile own-1 (OWN MIG-REQ-3): expected A, received B");
        Judgement.Fail("", null, "A", "B").Reason.Should().Be("scenario: expected A, received B");
        Judgement.Pass("x").Expected.Should().BeEmpty();
        Judgement.Inconclusive("x", null, "y").Expected.Should().BeEmpty();
        Judgement.NotApplicable("x", null, "y").Expected.Should().BeEmpty();
        Judgement.Error("x", new IOException("gone")).Expected.Should().BeEmpty();
        Judgement.PrintLink(null).Should().BeNull();
        Judgement.Miss("x", requirement with { Obligation = "may" }, "A", "B").Reason
            .Should().Be("SPR-4 (TS 23.280 10.1.6.2 step 4): x; note: expected A, received B");
        Judgement.Pass("x", requirement).Under("SPR-1").Reason.Should()
            .StartWith("SPR-1 (TS 23.280 10.1.6.2 step 1): x");
    }

    [Test]
    public void A_requirement_that_is_not_catalogued_is_a_fault_of_ours()
    {
        Catalogue.UseOnce(Scenes.TheCatalogue.File);
        FluentActions.Invoking(() => Catalogue.Find("X-1")).Should().Throw<KeyNotFoundException>()
            .WithMessage(
                $"no requirement X-1 in features/catalogue/requirements.tsv ({Catalogue.All.Count} are there)");
    }

    [Test]
    public void The_catalogue_is_read_once()
    {
        Catalogue.Use([]);
        Catalogue.UseOnce(Scenes.TheCatalogue.File);
        Catalogue.All.Should().HaveCountGreaterThan(150);
        Catalogue.UseOnce("not there");
        Catalogue.All.Should().NotBeEmpty();
    }

    [TestCase("shall", Verdict.Fail)]
    [TestCase("M", Verdict.Fail)]
    [TestCase("should", Verdict.Pass)]
    [TestCase("may", Verdict.Pass)]
    [TestCase("finding", Verdict.Pass)]
    public void Obligation_decides_what_a_miss_is(string obligation, Verdict verdict)
    {
        var miss = Judgement.Miss("c", Requirement.Read(Header + Row.Replace("shall", obligation))[0], "A", "B");
        miss.Verdict.Should().Be(verdict);
        miss.Reason.Should().Contain("expected A, received B");
    }

    [Test]
    public void Reads_a_row_of_the_catalogue()
    {
        var requirement = Requirement.Read(Header.TrimEnd() + "\r\n\r\n# note\r\n" + Row).Single();
        requirement
            .Should().BeEquivalentTo(
            new
            {
                Id = "SPR-4",
                Source = "004",
                Obligation = "shall",
                Entities = new[] { "MMS", "SDB" },
                ObservedAt = new[] { "CSC-18" },
                Text = "It asks.",
                IsBinding = true
            });
        requirement.Clause.ToString().Should().Be("TS 23.280 10.1.6.2 step 4");
        $"{requirement}".Should().Be("SPR-4 (TS 23.280 10.1.6.2 step 4)");
        Requirement.Read(Header + Row.Replace("MMS,SDB", "MMS, ,SDB,"))[0].Entities.Should().Equal("MMS", "SDB");
    }

    [TestCase("", "c.tsv line 1: expected the columns id, source, clause, obligation, entities, observed_at, requirement, read ")]
    [TestCase("id\tname\n", "*requirement, read id, name")]
    [TestCase(Header + Row + Row, "c.tsv line 3: SPR-4 stands in line 2 already; ids are unique")]
    [TestCase(Header + "A\tB\n", "c.tsv line 2: expected 7 columns separated by tabs, read 2")]
    [TestCase(Header + "\n@A\t004\t1\tshall\tx\ty\tz\n", "c.tsv line 3: id \"@A\" cannot be a tag")]
    [TestCase(Header + "A\t004\t\tshall\tx\ty\tz\n", "c.tsv line 2: column clause is empty")]
    public void Rejects_a_wrong_line_with_its_number(string text, string message)
    {
        var read = () => Requirement.Read(text, "c.tsv");
        read.Should().Throw<FormatException>().WithMessage(message);
    }

    [Test]
    public void Reads_the_catalogue_of_the_project()
    {
        var requirements = Requirement.ReadFile(Scenes.TheCatalogue.File);
        requirements.Should().HaveCountGreaterThan(150).And.OnlyContain(r => r.Clause.Document.StartsWith('T'));
    }
}
