using System.Security.Cryptography;
using McConformance.Wire.Authentication;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;
using McConformance.Wire.Diameter.Peers;

namespace McConformance.Entities.SipDatabase;

/// <summary>
/// Multimedia-Auth (TS 29.228 6.3): the SIP database's part of TS 23.280 10.1.6.2 steps 5 and 6. Makes one vector for each
/// request, whatever number is asked for (TS 29.228 6.3.1 lets it send fewer).
/// </summary>
internal sealed class AuthenticationVectors
{
    private static readonly byte[] Scheme = "Digest-AKAv1-MD5"u8.ToArray();

    public void Provide(DiameterServerTransaction transaction, Subscription subscription)
    {
        if (subscription.Authentication is not { } data)
        {
            // the keys are at another MC system: this database cannot authenticate the user
            SipDatabaseServer.Refuse(transaction, Ts29229.DIAMETER_ERROR_USER_UNKNOWN);
            return;
        }

        Avp resynchronisation = default;
        if (transaction.Request.TryFind(Ts29229.SipAuthDataItem.Code, Ts29229.Vendor, out var item))
        {
            if (item.TryFind(Ts29229.SipAuthenticationScheme.Code, Ts29229.Vendor, out var scheme) && !IsOffered(scheme.Data))
            {
                SipDatabaseServer.Refuse(transaction, Ts29229.DIAMETER_ERROR_AUTH_SCHEME_NOT_SUPPORTED);
                return;
            }

            item.TryFind(Ts29229.SipAuthorization.Code, Ts29229.Vendor, out resynchronisation);
        }

        if (!resynchronisation.Data.IsEmpty && !TryResynchronise(data, resynchronisation.Data))
        {
            transaction.Answer(transaction.NewAnswer(Rfc6733.DIAMETER_UNABLE_TO_COMPLY).Finish());
            return;
        }

        Store(transaction.Request, subscription);
        Answer(transaction, data);
    }

    /// <summary>TS 29.228 6.3.1: the name of the S-CSCF is stored, and the authentication is pending from now on.</summary>
    private static void Store(DiameterMessage request, Subscription subscription)
    {
        var (status, name) = subscription.Served;
        if (status == RegistrationStatus.NotRegistered) status = RegistrationStatus.AuthenticationPending;
        if (request.TryFind(Ts29229.ServerName.Code, Ts29229.Vendor, out var server)) name = server.Text;
        subscription.Served = new ServedBy(status, name);
    }

    private static bool IsOffered(ReadOnlySpan<byte> scheme) => scheme.SequenceEqual(Scheme) || scheme.SequenceEqual("Unknown"u8);

    /// <summary>TS 33.102 6.3.5; SIP-Authorization holds RAND and AUTS, 30 octets.</summary>
    private static bool TryResynchronise(AuthenticationData data, ReadOnlySpan<byte> randAndAuts)
    {
        if (randAndAuts.Length != AkaToken.RandLength + AkaToken.AutsLength) return false;
        if (!AkaToken.TryReadAuts(data.Milenage, randAndAuts[..16], randAndAuts[16..], out var sqnMs)) return false;
        data.Resynchronise(sqnMs);
        return true;
    }

    private static void Answer(DiameterServerTransaction transaction, AuthenticationData data)
    {
        Span<byte> randAutn = stackalloc byte[32], xres = stackalloc byte[8], ck = stackalloc byte[16], ik = stackalloc byte[16];
        RandomNumberGenerator.Fill(randAutn[..16]);
        AkaToken.WriteVector(data.Milenage, randAutn[..16], data.NextSqn(), data.Amf, randAutn[16..], xres, ck, ik);

        var answer = transaction.NewAnswer(Rfc6733.DIAMETER_SUCCESS);
        CopyIdentities(transaction.Request, answer);
        answer.Put(Ts29229.SipNumberAuthItems, 1)
            .BeginGroup(Ts29229.SipAuthDataItem)
            .Put(Ts29229.SipItemNumber, 1)
            .Put(Ts29229.SipAuthenticationScheme, Scheme)
            .Put(Ts29229.SipAuthenticate, randAutn)
            .Put(Ts29229.SipAuthorization, xres)
            .Put(Ts29229.ConfidentialityKey, ck)
            .Put(Ts29229.IntegrityKey, ik)
            .EndGroup();
        transaction.Answer(answer.Finish());
    }

    private static void CopyIdentities(DiameterMessage request, DiameterDraft answer)
    {
        if (request.TryFind(Rfc6733.UserName.Code, 0, out var userName)) answer.Copy(userName);
        if (request.TryFind(Ts29229.PublicIdentity.Code, Ts29229.Vendor, out var identity)) answer.Copy(identity);
    }
}
