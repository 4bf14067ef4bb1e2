using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Identities;

namespace McConformance.Wire.Documents.Tests;

/// <summary>Each message of migration service authorization with one thing left out, or one too many.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class MigrationFormsTests
{
    private static readonly DateTimeOffset Since = new(2026, 3, 1, 12, 0, 0, 250, TimeSpan.FromHours(1));

    private static readonly (string Name, Func<McServiceInfo, McServiceInfo> Without)[] Parts =
    [
        ("mcptt-access-token", i => i with { AccessToken = null }),
        ("mcptt-client-id", i => i with { ClientId = null }),
        ("transaction-id", i => Block(i, b => b with { TransactionId = null })),
        ("partner-system", i => Block(i, b => b with { PartnerSystem = null })),
        ("service", i => Block(i, b => b with { Service = null })),
        ("partner-mc-service-id", i => Block(i, b => b with { PartnerMcServiceId = null })),
        ("primary-mc-service-id", i => Block(i, b => b with { PrimaryMcServiceId = null })),
        ("user-profile-index", i => Block(i, b => b with { UserProfileIndex = null })),
        ("result", i => Block(i, b => b with { Success = null })),
    ];

    [TestCase(MigrationForm.ClientRequest, "TS 23.280 10.6.3.2.1",
        "mcptt-access-token mcptt-client-id partner-mc-service-id primary-mc-service-id user-profile-index")]
    [TestCase(MigrationForm.ServerRequest, "TS 23.280 10.6.3.2.1",
        "transaction-id partner-system service partner-mc-service-id primary-mc-service-id user-profile-index")]
    [TestCase(MigrationForm.ServerResponse, "TS 23.280 10.6.3.2.2",
        "transaction-id partner-mc-service-id primary-mc-service-id result")]
    [TestCase(MigrationForm.ClientResponse, "TS 23.280 10.6.3.2.2",
        "partner-mc-service-id primary-mc-service-id result")]
    [TestCase(MigrationForm.VerificationNotification, "OWN MIG-OFF-6",
        "partner-mc-service-id primary-mc-service-id result")]
    [TestCase(MigrationForm.DeauthorizationNotification, "OWN MIG-DEAUTH",
        "transaction-id partner-system service partner-mc-service-id primary-mc-service-id")]
    public void Needs_these_and_no_others(MigrationForm form, string clause, string needed)
    {
        var names = needed.Split(' ');
        Findings(Whole(form), form).Should().BeEmpty();
        foreach (var (name, without) in Parts)
        {
            var found = Findings(without(Whole(form)), form);
            if (!names.Contains(name)) found.Should().BeEmpty($"{form} needs no {name}");
            else
                found.Select(f => (f.Fault, f.Element, $"{f.Clause}")).Should()
                    .Equal((DocumentFault.Missing, name, clause));
        }
    }

    [Test]
    public void Says_which_type_it_is_of()
    {
        var request = Whole(MigrationForm.ServerRequest);
        Told(request with { RequestType = null }, MigrationForm.ServerRequest)
            .Should().Be((DocumentFault.Missing, "request-type", "absent, or not readable"));
        Told(request with { RequestType = "x" }, MigrationForm.ServerRequest)
            .Should().Be((DocumentFault.Malformed, "request-type", "x"));
        Told(request with { ResponseType = "y" }, MigrationForm.ServerRequest)
            .Should().Be((DocumentFault.Unexpected, "response-type", "y"));
        var response = Whole(MigrationForm.ServerResponse);
        Told(response with { ResponseType = null }, MigrationForm.ServerResponse)
            .Should().Be((DocumentFault.Missing, "response-type", "absent, or not readable"));
        Told(response with { RequestType = "x" }, MigrationForm.ServerResponse)
            .Should().Be((DocumentFault.Unexpected, "request-type", "x"));
        Told(request with { AccessToken = "t" }, MigrationForm.ServerRequest)
            .Should().Be((DocumentFault.Unexpected, "mcptt-access-token", "present"));
        Told(Block(request, b => b with { Service = McService.McData }), MigrationForm.ServerRequest)
            .Should().Be((DocumentFault.Malformed, "service", "McData in a body of Mcptt"));
    }

    [TestCase(true, true)]
    [TestCase(true, false)]
    [TestCase(false, true)]
    [TestCase(false, false)]
    public void The_outcome_is_read_as_it_was_written(bool success, bool verified)
    {
        var written = Block(Whole(MigrationForm.ClientResponse), b => b with
        {
            Success = success,
            Cause = success ? null : MigrationCause.UnknownUser,
            IsVerified = verified,
            ServedSince = Since,
            ServedUntil = Since.AddHours(2),
        });
        var text = written.ToXml().ToString();
        text.Should().Contain(success ? ">success<" : ">failure<").And.Contain(verified ? ">verified<" : ">pending<");
        text.Should().Contain(">2026-03-01T11:00:00.250Z<", "UTC to the millisecond");
        var findings = new List<DocumentFinding>();
        McServiceInfo.TryRead(written.ToOctets(), out var read, findings).Should().BeTrue();
        findings.Should().BeEmpty();
        read.Should().BeEquivalentTo(written);
        written.Fits(MigrationForm.ClientResponse, findings).Should().BeTrue();
    }

    [TestCase("2026-03-01T11:00:00Z", true)]
    [TestCase("2026-03-01T12:00:00+01:00", true)]
    [TestCase("2026-03-01T06:00:00-05:00", true)]
    [TestCase("2026-03-01T11:00:00", false)]
    [TestCase("2026-03-01", false)]
    [TestCase("2026-03-01Z", false)]
    [TestCase("soonTlaterZ", false)]
    public void A_time_says_its_zone(string text, bool isTime)
    {
        var written = Block(Whole(MigrationForm.ClientResponse), b => b with { ServedSince = Since });
        var xml = written.ToXml();
        xml.Descendants().Single(e => e.Name.LocalName == new MigrationBinding().ServedSince).Value = text;
        var findings = new List<DocumentFinding>();
        McServiceInfo.TryRead(xml, out var read, findings).Should().BeTrue();
        read!.Migration!.ServedSince.Should()
            .Be(isTime ? new DateTimeOffset(2026, 3, 1, 11, 0, 0, TimeSpan.Zero) : null);
        findings.Select(f => ($"{f.Clause}", f.Fault)).Should()
            .Equal(isTime ? [] : [("OWN MIG-BLOCK", DocumentFault.Malformed)]);
    }

    [TestCase("result", "perhaps")]
    [TestCase("result", "")]
    [TestCase("cause", "because")]
    public void No_other_outcome_is_one(string element, string text)
    {
        var xml = Block(Whole(MigrationForm.ServerResponse),
            b => b with { Success = false, Cause = MigrationCause.UnknownUser }).ToXml();
        xml.Descendants().Single(e => e.Name.LocalName == element).Value = text;
        var findings = new List<DocumentFinding>();
        McServiceInfo.TryRead(xml, out var read, findings).Should().BeTrue();
        findings.Should().ContainSingle().Which.Element.Should().Be(element);
        if (element == "result") read!.Migration!.Success.Should().BeNull();
        else read!.Migration!.Cause.Should().BeNull();
    }

    /// <summary>With all that the form has, and with what it may have.</summary>
    private static McServiceInfo Whole(MigrationForm form)
    {
        var isResponse = form is MigrationForm.ServerResponse or MigrationForm.ClientResponse;
        return new McServiceInfo
        {
            Service = McService.Mcptt,
            AccessToken = form == MigrationForm.ClientRequest ? "eyJh.b.c" : null,
            ClientId = "urn:uuid:1",
            RequestType = isResponse ? null : form switch
            {
                MigrationForm.DeauthorizationNotification => "migration-service-deauthorization-notification",
                MigrationForm.VerificationNotification => new MigrationBinding().VerificationNotification,
                _ => "migration-service-authorization-request",
            },
            ResponseType = isResponse ? "migration-service-authorization-response" : null,
            Migration = new MigrationExtension
            {
                PartnerMcServiceId = new McServiceId("sip:alice.guest@b.example"),
                PrimaryMcServiceId = new McServiceId("sip:alice@a.example"),
                UserProfileIndex = new ProfileIndex(2),
                TransactionId = "urn:uuid:2",
                PartnerSystem = new McSystemId("b.example"),
                Service = McService.Mcptt,
                Success = true,
            },
        };
    }

    private static McServiceInfo Block(McServiceInfo info, Func<MigrationExtension, MigrationExtension> change) =>
        info with { Migration = change(info.Migration!) };

    private static (DocumentFault, string, string) Told(McServiceInfo info, MigrationForm form)
    {
        var found = Findings(info, form).Should().ContainSingle().Subject;
        return (found.Fault, found.Element, found.Text);
    }

    private static List<DocumentFinding> Findings(McServiceInfo info, MigrationForm form)
    {
        var findings = new List<DocumentFinding>();
        info.Fits(form, findings).Should().Be(findings.Count == 0);
        return findings;
    }
}
