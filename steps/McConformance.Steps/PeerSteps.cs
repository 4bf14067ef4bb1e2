using System.Text;
using McConformance.Checks;
using McConformance.Checks.Flow;
using McConformance.Checks.Migration;
using McConformance.Fakes.Disturbances;
using McConformance.Fakes.Peers;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;
using McConformance.Wire;
using McConformance.Wire.Authentication;

namespace McConformance.Steps;

/// <summary>Real peers from Debian packages. A scenario is skipped, with the reason, where its tool is not on the machine.</summary>
[Binding]
public sealed class PeerSteps(ScenarioWorld world) : IDisposable
{
    private const string SippKey = "MCconformanceKey";
    private const string SippOp = "MCconformance.OP";
    private const string SippAmf = "MC";

    /// <summary>Kamailio 5.6 notes what it has sent (a capabilities exchange answer, a challenge) only after it has
    /// gone: over loopback the next request can come before that, and finds nothing.</summary>
    private static readonly TimeSpan AcrossTheRoom = TimeSpan.FromMilliseconds(20);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mcconformance-peer-");
    private PeerProcess? peer;
    private KamailioServingCscf? kamailio;
    private int sippPort;
    private int sippResult;
    private string sippKey = SippKey;

    [Given("^SIPp takes the place of alice's UE( with another key)?$")]
    public void SippInPlace(string another)
    {
        Need("sipp", "sip-tester");
        if (another.Length > 0) sippKey = "AnotherSixteenKK";
        using var milenage = Milenage.FromOp(Encoding.ASCII.GetBytes(SippKey), Encoding.ASCII.GetBytes(SippOp));
        world.Plan.UseKeys("alice", Encoding.ASCII.GetBytes(SippKey), milenage.Opc.ToArray(), Encoding.ASCII.GetBytes(SippAmf));
        world.Plan.Users["alice"].IsExternal = true;
    }

    [When("^SIPp registers with the SIP core of the partner MC system$")]
    public async Task SippRegisters()
    {
        var systems = await world.SystemsAsync();
        world.Latest = ("alice", "partner");
        sippPort = systems.PlaceExternalUserAgent("alice");
        for (var attempt = 0; attempt < 4; attempt++)
        {
            peer = world.Keep(SippRegistration.Start(
                systems.EdgeOf("partner"), sippPort, ScenarioPlan.SipDomainOf("partner"), world.Plan.InboundOf("alice", "partner"),
                sippKey, SippOp, SippAmf, folder.FullName));
            sippResult = await peer.EndAsync(TimeSpan.FromSeconds(20));
            if (!await LastExpectedResponseHoldsZeroAsync()) return;
        }
    }

    /// <summary>SIPp 3.6 takes RES for a text and cuts it at an octet of zero (one vector in 32): such an attempt says nothing, and is made again.</summary>
    private async Task<bool> LastExpectedResponseHoldsZeroAsync() =>
        (await world.ObserveAsync()).Answers(303).LastOrDefault()?.Diameter is { } answer && Checks.Diameter.Cx.AuthData(answer, 610).Contains((byte)0);

    [Then("^SIPp is content$")]
    public void Content() => world.Judge(new Claim("SPR-11", "SIPp's scenario of an IMS-AKA registration runs to its end")
        .Seen(sippResult == 0, "exit code 0", $"exit code {sippResult}: {Errors()}"));

    [Then("^SIPp is not content$")]
    public void NotContent() => world.Judge(new Claim("SPR-10", "SIPp with another key cannot register").Seen(sippResult != 0, "a failed call", "exit code 0"));

    [Given("^Kamailio is the S-CSCF of the partner MC system$")]
    public Task Kamailio()
    {
        Need("kamailio", "kamailio");
        foreach (var (module, package) in KamailioServingCscf.Modules)
            if (!KamailioServingCscf.HasModule(module)) Assert.Ignore(
                $"Kamailio has no module {module} on this machine: peers/install.sh installs it (Debian package {package})");
        world.HasRealPeer = true;
        world.Plan.PutKamailio("partner", folder.FullName, k => kamailio = world.Keep(k));
        return world.WhenStartedAsync(s =>
        {
            s.DisturbAll(IsToKamailio, new Delays(AcrossTheRoom));
            return Task.CompletedTask;
        });

        static bool IsToKamailio(Link link) => link.To.Kind == EntityKind.ServingCscf && !link.To.IsBundled
            && link.From.IsBundled && link.Protocol == WireProtocol.Sip;
    }

    [Given("^freeDiameter is a further Diameter proxy on CSC-18$")]
    public Task FreeDiameter()
    {
        Need("freeDiameterd", "freediameterd");
        world.HasRealPeer = true;
        world.Plan.PutExternalAgent(
            FreeDiameterAgent.Host, addresses => peer = world.Keep(FreeDiameterAgent.Start(addresses, folder.FullName)));
        return world.WhenStartedAsync(_ => UntilOpenAsync());
    }

