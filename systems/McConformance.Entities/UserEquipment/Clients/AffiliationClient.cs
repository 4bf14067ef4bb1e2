using McConformance.Wire.Documents;
using McConformance.Wire.Identities;
using McConformance.Wire.Sip.Bodies;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Entities.UserEquipment.Clients;

using McService = McConformance.Wire.Documents.McService;

/// <summary>MC service client, affiliation to groups (TS 24.379 9.2.1.2).</summary>
/// <param name="service">Which service.</param>
/// <param name="instance">Instance of the client, a URN.</param>
public sealed class AffiliationClient(McService service, string instance)
{
    private readonly McServiceNames names = McServiceNames.Of(service);

    /// <summary>Writes a request to be affiliated to these groups, and no others.</summary>
    public UserRequest Affiliate(string psi, McServiceId user, params McGroupId[] groups)
    {
        var info = new McServiceInfo { Service = service, RequestUri = user.Value, ClientId = instance };
        var wanted = new GroupAffiliations
        {
            Service = service,
            User = user,
            ClientId = instance,
            RequestId = Guid.NewGuid().ToString("N"),
            Groups = groups,
        };
        var body = new MultipartBody()
            .Add(info.ContentType, info.ToOctets())
            .Add(GroupAffiliations.ContentType, wanted.ToOctets());
        return new UserRequest(
            SipMethod.Publish, psi,
            [
                ("Event", "presence"), ("Expires", "4294967295"), ("P-Preferred-Service", names.Icsi),
                ("Accept-Contact", $"*;{names.FeatureTag};require;explicit"),
            ],
            body.ContentType, body.ToOctets());
    }
}
