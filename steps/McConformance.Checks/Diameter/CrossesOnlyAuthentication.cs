using McConformance.Checks.Flow;
using McConformance.Wire;

namespace McConformance.Checks.Diameter;

/// <summary>TS 23.280 7.5.2.18: CSC-18 is for SIP authentication information and for nothing else.</summary>
public static class CrossesOnlyAuthentication
{
    private static readonly Claim Claim = new("C18-1", "only SIP authentication information crosses CSC-18");

    /// <summary>Judges every message of the procedure on CSC-18.</summary>
    public static Judgement Judge(Observation seen)
    {
        var crossing = seen.Procedure.Where(m => m.ReferencePoint == ReferencePoint.Csc18).ToArray();
        if (crossing.Length == 0) return Claim.Missing("a message on CSC-18");
        var other = crossing.FirstOrDefault(m => m.Diameter?.Command != Cx.MultimediaAuth);
        return other is null ? Claim.Pass(crossing[0]) : Claim.Fail(other, "Multimedia-Auth", Describe.Message(other));
    }
}

/// <summary>No authentication vector leaves over CSC-18.</summary>
public static class GivesNoVector
{
    /// <summary>Judges every answer on CSC-18.</summary>
    public static Judgement Judge(string requirement, Observation seen)
    {
        var claim = new Claim(requirement, "no authentication information crosses CSC-18");
        var answers = seen.Answers(Cx.MultimediaAuth).Where(m => m.ReferencePoint == ReferencePoint.Csc18).ToArray();
        if (answers.Length == 0) return claim.Missing("an answer on CSC-18");
        var vector = answers.FirstOrDefault(m => m.Diameter!.AuthDataItem().Length > 0);
        return vector is null ? claim.Pass(answers[^1]) : claim.Fail(vector, "no SIP-Auth-Data-Item", "one");
    }
}