    /// <summary>Both ends of its connections stand before it has taken both for open itself, and until then it routes nothing.</summary>
    private async Task UntilOpenAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        for (var begun = System.Diagnostics.Stopwatch.GetTimestamp(); peer!.Output.Split("-> 'STATE_OPEN'").Length < 3;)
        {
            if (System.Diagnostics.Stopwatch.GetElapsedTime(begun) > TimeSpan.FromSeconds(10))
                throw new TimeoutException($"waited for freeDiameter to open both connections; it printed:\n{peer.Output}");
            await timer.WaitForNextTickAsync();
        }
    }

    [Then("^the request crossed freeDiameter, which added the partner's migration management server to the route record$")]
    public async Task Crossed()
    {
        var claim = new Claim("DPX-1", "a proxy of another maker passes the request on by RFC 6733");
        var seen = await world.ObserveAsync();
        var arrived = seen.Requests(303).FirstOrDefault(m => m.From.Name == FreeDiameterAgent.Host && m.To.System == "primary.example");
        var record = new List<string>();
        if (arrived is not null)
            foreach (var avp in arrived.Diameter!.Avps)
                if (avp is { Code: 282, Vendor: 0 }) record.Add(avp.Text);
        world.Judge(arrived is null
            ? claim.Missing($"a request from {FreeDiameterAgent.Host} to the primary MC system; it printed: {peer?.Output}")
            : claim.Compare(arrived, "scscf.ims.partner.example mms.ims.partner.example", string.Join(" ", record)));
    }

    [Then(@"^tshark finds no malformed packet in the recording(?: \((\S+)\))?$")]
    public async Task NoMalformed(string requirement)
    {
        var text = await TsharkAsync("-T", "fields", "-e", "frame.number", "-e", "_ws.malformed", "-Y", "_ws.malformed || diameter.avp.invalid-data");
        world.Judge(new Claim(requirement.Length > 0 ? requirement : "SPR-4", "another dissector reads every message").Seen(text.Trim().Length == 0, "no malformed packet", text));
    }

    [Then("^tshark names the commands and the authentication information$")]
    public async Task Names()
    {
        var claim = new Claim("SPR-7", "another dissector names commands and AVPs");
        var answer = (await world.ObserveAsync()).Answers(303).FirstOrDefault();
        var text = await TsharkAsync("-V", "-Y", "diameter.cmd.code == 303");
        string[] wanted = ["Multimedia-Auth", "3GPP Cx", "AVP: Public-Identity(601)", "SIP-Auth-Data-Item(612)", "SIP-Authenticate(609)", "AVP: Route-Record(282)"];
        var missing = wanted.Where(w => !text.Contains(w, StringComparison.Ordinal)).ToArray();
        world.Judge(answer is null || missing.Length > 0
            ? claim.Fail(answer, string.Join(", ", wanted), $"without {string.Join(", ", missing)}")
            : claim.Pass(answer));
    }

    [Then("^tshark names every method and status of SIP and HTTP, and reads the bodies of many parts$")]
    public async Task NamesApplicationPlane()
    {
        var seen = await world.ObserveAsync();
        var text = await TsharkAsync(
            "-Y", "sip || http", "-T", "fields", "-E", "separator=;", "-e", "sip.Method", "-e", "sip.Status-Code",
            "-e", "http.request.method", "-e", "http.response.code", "-e", "frame.protocols");
        world.Judge(TsharkReadsApplicationPlane.Judge(seen, text));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (IOException)
        {
            // a tool that is still ending holds a file: the system clears its temporary folder
        }
    }

    private static void Need(string tool, string package)
    {
        if (!PeerProcess.IsInstalled(tool)) Assert.Ignore($"{tool} is not on this machine: peers/install.sh installs it (Debian package {package})");
    }

    private async Task<string> TsharkAsync(params string[] arguments)
    {
        Need("tshark", "tshark");
        await world.ObserveAsync();
        var file = Path.Combine(folder.FullName, "recording.pcapng");
        Pcapng.WriteFile(file, world.Messages, TimeProvider.System.GetUtcNow(), "McConformance");
        await using var tshark = PeerProcess.Start("tshark", ["-r", file, .. arguments], folder.FullName);
        var code = await tshark.EndAsync(TimeSpan.FromSeconds(30));
        if (code != 0) throw new InvalidOperationException($"tshark ended with {code}: {tshark.Output}");
        return string.Join("\n", tshark.Output.Split('\n').Where(l => !l.StartsWith("Running as user", StringComparison.Ordinal)));
    }

    private string Errors() => string.Join("; ", folder.GetFiles("*_errors.log").Select(f => File.ReadAllText(f.FullName)).DefaultIfEmpty(peer?.Output ?? ""));
}
