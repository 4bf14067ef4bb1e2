using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace McConformance.TestConfiguration.Tests;

[Parallelizable(ParallelScope.All)]
public class IxitFileTests
{
    private static readonly string Root = FindRoot();
    private static readonly string BundledPair = File.ReadAllText(Path.Combine(Root, "features", "bundled-pair.json"));

    [Test]
    public void Reads_the_bundled_pair_without_a_mistake()
    {
        var ixit = Read(BundledPair, out var errors);

        errors.Should().BeEmpty();
        ixit!.Systems.Select(s => s.Domain).Should().Equal("primary.example", "partner.example", "third.example");
        ixit.System("partner")!.SipRealm.Value.Should().Be("ims.partner.example");
        var binding = ixit.System("partner.example")!.MigrationManagementServer.InboundBindings[0];
        binding.Identities.Private.Value.Should().Be("in-0001@ims.partner.example");
        binding.Primary.Public.Value.Should().Be("sip:mig-0001@ims.primary.example");
        binding.PrimaryServer.Value.Should().Be("mms.ims.primary.example");
        var alice = ixit.UserEquipment.Single(u => u.Name == "alice");
        alice.Isim.Private.Value.Should().Be("alice-ue@ims.primary.example");
        alice.Key.K.Length.Should().Be(16);
        ixit.System("primary")!.SipDatabase.Subscriptions[0].Key!.Sqn.Should().Be(0x20);
        ixit.Timers.SipT1.Should().Be(TimeSpan.FromMilliseconds(500));
    }

