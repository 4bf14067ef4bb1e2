using System.Text;
using McConformance.Wire;
using McConformance.Wire.Identities;

namespace McConformance.Checks.Flow;

/// <summary>TS 23.280 10.1.6.2 step 3: the identities lead to one primary MC system, and no other sees them.</summary>
public static class SentToOneSystemOnly
{
    /// <summary>Judges every message on CSC-18 that carries the set.</summary>
    public static Judgement Judge(string requirement, Observation seen, SipIdentitySet set, string system)
    {
        var claim = new Claim(requirement, $"{set} is sent to {system} only");
        var secret = Encoding.UTF8.GetBytes(set.Private.Value);
        var carrying = seen.Procedure.Where(m => m.ReferencePoint == ReferencePoint.Csc18 && m.Holds(secret)).ToArray();
        if (carrying.Length == 0) return claim.Missing("a message on CSC-18 that carries the set");
        var stray = carrying.FirstOrDefault(m => m.To.System != system && m.From.System != system);
        return stray is null ? claim.Pass(carrying[0]) : claim.Fail(stray, system, stray.To.Name);
    }
}
