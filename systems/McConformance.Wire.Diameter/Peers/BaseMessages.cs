using System.Net;
using System.Net.Sockets;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;

namespace McConformance.Wire.Diameter.Peers;

/// <summary>Writes the messages of a connection (RFC 6733 5.3, 5.4 and 5.5).</summary>
internal static class BaseMessages
{
    private static readonly AvpDefinition[] ApplicationIds = [Rfc6733.AuthApplicationId];

    public static DiameterDraft CapabilitiesRequest(DiameterNode node, IPAddress local, uint hopByHop, uint endToEnd) =>
        Capabilities(node, local, Request(node, Rfc6733.CapabilitiesExchange, hopByHop, endToEnd)).Finish();

    public static DiameterDraft CapabilitiesAnswer(DiameterNode node, IPAddress local, DiameterMessage request, uint result, string? text)
    {
        var draft = Answer(node, request, result);
        if (text is not null) draft.Put(Rfc6733.ErrorMessage, text);
        return Capabilities(node, local, draft).Finish();
    }

    public static DiameterDraft WatchdogRequest(DiameterNode node, uint hopByHop, uint endToEnd) =>
        Request(node, Rfc6733.DeviceWatchdog, hopByHop, endToEnd).Finish();

    /// <param name="node">Who leaves.</param>
    /// <param name="hopByHop">Own.</param>
    /// <param name="endToEnd">Own.</param>
    /// <param name="cause">0 REBOOTING, 1 BUSY, 2 DO_NOT_WANT_TO_TALK_TO_YOU.</param>
    public static DiameterDraft DisconnectRequest(DiameterNode node, uint hopByHop, uint endToEnd, uint cause) =>
        Request(node, Rfc6733.DisconnectPeer, hopByHop, endToEnd).Put(Rfc6733.DisconnectCause, cause).Finish();

    /// <summary>Answer to a request of the base protocol.</summary>
    public static DiameterDraft Answer(DiameterNode node, DiameterMessage request, uint result)
    {
        var flags = (byte)((request.Flags & 0x40) | (result is >= 3000 and < 4000 ? 0x20 : 0));
        return DiameterDraft.Rent().Start(flags, request.Command, request.Application, request.HopByHop, request.EndToEnd)
            .Put(Rfc6733.ResultCode, result).Put(Rfc6733.OriginHost, node.HostOctets).Put(Rfc6733.OriginRealm, node.RealmOctets);
    }

    private static DiameterDraft Request(DiameterNode node, uint command, uint hopByHop, uint endToEnd) =>
        DiameterDraft.Rent().Start(0x80, command, 0, hopByHop, endToEnd)
            .Put(Rfc6733.OriginHost, node.HostOctets).Put(Rfc6733.OriginRealm, node.RealmOctets);

    private static DiameterDraft Capabilities(DiameterNode node, IPAddress local, DiameterDraft draft)
    {
        Span<byte> address = stackalloc byte[18];
        address[0] = 0;
        address[1] = (byte)(local.AddressFamily == AddressFamily.InterNetwork ? 1 : 2);
        local.TryWriteBytes(address[2..], out var written);
        draft.Put(Rfc6733.HostIPAddress, address[..(2 + written)]).Put(Rfc6733.VendorId, 0u).Put(Rfc6733.ProductName, node.Options.ProductName);
        foreach (var application in node.Options.Applications)
        {
            if (application == Rfc6733.RelayApplication)
            {
                draft.Put(ApplicationIds[0], application);
                continue;
            }

            draft.Put(Rfc6733.SupportedVendorId, Ts29229.Vendor)
                .BeginGroup(Rfc6733.VendorSpecificApplicationId).Put(Rfc6733.VendorId, Ts29229.Vendor)
                .Put(Rfc6733.AuthApplicationId, application).EndGroup();
        }

        return draft;
    }
}
