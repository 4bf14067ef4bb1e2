using McConformance.Checks.Flow;
using McConformance.Wire;
using McConformance.Wire.Diameter.Codec;

namespace McConformance.Checks.Diameter;

/// <summary>RFC 6733 6.1.8, 6.1.9 and 6.2: what a proxy agent does to a request and its answer as they pass.</summary>
public static class AgentsKeepTheRules
{
    private static readonly Claim Identifiers = new("DPX-1", "an agent gives the request its own hop-by-hop identifier and keeps the end-to-end identifier");
    private static readonly Claim Back = new("DPX-1", "an answer carries no route record and goes the way back");
    private static readonly Claim Capabilities = new("DPX-1", "a connection begins with the exchange of capabilities");

    /// <summary>Judges the identifiers of each request that an agent passed on (RFC 6733 6.1.9 and 3).</summary>
    public static Judgement JudgeIdentifiers(Observation seen)
    {
        var hops = Hops(seen).ToArray();
        if (hops.Length == 0) return Identifiers.Missing("a request that an agent passed on");
        return Claim.All(hops.Select(h => h.Out.Diameter!.EndToEnd == h.In.Diameter!.EndToEnd
            ? IsUnique(seen, h.Out) ? Identifiers.Pass(h.Out) : Identifiers.Fail(h.Out, "a hop-by-hop identifier not in use on the connection", $"{h.Out.Diameter!.HopByHop:x8}")
            : Identifiers.Fail(h.Out, $"end-to-end identifier {h.In.Diameter!.EndToEnd:x8}", $"{h.Out.Diameter!.EndToEnd:x8}")));
    }

    /// <summary>Judges the Route-Record of each request that an agent passed on (RFC 6733 6.1.9).</summary>
    /// <param name="seen">What was seen.</param>
    /// <param name="requirement">DPX-1, or DPX-2 where the agent is the one beside the migration management server.</param>
    public static Judgement JudgeRouteRecord(Observation seen, string requirement = "DPX-1")
    {
        var claim = new Claim(requirement, "an agent adds the peer that the request came from to the route record");
        var hops = Hops(seen).ToArray();
        if (hops.Length == 0) return claim.Missing("a request that an agent passed on");
        return Claim.All(hops.Select(h =>
        {
            var before = RouteRecord(h.In.Diameter!);
            var after = RouteRecord(h.Out.Diameter!);
            return claim.Compare(h.Out, string.Join(" ", before.Append(h.In.From.Name)), string.Join(" ", after));
        }));
    }

    /// <summary>Judges each answer (RFC 6733 6.2).</summary>
    public static Judgement JudgeAnswers(Observation seen)
    {
        var answers = seen.Procedure.Where(m => m.Diameter is { IsRequest: false }).ToArray();
        if (answers.Length == 0) return Back.Missing("an answer");
        return Claim.All(answers.Select(m => RouteRecord(m.Diameter!) is { Count: > 0 } record
            ? Back.Fail(m, "no Route-Record", string.Join(" ", record))
            : Back.Pass(m)));
    }

    /// <summary>Judges the first messages between each two Diameter nodes (RFC 6733 5.3).</summary>
    public static Judgement JudgeCapabilities(Observation seen)
    {
        var first = seen.Procedure.Where(m => m.Diameter is { IsRequest: true }).DistinctBy(m => (m.From, m.To)).ToArray();
        if (first.Length == 0) return Capabilities.Missing("a Diameter request");
        return Claim.All(first.Select(m =>
        {
            var answered = seen.Answers(257).FirstOrDefault(a => Joins(a, m) && a.Number < m.Number);
            if (answered is null) return Capabilities.Fail(m, "CER and CEA before", "a request at once");
            return Capabilities.Compare(answered, Cx.Success, answered.Diameter!.ResultText());
        }));
    }

    /// <summary>Each request that came to a Diameter agent, with the one it passed on.</summary>
    private static IEnumerable<(ObservedMessage In, ObservedMessage Out)> Hops(Observation seen)
    {
        foreach (var arrived in seen.Procedure.Where(m => m.Diameter is { IsRequest: true } && IsAgent(m.To)))
        {
            var passed = seen.Procedure.FirstOrDefault(m => m.From == arrived.To && m.MayFollow(arrived) &&
                m.Diameter is { IsRequest: true } d && SessionOf(d) == SessionOf(arrived.Diameter!) && d.Command == arrived.Diameter!.Command);
            if (passed is not null) yield return (arrived, passed);
        }
    }

    private static bool IsUnique(Observation seen, ObservedMessage message) => !seen.Procedure.Any(m =>
        m != message && m.From == message.From && m.To == message.To && m.Recorded.Fate == Fate.Delivered &&
        m.Diameter is { IsRequest: true } d && d.HopByHop == message.Diameter!.HopByHop);

    private static bool IsAgent(Party party) => party.Kind is EntityKind.DiameterProxy or EntityKind.MigrationManagementServer;

    private static bool Joins(ObservedMessage a, ObservedMessage b) =>
        (a.From == b.From && a.To == b.To) || (a.From == b.To && a.To == b.From);

    private static string? SessionOf(DiameterMessage message) => message.TryFind(263, 0, out var avp) ? avp.Text : null;

    private static List<string> RouteRecord(DiameterMessage message)
    {
        var record = new List<string>();
        foreach (var avp in message.Avps)
            if (avp.Code == 282 && avp.Vendor == 0) record.Add(avp.Text);
        return record;
    }
}
