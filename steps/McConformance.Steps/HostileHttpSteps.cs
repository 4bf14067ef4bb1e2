using System.Net;
using System.Net.Sockets;
using McConformance.Checks;
using McConformance.Fakes.Hostile;
using McConformance.Fakes.Transport;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;

namespace McConformance.Steps;

/// <summary>HTTP of the hostile corpus, sent to one server after the other over its own socket.</summary>
[Binding]
public sealed class HostileHttpSteps(ScenarioWorld world)
{
    private readonly List<Judgement> answers = [];
    private readonly List<Judgement> soundness = [];

    [When(@"^every HTTP attack of the hostile corpus comes to the (\w+)'s ([\w ]+)$")]
    public async Task Sends(string role, string entity)
    {
        var systems = await world.SystemsAsync();
        var (server, to) = entity switch
        {
            "identity management server" => ("idms", systems.ServerOf(role, "idms")),
            "configuration management server" => ("cms", systems.ServerOf(role, "cms")),
            "group management server" => ("gms", systems.ServerOf(role, "gms")),
            "HTTP proxy" => ("cms", systems.HttpEdgeOf(role, "cms")),
            _ => throw new ArgumentException($"no server is called \"{entity}\""),
        };
        var host = $"{server}.{ScenarioPlan.DomainOf(role)}";
        var (target, sound) = server == "idms"
            ? ("/userinfo", "/.well-known/openid-configuration")
            : ("/xcap-root/org.3gpp.mcptt.user-profile/users/x/y.xml", "/xcap-root/xcap-caps/global/index");
        foreach (var attack in HostileCorpus.Recipes("http"))
        {
            var name = $"{attack.Recipe} ({attack.Clause})";
            var outcome = await AskAsync(to, HostileHttp.Write(attack.Recipe, host, target));
            answers.Add(BearsHostileInput.Judge("CFG-MIG-7", name, attack.May, outcome));
            outcome = await AskAsync(to, RawHttp.Request($"GET {sound}", host, [], []));
            soundness.Add(BearsHostileInput.Judge("CFG-MIG-7", $"properly behind {name}", "200 or 401", outcome));
        }
    }

    [Then("^each HTTP attack is answered as it may be$")]
    public void Answers() => world.JudgeAll(answers);

    [Then("^who comes properly is answered after each$")]
    public void AnswersOn() => world.JudgeAll(soundness);

    /// <summary>Status of the answer, <c>closed</c>, <c>silence</c>, or that nobody listens any more.</summary>
    private async Task<string> AskAsync(IPEndPoint to, byte[] octets)
    {
        try
        {
            var answer = await RawHttp.AskAsync(to, octets, world.Patience);
            return answer.StatusCode == 0 ? "closed" : $"{answer.StatusCode}";
        }
        catch (TimeoutException)
        {
            return "silence";
        }
        catch (SocketException)
        {
            return RawPeer.NoConnection;
        }
    }
}
