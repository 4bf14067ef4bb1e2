using System.Buffers.Binary;
using McConformance.Wire.Diameter.Dictionary;

namespace McConformance.Wire.Diameter.Codec;

/// <summary>The first thing wrong with a message, as the answer to it has to name it (RFC 6733 7.1.3, 7.1.5 and
/// 7.5).</summary>
/// <param name="ResultCode">Result-Code for the answer; 0 where nothing is wrong.</param>
/// <param name="Offset">Where the offending AVP begins in the message, or -1.</param>
/// <param name="Length">Octets of it that are there, padding left out; 0 where there is none.</param>
/// <param name="Missing">The AVP that is missing, or null.</param>
public readonly record struct DiameterFault(uint ResultCode, int Offset, int Length, AvpDefinition? Missing)
{
    /// <summary>Nothing is wrong.</summary>
    public bool IsNone => ResultCode == 0;

    /// <summary>True where the answer carries the E bit (RFC 6733 7.1.3).</summary>
    public bool IsProtocolError => ResultCode is >= 3000 and < 4000;

    /// <summary>Writes Failed-AVP into an answer, where the fault is about an AVP (RFC 6733 7.5).</summary>
    /// <param name="answer">After its Result-Code.</param>
    /// <param name="request">The message that was judged.</param>
    public void PutFailedAvp(DiameterDraft answer, ReadOnlySpan<byte> request)
    {
        if (Missing is null && Offset < 0) return;
        answer.BeginGroup(Rfc6733.FailedAvp);
        if (Missing is { } missing) PutExample(answer, missing);
        else PutOffending(answer, request.Slice(Offset, Length));
        answer.EndGroup();
    }

    /// <summary>A missing AVP is shown with a value of zeros, as long as its type asks at least (RFC 6733 7.1.5
    /// DIAMETER_MISSING_AVP).</summary>
    private static void PutExample(DiameterDraft answer, AvpDefinition missing)
    {
        Span<byte> zeros = stackalloc byte[8];
        zeros.Clear();
        answer.Avp(missing.Code, missing.Vendor, missing.Flags, zeros[..missing.Type.LengthMin()]);
    }

    /// <summary>Where the length is wrong, the header is repeated, with zeros as long as its type asks at least, and
    /// the length made to fit (RFC 6733 7.1.5 DIAMETER_INVALID_AVP_LENGTH): what is no AVP must not break the
    /// group.</summary>
    private static void PutOffending(DiameterDraft answer, ReadOnlySpan<byte> octets)
    {
        if (Codec.Avp.TryRead(octets, out var avp, out _))
        {
            answer.Copy(avp);
            return;
        }

        Span<byte> shown = stackalloc byte[24];
        shown.Clear();
        octets[..Math.Min(octets.Length, 8)].CopyTo(shown);
        var head = (shown[4] & 0x80) != 0 ? 12 : 8;
        if (head == 12 && octets.Length >= 12) octets[8..12].CopyTo(shown[8..]);
        var vendor = head == 12 ? BinaryPrimitives.ReadUInt32BigEndian(shown[8..]) : 0;
        var definition = DiameterDictionary.Find(BinaryPrimitives.ReadUInt32BigEndian(shown), vendor);
        var length = head + (definition?.Type.LengthMin() ?? 0);
        (shown[5], shown[6], shown[7]) = (0, 0, (byte)length);
        answer.CopyOctets(shown[..((length + 3) & ~3)]);
    }
}
