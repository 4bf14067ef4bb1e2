using McConformance.Wire;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Checks.Flow;

/// <summary>What was seen on all links, in order: the only thing that checks judge by.</summary>
/// <param name="recorded">From the recording, in order.</param>
public sealed class Observation(IEnumerable<RecordedMessage> recorded)
{
    /// <summary>Diameter commands that belong to a connection, not to a procedure: CER, DWR, DPR (RFC 6733 3).</summary>
    private static readonly HashSet<uint> Housekeeping = [257, 280, 282];

    /// <summary>Every message, those that were lost too; of one that was altered, what it became.</summary>
    public IReadOnlyList<ObservedMessage> All { get; } =
        recorded.Where(m => m.Fate != Fate.Replaced).Select(m => new ObservedMessage(m)).ToArray();

    /// <summary>What the procedure is made of: no housekeeping of connections.</summary>
    public IEnumerable<ObservedMessage> Procedure => All.Where(m => m.Diameter is not { } d || !Housekeeping.Contains(d.Command));

    /// <summary>SIP requests of one method.</summary>
    public IEnumerable<ObservedMessage> Requests(SipMethod method) => All.Where(m => m.Sip is { IsRequest: true } s && s.Method == method);

    /// <summary>SIP responses to one method.</summary>
    public IEnumerable<ObservedMessage> Responses(SipMethod method, int status) =>
        All.Where(m => m.Sip is { IsRequest: false } s && s.StatusCode == status && s.Method == method);

    /// <summary>Diameter requests of one command.</summary>
    public IEnumerable<ObservedMessage> Requests(uint command) => All.Where(m => m.Diameter is { IsRequest: true } d && d.Command == command);

    /// <summary>Diameter answers of one command.</summary>
    public IEnumerable<ObservedMessage> Answers(uint command) => All.Where(m => m.Diameter is { IsRequest: false } d && d.Command == command);

    /// <summary>The answer that came back to a request's sender on the same connection: same hop-by-hop identifier, the other way.</summary>
    public ObservedMessage? AnswerTo(ObservedMessage request) => All.FirstOrDefault(m =>
        m.Number > request.Number && m.Diameter is { IsRequest: false } d && d.HopByHop == request.Diameter!.HopByHop &&
        m.From == request.To && m.To == request.From);
}
