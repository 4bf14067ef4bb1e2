using System.Text;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;
using McConformance.Wire.Diameter.Peers;
using McConformance.Wire.Identities;

namespace McConformance.Entities.MigrationManagement;

/// <summary>What the server does in a partner MC system: TS 23.280 10.1.6.2 steps 3, 4, 8 and 9.</summary>
internal sealed class PartnerSide(MigrationPolicy policy, DiameterIdentity host)
{
    private readonly byte[] ownUri = Encoding.UTF8.GetBytes($"sip:{host}");
    private readonly Dictionary<InboundBinding, (IdentityRewriter Out, IdentityRewriter Back)> rewriters = new(ReferenceEqualityComparer.Instance);

    /// <summary>Step 3 and 4: recognises the identities of an inbound migrated UE and asks its primary MC system.</summary>
    /// <returns>False where the identities are not those of an inbound migrated UE; nothing was done then.</returns>
    public bool Handles(DiameterServerTransaction transaction)
    {
        var request = transaction.Request;
        if (!request.TryFind(Rfc6733.UserNameCode, 0, out var userName)) return false;
        var isPublicKnown = request.TryFind(Ts29229.PublicIdentityCode, Ts29229.Vendor, out var publicIdentity);
        if (!policy.TryGetInbound(userName.Text, out var binding))
        {
            if (!isPublicKnown || !policy.IsInboundPublic(publicIdentity.Text)) return false;
            Refuse(transaction, Ts29229.DIAMETER_ERROR_IDENTITIES_DONT_MATCH);
            return true;
        }

        if (!isPublicKnown || publicIdentity.Text != binding.Partner.Public.Value)
            Refuse(transaction, Ts29229.DIAMETER_ERROR_IDENTITIES_DONT_MATCH);
        else if (!policy.PermittedRealms.Contains(binding.PrimaryRealm))
            Refuse(transaction, Ts29229.DIAMETER_ERROR_ROAMING_NOT_ALLOWED);
        else
        {
            transaction.State = binding;
            transaction.Forward(Rewriters(binding).Out);
        }

        return true;
    }

    /// <summary>Step 8 and 9: recognises the primary's identities and answers with the partner's. An answer about somebody else is not passed on.</summary>
    public void Answer(DiameterServerTransaction transaction, DiameterMessage answer, InboundBinding binding)
    {
        if (IsAbout(answer, binding.Primary)) transaction.PassBack(answer, Rewriters(binding).Back);
        else transaction.Answer(transaction.NewAnswer(Rfc6733.DIAMETER_UNABLE_TO_COMPLY).Finish());
    }

    /// <summary>An error may leave the identities out; authentication information may not.</summary>
    private static bool IsAbout(DiameterMessage answer, SipIdentitySet primary)
    {
        var hasPrivate = answer.TryFind(Rfc6733.UserNameCode, 0, out var userName);
        var hasPublic = answer.TryFind(Ts29229.PublicIdentityCode, Ts29229.Vendor, out var publicIdentity);
        if (hasPrivate && userName.Text != primary.Private.Value) return false;
        if (hasPublic && publicIdentity.Text != primary.Public.Value) return false;
        return (hasPrivate && hasPublic) || !answer.TryFind(Ts29229.SipAuthDataItemCode, Ts29229.Vendor, out _);
    }

    private static void Refuse(DiameterServerTransaction transaction, uint experimentalCode) =>
        transaction.Answer(transaction.NewExperimentalAnswer(Ts29229.Vendor, experimentalCode).Finish());

    private (IdentityRewriter Out, IdentityRewriter Back) Rewriters(InboundBinding binding)
    {
        if (rewriters.TryGetValue(binding, out var pair)) return pair;
        var outward = new IdentityRewriter(binding.Primary)
        {
            Realm = Encoding.UTF8.GetBytes(binding.PrimaryRealm.Value),
            Host = Encoding.UTF8.GetBytes(binding.PrimaryServer.Value),
            ServerName = ownUri,
        };
        return rewriters[binding] = (outward, new IdentityRewriter(binding.Partner));
    }
}
