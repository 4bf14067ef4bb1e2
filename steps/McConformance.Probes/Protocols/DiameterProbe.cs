using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using McConformance.Probes.Transport;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;
using McConformance.Wire.Diameter.Templates;
using McConformance.Wire.Identities;

namespace McConformance.Probes.Protocols;

/// <summary>CER and CEA (RFC 6733 5.3), then DPR, so that the other side does not take the connection for a
/// peer's.</summary>
internal static class DiameterProbe
{
    /// <summary>What a node answers where it does not know its peer (RFC 6733 7.1.3).</summary>
    private const uint UnknownPeer = 3010;

    // what RFC 6733 7.1 has for a CEA
    private static readonly Dictionary<uint, string> Names = new()
    {
        [UnknownPeer] = "DIAMETER_UNKNOWN_PEER",
        [4003] = "ELECTION_LOST",
        [5001] = "DIAMETER_AVP_UNSUPPORTED",
        [5005] = "DIAMETER_MISSING_AVP",
        [5010] = "DIAMETER_NO_COMMON_APPLICATION",
        [5012] = "DIAMETER_UNABLE_TO_COMPLY",
        [5017] = "DIAMETER_NO_COMMON_SECURITY",
    };

    /// <summary>Runs it.</summary>
    /// <exception cref="ProbeException">Says what is wrong.</exception>
    public static async Task<string> RunAsync(
        ProbeTarget target, ProbeConnection connection, Doing doing, CancellationToken cancellation)
    {
        var (host, realm) = target.OwnDiameterName;
        doing.Begin("waiting for CEA",
            $"it takes the connection and no CER: it may not know the peer {host}; see its log");
        var own = new Capabilities(
            new DiameterIdentity(host), new DiameterIdentity(realm), connection.Local.Address, "McConformance check",
            [Ts29229.Application]);
        var id = BinaryPrimitives.ReadUInt32BigEndian(RandomNumberGenerator.GetBytes(4));
        await SendAsync(connection, draft => Rfc6733Messages.CapabilitiesExchangeRequest(draft, own, id, id),
            cancellation)
            .ConfigureAwait(false);
        var answer = await ReadAsync(connection, host, cancellation).ConfigureAwait(false);
        var told = Judge(answer, target, host, id);
        await SendAsync(
            connection,
            draft => Rfc6733Messages.DisconnectPeerRequest(draft, own, id + 1, id + 1, Rfc6733Messages.REBOOTING),
            cancellation).ConfigureAwait(false);
        return told;
    }

    private static async Task SendAsync(
        ProbeConnection connection, Func<DiameterDraft, DiameterDraft> write, CancellationToken cancellation)
    {
        var draft = write(DiameterDraft.Rent());
        await connection.SendAsync(draft.Octets.ToArray(), cancellation).ConfigureAwait(false);
        DiameterDraft.Return(draft);
    }

    private static async Task<DiameterMessage> ReadAsync(
        ProbeConnection connection, string host, CancellationToken cancellation)
    {
        var message = new DiameterMessage();
        while (true)
        {
            var received = connection.Received;
            var status = received.Length > 0 && received.Span[0] != 1
                ? OperationStatus.InvalidData : message.TryIndex(received, out _);
            if (status == OperationStatus.Done) return message;
            if (status == OperationStatus.InvalidData)
            {
                throw new ProbeException(
                    $"it answered CER with {ProbeConnection.Show(received.Span)}, which is no Diameter",
                    "mend \"port\" and \"protocol\"");
            }

            if (await connection.ReceiveMoreAsync(cancellation).ConfigureAwait(false)) continue;
            throw new ProbeException(
                received.IsEmpty ? "it closed the connection upon CER without a CEA"
                    : "it closed the connection in the midst of its CEA",
                $"add {host} to its peer table, or set \"diameterIdentity\" of \"credentials\" to a peer it knows");
        }
    }

    private static string Judge(DiameterMessage answer, ProbeTarget target, string host, uint id)
    {
        if (answer.Command != Rfc6733.CapabilitiesExchange || answer.IsRequest || answer.HopByHop != id)
        {
            throw new ProbeException(
                $"it answered CER with {(answer.IsRequest ? "a request" : "an answer")} of command {answer.Command}",
                "the peer must answer CER before it sends anything else (RFC 6733 5.3)");
        }

        var result = answer.TryFind(Rfc6733.ResultCodeCode, 0, out var code) ? code.Uint32 : 0;
        if (result != Rfc6733.DIAMETER_SUCCESS) throw Refused(answer, result, host);
        var name = answer.TryFind(Rfc6733.OriginHostCode, 0, out var origin) ? origin.Text : "";
        if (new DiameterIdentity(name) != target.Endpoint.Node)
        {
            throw new ProbeException(
                $"its CEA says that it is \"{name}\", and the configuration calls it \"{target.Endpoint.Node}\"",
                "mend \"node\", or \"address\" and \"port\"");
        }

        if (!Offers(answer))
        {
            throw new ProbeException(
                $"its CEA offers no Cx (application {Ts29229.Application})",
                    "switch on Cx for this peer (TS 29.229 5.6)");
        }

        var product = answer.TryFind(Rfc6733.ProductNameCode, 0, out var avp) ? avp.Text : "?";
        return $"CEA of {name} ({product}) with Cx";
    }

    private static ProbeException Refused(DiameterMessage answer, uint result, string host)
    {
        var words = Names.GetValueOrDefault(result, "of no common name");
        var text = answer.TryFind(Rfc6733.ErrorMessageCode, 0, out var error) ? $": {error.Text}" : "";
        return new ProbeException(
            $"its CEA refuses with result code {result} ({words}){text}",
            result == UnknownPeer ? $"add {host} to its peer table" : $"mend its configuration for the peer {host}");
    }

    // RFC 6733 5.3.1: an application stands by itself or in a group with its vendor; a relay takes all
    private static bool Offers(DiameterMessage answer)
    {
        foreach (var avp in answer.FindAll(Rfc6733.AuthApplicationIdCode, 0))
            if (avp.Uint32 is Ts29229.Application or Rfc6733.RelayApplication) return true;
        foreach (var group in answer.FindAll(Rfc6733.VendorSpecificApplicationIdCode, 0))
            if (group.TryFind(Rfc6733.AuthApplicationIdCode, 0, out var id)
                && id.Uint32 == Ts29229.Application) return true;
        return false;
    }
}
