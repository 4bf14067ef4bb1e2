using McConformance.Fakes.Hostile;
using McConformance.Steps.World;

namespace McConformance.Steps;

/// <summary>CSC-4: selectors of documents that no proper client sends (RFC 4825 6).</summary>
[Binding]
public sealed class BadDocumentSteps(ScenarioWorld world)
{
    private const string Root = "/xcap-root/org.3gpp.mcptt.user-profile/";
    private const string Alice = "users/sip%3Aalice.guest%40partner.example/";
    private const string Harm =
        "<mcptt-user-profile xmlns=\"urn:3gpp:mcptt:user-profile:1.0\"><Name>harm</Name></mcptt-user-profile>";

    private const string Profile = "mcptt-user-profile-1.xml";

    [When("^alice's client asks the partner's configuration management server for (.+)$")]
    public async Task Asks(string what)
    {
        await world.SystemsAsync();
        var token = "Authorization: Bearer " + world.Running.TokensOf("alice").Partner;
        var target = TargetOf(what);
        world.Answered = await world.AskServerAsync("partner", "cms", target, what switch
        {
            "her profile, with a line break in a header" => [token, "X-Harm: a\rX-Other: b"],
            "her profile, with a header of 100,000 characters" => [token, "X-Harm: " + new string('x', 100_000)],
            "her profile, with a colon missing in a header" => [token, "X-Harm"],
            "her profile, without a token" => [],
            _ => [token],
        });
    }

    [When("^alice's client replaces her profile in the partner MC system by a document (.+)$")]
    public async Task Replaces(string how)
    {
        await world.SystemsAsync();
        string[] headers =
        [
            "Authorization: Bearer " + world.Running.TokensOf("alice").Partner,
            "Content-Type: application/vnd.3gpp.mcptt-user-profile+xml",
        ];
        var body = HostileXml.Spoil(Harm, how);
        world.Answered = await world.AskServerAsync("partner", "cms", $"PUT {Root}{Alice}{Profile}", headers, body);
    }

    private static string TargetOf(string what) => what switch
    {
        "the profile of another user" => $"GET {Root}users/sip%3Abob.guest%40partner.example/{Profile}",
        "the profile of another user by way of her own" =>
            $"GET {Root}{Alice}../sip%3Abob.guest%40partner.example/{Profile}",
        "a file above the root" => $"GET {Root}../../../../etc/passwd",
        "a file above the root, escaped" => $"GET {Root}{Alice}..%2F..%2F..%2Fetc%2Fpasswd",
        "a file above the root, escaped twice" => $"GET {Root}{Alice}%252e%252e%252f%252e%252e%252fetc",
        "a file above the root, with backslashes" => $"GET {Root}{Alice}..%5C..%5Cetc",
        "a document with an octet of zero in its name" => $"GET {Root}{Alice}{Profile}%00.txt",
        "a document of an unknown application" => $"GET /xcap-root/org.harm/{Alice}{Profile}",
        "a part of her profile" => $"GET {Root}{Alice}{Profile}/~~/mcptt-user-profile/Name",
        "a document with a name of 3,000 characters" => $"GET {Root}{Alice}{new string('x', 3_000)}",
        "a document with a name of 100,000 characters" => $"GET {Root}{Alice}{new string('x', 100_000)}",
        "her profile, which is to be deleted" => $"DELETE {Root}{Alice}{Profile}",
        "her profile by a method that nobody knows" => $"HARM {Root}{Alice}{Profile}",
        _ => $"GET {Root}{Alice}{Profile}",
    };
}
