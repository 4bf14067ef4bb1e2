using System.Text;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;
using McConformance.Wire.Diameter.Peers;
using McConformance.Wire.Identities;

namespace McConformance.Entities.MigrationManagement;

/// <summary>
/// Puts one set of SIP identities in place of another as a message passes (TS 23.280 10.1.6.2 steps 4 and 9), and the destination and server
/// name that go with it. All other AVPs stay as they came: the authentication information is never touched.
/// </summary>
internal sealed class IdentityRewriter(SipIdentitySet to) : IAvpRewriter
{
    private readonly byte[] userName = Encoding.UTF8.GetBytes(to.Private.Value);
    private readonly byte[] publicIdentity = Encoding.UTF8.GetBytes(to.Public.Value);

    /// <summary>Destination-Realm to write; null keeps the one that came.</summary>
    public byte[]? Realm { get; init; }

    /// <summary>Destination-Host to write; null keeps the one that came.</summary>
    public byte[]? Host { get; init; }

    /// <summary>Server-Name to write, so that the S-CSCF's own is not seen outside (OWN CSC-18); null keeps the one that came.</summary>
    public byte[]? ServerName { get; init; }

    public AvpAction Visit(in Avp avp, DiameterDraft into)
    {
        if (avp.Vendor == 0)
        {
            return avp.Code switch
            {
                Rfc6733.UserNameCode => Put(into, Rfc6733.UserName, userName),
                Rfc6733.DestinationRealmCode when Realm is not null => Put(into, Rfc6733.DestinationRealm, Realm),
                Rfc6733.DestinationHostCode when Realm is not null => Host is null ? AvpAction.Drop : Put(into, Rfc6733.DestinationHost, Host),
                _ => AvpAction.Keep,
            };
        }

        if (avp.Vendor != Ts29229.Vendor) return AvpAction.Keep;
        return avp.Code switch
        {
            Ts29229.PublicIdentityCode => Put(into, Ts29229.PublicIdentity, publicIdentity),
            Ts29229.ServerNameCode when ServerName is not null => Put(into, Ts29229.ServerName, ServerName),
            _ => AvpAction.Keep,
        };
    }

    private static AvpAction Put(DiameterDraft into, AvpDefinition definition, byte[] value)
    {
        into.Put(definition, value);
        return AvpAction.Replaced;
    }
}
