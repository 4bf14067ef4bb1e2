using System.Text.Json;
using McConformance.Checks;
using McConformance.Steps.Deviations;
using McConformance.Steps.ExternalRuns;
using McConformance.Steps.TestConfiguration;

namespace McConformance.Steps;

/// <summary>An external MC system whose certificates come from an authority of its own, and which trusts one authority
/// besides: that of the test configuration, which its vendor has handed over. The authority that the harness makes for
/// itself is unknown to it.</summary>
[TestFixture, Category("external")]
public sealed class OwnChainTests() : SingleProcessTests
{
    private const string Csc18 = "CSC-18 is protected by TLS with certificates of both ends";
    private const string Application = "A group crosses under TLS";

    [TestCase(Csc18, "partner.example")]
    [TestCase(Csc18, "primary.example")]
    [TestCase(Application, "partner.example")]
    public async Task Passes_where_each_trusts_the_other_s_authority(string title, string domain)
    {
        await using var port = Product();
        await using var run = RunOf(port, domain, OwnChain.Use);
        var (verdict, reason) = await ExternalSuite.JudgeAsync(run, ScenarioText.Find(title));
        Assert.That(port.Changed, Is.Positive, "it has its own certificates");
        Assert.That(verdict, Is.EqualTo(Verdict.Pass), reason);
        Assert.That(run.Judgements, Is.Not.Empty, "something was seen");
    }

    /// <summary>Its certificates are refused, and a sentence for each of its endpoints under TLS says so.</summary>
    [Test]
    public async Task Is_refused_where_no_trust_anchor_is_named()
    {
        await using var port = Product();
        await using var run = RunOf(port, "partner.example", OwnChain.UseWithoutAnchor);
        var told = Assert.ThrowsAsync<SilentEntityException>(() => run.RunAsync(ScenarioText.Find(Csc18)));
        Assert.That(told!.Message, Does.Contain(
            "mms.ims.partner.example (Migration management server) at 127.0.0.1:").And.Contain(
            ": no trust anchor vouches for its certificate, which CN=Authority of a vendor issued; "
            + "name its authority in \"trustAnchors\", or give it another certificate"));
    }

    /// <summary>It does not know the authority that the harness makes for itself.</summary>
    [Test]
    public async Task Refuses_a_harness_that_comes_with_another_authority()
    {
        await using var port = Product();
        await using var run = RunOf(port, "partner.example", OwnChain.UseWithoutAuthority);
        var (verdict, reason) = await ExternalSuite.JudgeAsync(run, ScenarioText.Find(Csc18));
        Assert.That(verdict, Is.EqualTo(Verdict.Error), "no connection is opened");
        Assert.That(reason, Is.Not.Empty);
    }

    /// <summary>Its operator port takes everything of what it is told but the certificates.</summary>
    private AlteringOperatorPort Product()
    {
        var (certificate, key) = OwnChain.OfVendor;
        var own = JsonSerializer.Serialize(certificate);
        var secret = JsonSerializer.Serialize(key);
        var anchors = JsonSerializer.Serialize(new[] { OwnChain.HandedOver });
        return new AlteringOperatorPort(
            Process.OperatorPort, "/systems",
            "\"authorityCertificate\": *\"[^\"]*\",\\s*\"authorityKey\": *\"[^\"]*\""
                + "(,\\s*\"trustAnchors\": *\\[[^\\]]*\\])?",
            $"\"authorityCertificate\": {own}, \"authorityKey\": {secret}, \"trustAnchors\": {anchors}");
    }

    private static ExternalRun RunOf(AlteringOperatorPort port, string domain, Action<ScenarioPlan> certificates) =>
        new(new Dictionary<string, Uri> { [domain] = port.At })
        {
            Change = certificates,
        };
}
