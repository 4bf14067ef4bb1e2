using McConformance.Checks;
using McConformance.Reports.Model;
using McConformance.Wire;

namespace McConformance.Reports.Tests.Samples;

/// <summary>A run as it may really be, with every verdict in it.</summary>
internal static class SampleRun
{
    public const string Feature = "features/ts_23_280/10.1.6.2_signalling_plane_registration.feature";

    public const string FeatureText = """
        # one feature per clause
        @TS23280
        Feature: 10.1.6.2 Signalling plane registration
          The UE registers with the partner MC system.

          Background:
            Given the MC systems primary.example and partner.example

          Rule: The binding decides
            @SPR-4 @positive
            Scenario: The primary is asked with the primary's identities
              When the UE registers with the partner
              Then the primary is asked with "mig-0001@ims.primary.example"

            @SPR-PRE-2 @negative
            Scenario Outline: An identity without mapping is refused
              When <identity> registers
              Then the answer is <status>
                | header | value |
                | To     | a\|b  |

              Examples:
                | identity | status |
                | in-9999  | 403    |
                | in-9998  | 403    |
        """;

    private static readonly DateTimeOffset Started = new(2026, 3, 2, 9, 30, 0, TimeSpan.Zero);

    public static readonly IReadOnlyList<Requirement> Catalogue = Requirement.Read(
        "id\tsource\tclause\tobligation\tentities\tobserved_at\trequirement\n" +
        "SPR-PRE-2\t004\t10.1.6.2\tprecondition\tMMS\tAAA-2\tThe partner's migration management server holds the mapping; an identity with no mapping is refused and nothing crosses CSC-18.\n" +
        "SPR-1\t004\t10.1.6.2 step 1\tshall\tSUA,SIPC\tSIP-1\tThe signalling user agent registers with the partner MC system SIP identities and not with its ISIM defaults.\n" +
        "SPR-4\t004\t10.1.6.2 step 4\tshall\tMMS\tCSC-18\tIt requests SIP authentication information from the primary's migration management server, with the primary SIP identities and without the partner's.\n" +
        "SPR-9\t004\t10.1.6.2 step 9\tshall\tMMS,SIPC\tAAA-2\tIt answers the partner's SIP core with the partner SIP identities and the authentication information unchanged.\n" +
        "TR-1\t001\t6.3.1\tshould\tMMS\tCSC-18\tMigration works without a subscription in the partner MC system.\n");

    public static RunRecord Make(IReadOnlyList<ScenarioRecord>? scenarios = null) => new()
    {
        Id = "2026-03-02T093000Z",
        StartedAt = Started,
        Configuration = "bundled pair",
        BindingProfile = "own 1",
        GherkinRunner = "SpecFlow 3.9.74",
        Duration = TimeSpan.FromSeconds(4.217),
        Host = [("Processor", "2 cores"), ("Runtime", ".NET 10.0"), ("Operating system", "Debian 12")],
        Scenarios = scenarios ?? [Positive(), Negative("in-9999"), Negative("in-9998"), Unobservable(), NotDeclared(), Broken(), Disturbed()],
        Catalogue = Catalogue,
        Figures =
        [
            new KeyFigure("Scenarios per second", 412.5, "1/s", 100, LimitKind.AtLeast),
            new KeyFigure("Slowest scenario", 91.2, "ms", 500),
            new KeyFigure("Registration, 99th percentile", 12.8, "ms", 10),
            new KeyFigure("Messages recorded", 214, ""),
        ],
        FeatureTexts = new Dictionary<string, string> { [Feature] = FeatureText },
    };

    /// <summary>Fails at message 4: the partner's identity crosses CSC-18.</summary>
    public static ScenarioRecord Positive()
    {
        var messages = new SampleRecording().Registration().Messages;
        var judgement = Judgement.Fail("asks with the primary's identities", Catalogue[2],
            "User-Name mig-0001@ims.primary.example", "in-0001@ims.partner.example", messages[3]);
        return Scenario("The primary is asked with the primary's identities", Verdict.Fail, messages) with
        {
            Requirements = ["SPR-4"],
            Tags = ["TS23280", "SPR-4", "positive"],
            Reason = judgement.Reason,
            FailingMessage = judgement.MessageNumber,
            Judgements = [Judgement.Pass("registers with the partner's identities", Catalogue[1], messages[0]), judgement],
            Steps =
            [
                Step("Given", "the MC systems primary.example and partner.example"),
                Step("When", "the UE registers with the partner"),
                new StepRecord("Then", "the primary is asked with \"mig-0001@ims.primary.example\"", StepStatus.Failed, TimeSpan.FromMilliseconds(1.5), judgement.Reason),
            ],
        };
    }

