using McConformance.Checks.Diameter;
using McConformance.Wire;
using McConformance.Wire.Identities;

namespace McConformance.Checks.Flow;

/// <summary>TS 23.280 7.4.2.2.11 NOTE 1: each partner uses the set that the primary gave it.</summary>
public static class AsksForOneSetOnly
{
    private static readonly Claim Claim = new("MMS-1", "a partner asks for the set it was given and for no other");

    /// <summary>Judges every request on CSC-18 from one partner.</summary>
    public static Judgement Judge(Observation seen, string partnerSystem, SipIdentitySet set)
    {
        var asked = seen.Requests(Cx.MultimediaAuth).Where(m => m.ReferencePoint == ReferencePoint.Csc18 && m.From.System == partnerSystem).ToArray();
        return asked.Length == 0
            ? Claim.Missing($"a request from {partnerSystem} on CSC-18")
            : Claim.All(asked.Select(m => Claim.Compare(m, set.ToString(), m.Diameter!.Identities())));
    }
}
