using McConformance.Wire.Documents;
using McConformance.Wire.Identities;
using McConformance.Wire.Sip.Bodies;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Entities.UserEquipment.Clients;

using McService = McConformance.Wire.Documents.McService;

/// <summary>MCPTT and MCVideo client, the invitation to a private call (TS 24.379 11.1.1.2.1.1). Media are not built:
/// the invitation offers
/// none, and the user declines every call.</summary>
/// <param name="service">MCPTT or MCVideo.</param>
/// <param name="instance">Instance of the client, a URN.</param>
public sealed class PrivateCallClient(McService service, string instance)
{
    private readonly McServiceNames names = McServiceNames.Of(service);

    /// <summary>Writes an invitation of one user.</summary>
    public UserRequest Invite(string psi, McServiceId to)
    {
        var info = new McServiceInfo { Service = service, SessionType = "private", ClientId = instance };
        var body = new MultipartBody()
            .Add(info.ContentType, info.ToOctets())
            .Add(ResourceLists.ContentType, ResourceLists.Of(to.Value).ToOctets());
        return new UserRequest(
            SipMethod.Invite, psi,
            [
                ("P-Preferred-Service", names.Icsi), ("Accept-Contact", $"*;{names.FeatureTag};require;explicit"),
                ("Answer-Mode", "Manual"),
            ],
            body.ContentType, body.ToOctets());
    }

    /// <summary>Who invites; null where it is no invitation to a private call.</summary>
    public static McServiceId? Read(SipMessage request)
    {
        if (request.Method != SipMethod.Invite || !request.TryGet(SipHeader.ContentType, out var type)) return null;
        McServiceInfo? info = null;
        if (!Multipart.TryRead(type, request.Body, out var parts)) return null;
        while (parts.MoveNext())
            if (parts.TryGetHeader("Content-Type"u8, out var of) && of.IndexOf("-info+xml"u8) >= 0)
                McServiceInfo.TryRead(parts.Content.ToArray(), out info, []);
        return info is { SessionType: "private", CallingUserId: { } caller } ? caller : null;
    }
}
