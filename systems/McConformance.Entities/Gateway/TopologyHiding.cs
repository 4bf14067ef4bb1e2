using System.Text;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Entities.Gateway;

/// <summary>
/// What of a message may be seen outside (TS 23.280 5.2.x.7). Lines that speak of the inner network only are left out; wherever else
/// an inner name or address stands, in a header field or in a body, the MC system's domain takes its place.
/// </summary>
internal sealed class TopologyHiding(string domain, Func<IReadOnlyCollection<string>> innerNames)
{
    private readonly byte[] shown = Encoding.ASCII.GetBytes(domain);

    /// <summary>Writes the lines of a message that a new one carries on, rewritten. Via, Route and what the caller writes itself are not among them.</summary>
    public void CopyLines(SipDraft draft, SipMessage message, ReadOnlySpan<SipHeader> except)
    {
        for (var i = 0; i < message.HeaderCount; i++)
        {
            var id = message.IdAt(i);
            if (id is SipHeader.Via or SipHeader.Route or SipHeader.RecordRoute or SipHeader.MaxForwards or SipHeader.ContentLength or SipHeader.Server
                or SipHeader.UserAgent or SipHeader.PChargingVector or SipHeader.PChargingFunctionAddresses) continue;
            if (except.Contains(id)) continue;
            var value = Rewrite(message.ValueAt(i));
            draft.Line(message.NameAt(i)).Put(value);
        }
    }

    /// <summary>The same octets with every inner name replaced; the same array where there is none.</summary>
    public ReadOnlySpan<byte> Rewrite(ReadOnlySpan<byte> text)
    {
        foreach (var name in innerNames())
        {
            var inner = Encoding.ASCII.GetBytes(name);
            if (text.IndexOf(inner) >= 0) text = Replace(text, inner);
        }

        return text;
    }

    private byte[] Replace(ReadOnlySpan<byte> text, byte[] inner)
    {
        using var result = new MemoryStream(text.Length);
        while (true)
        {
            var at = text.IndexOf(inner);
            if (at < 0) break;
            result.Write(text[..at]);
            result.Write(shown);
            text = text[(at + inner.Length)..];
        }

        result.Write(text);
        return result.ToArray();
    }
}
