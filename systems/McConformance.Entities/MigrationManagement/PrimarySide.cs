using System.Text;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;
using McConformance.Wire.Diameter.Peers;
using McConformance.Wire.Identities;

namespace McConformance.Entities.MigrationManagement;

/// <summary>
/// What the server does in the primary MC system: TS 23.280 10.1.6.2 steps 5 and 7, and the check of TS 23.280 7.5.2.18 that the UE is
/// permitted to migrate to the MC system that asks. As a rewriter it turns the request to the SIP database.
/// </summary>
internal sealed class PrimarySide(MigrationPolicy policy, DiameterIdentity realm, DiameterIdentity database) : IAvpRewriter
{
    private readonly byte[] realmOctets = Encoding.UTF8.GetBytes(realm.Value);
    private readonly byte[] databaseOctets = Encoding.UTF8.GetBytes(database.Value);

    /// <summary>Answers what is refused.</summary>
    /// <returns>True where the SIP database is to be asked.</returns>
    public bool Admits(DiameterServerTransaction transaction, DiameterIdentity asker)
    {
        var request = transaction.Request;
        if (DiameterDictionary.Command(request.Command) is null)
        {
            transaction.AnswerError(Rfc6733.DIAMETER_COMMAND_UNSUPPORTED, null);
            return false;
        }

        var isBelieved = policy.MaySpeakFor(transaction.PeerHost, asker);
        if (!isBelieved || !policy.PermittedRealms.Contains(asker) || request.Command != Ts29229.MultimediaAuth)
        {
            transaction.Answer(transaction.NewAnswer(Rfc6733.DIAMETER_AUTHORIZATION_REJECTED).Finish());
            return false;
        }

        var refusal = Refusal(request, asker);
        if (refusal == 0) return true;
        transaction.Answer(transaction.NewExperimentalAnswer(Ts29229.Vendor, refusal).Finish());
        return false;
    }

    public AvpAction Visit(in Avp avp, DiameterDraft into)
    {
        if (avp.Vendor != 0) return AvpAction.Keep;
        switch (avp.Code)
        {
            case Rfc6733.DestinationRealmCode:
                into.Put(Rfc6733.DestinationRealm, realmOctets);
                return AvpAction.Replaced;
            case Rfc6733.DestinationHostCode:
                into.Put(Rfc6733.DestinationHost, databaseOctets);
                return AvpAction.Replaced;
            default:
                return AvpAction.Keep;
        }
    }

    private uint Refusal(DiameterMessage request, DiameterIdentity asker)
    {
        if (!request.TryFind(Rfc6733.UserNameCode, 0, out var userName) || !policy.TryGetOutbound(userName.Text, out var set))
            return Ts29229.DIAMETER_ERROR_USER_UNKNOWN;
        if (!request.TryFind(Ts29229.PublicIdentityCode, Ts29229.Vendor, out var identity) || identity.Text != set.Identities.Public.Value)
            return Ts29229.DIAMETER_ERROR_IDENTITIES_DONT_MATCH;
        return policy.IsEnabled(set) && set.PartnerRealms.Contains(asker) ? 0 : Ts29229.DIAMETER_ERROR_ROAMING_NOT_ALLOWED;
    }
}
