using McConformance.Checks.Flow;
using McConformance.Wire;

namespace McConformance.Checks.Diameter;

/// <summary>RFC 6733 5.5.4: requests that wait on a failed connection go to another peer, with the T bit and the end-to-end identifier they had.</summary>
public static class FailsOver
{
    private static readonly Claim Claim = new("DPX-1", "a request that waits on a failed connection goes another way, marked as possibly sent before");

    /// <summary>Judges the request for authentication information as it leaves the partner's migration management server twice.</summary>
    public static Judgement Judge(Observation seen)
    {
        var sent = seen.Requests(Cx.MultimediaAuth).Where(m => m.From.Kind == EntityKind.MigrationManagementServer && m.ReferencePoint == ReferencePoint.Csc18)
            .ToArray();
        if (sent.Length < 2) return Claim.Missing($"the request on two links; it was sent {sent.Length} times");
        var (first, second) = (sent[0], sent[1]);
        if (first.To == second.To) return Claim.Fail(second, "another peer", second.To.Name);
        return Claim.All(
            second.Diameter!.IsRetransmitted ? Claim.Pass(second) : Claim.Fail(second, "the T bit", "not set"),
            first.Diameter!.IsRetransmitted ? Claim.Fail(first, "no T bit at first", "set") : Claim.Pass(first),
            Claim.Compare(second, $"{first.Diameter!.EndToEnd:x8}", $"{second.Diameter!.EndToEnd:x8}"));
    }
}
