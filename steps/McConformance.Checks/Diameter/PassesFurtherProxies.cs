using McConformance.Checks.Flow;
using McConformance.Wire;

namespace McConformance.Checks.Diameter;

/// <summary>TS 23.280 7.4.3.1.4: further Diameter proxies on the way take part, as many as there are. Without this
/// nobody would see a request that goes past them.</summary>
public static class PassesFurtherProxies
{
    /// <summary>Judges which proxies each request for authentication information came from and reached.</summary>
    /// <param name="seen">What was seen.</param>
    /// <param name="count">How many proxies stand one behind the other. 0 or more.</param>
    public static Judgement Judge(Observation seen, int count)
    {
        var claim = new Claim("DPX-3", $"the request passes {count} further Diameter proxies");
        var sent = seen.Requests(Cx.MultimediaAuth).Where(m => m.ReferencePoint == ReferencePoint.Csc18).ToArray();
        if (sent.Length == 0) return claim.Missing("a request on CSC-18");
        var reached = Proxies(sent.Select(m => m.To));
        var passing = Proxies(sent.Select(m => m.From));
        return Claim.All(
            claim.Compare(sent[^1], $"{count} reached", $"{reached} reached"),
            claim.Compare(sent[^1], $"{count} passed it on", $"{passing} passed it on"));
    }

    private static int Proxies(IEnumerable<Party> parties) =>
        parties.Where(p => p.Kind == EntityKind.DiameterProxy).Distinct().Count();
}
