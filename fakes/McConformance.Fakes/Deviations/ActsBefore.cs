using System.Net;
using McConformance.Wire;

namespace McConformance.Fakes.Deviations;

/// <summary>A flow on which something is done once a message is recorded, and before it leaves: the receiver cannot be
/// faster.</summary>
internal sealed class ActsBefore(IOctetSink sink, Action act) : IOctetSink
{
    /// <inheritdoc/>
    public Carrier Carrier => sink.Carrier;

    /// <inheritdoc/>
    public IPEndPoint Local => sink.Local;

    /// <inheritdoc/>
    public IPEndPoint Remote => sink.Remote;

    /// <inheritdoc/>
    public void Emit(ReadOnlySpan<byte> octets)
    {
        act();
        sink.Emit(octets);
    }

    /// <inheritdoc/>
    public void Sever() => sink.Sever();
}
