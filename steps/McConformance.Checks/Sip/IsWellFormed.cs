using McConformance.Checks.Flow;
using McConformance.Wire;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Checks.Sip;

/// <summary>Every SIP message that a system sends follows the grammar and the rules of its headers (RFC 3261 and the clauses that findings name).</summary>
public static class IsWellFormed
{
    private static readonly Clause Grammar = new("RFC 3261", "7");
    private const string Claim = "SIP messages are well formed";

    /// <summary>Judges the messages of systems and their UEs; those that fakes, peers in transit and disturbances made
    /// do not count.</summary>
    /// <param name="seen">What was seen.</param>
    /// <param name="userAgents">Party names of the UEs that are judged: a fake one has a party of the same kind.</param>
    /// <returns>The first message with a finding, as a fail; null where there is none.</returns>
    public static Judgement? Judge(Observation seen, params IEnumerable<string> userAgents)
    {
        HashSet<string> judged = [.. userAgents];
        foreach (var message in seen.Seen)
        {
            // an answer to a stranger repeats what the stranger left out or doubled
            if (message.From.System.Length == 0 && !judged.Contains(message.From.Name)) continue;
            if (message.To.Kind == EntityKind.Unknown || message.Recorded.Fate == Fate.Altered) continue;
            if (message.Recorded.Link.Protocol != WireProtocol.Sip) continue;
            if (message.Sip is not { } sip)
                return Judgement.Fail(Claim, null, "a SIP message", "octets that are none", message.Recorded, Grammar);
            var findings = new FindingList();
            SipValidator.Validate(sip, findings);
            if (findings.Findings is [var first, ..]) return Judgement.Fail(Claim, first, message.Recorded);
        }

        return null;
    }
}
