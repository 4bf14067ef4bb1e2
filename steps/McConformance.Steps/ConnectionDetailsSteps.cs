using System.Xml.Linq;
using McConformance.Checks.Flow;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;

namespace McConformance.Steps;

/// <summary>CSC-4: what a UE is told of a partner that was chosen for it (TR 23.781 5.2.3, 5.2.4).</summary>
[Binding]
public sealed class ConnectionDetailsSteps(ScenarioWorld world)
{
    private static readonly XNamespace Ns = "urn:mcconformance:ns:migration:1.0";

    [Then(@"^the connection details are those of the (\w+) MC system$")]
    public async Task AreThoseOf(string role)
    {
        var claim = new Claim("KI-2.3", "the partner is chosen by wish or by the UE's location");
        var partner = (string?)(await DetailsAsync(claim)).Element(Ns + "partner-system");
        world.Judge(claim.Seen(partner == ScenarioPlan.DomainOf(role), ScenarioPlan.DomainOf(role), partner ?? "none"));
    }

    [Then(@"^the connection details hold access points, SIP identities and servers of the (\w+) MC system$")]
    public async Task HoldAll(string role)
    {
        var claim = new Claim("KI-2.4-a", "the UE is given access points, identities and servers of the partner");
        var root = await DetailsAsync(claim);
        var access = root.Descendants()
            .Where(e => e.Name.LocalName.EndsWith("-to-con-ref", StringComparison.Ordinal) && e.Value.Length > 0);
        world.Judge(claim.Seen(access.Any(), "access points", "none"));
        var identity = (string?)root.Element(Ns + "sip-identities")?.Attribute("impi") ?? "none";
        var realm = $"@{ScenarioPlan.SipDomainOf(role)}";
        world.Judge(claim.Seen(
            identity.EndsWith(realm, StringComparison.Ordinal), $"an identity of {realm}", identity));
        foreach (var name in (string[])["idms-token-endpoint", "cms", "gms"])
        {
            var server = root.Descendants().FirstOrDefault(e => e.Name.LocalName == name)?.Value ?? "none";
            world.Judge(claim.Seen(
                server.Contains(ScenarioPlan.DomainOf(role), StringComparison.Ordinal),
                $"{name} of the {role}", server));
        }
    }

    /// <summary>The details, judged to be there.</summary>
    private async Task<XElement> DetailsAsync(Claim claim)
    {
        await world.ObserveAsync();
        var (status, body) = world.Connection;
        if (status != 200) world.Judge(claim.Fail(null, "200", $"{status} {body}"));
        return XDocument.Parse(body).Root!;
    }
}
