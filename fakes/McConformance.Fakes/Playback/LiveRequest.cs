using System.Net;
namespace McConformance.Fakes.Playback;

/// <summary>A request that has come, until it is answered.</summary>
/// <param name="message">The request.</param>
internal abstract class LiveRequest(ReadMessage message)
{
    /// <summary>The request.</summary>
    public ReadMessage Message => message;

    /// <summary>Answers as the recording has it, with what must follow this request.</summary>
    public abstract void Answer(ReadMessage recorded, Carryover carryover);

    /// <summary>Answers that there is no answer.</summary>
    public abstract void Refuse(string why);
}

/// <summary>What a stand-in speaks one protocol with.</summary>
internal interface ISide : IAsyncDisposable
{
    /// <summary>Where it takes messages, once started; null where not without TLS.</summary>
    IPEndPoint? ListeningAt { get; }

    /// <summary>Where over TLS; null where not.</summary>
    IPEndPoint? ListeningProtectedAt { get; }

    /// <summary>Binds, and tells what address takes the place of the recorded ones.</summary>
    Task StartAsync(Carryover carryover);

    /// <summary>Asks what the recording has, with what must differ now.</summary>
    /// <returns>The final answer; null where none came.</returns>
    Task<ReadMessage?> AskAsync(Heard recorded, Carryover carryover);
}

internal static class SideExtensions
{
    /// <summary>Which of its addresses takes the place of a recorded one.</summary>
    public static IPEndPoint AddressFor(this ISide side, ScriptMessage recorded) =>
        (recorded.Transport == Wire.Carrier.Tls ? side.ListeningProtectedAt ?? side.ListeningAt
            : side.ListeningAt ?? side.ListeningProtectedAt)!;
}
