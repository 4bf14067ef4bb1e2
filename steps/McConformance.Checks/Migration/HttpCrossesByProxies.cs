using McConformance.Checks.Flow;
using McConformance.Wire;

namespace McConformance.Checks.Migration;

/// <summary>Where HTTP proxies stand at the edges, HTTP crosses between them alone, and what an MC system sends names
/// none of its servers (TS 23.280 10.2.x.1).</summary>
public static class HttpCrossesByProxies
{
    private static readonly string[] Servers = ["gms", "cms", "idms", "mcptt", "mcvideo", "mcdata"];

    /// <summary>Judges everything over HTTP that one MC system sends to another.</summary>
    /// <param name="seen">What was seen.</param>
    /// <param name="requirement">Under which requirement.</param>
    /// <param name="system">Domain of the MC system that sends.</param>
    public static Judgement Judge(Observation seen, string requirement, string system)
    {
        var claim = new Claim(requirement, $"{system} shows its HTTP proxy to other MC systems, and no server");
        var crossing = seen.All
            .Where(m => m.From.System == system && IsOther(m.To, system) && m.Http is not null).ToArray();
        if (crossing.Length == 0) return claim.Missing("a message over HTTP to another MC system");
        var names = Servers.Select(s => $"{s}.{system}").ToArray();
        foreach (var message in crossing)
        {
            if (message.From.Kind != EntityKind.HttpProxy)
                return claim.Fail(message, "sent by the HTTP proxy", message.From.Name);
            var shown = names.FirstOrDefault(n => message.Holds(System.Text.Encoding.ASCII.GetBytes(n)));
            if (shown is not null) return claim.Fail(message, "no name of a server", shown);
        }

        return claim.Pass(crossing[0]);
    }

    private static bool IsOther(Party party, string system) => party.System.Length > 0 && party.System != system;
}
