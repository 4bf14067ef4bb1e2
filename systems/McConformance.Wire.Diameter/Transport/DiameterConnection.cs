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
internal sealed class DiameterConnection(Socket socket, Stream stream, IConnectionOwner owner,
    int messageOctetsMax) : StreamConnection(socket, stream)
{
    private readonly DiameterMessage message = new();
    private byte[] joined = [];

    /// <summary>Behind a wrong length nothing can be told apart, so the connection ends (RFC 6733 2.1.1). A wrong
    /// version can be
    /// answered, so it is no reason to end here.</summary>
    protected override bool Take(ref ReadOnlySequence<byte> buffer)
    {
        Span<byte> start = stackalloc byte[4];
        while (buffer.Length >= 4)
        {
            buffer.Slice(0, 4).CopyTo(start);
            var length = DiameterMessage.LengthOf(start);
            if (length < DiameterMessage.HeaderLength || length > messageOctetsMax || (length & 3) != 0) return false;
            if (buffer.Length < length) return true;
            var octets = Whole(buffer.Slice(0, length));
            if (message.TryIndex(octets, messageOctetsMax, out _) != OperationStatus.Done) return false;
            Give(octets.Span);
            if (IsClosed) return false;
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

    private ReadOnlyMemory<byte> Whole(ReadOnlySequence<byte> octets)
    {
        if (octets.IsSingleSegment) return octets.First;
        var length = (int)octets.Length;
        if (joined.Length < length) joined = new byte[Math.Max(4096, length)];
        octets.CopyTo(joined);
        return joined.AsMemory(0, length);
    }
}
