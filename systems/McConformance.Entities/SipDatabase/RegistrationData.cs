using System.Text;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;
using McConformance.Wire.Diameter.Peers;

namespace McConformance.Entities.SipDatabase;

/// <summary>User-Authorization, Server-Assignment and Location-Info (TS 29.228 6.1).</summary>
internal sealed class RegistrationData
{
    /// <summary>TS 29.228 6.1.1.</summary>
    public void Authorize(DiameterServerTransaction transaction, Subscription subscription)
    {
        var type = transaction.Request.TryFind(Ts29229.UserAuthorizationType.Code, Ts29229.Vendor, out var avp) ? avp.Uint32 : 0;
        if (type == Ts29229.DE_REGISTRATION && subscription.Served.Status == RegistrationStatus.NotRegistered)
        {
            SipDatabaseServer.Refuse(transaction, Ts29229.DIAMETER_ERROR_IDENTITY_NOT_REGISTERED);
            return;
        }

        var isRegistered = subscription.Served.Status == RegistrationStatus.Registered;
        var answer = type == Ts29229.DE_REGISTRATION
            ? transaction.NewAnswer(Rfc6733.DIAMETER_SUCCESS)
            : transaction.NewExperimentalAnswer(
                Ts29229.Vendor, isRegistered ? Ts29229.DIAMETER_SUBSEQUENT_REGISTRATION : Ts29229.DIAMETER_FIRST_REGISTRATION);
        PutServer(answer, subscription);
        transaction.Answer(answer.Finish());
    }

    /// <summary>TS 29.228 6.1.2.</summary>
    public void Assign(DiameterServerTransaction transaction, Subscription subscription)
    {
        var request = transaction.Request;
        if (!request.TryFind(Ts29229.ServerAssignmentType.Code, Ts29229.Vendor, out var type))
        {
            transaction.Answer(transaction.NewAnswer(Rfc6733.DIAMETER_MISSING_AVP).Finish());
            return;
        }

        switch (type.Uint32)
        {
            case Ts29229.NO_ASSIGNMENT:
                break;
            case Ts29229.REGISTRATION or Ts29229.RE_REGISTRATION:
                var isNamed = request.TryFind(Ts29229.ServerName.Code, Ts29229.Vendor, out var server);
                subscription.Served = new ServedBy(RegistrationStatus.Registered, isNamed ? server.Text : subscription.Served.Server);
                break;
            case Ts29229.TIMEOUT_DEREGISTRATION or Ts29229.USER_DEREGISTRATION or Ts29229.ADMINISTRATIVE_DEREGISTRATION:
            case Ts29229.AUTHENTICATION_FAILURE or Ts29229.AUTHENTICATION_TIMEOUT when subscription.Served.Status != RegistrationStatus.Registered:
                subscription.Served = new ServedBy(RegistrationStatus.NotRegistered, null);
                break;
            case Ts29229.AUTHENTICATION_FAILURE or Ts29229.AUTHENTICATION_TIMEOUT:
                break; // TS 29.228 6.1.2.1: a failed re-authentication leaves the registration as it was
            default:
                SipDatabaseServer.Refuse(transaction, Ts29229.DIAMETER_ERROR_IN_ASSIGNMENT_TYPE);
                return;
        }

        var answer = transaction.NewAnswer(Rfc6733.DIAMETER_SUCCESS);
        if (request.TryFind(Rfc6733.UserName.Code, 0, out var userName)) answer.Copy(userName);
        if (type.Uint32 is Ts29229.REGISTRATION or Ts29229.RE_REGISTRATION) answer.Put(Ts29229.UserData, Profile(subscription));
        transaction.Answer(answer.Finish());
    }

    /// <summary>TS 29.228 6.1.4.</summary>
    public void Locate(DiameterServerTransaction transaction, Subscription? subscription)
    {
        if (subscription is null) SipDatabaseServer.Refuse(transaction, Ts29229.DIAMETER_ERROR_USER_UNKNOWN);
        else if (subscription.Served.Status != RegistrationStatus.Registered)
            SipDatabaseServer.Refuse(transaction, Ts29229.DIAMETER_ERROR_IDENTITY_NOT_REGISTERED);
        else
        {
            var answer = transaction.NewAnswer(Rfc6733.DIAMETER_SUCCESS);
            PutServer(answer, subscription);
            transaction.Answer(answer.Finish());
        }
    }

    private static void PutServer(DiameterDraft answer, Subscription subscription)
    {
        if (subscription.Served.Server is { } name) answer.Put(Ts29229.ServerName, name);
        else answer.BeginGroup(Ts29229.ServerCapabilities).EndGroup();
    }

    /// <summary>The IMS subscription as TS 29.228 Annex B.2.1 and its schema have it, with no service profile triggers.</summary>
    private static byte[] Profile(Subscription subscription)
    {
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?><IMSSubscription><PrivateID>")
            .Append(subscription.PrivateIdentity.Value).Append("</PrivateID><ServiceProfile>");
        foreach (var identity in subscription.PublicIdentities)
            xml.Append("<PublicIdentity><Identity>").Append(System.Security.SecurityElement.Escape(identity.Value)).Append("</Identity></PublicIdentity>");
        return Encoding.UTF8.GetBytes(xml.Append("</ServiceProfile></IMSSubscription>").ToString());
    }
}
