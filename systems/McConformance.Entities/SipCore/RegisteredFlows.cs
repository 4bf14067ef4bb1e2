using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transactions;
using McConformance.Wire.Sip.Transport;

namespace McConformance.Entities.SipCore;

/// <summary>What a P-CSCF keeps of a registration (TS 24.229 5.2.2.1): whose flow it is, and which way its requests go.</summary>
/// <param name="Identities">Public identities, the default one first (P-Associated-URI).</param>
/// <param name="ServiceRoute">Values of Service-Route, in order.</param>
internal sealed record RegisteredFlow(IReadOnlyList<byte[]> Identities, IReadOnlyList<byte[]> ServiceRoute)
{
    /// <summary>The identity to assert: the preferred one where it is the UE's, else the default (TS 24.229 5.2.6.3.1).</summary>
    public byte[] Assert(SipMessage request)
    {
        if (!request.TryGet(SipHeader.PPreferredIdentity, out var preferred) || !NameAddress.TryRead(preferred, out var wanted)) return Identities[0];
        foreach (var identity in Identities)
            if (wanted.Uri.SequenceEqual(identity)) return identity;
        return Identities[0];
    }

    /// <summary>Where a request of this size goes.</summary>
    public bool TryNextHop(int octets, out SipDestination to)
    {
        to = default;
        if (ServiceRoute.Count == 0 || !NameAddress.TryRead(ServiceRoute[0], out var hop) || !TopRoute.TryAddress(hop.Uri, out var address)) return false;
        to = address.ForSize(octets);
        return true;
    }
}

/// <summary>The flows that UEs are registered on. Runs under the P-CSCF's gate.</summary>
/// <param name="most">How many are remembered; the oldest is forgotten first.</param>
internal sealed class RegisteredFlows(int most)
{
    private readonly Dictionary<SipFlow, RegisteredFlow> flows = [];
    private readonly Queue<SipFlow> order = new();

    /// <summary>The registration on a flow; null where there is none.</summary>
    public RegisteredFlow? Find(SipFlow flow) => flows.GetValueOrDefault(flow);

    /// <summary>A final response to REGISTER goes out.</summary>
    public void Concluded(SipServerTransaction register, SipMessage response)
    {
        if (response.StatusCode is < 200 or >= 300) return;
        if (response.Count(SipHeader.Contact) == 0)
        {
            flows.Remove(register.Flow);
            return;
        }

        List<byte[]> identities = [], route = [];
        foreach (var value in response.Values(SipHeader.PAssociatedUri))
            if (NameAddress.TryRead(value, out var identity)) identities.Add(identity.Uri.ToArray());
        foreach (var value in response.Values(SipHeader.ServiceRoute)) route.Add(value.ToArray());
        if (identities.Count == 0 && response.TryGet(SipHeader.To, out var to) && NameAddress.TryRead(to, out var user)) identities.Add(user.Uri.ToArray());
        if (identities.Count == 0) return;
        if (!flows.ContainsKey(register.Flow)) order.Enqueue(register.Flow);
        flows[register.Flow] = new RegisteredFlow(identities, route);
        if (order.Count > most) flows.Remove(order.Dequeue());
    }
}
