using McConformance.Checks.Flow;
using McConformance.Wire;

namespace McConformance.Checks.Migration;

/// <summary>Request and response pass the servers of figure 10.6.3.3-1 in order, or without topology hiding go from server to server
/// (TS 23.280 10.6.3.3 steps 3 to 5, 8 to 10, NOTE 3).</summary>
public static class TakesTheWay
{
    private static readonly string[] RequestSteps = ["MSA-3", "MSA-4", "MSA-5"];
    private static readonly string[] ResponseSteps = ["MSA-8", "MSA-9", "MSA-10"];

    /// <summary>Judges the requests.</summary>
    public static Judgement OfRequest(Observation seen, MigrationAuthorizationFacts facts) =>
        Judge([.. seen.ServerRequests()], RequestSteps, facts.PartnerSystem, facts.PrimarySystem, facts.HasGateways, "request");

    /// <summary>Judges the responses.</summary>
    public static Judgement OfResponse(Observation seen, MigrationAuthorizationFacts facts) =>
        Judge([.. seen.ServerResponses()], ResponseSteps, facts.PrimarySystem, facts.PartnerSystem, facts.HasGateways, "response");

    private static Judgement Judge(ObservedMessage[] messages, string[] steps, string from, string to, bool hasGateways, string what)
    {
        if (!hasGateways) return Direct(messages, from, to, what);
        (EntityKind Kind, string System)[] way =
            [(EntityKind.McServiceServer, from), (EntityKind.GatewayServer, from), (EntityKind.GatewayServer, to), (EntityKind.McServiceServer, to)];
        var judgements = new List<Judgement>();
        var before = 0;
        for (var i = 0; i < steps.Length; i++)
        {
            var claim = new Claim(steps[i], $"the {what} goes from the {Name(way[i])} to the {Name(way[i + 1])}");
            var hop = messages.FirstOrDefault(m => Is(m.From, way[i]) && Is(m.To, way[i + 1])
                && (m.IsUnseen || m.Number > before));
            judgements.Add(hop is null ? claim.Missing($"the {what} from the {Name(way[i])} to the {Name(way[i + 1])}") : claim.Pass(hop));
            before = hop?.Number ?? before;
        }

        return Claim.All(judgements);
    }

    private static Judgement Direct(ObservedMessage[] messages, string from, string to, string what)
    {
        var claim = new Claim("MSA-N3", $"without topology hiding the {what} goes from server to server");
        var strange = messages.FirstOrDefault(m => m.From.Kind == EntityKind.GatewayServer || m.To.Kind == EntityKind.GatewayServer);
        if (strange is not null) return claim.Fail(strange, "no gateway server on the way", Describe.Message(strange));
        var hop = messages.FirstOrDefault(m => Is(m.From, (EntityKind.McServiceServer, from)) && Is(m.To, (EntityKind.McServiceServer, to)));
        return hop is null ? claim.Missing($"the {what} from {from} to {to}") : claim.Pass(hop);
    }

    private static bool Is(Party party, (EntityKind Kind, string System) place) => party.Kind == place.Kind && party.System == place.System;

    private static string Name((EntityKind Kind, string System) place) => $"{new Party("", place.Kind, "").Title.ToLowerInvariant()} of {place.System}";
}
