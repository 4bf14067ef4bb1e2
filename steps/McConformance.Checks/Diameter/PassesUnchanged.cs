using McConformance.Checks.Flow;
using McConformance.Wire;

namespace McConformance.Checks.Diameter;

/// <summary>RFC 6733 6.1.9: an agent passes on what it has no reason to change, octet for octet; only Route-Record and the hop's own header fields differ.</summary>
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
        return arrived is null
            ? claim.Missing("the request at the SIP database")
            : claim.Compare(arrived, Rest(sent), Rest(arrived));
    }

    private static string Rest(ObservedMessage message)
    {
        var rest = new List<string>();
        foreach (var avp in message.Diameter!.Avps)
            if (avp.Code is not (282 or 284 or 293)) rest.Add(Convert.ToHexString(avp.Octets));
        return string.Join(" ", rest);
    }
}
