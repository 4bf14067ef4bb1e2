using McConformance.Checks.Flow;

namespace McConformance.Checks.Migration;

/// <summary>Nothing that crosses between the MC systems names an inner node of one that hides its topology (TS 23.280 5.2.x.7, TR 23.781 5.1.10).</summary>
public static class ShowsNoInnerNode
{
    /// <summary>Judges everything of the application plane that one MC system sends to another.</summary>
    /// <param name="requirement">Id in the catalogue.</param>
    /// <param name="seen">What was seen.</param>
    /// <param name="system">Domain of the MC system that hides.</param>
    /// <param name="innerNames">Host names and addresses that are hidden.</param>
    public static Judgement Judge(string requirement, Observation seen, string system, IEnumerable<string> innerNames)
    {
        var claim = new Claim(requirement, $"{system} shows no inner node to other MC systems");
        var crossing = seen.All.Where(m => m.From.System == system && m.To.System.Length > 0 && m.To.System != system && m.Sip is not null).SeenElseUnseen();
        if (crossing.Length == 0) return claim.Missing("a message to another MC system");
        var names = innerNames.Select(n => (Name: n, Octets: System.Text.Encoding.ASCII.GetBytes(n))).ToArray();
        foreach (var message in crossing)
            foreach (var (name, octets) in names)
                if (message.Holds(octets)) return claim.Fail(message, "no name or address of an inner node", name);
        return claim.Pass(crossing[0]);
    }
}
