using McConformance.Checks.Flow;
using McConformance.Wire;

namespace McConformance.Checks.Migration;

/// <summary>The client presents its access token to the partner, whose server hands it on to nobody (TS 23.280 10.6.3.3 NOTE 1, TS 33.180 B.7).</summary>
public static class TokenStaysAtPartner
{
    /// <summary>Judges all requests.</summary>
    public static Judgement Judge(Observation seen, string token)
    {
        var claim = new Claim("MSA-1N", "the client presents the partner's access token, and nobody hands it on");
        var presented = seen.ClientRequests().FirstOrDefault();
        if (presented is null) return claim.Missing("a request of the client");
        if (presented.Info?.AccessToken != token) return claim.Fail(presented, "the access token that the partner issued", presented.Info?.AccessToken is null ? "none" : "another");
        var octets = System.Text.Encoding.ASCII.GetBytes(token);
        var leak = seen.All.FirstOrDefault(m => m.From.Kind is EntityKind.McServiceServer or EntityKind.GatewayServer && m.Holds(octets));
        return leak is null ? claim.Pass(presented) : claim.Fail(leak, "no access token", "the client's access token");
    }
}
