using System.Text;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transactions;
using McConformance.Wire.Sip.Transport;

namespace McConformance.Entities.SipCore;

/// <summary>
/// Which flow a private identity was challenged on, and which it was authenticated on: what a P-CSCF says in
/// integrity-protected
/// (TS 24.229 7.2A.1, OWN SPR-10 in place of IPsec). A flow that was challenged proves nothing yet; only one that
/// answered does.
/// </summary>
/// <param name="most">How many identities are remembered; the oldest is forgotten first, and its UE is challenged anew.</param>
internal sealed class FlowAssociations(int most)
{
    private readonly Dictionary<string, (SipFlow? Challenged, SipFlow? Authenticated)> flows = new(StringComparer.Ordinal);
    private readonly Queue<string> order = new();

    /// <summary>yes: the flow answered a challenge before. ip-assoc-pending: it answers one now. no: neither.</summary>
    public string Protection(ReadOnlySpan<byte> authorization, SipFlow flow)
    {
        if (!DigestValues.TryRead(authorization, out var digest) || !flows.TryGetValue(Encoding.UTF8.GetString(digest.Username), out var known)) return "no";
        if (known.Authenticated == flow) return "yes";
        return known.Challenged == flow && !digest.Response.IsEmpty ? "ip-assoc-pending" : "no";
    }

    /// <summary>A challenge goes out.</summary>
    public void Challenged(SipServerTransaction register)
    {
        if (PrivateIdentity(register) is not { } identity) return;
        if (!flows.TryGetValue(identity, out var known)) order.Enqueue(identity);
        flows[identity] = (register.Flow, known.Authenticated);
        if (order.Count > most) flows.Remove(order.Dequeue());
    }

    /// <summary>A final response goes out: success binds the flow it goes to, failure undoes its challenge.</summary>
    public void Concluded(SipServerTransaction register, int status)
    {
        if (PrivateIdentity(register) is not { } identity || !flows.TryGetValue(identity, out var known)) return;
        if (status < 300) flows[identity] = (null, register.Flow);
        else if (known.Challenged == register.Flow) flows[identity] = (null, known.Authenticated);
    }

    private static string? PrivateIdentity(SipServerTransaction register) =>
        register.Request.TryGet(SipHeader.Authorization, out var value) && DigestValues.TryRead(value, out var digest)
            ? Encoding.UTF8.GetString(digest.Username)
            : null;
}