    [TestCase("\"roles\": [\"partner\"]", "\"rols\": [\"partner\"]", "$.systems[1].rols: expected a member the schema knows, found \"rols\"; did you mean \"roles\"?")]
    [TestCase("\"amf\": \"8000\"", "\"amf\": \"80\"", "amf: expected 4 hexadecimal digits, found 2 of them; write 2 octets as 4 digits 0-9, a-f")]
    [TestCase("\"sqn\": \"000000000020\"", "\"sqn\": \"00000000002g\"", "sqn: expected 12 hexadecimal digits, found \"00000000002g\"")]
    [TestCase("\"domain\": \"third.example\"", "\"domain\": \"Primary.example\"", "$.systems[2].domain: expected a \"domain\" that no other has")]
    [TestCase("\"sipRealm\": \"ims.third.example\"", "\"sipRealm\": \"ims.partner.example\"", "$.systems[2].sipRealm: expected a \"sipRealm\" that no other has")]
    [TestCase("\"mode\": \"bundled\"", "\"mode\": \"bundeld\"", "mode: expected one of \"bundled\", \"external\", found \"bundeld\"; did you mean \"bundled\"?")]
    [TestCase("\"mode\": \"bundled\"", "\"mode\": \"external\"", "expected at least one endpoint of an external entity, found no \"endpoints\"")]
    [TestCase("\"mode\": \"bundled\"", "\"mode\": \"bundled\", \"endpoints\": [{ \"node\": \"a\", \"protocol\": \"sip\", \"transport\": \"udp\", \"address\": \"::1\", \"port\": 1 }]", "expected no endpoints of a bundled entity, found 1")]
    [TestCase("\"mode\": \"bundled\"", "\"mode\": \"external\", \"endpoints\": [{ \"node\": \"a\", \"protocol\": \"diameter\", \"transport\": \"udp\", \"address\": \"::1\", \"port\": 1 }]", "expected tcp or tls for diameter, found \"udp\"")]
    [TestCase("\"mode\": \"bundled\"", "\"mode\": \"external\", \"endpoints\": [{ \"node\": \"a\", \"protocol\": \"http\", \"transport\": \"tls\", \"address\": \"::1\", \"port\": 1, \"path\": \"xcap\" }]", "path: expected a path that begins with /, found \"xcap\"")]
    [TestCase("\"mode\": \"bundled\"", "\"mode\": \"external\", \"endpoints\": [], \"credentials\": { \"clientCertificate\": \"a.pem\" }", "expected \"clientCertificate\" and \"clientKey\" together, found no \"clientKey\"")]
    [TestCase("\"name\": \"bob\",", "\"name\": \"bob\", \"mode\": \"extern\",", "mode: expected one of \"bundled\", \"external\", found \"extern\"; did you mean \"external\"?")]
    [TestCase("\"name\": \"bob\",", "\"name\": \"bob\", \"operatorPort\": \"http://127.0.0.1:8300\",",
        "operatorPort: expected no operatorPort of a bundled UE, found \"http://127.0.0.1:8300/\"")]
    [TestCase("\"diameterProxiesOnCsc18\": 0", "\"diameterProxiesOnCsc18\": 9", "expected a whole number from 0 to 8 proxies, found 9")]
    [TestCase("\"diameterProxiesOnCsc18\": 0",
        "\"diameterProxiesOnCsc18\": 0, \"relaysWithin\": [\"primary.example\"]",
        "relaysWithin[0]: expected domains of MC systems that have an operatorPort, found \"primary.example\"")]
    [TestCase("\"diameterProxiesOnCsc18\": 0", "\"diameterProxiesOnCsc18\": 0, \"waitsAtMost\": 0",
        "expected a whole number from 1 to 600 seconds, found 0")]
    [TestCase("\"diameterProxiesOnCsc18\": 0",
        "\"diameterProxiesOnCsc18\": 0, \"relays\": [{ \"between\": [\"primary.example\"] }]",
        "between: expected the domains of two MC systems, found 1")]
    [TestCase("\"diameterProxiesOnCsc18\": 0",
        "\"diameterProxiesOnCsc18\": 0, \"relays\": [{ \"between\": [\"primary.example\", \"nobody.example\"] }]",
        "between[1]: expected the domains of two MC systems that have an operatorPort, found \"nobody.example\"")]
    [TestCase("\"diameterProxiesOnCsc18\": 0",
        "\"diameterProxiesOnCsc18\": 0, \"relays\": [{ \"between\": [\"primary.example\", \"partner.example\"] }]",
        "found \"primary.example\", which this process runs; its links are seen without a relay")]
    [TestCase("\"diameterProxiesOnCsc18\": 0",
        "\"diameterProxiesOnCsc18\": 0, \"relays\": [{ \"between\": [\"primary.example\", \"partner.example\"], \"listen\": \"here\" }]",
        "listen: expected an IP address of this machine, found \"here\"")]
    [TestCase("\"insideTrustDomain\": true", "\"insideTrustDomain\": \"true\"", "expected true or false, found \"true\"")]
    [TestCase("\"name\": \"bundled pair\"", "\"name\": \"\"", "$.name: expected a name for the report, found \"\"")]
    [TestCase("\"name\": \"bundled pair\",", "", "$.name: expected a name for the report, found nothing; add \"name\"")]
    [TestCase("\"name\": \"bundled pair\",", "\"name\": \"a\", \"name\": \"b\",", "$.name: expected each member once, found the one of line 4 again")]
    [TestCase("{ \"partner\": \"third.example\"", "{ \"partner\": \"thrid.example\"", "did you mean \"third.example\"?")]
    [TestCase("\"primaryServer\": \"mms.ims.partner.example\"", "\"primaryServer\": \"mms.partner.example\"", "primaryServer: expected \"mms.ims.partner.example\", found \"mms.partner.example\"")]
    [TestCase("\"primaryRealm\": \"ims.partner.example\"", "\"primaryRealm\": \"partner.example\"", "expected the \"sipRealm\" of another MC system of this file, found \"partner.example\"; did you mean \"ims.partner.example\"?")]
    [TestCase("\"isim\": { \"private\": \"zoe-ue@ims.partner.example\"", "\"isim\": { \"private\": \"zoe-ue@ims.example\"", "expected an identity in the realm of an MC system of this file")]
    [TestCase("{ \"private\": \"mig-0001@ims.partner.example\", \"public\": \"sip:mig-0001@ims.partner.example\", \"partners\"", "{ \"private\": \"mig-0009@ims.partner.example\", \"public\": \"sip:mig-0001@ims.partner.example\", \"partners\"", "expected a set whose identities have a subscription with a key")]
    [TestCase("\"public\": \"sip:zoe-ue@ims.partner.example\"", "\"public\": \"zoe\"", "expected a public user identity, sip:user@realm or tel:number, found \"zoe\"")]
    [TestCase("\"roles\": [\"third\"]", "\"roles\": [\"partner\"]", "expected each role once, found \"partner\", which partner.example has")]
    [TestCase("\"watchdogMs\": 30000", "\"watchdogMs\": 30.5", "expected a whole number from 6000 to 300000 milliseconds, found 30.5")]
    public void Tells_place_expectation_and_remedy(string right, string wrong, string expected)
    {
        BundledPair.Should().Contain(right, "else the test changes nothing");
        var line = BundledPair[..BundledPair.IndexOf(right, StringComparison.Ordinal)].Count(c => c == '\n') + 1;

        var ixit = Read(ReplaceFirst(BundledPair, right, wrong), out var errors);

        ixit.Should().BeNull();
        errors.Select(e => e.ToString()).Should().Contain(e => e.Contains(expected)).Which.Should().StartWith("pair.json(");
        errors.Where(e => e.ToString().Contains(expected)).Select(e => e.Line).Should().Contain(l => l == line || l == 1);
    }

