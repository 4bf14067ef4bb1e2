using McConformance.Checks.Flow;
using McConformance.Wire;

namespace McConformance.Checks.Migration;

/// <summary>When migrated service ends, the MC system that knows it tells the other one, whose MC service server gets
/// it
/// (OWN MIG-DEAUTH).</summary>
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
        var crossing = seen.Endings().FirstOrDefault(m =>
            m.From.System == from && m.To.System == to && m.Recorded.WasDelivered);
        if (crossing is null) return claim.Missing($"a notification of {from} to {to} that migrated service has ended");
        // without gateway servers it is one message; what passes within an external MC system nobody sees
        var arrived = seen.Endings().FirstOrDefault(m => m.IsSentTo(EntityKind.McServiceServer, to)
            && (m.IsUnseen || (m.Number >= crossing.Number && m.Recorded.WasDelivered)));
        if (arrived is null) return claim.Missing($"the notification at the MC service server of {to}");
        var told = arrived.IsUnseen ? crossing : arrived;
        return claim.Compare(told, user, told.Info!.Migration?.PrimaryMcServiceId?.Value);
    }
}
