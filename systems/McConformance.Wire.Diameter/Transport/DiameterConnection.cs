using System.Buffers;
using System.Net.Sockets;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Transport;

namespace McConformance.Wire.Diameter.Transport;

/// <summary>What a connection tells its owner. Called from the connection's reading loop.</summary>
internal interface IConnectionOwner
{
    /// <summary>One whole message; the octets are free again when the call returns.</summary>
    void OnMessage(DiameterConnection connection, DiameterMessage message);

    /// <summary>The connection is gone. Called once.</summary>
    void OnClosed(DiameterConnection connection);
}

/// <summary>A Diameter connection: messages are told apart by their 24-bit length (RFC 6733 3).</summary>
internal sealed class DiameterConnection(Socket socket, Stream stream, IConnectionOwner owner, int messageOctetsMax) : StreamConnection(socket, stream)
{
    private readonly DiameterMessage message = new();

    /// <summary>Behind a wrong length nothing can be told apart, so the connection ends (RFC 6733 7.1.3 and 2.1.1).</summary>
    protected override bool Take(ref ReadOnlySequence<byte> buffer)
    {
        Span<byte> start = stackalloc byte[4];
        while (buffer.Length >= 4)
        {
            buffer.Slice(0, 4).CopyTo(start);
            var length = DiameterMessage.LengthOf(start);
            if (length < DiameterMessage.HeaderLength || length > messageOctetsMax || (length & 3) != 0 || start[0] != 1) return false;
            if (buffer.Length < length) return true;
            var whole = buffer.Slice(0, length);
            var octets = whole.IsSingleSegment ? whole.First : whole.ToArray();
            if (message.TryIndex(octets, out _) != OperationStatus.Done) return false;
            Give(octets.Span);
            buffer = buffer.Slice(length);
        }

        return true;
    }

    private void Give(ReadOnlySpan<byte> octets)
    {
        var link = Incoming;
        if (link is not null && !link.Arrived(octets, this)) return;
        try
        {
            owner.OnMessage(this, message);
        }
        finally
        {
            link?.Handled();
        }
    }

    protected override void OnClosed() => owner.OnClosed(this);
}
