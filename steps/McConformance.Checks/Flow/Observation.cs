using McConformance.Wire;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Checks.Flow;

/// <summary>What was seen on all links, in order: the only thing that checks judge by.</summary>
/// <param name="recorded">From the recording, in order.</param>
/// <param name="unseen">Links on which something may have passed that the recording does not hold. Whatever a check would have to look at there
/// makes it inconclusive: <see cref="UnseenLink"/>.</param>
public sealed class Observation(IEnumerable<RecordedMessage> recorded, IReadOnlyCollection<UnseenLink>? unseen = null)
{
    /// <summary>Diameter commands that belong to a connection, not to a procedure: CER, DWR, DPR (RFC 6733 3).</summary>
    private static readonly HashSet<uint> Housekeeping = [257, 280, 282];

    /// <summary>Every message, those that were lost too; of one that was altered, what it became. After them one for each link that nobody sees:
    /// whoever asks for its contents cannot judge, so ask for the ends first.</summary>
    public IReadOnlyList<ObservedMessage> All { get; } =
    [
        .. recorded.Where(m => m.Fate != Fate.Replaced).Select(m => new ObservedMessage(m)), .. (unseen ?? []).Select(l => new ObservedMessage(l)),
    ];

    /// <summary>What was seen: for claims about each message, whoever sent it.</summary>
    public IEnumerable<ObservedMessage> Seen => All.Where(m => !m.IsUnseen);

    /// <summary>What the procedure is made of: no housekeeping of connections.</summary>
    public IEnumerable<ObservedMessage> Procedure => All.Where(m => m.IsUnseen || m.Diameter is not { } d || !Housekeeping.Contains(d.Command));

    /// <summary>SIP requests of one method.</summary>
    public IEnumerable<ObservedMessage> Requests(SipMethod method) =>
        On(WireProtocol.Sip, m => m.Sip is { IsRequest: true } s && s.Method == method);

    /// <summary>SIP responses to one method.</summary>
    public IEnumerable<ObservedMessage> Responses(SipMethod method, int status) =>
        On(WireProtocol.Sip, m => m.Sip is { IsRequest: false } s && s.StatusCode == status && s.Method == method);

    /// <summary>Diameter requests of one command.</summary>
    public IEnumerable<ObservedMessage> Requests(uint command) =>
        On(WireProtocol.Diameter, m => m.Diameter is { IsRequest: true } d && d.Command == command);

    /// <summary>Diameter answers of one command.</summary>
    public IEnumerable<ObservedMessage> Answers(uint command) =>
        On(WireProtocol.Diameter, m => m.Diameter is { IsRequest: false } d && d.Command == command);

    /// <summary>On a link that nobody sees any message of the protocol may be.</summary>
    private IEnumerable<ObservedMessage> On(WireProtocol protocol, Func<ObservedMessage, bool> accepts) =>
        All.Where(m => m.IsUnseen ? m.Protocol == protocol : accepts(m));

    /// <summary>The answer that came back to a request's sender on the same connection: same hop-by-hop identifier, the other way.</summary>
    public ObservedMessage? AnswerTo(ObservedMessage request) => All.FirstOrDefault(m =>
        m.From == request.To && m.To == request.From && m.MayFollow(request) &&
        m.Diameter is { IsRequest: false } d && d.HopByHop == request.Diameter!.HopByHop);
}
