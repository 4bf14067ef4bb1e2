using McConformance.Wire;

namespace McConformance.Fakes.Deviations;

/// <summary>
/// Makes the sender on a link a wrong one. What it sends is recorded as if the sender had sent it so: a check sees no
/// difference from a system that is wrong by itself.
/// </summary>
public sealed class Deviates : Disturbance
{
    private readonly Deviation deviation;
    private readonly LinkBook links;
    private readonly Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? change;
    private int happened;

    /// <summary>Makes the fault of a row; it does nothing until it is armed.</summary>
    /// <param name="deviation">The row.</param>
    /// <param name="links">Where a message can stray to.</param>
    /// <param name="selects">Which messages.</param>
    public Deviates(Deviation deviation, LinkBook links, Func<ReadOnlyMemory<byte>, bool> selects)
    {
        (this.deviation, this.links) = (deviation, links);
        change = Kind == "pass-header" ? PassHeader : Change.Of(Kind, deviation.What, deviation.With);
        Selects = octets => IsArmed && selects(octets);
    }

    /// <summary>Whether it does anything yet.</summary>
    public bool IsArmed { get; set; }

    /// <summary>How many messages became other ones.</summary>
    public int Happened => Volatile.Read(ref happened);

    /// <inheritdoc/>
    public override string Description => $"deviates: {deviation.Name}";

    private string Kind => deviation.How.Split(' ')[^1];

    /// <summary>Whether a row can be carried out.</summary>
    /// <exception cref="FormatException">It cannot; says what is expected.</exception>
    public static void Check(Deviation deviation)
    {
        var words = deviation.How.Split(' ');
        var changes = words is [_] or ["also", _] && Change.Knows(words[^1]);
        if (!changes && words is not (["silence"] or ["stray"] or ["astray"] or ["answers"] or ["pass-header"]))
            throw new FormatException(
                $"\"{deviation.How}\" is no fault: silence, stray, astray, answers, pass-header, policy, " +
                $"or, alone or after \"also\", {Change.Names}");
    }

    /// <inheritdoc/>
    protected override void Apply(Link link, ReadOnlyMemory<byte> octets, IOctetSink sink)
    {
        var changed = change is null ? octets : change(octets);
        if (change is not null && changed.Span.SequenceEqual(octets.Span))
        {
            link.Forward(octets.Span, sink);
            return;
        }

        Interlocked.Increment(ref happened);
        switch (deviation.How)
        {
            case "silence":
                break;
            case "stray":
                link.Forward(octets.Span, sink);
                Stray(octets, sink);
                break;
            case "astray":
                Stray(octets, sink);
                break;
            case "answers":
                link.Forward(octets.Span, new ActsBefore(sink, () => AnswerAtOnce(link, octets, sink)));
                break;
            case var how when how.StartsWith("also ", StringComparison.Ordinal):
                link.Forward(octets.Span, sink);
                link.Forward(changed.Span, sink, note: Description);
                break;
            default:
                link.Forward(changed.Span, sink, note: Description);
                break;
        }
    }

    /// <summary>A header that came from another party goes out again, under another name.</summary>
    private ReadOnlyMemory<byte> PassHeader(ReadOnlyMemory<byte> octets)
    {
        var (from, name) = (deviation.With.Split(' ')[0], deviation.With.Split(' ')[1]);
        var value = links.Recording?.Messages
            .Where(m => m.Link.From.Name == from && m.Link.Protocol == WireProtocol.Sip)
            .Select(m => SipAlterations.ValueOf(m.Octets, deviation.What)).LastOrDefault(v => v is not null);
        return value is null ? octets : SipAlterations.AddHeader(octets, name, value);
    }

    /// <summary>The receiver is seen to answer before it can have asked anybody else; the sender hears the later answer
    /// only.</summary>
    private void AnswerAtOnce(Link link, ReadOnlyMemory<byte> octets, IOctetSink sink)
    {
        var answer = link.Protocol == WireProtocol.Diameter
            ? DiameterAlterations.Flags(octets, DiameterAlterations.Request)
            : SipAlterations.AsResponse(octets, deviation.What, deviation.With);
        links.Between(link.To, link.From, link.Protocol).Lose(answer.Span, sink, Description, Fate.Delivered);
    }

    /// <summary>A copy goes where nobody asked for it: it is seen on that link, and nobody takes it up.</summary>
    private void Stray(ReadOnlyMemory<byte> octets, IOctetSink sink)
    {
        var protocol = octets.Span[0] == 1 ? WireProtocol.Diameter
            : octets.Span.IndexOf("HTTP/1.1"u8) >= 0 ? WireProtocol.Http : WireProtocol.Sip;
        var link = links.Between(links.Named(deviation.What), links.Named(deviation.With), protocol);
        link.Lose(octets.Span, sink, Description, Fate.Delivered);
    }
}
