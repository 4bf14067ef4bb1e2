using McConformance.Checks.Flow;
using McConformance.Wire;

namespace McConformance.Checks.Migration;

/// <summary>When migrated service ends, the MC service server that knows it tells the other MC system's, and that one
/// gets it (OWN MIG-DEAUTH).</summary>
public static class EndIsTold
{
    /// <summary>Judges the first notification.</summary>
    /// <param name="seen">What was seen.</param>
    /// <param name="requirement">Id in the catalogue.</param>
    /// <param name="from">Domain of the MC system that tells.</param>
    /// <param name="to">Domain of the MC system that is told.</param>
    /// <param name="user">The user's identity at home.</param>
    public static Judgement Judge(Observation seen, string requirement, string from, string to, string user)
    {
        var claim = new Claim(requirement, $"{from} tells {to} that the migration has ended");
        var sent = seen.Endings().FirstOrDefault(m => m.IsSentBy(EntityKind.McServiceServer, from));
        if (sent is null) return claim.Missing($"a notification of {from} that migrated service has ended");
        // without gateway servers it is one message that leaves and arrives
        var arrived = seen.Endings().FirstOrDefault(m => m.IsSentTo(EntityKind.McServiceServer, to)
            && (m == sent || m.MayFollow(sent)) && m.Recorded.WasDelivered);
        return arrived is null
            ? claim.Missing($"the notification at the MC service server of {to}")
            : claim.Compare(arrived, user, arrived.Info!.Migration?.PrimaryMcServiceId?.Value);
    }
}
