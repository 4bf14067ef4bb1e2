using System.Net;
using System.Net.Sockets;
using System.Text;

namespace McConformance.Probes.Transport;

/// <summary>A connection to an endpoint, plain or under TLS.</summary>
/// <param name="socket">Connected.</param>
/// <param name="stream">On it.</param>
/// <param name="security">What was seen of TLS; empty where there is none.</param>
internal sealed class ProbeConnection(Socket socket, Stream stream, string security) : IAsyncDisposable
{
    private byte[] buffer = new byte[16 * 1024];
    private int length;

    /// <summary>Plain text.</summary>
    public Stream Stream => stream;

    /// <summary>What was seen of TLS; empty where there is none.</summary>
    public string Security => security;

    /// <summary>Own address.</summary>
    public IPEndPoint Local => (IPEndPoint)socket.LocalEndPoint!;

    /// <summary>What came and was not taken yet.</summary>
    public ReadOnlyMemory<byte> Received => buffer.AsMemory(0, length);

    /// <summary>Sends octets.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellation)
    {
        await stream.WriteAsync(octets, cancellation).ConfigureAwait(false);
        await stream.FlushAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Waits for more octets; false where the other side has ended the connection.</summary>
    public async Task<bool> ReceiveMoreAsync(CancellationToken cancellation)
    {
        if (length == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
        var got = await stream.ReadAsync(buffer.AsMemory(length), cancellation).ConfigureAwait(false);
        length += got;
        return got > 0;
    }

    /// <summary>The beginning of what came, to show to a person.</summary>
    public static string Show(ReadOnlySpan<byte> octets)
    {
        var start = octets[..Math.Min(octets.Length, 40)];
        var printable = start.IndexOfAnyExceptInRange((byte)' ', (byte)'~') is var end && end < 0 ? start
            : start[..end];
        return printable.Length >= 4
            ? $"\"{Encoding.ASCII.GetString(printable)}\""
            : $"the octets {Convert.ToHexString(start[..Math.Min(start.Length, 12)])}";
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync().ConfigureAwait(false);
        socket.Dispose();
    }
}
