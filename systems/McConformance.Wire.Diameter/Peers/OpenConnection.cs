using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;
using McConformance.Wire.Diameter.Transport;

namespace McConformance.Wire.Diameter.Peers;

/// <summary>What a message does on an open connection: those of the base protocol are answered here (RFC 6733 5.3 to
/// 5.5), all others
/// are routed.</summary>
internal static class OpenConnection
{
    public static void Handle(DiameterNode node, Peer peer, DiameterConnection connection, DiameterMessage message)
    {
        if (message.Version != 1)
        {
            if (message.IsRequest) RequestCheck.Refuse(node, connection, message, RequestCheck.Check(message, node));
            return;
        }

        peer.Heard(message is { Command: Rfc6733.DeviceWatchdog, IsRequest: false });
        if (message is { IsRequest: true, Command: Rfc6733.DeviceWatchdog or Rfc6733.DisconnectPeer } &&
            DiameterValidator.Check(message.Span) is { IsNone: false } fault)
        {
            RequestCheck.Refuse(node, connection, message, fault);
            return;
        }

        switch (message.Command)
        {
            case Rfc6733.DeviceWatchdog when message.IsRequest:
                PeerConnections.Reply(connection, BaseMessages.Answer(node, message, Rfc6733.DIAMETER_SUCCESS)
                    .Finish());
                break;
            case Rfc6733.DisconnectPeer when message.IsRequest:
                if (message.TryFind(Rfc6733.DisconnectCauseCode, 0, out var cause) &&
                    cause.Uint32 == 2) peer.StaysAway();
                PeerConnections.Reply(connection, BaseMessages.Answer(node, message, Rfc6733.DIAMETER_SUCCESS)
                    .Finish());
                peer.On(PeerEvent.RcvDpr);
                break;
            case Rfc6733.DisconnectPeer:
                peer.On(PeerEvent.RcvDpa);
                break;
            case Rfc6733.CapabilitiesExchange when message.IsRequest:
                PeerConnections.Reply(connection, BaseMessages.CapabilitiesAnswer(
                    node, connection.Local.Address, message, Capability.Judge(message, node, connection)));
                break;
            case Rfc6733.DeviceWatchdog or Rfc6733.CapabilitiesExchange:
                break;
            default:
                node.Routing.Handle(peer, connection, message);
                break;
        }
    }
}