    [TestCase("in-0002@ims.partner.example", "in-0001@ims.partner.example", "private")]
    [TestCase("sip:in-0002@ims.partner.example", "sip:in-0001@ims.partner.example", "public")]
    [TestCase("mig-0003@ims.primary.example", "mig-0001@ims.primary.example", "primaryPrivate")]
    public void Refuses_a_set_that_is_bound_already(string identity, string taken, string member)
    {
        var partner = BundledPair.IndexOf("\"domain\": \"partner.example\"", StringComparison.Ordinal);
        var bindings = BundledPair.IndexOf("\"inboundBindings\"", partner, StringComparison.Ordinal);
        var (bound, again) = ($"\"{member}\": \"{identity}\"", $"\"{member}\": \"{taken}\"");
        var twice = BundledPair[..bindings] + ReplaceFirst(BundledPair[bindings..], bound, again);

        var ixit = Read(twice, out var errors);

        ixit.Should().BeNull();
        errors.Select(e => e.ToString()).Should().Contain(e => e.Contains($"{member}: expected a \"{member}\" that no other has") && e.Contains("TS 23.280 7.4.2.2.11"));
    }

    [Test]
    public void Collects_every_mistake_in_the_order_of_the_lines()
    {
        var text = ReplaceFirst(ReplaceFirst(BundledPair, "\"watchdogMs\": 30000", "\"watchdogMs\": 1"), "\"roles\"", "\"rolls\"");

        Read(text, out var errors);

        errors.Should().HaveCountGreaterThan(2, "the unknown member, the missing one and the number");
        errors.Select(e => e.Line).Should().BeInAscendingOrder();
    }

    [TestCase("", 1)]
    [TestCase("{", 1)]
    [TestCase("{\n\n  \"name\": }", 3)]
    [TestCase("[]", 1)]
    [TestCase("null", 1)]
    [TestCase("{} {}", 1)]
    [TestCase("{ \"name\": \"\\ud800\" }", 1)]
    public void Tells_the_line_of_what_is_no_JSON_object(string text, int line)
    {
        Read(text, out var errors).Should().BeNull();
        errors.Should().NotBeEmpty();
        errors[0].Line.Should().Be(line);
    }

    [Test]
    public void Never_throws_whatever_member_is_taken_out_or_exchanged()
    {
        var lines = BundledPair.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var without = string.Join('\n', lines.Where((_, n) => n != i));
            var act = () => Read(without, out _);
            act.Should().NotThrow($"line {i + 1} is gone");
        }

