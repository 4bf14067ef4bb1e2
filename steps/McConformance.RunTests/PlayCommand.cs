using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using McConformance.Fakes.Playback;
using McConformance.Wire;

namespace McConformance.RunTests;

/// <summary>-Play: stands in for one entity of an earlier run, until it is told to end.</summary>
/// <param name="output">Where it tells what happens.</param>
internal sealed class PlayCommand(TextWriter output)
{
    private static readonly string[] Protocols = ["sip", "http", "diameter"];
    private readonly Lock gate = new();

    /// <summary>Plays, or writes the script.</summary>
    /// <param name="call">The call.</param>
    /// <param name="current">Folder that paths start from.</param>
    /// <param name="ended">Ends it besides SIGINT and SIGTERM.</param>
    /// <returns>True where everything that came had an answer.</returns>
    /// <exception cref="BadCallException">The file or an address cannot be used; says why.</exception>
    public async Task<bool> RunAsync(Arguments call, string current, CancellationToken ended = default)
    {
        var script = Read(Path.GetFullPath(call.Play!, current), call.As);
        if (call.Script is { } file)
        {
            await File.WriteAllTextAsync(Path.GetFullPath(file, current), script.ToJson(), ended);
            output.WriteLine($"{script.Messages.Count} messages of {script.Node} are in {file}");
            return true;
        }

        var (listen, peers) = (Addresses("Listen", call.Listen), Addresses("Peers", call.Peers));
        foreach (var (name, _) in listen.Where(l => l.Key.Length > 0 && !Protocols.Contains(Plain(l.Key))))
            throw new BadCallException(
                $"-Listen {name}: a protocol is one of {string.Join(", ", Protocols)}, with s at its end over TLS");
        if (listen.GetValueOrDefault("sip") is { } plain && listen.GetValueOrDefault("sips") is { } secure
            && !plain.Address.Equals(secure.Address))
            throw new BadCallException("-Listen: sip and sips are ports of the same address");
        var options = new PlaybackOptions
        {
            Listen = p => listen.GetValueOrDefault(NameOf(p))
                ?? (listen.ContainsKey($"{NameOf(p)}s") ? null : listen.GetValueOrDefault("")),
            ListenProtected = p => listen.GetValueOrDefault($"{NameOf(p)}s"),
            Also = [.. Enum.GetValues<WireProtocol>().Where(p => listen.Keys.Any(k => Plain(k) == NameOf(p)))],
            Tls = Tls(call, listen.Keys, current),
            PeerAt = (name, protocol) => peers.GetValueOrDefault($"{NameOf(protocol)}:{name}") ??
                peers.GetValueOrDefault(name),
            Log = Tell,
        };
        await using var peer = new PlaybackPeer(script, options);
        await StartAsync(peer);
        foreach (var (protocol, at) in peer.ListeningAt) Tell($"{script.Node} takes {NameOf(protocol)} at {at}");
        foreach (var (protocol, at) in peer.ListeningProtectedAt)
            Tell($"{script.Node} takes {NameOf(protocol)} over TLS at {at}");
        Tell("ready");
        await UntilToldAsync(ended);
        return peer.Refused.Count == 0;
    }

    private static PlaybackScript Read(string path, string? node)
    {
        try
        {
            return PlaybackScript.Read(path, node);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new BadCallException($"-Play: {e.Message}{(node is null ? "; -As names it" : "")}");
        }
    }

    private static async Task StartAsync(PlaybackPeer peer)
    {
        try
        {
            await peer.StartAsync();
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            throw new BadCallException(
                $"-Listen: {e.Message}: choose another address, one for each protocol (sip=..., http=...)");
        }
    }

    private static async Task UntilToldAsync(CancellationToken ended)
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void End(PosixSignalContext context)
        {
            context.Cancel = true;
            told.TrySetResult();
        }

        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        await using var other = ended.UnsafeRegister(t => ((TaskCompletionSource)t!).TrySetResult(), told);
        await told.Task;
    }

    /// <summary>Reads <c>sip=10.0.0.5:5060,10.0.0.5:8080</c>: by name, an empty one where none is given.</summary>
    private static Dictionary<string, IPEndPoint> Addresses(string parameter, string text)
    {
        var read = new Dictionary<string, IPEndPoint>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var at = part.LastIndexOf('=');
            var address = part[(at + 1)..];
            if (!address.Contains(':') || !IPEndPoint.TryParse(address, out var endPoint) || !read.TryAdd(at < 0 ? ""
                : part[..at], endPoint))
                throw new BadCallException(
                    $"-{parameter} {part}: expected NAME=ADDRESS:PORT, each name once, for example sip=10.0.0.5:5060");
        }

        return read;
    }

    /// <summary>Certificates, where they are given.</summary>
    private static PlaybackTls? Tls(Arguments call, IEnumerable<string> names, string current)
    {
        if (call.Certificate is not { } file)
        {
            return names.FirstOrDefault(n => n.EndsWith('s')) is { } secure
                ? throw new BadCallException($"-Listen {secure}: TLS needs -Certificate <file>")
                : call.Trust is null ? null : throw new BadCallException("-Trust: TLS needs -Certificate <file> too");
        }

        try
        {
            return PlaybackTls.Read(
                Path.GetFullPath(file, current), call.Trust is { } t ? Path.GetFullPath(t, current) : null);
        }
        catch (InvalidDataException e)
        {
            throw new BadCallException($"TLS: {e.Message}");
        }
    }

    private static string Plain(string name) => name.ToLowerInvariant() is var n && n.EndsWith('s') ? n[..^1] : n;

    private static string NameOf(WireProtocol protocol) => $"{protocol}".ToLowerInvariant();

    private void Tell(string text)
    {
        var now = TimeProvider.System.GetLocalNow().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
        lock (gate)
        {
            output.WriteLine($"{now} {text}");
            output.Flush();
        }
    }
}
