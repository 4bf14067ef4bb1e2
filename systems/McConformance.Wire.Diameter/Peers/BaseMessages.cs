using System.Net;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Templates;

namespace McConformance.Wire.Diameter.Peers;

/// <summary>Writes the messages of a connection for a node (RFC 6733 5.3, 5.4 and 5.5); how they look is in the
/// templates.</summary>
internal static class BaseMessages
{
    public static DiameterDraft CapabilitiesRequest(DiameterNode node, IPAddress local, uint hopByHop, uint endToEnd) =>
        Rfc6733Messages.CapabilitiesExchangeRequest(DiameterDraft.Rent(), Own(node, local), hopByHop, endToEnd);

    public static DiameterDraft CapabilitiesAnswer(DiameterNode node, IPAddress local, DiameterMessage request,
        CapabilityRefusal refusal) =>
        Rfc6733Messages.CapabilitiesExchangeAnswer(
            DiameterDraft.Rent(), Own(node, local), request, refusal.Code, refusal.Text, refusal.Fault);

    public static DiameterDraft WatchdogRequest(DiameterNode node, uint hopByHop, uint endToEnd) =>
        Rfc6733Messages.DeviceWatchdogRequest(DiameterDraft.Rent(), Own(node, IPAddress.Any), hopByHop, endToEnd);

    public static DiameterDraft DisconnectRequest(DiameterNode node, uint hopByHop, uint endToEnd, uint cause) =>
        Rfc6733Messages.DisconnectPeerRequest(DiameterDraft.Rent(), Own(node, IPAddress.Any), hopByHop, endToEnd,
            cause);

    /// <summary>The beginning of an answer; not finished.</summary>
    public static DiameterDraft Answer(DiameterNode node, DiameterMessage request, uint result) =>
        Rfc6733Messages.Answer(DiameterDraft.Rent(), node.Host, node.Realm, request, result);

    private static Capabilities Own(DiameterNode node, IPAddress address) =>
        new(node.Host, node.Realm, address, node.Options.ProductName, node.Options.Applications);
}
