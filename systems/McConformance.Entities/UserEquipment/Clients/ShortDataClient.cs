using McConformance.Wire.Documents;
using McConformance.Wire.Identities;
using McConformance.Wire.Sip.Bodies;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Entities.UserEquipment.Clients;

using McService = McConformance.Wire.Documents.McService;

/// <summary>Short data that came.</summary>
/// <param name="From">Who sent it.</param>
/// <param name="Data">What.</param>
public sealed record ReceivedShortData(McServiceId From, ShortData Data);

/// <summary>MCData client, short data over the signalling plane, one to one (TS 24.282 9.2.2.2).</summary>
/// <param name="instance">Instance of the client, a URN.</param>
public sealed class ShortDataClient(string instance)
{
    private static readonly McServiceNames Names = McServiceNames.Of(McService.McData);

    /// <summary>Writes a request to send short data to a user.</summary>
    public UserRequest Send(string psi, McServiceId to, ShortData data)
    {
        var info = new McServiceInfo
        {
            Service = McService.McData,
            RequestType = ShortData.OneToOne,
            ClientId = instance
        };
        var body = new MultipartBody()
            .Add(info.ContentType, info.ToOctets())
            .Add(ResourceLists.ContentType, ResourceLists.Of(to.Value).ToOctets())
            .Add(ShortData.SignallingContentType, data.ToSignalling())
            .Add(ShortData.PayloadContentType, data.ToPayload());
        return new UserRequest(
            SipMethod.Message, psi,
            [("P-Preferred-Service", $"{Names.Icsi}.sds"),
                ("Accept-Contact", $"*;{Names.FeatureTag}.sds;require;explicit")],
            body.ContentType, body.ToOctets());
    }

    /// <summary>Reads a request that came; null where it is no short data.</summary>
    public static ReceivedShortData? Read(SipMessage request)
    {
        if (!request.TryGet(SipHeader.ContentType, out var type)
            || !Multipart.TryRead(type, request.Body, out var parts)) return null;
        McServiceInfo? info = null;
        byte[] signalling = [], payload = [];
        while (parts.MoveNext())
        {
            if (!parts.TryGetHeader("Content-Type"u8, out var of)) continue;
            if (of.StartsWith("application/vnd.3gpp.mcdata-info+xml"u8)) McServiceInfo.TryRead(parts.Content.ToArray(),
                out info, []);
            else if (of.StartsWith("application/vnd.3gpp.mcdata-signalling"u8)) signalling = parts.Content.ToArray();
            else if (of.StartsWith("application/vnd.3gpp.mcdata-payload"u8)) payload = parts.Content.ToArray();
        }

        return info is { RequestType: ShortData.OneToOne, CallingUserId: { } from }
            && ShortData.TryRead(signalling, payload, out var data)
            ? new ReceivedShortData(from, data)
            : null;
    }
}
