using System.Text;
using McConformance.Checks.Flow;
using McConformance.Fakes.Hostile;
using McConformance.Fakes.Transport;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;

namespace McConformance.Steps;

/// <summary>CSC-16: what no proper group management server provides, and what the partner's makes of it.</summary>
[Binding]
public sealed class BadGroupSteps(ScenarioWorld world)
{
    private const string Groups = "/xcap-root/org.openmobilealliance.groups/";

    [When("^the primary's group management server sends a group (.+) over CSC-16$")]
    public async Task Sends(string how) => world.Answered = how switch
    {
        "in another media type" => await PutAsync("hostile", type: "text/xml"),
        "about another than its selector" => await PutAsync("hostile", about: "other"),
        "of the partner" => await PutAsync("hostile", domain: ScenarioPlan.DomainOf("partner")),
        "under a path that leads upwards" => await PutAsync("hostile", at: "global/byGroupID/../../../../etc/passwd"),
        "under an escaped path that leads upwards" => await PutAsync("hostile", at: "global/byGroupID/..%2F..%2Fetc"),
        "under the tree of a user" => await PutAsync("hostile", at: "users/sip%3Aalice%40partner.example/hostile"),
        "as a part of a document" => await PutAsync("hostile", behind: "/~~/group/list-service/display-name"),
        "with a line break in its identity" => await PutAsync("hostile%0D%0AX-Harm%3A%201"),
        "with a line break in a header" => await PutAsync("hostile", header: "X-Harm: a\rX-Other: b"),
        "with two lengths" => await PutAsync("hostile", header: "Content-Length: 7"),
        "without an identity of its sender" => await PutAsync("hostile", asserted: false),
        _ => await PutAsync("hostile", spoilt: how),
    };

    [Then(@"^the server answers (.+) \((\S+)\)$")]
    public void Answers(string expected, string requirement) =>
        world.JudgeAnswer(new Claim(requirement, "what is hostile is refused"), world.Answered, expected);

    [Then("^no such group is stored at the partner$")]
    public async Task NotStored() => world.JudgeAnswer(
        new Claim("GCI-PUSH-3", "what was refused is not stored"), await GetAsync("hostile"), "404");

    [Then("^the partner's group management server goes on storing and serving$")]
    public async Task GoesOn()
    {
        var claim = new Claim("GCI-PUSH-3", "a sound group is stored and served after a hostile one");
        world.JudgeAnswer(claim, await PutAsync("sound"), "201");
        world.JudgeAnswer(claim, await GetAsync("sound"), "200");
    }

    internal Task<RawHttpAnswer> PutAsync(
        string name, string? about = null, string? domain = null, string? at = null, string behind = "",
        string type = GroupDocument.ContentType, string? header = null, string spoilt = "that is sound",
        bool asserted = true)
    {
        var primary = ScenarioPlan.DomainOf("primary");
        var target = Groups + (at ?? $"global/byGroupID/sip%3A{name}%40{domain ?? primary}") + behind;
        var headers = new List<string> { "Content-Type: " + type };
        if (asserted) headers.Add($"X-3GPP-Asserted-Identity: \"sip:gms@{primary}\"");
        if (header is not null) headers.Add(header);
        var id = $"sip:{about ?? name.Split('%')[0]}@{domain ?? primary}";
        var body = HostileXml.Spoil(Document(id, domain ?? primary), spoilt);
        return world.AskServerAsync("partner", "gms", "PUT " + target, [.. headers], body);
    }

    /// <summary>Asked as the partner's own MC service server: it may read all groups that are there.</summary>
    private Task<RawHttpAnswer> GetAsync(string name)
    {
        var id = $"sip%3A{name}%40{ScenarioPlan.DomainOf("primary")}";
        var server = $"sip:{McServiceNames.Of(McService.Mcptt).PsiPrefix}@{ScenarioPlan.DomainOf("partner")}";
        return world.AskServerAsync(
            "partner", "gms", $"GET {Groups}global/byGroupID/{id}", [$"X-3GPP-Asserted-Identity: \"{server}\""]);
    }

    private static string Document(string id, string home)
    {
        var partner = ScenarioPlan.DomainOf("partner");
        return Encoding.UTF8.GetString(GroupDocument.Create(new GroupDescription
        {
            Id = new McGroupId(id),
            DisplayName = "Hostile",
            GroupPriority = 10,
            Members = [new GroupMember(new McServiceId($"sip:zoe@{partner}")) { UserPriority = 40 }],
            Interconnection = new GroupInterconnection(
                new McSystemId(home), [new GroupPartner(new McSystemId(partner))]),
        }).ToOctets());
    }
}
