namespace McConformance.Wire.Sip.Codec;

/// <summary>Edits of a message as ranges and what stands in their place: everything else is sent on octet for octet. A deviation is one more edit.</summary>
public sealed class SipEdits
{
    private readonly List<(int Start, int End, byte[] With)> edits = [];

    /// <summary>Puts octets in place of a range; an empty range inserts, no octets delete.</summary>
    /// <exception cref="ArgumentException">The range overlaps an earlier one, or runs backwards.</exception>
    public SipEdits Replace(int start, int end, ReadOnlySpan<byte> with)
    {
        if (start < 0 || end < start) throw new ArgumentException($"{start}..{end} is no range");
        if (edits.Exists(e => start < e.End && e.Start < end)) throw new ArgumentException($"{start}..{end} overlaps an earlier edit");
        edits.Add((start, end, with.ToArray()));
        return this;
    }

    /// <summary>Puts octets in place of a header's value.</summary>
    public SipEdits SetValue(SipMessage message, int header, ReadOnlySpan<byte> value) =>
        Replace(message.OffsetAt(header), message.OffsetAt(header) + message.ValueAt(header).Length, value);

    /// <summary>Writes the edited message.</summary>
    public SipDraft Apply(SipMessage message, SipDraft into)
    {
        into.Reset();
        var at = 0;
        foreach (var (start, end, with) in edits.OrderBy(e => e.Start))
        {
            into.Raw(message.Span[at..start]).Raw(with);
            at = end;
        }

        return into.Raw(message.Span[at..]);
    }
}
