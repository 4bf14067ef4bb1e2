using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using McConformance.Checks;
using McConformance.Reports.Charts;
using McConformance.Reports.Decoding;
using McConformance.Reports.Model;
using McConformance.Reports.Site;
using McConformance.Reports.Tests.Samples;
using McConformance.Wire;

namespace McConformance.Reports.Tests;

[TestFixture, Parallelizable(ParallelScope.Children)]
public sealed class PageTests
{
    private const string Attack = "</script></template></title></svg><script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\"><!--<script>\u202e\0\ud800'\"";

    [Test]
    public void Chart_is_well_formed_and_names_entities_systems_messages_and_reference_points()
    {
        var chart = SequenceChart.Draw(SampleRun.Positive());
        var text = string.Join('\n', XDocument.Parse(chart).Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value));
        text.Should().Contain("partner.example").And.Contain("P-CSCF").And.Contain("SIP database").And.Contain("REGISTER")
            .And.Contain("401 Unauthorized").And.Contain("MAR in-0001@ims.partner.example").And.Contain("MAA 2001").And.Contain("CSC-18");
        chart.Should().Contain("role=\"img\"").And.Contain("<desc id=");
    }

    [Test]
    public void Chart_has_the_partner_on_the_left_and_the_primary_on_the_right()
    {
        var names = XDocument.Parse(SequenceChart.Draw(SampleRun.Positive())).Descendants()
            .Where(e => (string?)e.Attribute("class") == "mc-name").OrderBy(e => (double)e.Attribute("x")!).Select(e => e.Value).Distinct();
        names.Should().Equal("ue-1", "pcscf.partner.example", "scscf.partner.example", "mms.partner.example", "mms.primary.example", "sdb.primary.example");
    }

    [Test]
    public void Chart_shows_the_failing_message_with_its_reason()
    {
        var failing = XDocument.Parse(SequenceChart.Draw(SampleRun.Positive())).Descendants().Single(e => ((string?)e.Attribute("class"))?.Contains("mc-failing") == true);
        failing.Value.Should().Contain("MAR mig-0001@ims.primary.example");
        failing.Parent!.ElementsAfterSelf().First().Value.Should().StartWith("SPR-4 (TS 23.280 10.1.6.2 step 4): expected");
    }

    [Test]
    public void Chart_marks_lost_messages_and_leaves_watchdogs_out_unless_asked()
    {
        var scenario = SampleRun.Scenario("x", Verdict.Pass, new SampleRecording()
            .Diameter("mms.partner.example", "mms.primary.example", SampleOctets.Watchdog(1, "mms.partner.example"))
            .Sip("ue-1", "pcscf.partner.example", SampleOctets.Register(1, "in-0001", false), Fate.Lost, "drops it")
            .Wait(4000).Sip("ue-1", "pcscf.partner.example", SampleOctets.Register(1, "in-0001", false)).Messages);
        var chart = SequenceChart.Draw(scenario);
        chart.Should().Contain("mc-cross\" d=").And.Contain("lost: drops it").And.Contain("+4.000 s").And.NotContain(">DWR<").And.Contain("1 capabilities exchange");
        SequenceChart.Draw(scenario, withHousekeeping: true).Should().Contain(">DWR<");
    }

    [Test]
    public void Chart_of_no_message_and_of_hostile_octets_is_well_formed()
    {
        XDocument.Parse(SequenceChart.Draw(SampleRun.Scenario(Attack, Verdict.Pass))).Root!.Value.Should().Contain("No message was recorded.");
        XDocument.Parse(SequenceChart.Draw(Hostile())).Descendants().Should().NotContain(e => e.Name.LocalName == "script");
    }

    [Test]
    public void Page_holds_one_script_of_its_own_and_loads_nothing()
    {
        var page = Page(SampleRun.Make([Hostile()]) with { Configuration = Attack, Host = [(Attack, Attack)] });
        Regex.Matches(page, "<script>").Should().HaveCount(1);
        Regex.Matches(page, "<script type=\"application/json\"").Should().HaveCount(1);
        Regex.Matches(page, "<script type=\"text/plain\" id=\"data-[^\"]+\">[A-Za-z0-9+/]+=*</script>")
            .Should().HaveCount(1);
        Regex.Matches(page, "</script>").Should().HaveCount(3);
        page.Should().NotContain("<img").And.NotContain("onerror=\"").And.NotContain("<!--<");
        page.Should().NotContain("src=\"http").And.NotContain("url(http");
        page.Should().Contain("default-src 'none'");
    }

    [Test, Category("Peer")]
    public void Browser_runs_nothing_that_a_peer_sent()
    {
        var dom = Browse(SampleRun.Make([Hostile()]) with { Configuration = Attack }, Hostile().Id + "/message-1");
        dom.Should().Contain("<title>McConformance 2026-03-02T093000Z</title>");
        dom.Should().Contain("class=\"box hex\"", "the message was opened by the script");
    }

    [Test, Category("Peer")]
    public void Browser_opens_the_message_that_a_link_names()
    {
        var scenario = SampleRun.Positive();
        var dom = Browse(SampleRun.Make(), scenario.Id + "/message-4");
        dom.Should().Contain("aria-expanded=\"true\"").And.Contain("<span class=\"n\">Server-Name</span>").And.Contain("7 of 7");
        Regex.Matches(dom, "class=\"box hex\"").Should().HaveCount(1);
    }

    [Test]
    public void Diameter_tree_survives_every_cut_and_every_flipped_length()
    {
        var message = SampleOctets.Maa(1, "in-0001@ims.partner.example", "mms.partner.example");
        DiameterTree.Read(message).Select(n => n.Name).Should().StartWith(["MAA", "Session-Id", "Vendor-Specific-Application-Id"]);
        for (var length = 0; length < message.Length; length++) DiameterTree.Read(message.AsMemory(0, length)).Should().NotBeEmpty();
        for (var i = 0; i < message.Length; i++)
        {
            var broken = (byte[])message.Clone();
            broken[i] ^= 0xFF;
            DiameterTree.Read(broken).Should().NotBeEmpty();
        }
    }

    private static ScenarioRecord Hostile()
    {
        var octets = Encoding.UTF8.GetBytes($"REGISTER {Attack} SIP/2.0\r\n{Attack}\r\n\r\n{Attack}");
        var recording = new SampleRecording().Sip(Attack, "pcscf.partner.example", octets, Fate.Altered, Attack)
            .Sip("ue-1", "pcscf.partner.example", Encoding.UTF8.GetBytes($"{Attack}"))
            .Diameter("mms.partner.example", Attack, SampleOctets.Message(303, 0x80, 1, 1, SampleOctets.Text(1, Attack)));
        return SampleRun.Scenario(Attack, Verdict.Fail, recording.Messages) with
        {
            FeatureFile = Attack,
            FeatureTitle = Attack,
            Arguments = [(Attack, Attack)],
            Requirements = [Attack],
            Tags = [Attack],
            Disturbances = [Attack],
            Reason = Attack,
            FailingMessage = 1,
            Judgements = [new Judgement(Verdict.Fail, Attack, null, new Clause(Attack, Attack), Attack, Attack, 1, Attack)],
            Steps = [new StepRecord(Attack, Attack, StepStatus.Failed, TimeSpan.Zero, Attack)],
        };
    }

    private static string Page(RunRecord run)
    {
        using var stream = new MemoryStream();
        var insides = run.Scenarios.Select(s => ScenarioData.Pack(s, SequenceChart.Draw(s)));
        IndexPage.Write(run, Coverage.Of(run), [.. insides], stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string Browse(RunRecord run, string fragment)
    {
        var folder = Directory.CreateTempSubdirectory("mc-page").FullName;
        try
        {
            var path = Path.Combine(folder, "index.html");
            File.WriteAllText(path, Page(run));
            return Peer.Run("chromium", ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--virtual-time-budget=5000", $"--user-data-dir={folder}/user", "--dump-dom", $"file://{path}#{fragment}"]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
