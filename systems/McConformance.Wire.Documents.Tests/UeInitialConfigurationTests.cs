using System.Text;
using System.Xml.Linq;
using McConformance.Wire.Documents.Reading;

namespace McConformance.Wire.Documents.Tests;

[Parallelizable(ParallelScope.All)]
internal sealed class UeInitialConfigurationTests
{
    private static readonly string[] OnNetworkOrder =
    [
        "Timers", "HPLMN", "App-Server-Info", "GMS-URI", "group-creation-XUI", "GMS-XCAP-root-URI", "CMS-XCAP-root-URI",
        "integrity-protection-enabled", "confidentiality-protection-enabled", "anyExt",
    ];

    [Test]
    public void Writes_what_the_schema_accepts_and_reads_it_back()
    {
        var octets = Samples.Initial("a.example").ToOctets();
        Schema.Of(octets).Should().BeEmpty();
        Read(octets, out var findings).Should().BeEquivalentTo(Samples.Initial("a.example"));
        findings.Should().BeEmpty();
    }

    [Test]
    public void Has_the_names_and_the_order_of_stage_3()
    {
        var xml = Samples.Initial("a.example").ToXml();
        XNamespace ns = "urn:3gpp:mcptt:mcpttUEinitConfig:1.0";
        xml.Root!.Name.Should().Be(ns + "mcptt-UE-initial-configuration");
        xml.Root.Element(ns + "on-network")!.Elements().Select(e => e.Name.LocalName).Should().Equal(OnNetworkOrder);
        xml.Descendants(ns + "App-Server-Info").Single().Elements().Select(e => e.Name.LocalName).Should().Equal(
            "idms-auth-endpoint", "idms-token-endpoint", "http-proxy", "gms", "cms", "kms", "tls-tunnel-auth-method");
    }

    [Test]
    public void Keeps_elements_that_it_does_not_know()
    {
        var text = Encoding.UTF8.GetString(Samples.Initial("a.example").ToOctets())
            .Replace("</name>", "</name><off-network><Counters/></off-network>")
            .Replace("</MC-ID-to-con-ref>", "</MC-ID-to-con-ref><anyExt><MCVideo-to-con-ref/></anyExt>")
            .Replace("</tls-tunnel-auth-method>", "</tls-tunnel-auth-method><x:a xmlns:x='urn:x'/>")
            .Replace("<MCPTT-Service-Details>", "<y:b xmlns:y='urn:y'/><MCPTT-Service-Details>");
        var first = Read(Encoding.UTF8.GetBytes(text), out var findings).ToOctets();
        findings.Should().BeEmpty();
        Schema.Of(first).Should().BeEmpty();
        var written = Encoding.UTF8.GetString(first);
        written.Should().ContainAll("<Counters", "MCVideo-to-con-ref", "urn:x", "urn:y");
        Read(first, out _).ToOctets().Should().Equal(first);
    }

    [TestCase("domain")]
    [TestCase("on-network")]
    [TestCase("T103")]
    [TestCase("Timers")]
    [TestCase("HPLMN")]
    [TestCase("MC-ID-to-con-ref")]
    [TestCase("App-Server-Info")]
    [TestCase("idms-token-endpoint")]
    [TestCase("kms")]
    [TestCase("mutual-authentication")]
    [TestCase("GMS-URI")]
    [TestCase("CMS-XCAP-root-URI")]
    [TestCase("integrity-protection-enabled")]
    public void Names_what_is_missing(string name)
    {
        var document = Samples.Initial("a.example").ToXml();
        document.Descendants().FirstOrDefault(e => e.Name.LocalName == name)?.Remove();
        document.Root!.Attribute(name)?.Remove();
        var findings = new List<DocumentFinding>();
        UeInitialConfiguration.TryRead(document, out _, findings).Should().BeFalse();
        findings.Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { Fault = DocumentFault.Missing, Clause = new Clause("TS 24.484", "7.2") });
        findings[0].Element.Should().EndWith(name);
        // on-network is optional in the schema, and mandatory for whoever is to use the configuration
        SchemaSet.Validate(document).Any().Should().Be(name != "on-network");
    }

    [Test]
    public void Tells_all_that_is_wrong_at_once()
    {
        var text = Encoding.UTF8.GetString(Samples.Initial("a.example").ToOctets())
            .Replace("<T100>1<", "<T100>1000<").Replace("https://gms.a.example/xcap", "no uri")
            .Replace(">true<", ">yes<");
        var findings = new List<DocumentFinding>();
        UeInitialConfiguration.TryRead(Encoding.UTF8.GetBytes(text), out _, findings).Should().BeFalse();
        findings.Select(f => (f.Fault, f.Element)).Should().Equal(
            (DocumentFault.Malformed, "T100"), (DocumentFault.Malformed, "mutual-authentication"),
            (DocumentFault.Malformed, "GMS-XCAP-root-URI"), (DocumentFault.Malformed, "integrity-protection-enabled"));
    }

    [Test]
    public void The_schema_finds_a_wrong_order()
    {
        var document = Samples.Initial("a.example").ToXml();
        var timers = document.Descendants().Single(e => e.Name.LocalName == "Timers");
        var parent = timers.Parent!;
        timers.Remove();
        parent.Add(timers);
        SchemaSet.Validate(document).Should().NotBeEmpty();
    }

    [Test]
    public void Mutations_never_throw() => DocumentMutations.Run(41, Samples.Initial("a.example").ToOctets(), octets =>
    {
        var findings = new List<DocumentFinding>();
        if (!UeInitialConfiguration.TryRead(octets, out var read, findings)) findings.Should().NotBeEmpty();
        if (read is not null) UeInitialConfiguration.TryRead(read.ToOctets(), out _, findings).Should().BeTrue();
    });

    private static UeInitialConfiguration Read(byte[] octets, out List<DocumentFinding> findings)
    {
        findings = [];
        UeInitialConfiguration.TryRead(octets, out var read, findings).Should().BeTrue();
        return read!;
    }
}
