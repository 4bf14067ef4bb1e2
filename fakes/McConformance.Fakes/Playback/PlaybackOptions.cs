using System.Net;
using McConformance.Wire;

namespace McConformance.Fakes.Playback;

/// <summary>Where a stand-in listens, and where it finds those whom it asks.</summary>
public sealed record PlaybackOptions
{
    /// <summary>Where it takes messages of a protocol; null chooses a free port on loopback, or none where it takes
    /// them over TLS.</summary>
    public Func<WireProtocol, IPEndPoint?> Listen { get; init; } = static _ => null;

    /// <summary>Where it takes messages of a protocol over TLS; null does not. SIP needs the same IP address as
    /// without.</summary>
    public Func<WireProtocol, IPEndPoint?> ListenProtected { get; init; } = static _ => null;

    /// <summary>Certificates for TLS; null: what the recording has over TLS is said in plain.</summary>
    public PlaybackTls? Tls { get; init; }

    /// <summary>Where a node of the recording is reached in this run, by its name in the recording; null where nobody
    /// knows. SIP has the same port
    /// over UDP and TCP.</summary>
    public Func<string, WireProtocol, IPEndPoint?> PeerAt { get; init; } = static (_, _) => null;

    /// <summary>What it listens for besides what the recording has: all of that is refused.</summary>
    public IReadOnlyList<WireProtocol> Also { get; init; } = [];

    /// <summary>Gets a line for each thing that happens. Called from several threads.</summary>
    public Action<string> Log { get; init; } = static _ => { };

    /// <summary>How long an answer to an own question is awaited. More than 0.</summary>
    public TimeSpan AnswerTime { get; init; } = TimeSpan.FromSeconds(6);

    internal IPEndPoint? ProtectedAt(WireProtocol protocol) => Tls is null ? null : ListenProtected(protocol);

    internal IPEndPoint? PlainAt(WireProtocol protocol) => Listen(protocol)
        ?? (ProtectedAt(protocol) is null ? new IPEndPoint(IPAddress.Loopback, 0) : null);

    /// <summary>How somebody is asked: over TLS where it was so in the recording, or where nothing is plain.</summary>
    internal PlaybackTls? TlsOf(ScriptMessage recorded) =>
        recorded.Transport == Carrier.Tls || PlainAt(recorded.Protocol) is null ? Tls : null;
}