        foreach (var value in (string[])["null", "17", "\"x\"", "[]", "{}", "[null]", "[{}]"])
        {
            for (var at = BundledPair.IndexOf("\": ", StringComparison.Ordinal); at >= 0; at = BundledPair.IndexOf("\": ", at + 1, StringComparison.Ordinal))
            {
                var from = at + 3;
                var length = LengthOfValue(BundledPair, from);
                var act = () => Read(BundledPair[..from] + value + BundledPair[(from + length)..], out _);
                act.Should().NotThrow();
            }
        }
    }

    [Test]
    public void Tells_when_the_file_cannot_be_read()
    {
        IxitFile.Read(Path.Combine(Root, "features", "nowhere.json"), out var errors).Should().BeNull();
        errors.Single().ToString().Should().Contain("nowhere.json(1): $: expected a test configuration file, found none that can be read");
    }

    [Test]
    public void Reads_how_an_external_entity_is_reached_and_spoken_to()
    {
        const string Server = """
            "identityManagementServer": {
              "mode": "external",
              "endpoints": [{ "node": "idms.partner.example", "protocol": "http", "transport": "tls", "address": "127.0.0.1", "port": 8443, "path": "/mc", "serverName": "login.example" }],
              "credentials": { "clientCertificate": "keys/own.pem", "clientKey": "keys/own.key", "accessToken": "t" },
              "trustAnchors": ["keys/ca.pem"]
            },
            """;
        var ixit = Read(ReplaceFirst(BundledPair, "\"sipCore\"", Server + "\"sipCore\""), out var errors);

        errors.Should().BeEmpty();
        var system = ixit!.Systems[0];
        system.IsExternalInPart.Should().BeTrue();
        var entity = system.Entities.Single(e => e.Name == "identityManagementServer").Entity;
        (entity.Endpoints[0].Path, entity.Endpoints[0].ServerName).Should().Be(("/mc", "login.example"));
        entity.TrustAnchors.Should().Equal(Path.GetFullPath("keys/ca.pem"));
        entity.Credentials.ClientKey.Should().Be(Path.GetFullPath("keys/own.key"));
        ixit.Systems[1].Entities.Should().HaveCount(10).And.OnlyContain(e => e.Entity.Mode == EntityMode.Bundled);
    }

    [Test]
    public void Trust_anchors_that_cannot_be_read_stand_against_a_run_with_their_lines()
    {
        var ixit = Read(ReplaceFirst(BundledPair, "\"insideTrustDomain\": true",
            "\"insideTrustDomain\": true,\n\"trustAnchors\": [\"no/such.pem\"]"), out var errors);
        errors.Should().BeEmpty("-Check says of each endpoint what is wrong there");
        var at = BundledPair.IndexOf("\"insideTrustDomain\": true", StringComparison.Ordinal);
        var line = BundledPair[..at].Count(c => c == '\n') + 2;
        ixit!.Obstacles.Single().ToString().Should().StartWith(
            $"pair.json({line}): $.systems[0].trust.trustAnchors[0]: "
            + "expected a file with certificates (PEM), found \"no/such.pem\" (");
    }

    [TestCase("{ \"certificate\": \"no.pem\", \"key\": \"no.key\" }",
        "$.authority.certificate: expected a file with the certificate of an authority (PEM), found \"no.pem\" (")]
    [TestCase("{ \"certificate\": \"no.pem\" }",
        "$.authority.key: expected a file with its private key (PEM, no passphrase), found nothing; add \"key\"")]
    [TestCase("{ \"certificate\": \"CA\", \"key\": \"CA\" }",
        "$.authority.key: expected a file with its private key (PEM, no passphrase), found")]
    [TestCase("{ \"certificate\": \"NODE\", \"key\": \"KEY\" }",
        ", which is no authority; name one whose basic constraints say CA")]
    public void An_authority_that_cannot_be_used_is_told(string authority, string told)
    {
        var folder = Directory.CreateTempSubdirectory("authority-").FullName;
        try
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            File.WriteAllText(Path.Combine(folder, "KEY"), key.ExportPkcs8PrivateKeyPem());
            foreach (var name in (string[])["CA", "NODE"])
            {
                var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
                request.CertificateExtensions.Add(new X509BasicConstraintsExtension(name == "CA", false, 0, true));
                using var made = request.CreateSelfSigned(
                    DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(150));
                File.WriteAllText(Path.Combine(folder, name), made.ExportCertificatePem());
            }

            Try(authority).Should().ContainSingle().Which.ToString().Should().Contain(told);
            Try("{ \"certificate\": \"CA\", \"key\": \"KEY\" }").Should().BeEmpty();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        IReadOnlyList<ConfigurationError> Try(string given)
        {
            var text = ReplaceFirst(BundledPair, "\"systems\":", $"\"authority\": {given},\n\"systems\":");
            IxitFile.Read(Path.Combine(folder, "pair.json"), Encoding.UTF8.GetBytes(text), out var errors);
            return errors;
        }
    }

    [Test]
    public void Schema_and_reader_know_the_same_members()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, "features", "test-configuration.schema.json")));
        var full = ReplaceFirst(BundledPair, "\"mode\": \"bundled\"", "\"mode\": \"external\", \"endpoints\": [{}]");
        var report = new Reading.ErrorList("pair.json");
        new Reading.IxitReader(report).Read(Reading.LocatedJson.Read(Encoding.UTF8.GetBytes(full), report)!);

        foreach (var (path, members) in report.Known)
            SchemaMembers(schema.RootElement, path).Should().BeEquivalentTo(members, $"the schema's members at {path} are those of the reader");
    }

    private static IEnumerable<string> SchemaMembers(JsonElement root, string path)
    {
        var at = root;
        foreach (var step in path.Split('.').Skip(1))
        {
            at = Follow(root, at.GetProperty("properties").GetProperty(step.Replace("[]", "")));
            if (step.EndsWith("[]", StringComparison.Ordinal)) at = Follow(root, at.GetProperty("items"));
        }

        return at.GetProperty("properties").EnumerateObject().Select(p => p.Name);
    }

    private static JsonElement Follow(JsonElement root, JsonElement at) =>
        at.TryGetProperty("$ref", out var to) ? root.GetProperty("$defs").GetProperty(to.GetString()![8..]) : at;

    private static int LengthOfValue(string text, int from)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text[from..]), isFinalBlock: false, default);
        reader.Read();
        reader.TrySkip();
        return (int)reader.BytesConsumed;
    }

    private static Ixit? Read(string text, out IReadOnlyList<ConfigurationError> errors) =>
        IxitFile.Read("pair.json", Encoding.UTF8.GetBytes(text), out errors);

    private static string ReplaceFirst(string text, string what, string with)
    {
        var at = text.IndexOf(what, StringComparison.Ordinal);
        return text[..at] + with + text[(at + what.Length)..];
    }

    private static string FindRoot()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "McConformance.sln"))) at = at.Parent!;
        return at.FullName;
    }
}
