using McConformance.Checks.Flow;
using McConformance.Wire;

namespace McConformance.Checks.Diameter;

/// <summary>An agent passes on what it has no reason to change: each AVP octet for octet. Their order says nothing (RFC
/// 6733 3.2), and a proxy may add what nobody has to understand (2.8.2, 4.1: without M); Route-Record, Proxy-Info and
/// Destination-Host are each hop's own (6.1.9).</summary>
public static class PassesUnchanged
{
    /// <summary>Judges a request of a command between the SIP core and the SIP database of one MC system.</summary>
    public static Judgement Judge(string requirement, Observation seen, uint command, string system)
    {
        var claim = new Claim(requirement, "the migration management server passes on what is not for it, unchanged");
        var sent = seen.Requests(command).FirstOrDefault(m => m.From.IsSipCore && m.From.System == system);
        if (sent is null) return claim.Missing("a request of the SIP core");
        if (sent.To.Kind != EntityKind.MigrationManagementServer) return claim.Fail(sent, "the migration management server as receiver", sent.To.Name);
        var arrived = seen.Requests(command).FirstOrDefault(m => m.From == sent.To && m.To.Kind == EntityKind.SipDatabase && m.MayFollow(sent));
        if (arrived is null) return claim.Missing("the request at the SIP database");
        var (before, after) = (Rest(sent), Rest(arrived));
        foreach (var avp in before)
            if (!after.Remove(avp)) return claim.Fail(arrived, avp.Octets, "no such AVP");
        return after.FirstOrDefault(a => a.IsMandatory) is { Octets: { } added }
            ? claim.Fail(arrived, "no AVP more that has to be understood", added)
            : claim.Pass(arrived);
    }

    private static List<(string Octets, bool IsMandatory)> Rest(ObservedMessage message)
    {
        var rest = new List<(string, bool)>();
        foreach (var avp in message.Diameter!.Avps)
            if (avp.Code is not (282 or 284 or 293)) rest.Add((Convert.ToHexString(avp.Octets), avp.IsMandatory));
        return rest;
    }
}
