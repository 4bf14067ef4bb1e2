using McConformance.Steps.ExternalRuns;

namespace McConformance.Steps;

/// <summary><c>mcsystem --only</c> as it is called: what is wrong with a call or a file is told, and ends with
/// 2.</summary>
[TestFixture, Category("external"), FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SingleEntityCommandTests
{
    private string folder = null!;

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("mcsystem-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task An_entity_that_does_not_exist_is_told_with_those_that_do()
    {
        var (code, _, error) = await McSystemProcess.RunAsync("--operator", "0", "--only", "sipDatabase,voicemail");
        Assert.That(code, Is.EqualTo(2));
        Assert.That(error, Is.EqualTo(
            "mcsystem: --only: no entity is called \"voicemail\"; there are sipCore, sipDatabase, "
            + "migrationManagementServer, identityManagementServer, "
            + "configurationManagementServer, groupManagementServer, mcServiceServer, gatewayServer, httpProxy, "
            + "userEquipment\n"));
    }

    [Test]
    public async Task An_address_that_is_missing_is_told_before_anything_runs()
    {
        var file = Write("");
        var (code, _, error) = await McSystemProcess.RunAsync("--configuration", file, "--only",
            "migrationManagementServer", "--check");
        Assert.That(code, Is.EqualTo(2));
        Assert.That(error, Is.EqualTo(
            $"mcsystem: {file}: $.otherEntities: migrationManagementServer must know where the SIP database "
            + "takes diameter over tcp; add it, or run it here too\n"));
    }

    [Test]
    public async Task A_file_that_names_it_can_be_run()
    {
        var file = Write("""
            , "only": ["migrationManagementServer"], "otherEntities": [{"node": "sdb.ims.primary.example",
            "kind": "sipDatabase", "protocol": "diameter", "transport": "tcp", "address": "127.0.0.1", "port": 3868}]
            """);
        var (code, output, _) = await McSystemProcess.RunAsync("--configuration", file, "--check");
        Assert.That((code, output),
            Is.EqualTo((0, $"{file}: migrationManagementServer of primary.example can be run\n")));
    }

    [Test]
    public async Task A_trust_anchor_that_is_none_is_told()
    {
        var file = Write(", \"protection\": {\"trustAnchors\": [\"authority.pem\"]}");
        var (code, _, error) = await McSystemProcess.RunAsync("--configuration", file, "--check");
        Assert.That(code, Is.EqualTo(2));
        Assert.That(error, Is.EqualTo(
            $"mcsystem: {file}: $.protection.trustAnchors[0]: expected PEM, found what cannot be read (no certificate "
            + "stands in it); write the text of the PEM file, with \\n between its lines\n"));
    }

    [Test]
    public async Task It_runs_that_entity_and_nothing_else()
    {
        var file = Write("");
        await using var process = await McSystemProcess.StartAsync("--configuration", file, "--only", "sipDatabase");
        Assert.That(process.Kinds, Is.EqualTo(["sipDatabase"]));
        Assert.That(await process.EndAsync(), Is.Zero);
    }

    [TestCase("sipDatabase,userEquipment", "--only: userEquipment is in no MC system; run it in a process of its own")]
    [TestCase("userEquipment", "$.connectivity[0].system: partner.example is not among the systems; add it there")]
    public async Task A_UE_that_cannot_be_run_is_told(string only, string told)
    {
        var file = WriteUserEquipment("");
        var (code, _, error) = await McSystemProcess.RunAsync("--configuration", file, "--only", only);
        Assert.That(code, Is.EqualTo(2));
        Assert.That(error, Does.StartWith("mcsystem: ").And.EndWith($"{told}\n"));
    }

    [Test]
    public async Task It_runs_a_UE_of_a_file()
    {
        var file = WriteUserEquipment("""
            {"domain": "partner.example", "sipDomain": "ims.partner.example", "endpoints": [
            {"node": "pcscf.ims.partner.example", "kind": "proxyCscf", "protocol": "sip", "transport": "udp",
            "address": "127.0.0.1", "port": 5060}]}
            """);
        var (code, output, _) = await McSystemProcess.RunAsync(
            "--configuration", file, "--only", "userEquipment", "--check");
        Assert.That((code, output), Is.EqualTo((0, $"{file}: alice-ue can be run\n")));
        await using var process = await McSystemProcess.StartAsync("--configuration", file, "--only", "userEquipment");
        Assert.That(process.Kinds.Distinct(), Is.EqualTo(["signallingUserAgent"]));
        Assert.That(await process.EndAsync(), Is.Zero);
    }

    private string WriteUserEquipment(string systems)
    {
        var path = Path.Combine(folder, "ue.json");
        File.WriteAllText(path, $$"""
            {"name": "alice-ue", "home": "primary.example", "isim": {"private": "alice-ue@ims.primary.example",
            "public": "sip:alice-ue@ims.primary.example", "key": "000102030405060708090a0b0c0d0e0f",
            "opc": "000102030405060708090a0b0c0d0e0f"}, "connectivity": [{"system": "partner.example",
            "private": "in-0001@ims.partner.example", "public": "sip:in-0001@ims.partner.example"}],
            "systems": [{{systems}}]}
            """);
        return path;
    }

    /// <param name="more">Further members of the file.</param>
    private string Write(string more)
    {
        var path = Path.Combine(folder, "mc-system.json");
        var system = """{"system": {"domain": "primary.example", "sipDomain": "ims.primary.example"}""";
        File.WriteAllText(path, $"{system}{more}}}");
        return path;
    }
}
