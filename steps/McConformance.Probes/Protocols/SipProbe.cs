using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using McConformance.Probes.Transport;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Probes.Protocols;

/// <summary>OPTIONS (RFC 3261 11). Any final response shows that SIP is spoken there; only a server failure is told
/// as one.</summary>
internal static class SipProbe
{
    /// <summary>T1 of RFC 3261 17.1.1.1.</summary>
    private static readonly TimeSpan T1 = TimeSpan.FromMilliseconds(500);

    /// <summary>Over UDP, sent again as RFC 3261 17.1.2.2 has it.</summary>
    public static async Task<string> OverUdpAsync(
        ProbeTarget target, IPAddress address, Doing doing, CancellationToken cancellation)
    {
        var at = new IPEndPoint(address, target.Endpoint.Port);
        using var udp = ProbeSocket.Udp(at);
        var (request, branch) = Options(target, (IPEndPoint)udp.LocalEndPoint!);
        var octets = Encoding.ASCII.GetBytes(request);
        doing.Begin("waiting for a response to OPTIONS",
            "start the entity, or mend \"address\" and \"port\"; a firewall may drop UDP");
        var buffer = new byte[65_536];
        for (var wait = T1; ; wait = TimeSpan.FromTicks(Math.Min(wait.Ticks * 2, T1.Ticks * 8)))
        {
            try
            {
                await udp.SendAsync(octets, SocketFlags.None, cancellation).ConfigureAwait(false);
                using var turn = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                turn.CancelAfter(wait);
                while (true)
                {
                    var length = await udp.ReceiveAsync(buffer, SocketFlags.None, turn.Token).ConfigureAwait(false);
                    if (Take(buffer.AsMemory(0, length), branch, stream: false, out _) is { } told) return told;
                }
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                // nothing yet: send it again
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
            {
                throw new ProbeException(
                    $"nothing listens at {at}: port unreachable", "start the entity, or mend \"address\" and \"port\"");
            }
        }
    }

    /// <summary>Over TCP or TLS.</summary>
    public static async Task<string> OverStreamAsync(
        ProbeTarget target, ProbeConnection connection, Doing doing, CancellationToken cancellation)
    {
        doing.Begin("waiting for a response to OPTIONS", "it takes the connection and answers nothing: see its log");
        var (request, branch) = Options(target, connection.Local);
        await connection.SendAsync(Encoding.ASCII.GetBytes(request), cancellation).ConfigureAwait(false);
        var taken = 0;
        while (true)
        {
            while (taken < connection.Received.Length)
            {
                if (Take(connection.Received[taken..], branch, stream: true, out var consumed) is { } told) return told;
                if (consumed == 0) break;
                taken += consumed;
            }

            if (!MayBeSip(connection.Received.Span[taken..])) throw NoSip(connection.Received.Span[taken..]);
            if (await connection.ReceiveMoreAsync(cancellation).ConfigureAwait(false)) continue;
            if (taken < connection.Received.Length) throw NoSip(connection.Received.Span[taken..]);
            throw new ProbeException(
                "it closed the connection upon OPTIONS without a response", "see its log: it may not take this peer");
        }
    }

    /// <summary>What a message says of the endpoint; null where it is none of ours, or provisional, or not
    /// whole.</summary>
    private static string? Take(ReadOnlyMemory<byte> octets, string branch, bool stream, out int consumed)
    {
        var message = new SipMessage();
        var status = message.TryIndex(octets, stream, out consumed);
        if (status == OperationStatus.InvalidData) throw NoSip(octets.Span);
        if (status != OperationStatus.Done || message.StatusCode < 200) return null;
        if (!message.TryGet(SipHeader.Via, out var via) || via.IndexOf(Encoding.ASCII.GetBytes(
            branch)) < 0) return null;
        var words = $"{message.StatusCode} {Encoding.UTF8.GetString(message.ReasonPhrase)}".TrimEnd();
        if (message.StatusCode is >= 500 and not 501)
            throw new ProbeException($"it answers OPTIONS with {words}",
                "mend what the entity itself calls a failure; see its log");
        var by = message.TryGet(SipHeader.Server, out var server) ? $" by {Encoding.UTF8.GetString(server)}" : "";
        return $"OPTIONS answered with {words}{by}";
    }

    // a start line begins with a letter; empty lines may stand before it (RFC 3261 7.5)
    private static bool MayBeSip(ReadOnlySpan<byte> octets) =>
        octets.IsEmpty || octets[0] is (byte)'\r' or (byte)'\n' || char.IsAsciiLetter((char)octets[0]);

    private static ProbeException NoSip(ReadOnlySpan<byte> octets) => new(
        $"it answered OPTIONS with {ProbeConnection.Show(octets)}, which is no SIP", "mend \"port\" and \"protocol\"");

    private static (string Request, string Branch) Options(ProbeTarget target, IPEndPoint local)
    {
        var branch = "z9hG4bK" + RandomNumberGenerator.GetHexString(16, lowercase: true);
        var tag = RandomNumberGenerator.GetHexString(8, lowercase: true);
        var text = string.Create(CultureInfo.InvariantCulture, $"""
            OPTIONS sip:{target.Endpoint.Node} SIP/2.0
            Via: SIP/2.0/{target.Endpoint.Transport.ToUpperInvariant()} {local};rport;branch={branch}
            Max-Forwards: 70
            From: <sip:check@{target.System.Domain}>;tag={tag}
            To: <sip:{target.Endpoint.Node}>
            Call-ID: {tag}{branch[7..]}
            CSeq: 1 OPTIONS
            Contact: <sip:check@{local};transport={target.Endpoint.Transport}>
            Accept: application/sdp
            Content-Length: 0


            """);
        return (text.ReplaceLineEndings("\r\n"), branch);
    }
}