    public static ScenarioRecord Negative(string identity) =>
        Scenario("An identity without mapping is refused", Verdict.Pass, new SampleRecording().Registration(identity, 7, 5001).Messages) with
        {
            Arguments = [("identity", identity), ("status", "403")],
            Requirements = ["SPR-PRE-2"],
            Polarity = Polarity.Negative,
            Steps =
            [
                Step("Given", "the MC systems primary.example and partner.example"),
                Step("When", $"{identity} registers"),
                Step("Then", "the answer is 403"),
            ],
        };

    public static ScenarioRecord Scenario(string title, Verdict verdict, IReadOnlyList<RecordedMessage>? messages = null) => new()
    {
        FeatureFile = Feature,
        FeatureTitle = "10.1.6.2 Signalling plane registration",
        Title = title,
        Verdict = verdict,
        StartedAt = Started + TimeSpan.FromSeconds(1),
        Duration = TimeSpan.FromMilliseconds(48.25),
        Messages = messages ?? [],
    };

    public static StepRecord Step(string keyword, string text, StepStatus status = StepStatus.Passed) =>
        new(keyword, text, status, TimeSpan.FromMilliseconds(2.5));

    private static ScenarioRecord Unobservable() => Scenario("The database answers with authentication vectors", Verdict.Inconclusive) with
    {
        Requirements = ["SPR-9"],
        Reason = Judgement.Inconclusive("", Catalogue[3], "sdb.primary.example is external and AAA-2 is not proxied").Reason,
        Steps = [Step("When", "the UE registers with the partner"), Step("Then", "the database answers", StepStatus.Skipped)],
    };

    private static ScenarioRecord NotDeclared() => Scenario("Nothing of the inside shows", Verdict.NotApplicable) with
    {
        FeatureFile = "features/ts_23_280/5.2.x.7_topology_hiding.feature",
        FeatureTitle = "5.2.x.7 Topology hiding",
        Reason = "the configuration declares topology hiding absent",
    };

    private static ScenarioRecord Broken() => Scenario("The system starts", Verdict.Error) with
    {
        FeatureFile = "features/ts_23_280/5.2.x.7_topology_hiding.feature",
        FeatureTitle = "5.2.x.7 Topology hiding",
        Reason = "scenario: the harness failed: SocketException: address in use",
        Steps = [new StepRecord("Given", "a system", StepStatus.Failed, TimeSpan.FromMilliseconds(4), "SocketException: address in use\n   at Start()")],
    };

    private static ScenarioRecord Disturbed() => Scenario("A lost request is sent again", Verdict.Pass, new SampleRecording()
        .Diameter("mms.partner.example", "proxy.transit.example", SampleOctets.Watchdog(90, "mms.partner.example"))
        .Sip("ue-1", "pcscf.partner.example", SampleOctets.Register(1, "in-0001", false), Fate.Lost, "drops the first REGISTER")
        .Wait(4000).Registration()
        .Diameter("mms.partner.example", "proxy.transit.example", SampleOctets.Mar(70, "mig-0001@ims.primary.example", "primary.example", "mms.partner.example", "mms.primary.example"), Fate.Delayed, "by 200 ms")
        .Diameter("proxy.transit.example", "mms.primary.example", SampleOctets.Mar(71, "mig-0001@ims.primary.example", "primary.example", "mms.partner.example", "mms.primary.example"), Fate.Duplicated, "second copy")
        .Diameter("mms.primary.example", "proxy.transit.example", SampleOctets.Maa(71, "mig-0001@ims.primary.example", "mms.primary.example"), Fate.Replaced)
        .Diameter("mms.primary.example", "proxy.transit.example", SampleOctets.Maa(71, "mig-0001@ims.primary.example", "mms.primary.example", 5001), Fate.Altered, "Result-Code 5001")
        .Registration("in-0002", 20).Messages) with
    {
        Requirements = ["SPR-1", "SPR-4"],
        Tags = ["SPR-1", "SPR-4", "positive"],
        Disturbances = ["drops the first REGISTER on SIP-1 ue-1 -> pcscf.partner.example", "delays MAR on CSC-18 by 200 ms"],
        Steps = [Step("Given", "the first REGISTER is lost"), Step("When", "the UE registers with the partner"), Step("Then", "the registration succeeds")],
    };
}
