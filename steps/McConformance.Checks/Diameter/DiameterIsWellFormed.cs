using McConformance.Checks.Flow;
using McConformance.Wire;
using McConformance.Wire.Diameter.Codec;

namespace McConformance.Checks.Diameter;

/// <summary>Every Diameter message that a system sends follows RFC 6733 and the grammar of its command (TS 29.229 6.1, TS 29.329 6.1).</summary>
public static class DiameterIsWellFormed
{
    private const string Claim = "Diameter messages are well formed";

    /// <summary>Judges the messages of systems; those that fakes, peers in transit and disturbances made do not count, and neither does an
    /// answer to a stranger, which repeats what the stranger sent.</summary>
    /// <returns>The first message with a finding, as a fail; null where there is none.</returns>
    public static Judgement? Judge(Observation seen)
    {
        foreach (var message in seen.Seen)
        {
            if (message.Recorded.Link.Protocol != WireProtocol.Diameter || message.From.System.Length == 0 || !message.From.IsBundled) continue;
            if (!message.To.IsBundled || message.Recorded.Fate == Fate.Altered || message.Recorded.Octets.IsEmpty) continue;
            var findings = new List<Finding>();
            DiameterValidator.Check(message.Recorded.Octets.Span, findings);
            foreach (var finding in findings)
                if (finding.Severity != Severity.Note) return Judgement.Fail(Claim, finding, message.Recorded);
        }

        return null;
    }
}
