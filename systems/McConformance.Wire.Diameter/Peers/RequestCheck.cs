using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;
using McConformance.Wire.Diameter.Transport;

namespace McConformance.Wire.Diameter.Peers;

/// <summary>What a node refuses before anybody handles it (RFC 6733 6.1.3, 7.1.3 and 7.1.5), in the order in which it must be looked at.</summary>
internal static class RequestCheck
{
    /// <summary>How deep groups may nest; deeper ones are refused, not walked.</summary>
    private const int DepthMax = 8;

    /// <returns>A result code, 0 for none, and the AVP to put into Failed-AVP, or null.</returns>
    public static (uint Code, byte[]? Failed) Check(DiameterMessage request, DiameterNode node)
    {
        if (request.Version != 1) return (Rfc6733.DIAMETER_UNSUPPORTED_VERSION, null);
        if (request.IsError) return (Rfc6733.DIAMETER_INVALID_HDR_BITS, null);
        if (request.ReadableTo() is var readable && readable < request.Span.Length)
            return (Rfc6733.DIAMETER_INVALID_AVP_LENGTH, Header(request.Span[readable..]));
        if (IsTooDeep(request.Span[DiameterMessage.HeaderLength..], 0)) return (Rfc6733.DIAMETER_INVALID_AVP_VALUE, null);
        if (!Serves(node, request.Application)) return (Rfc6733.DIAMETER_APPLICATION_UNSUPPORTED, null);
        foreach (var avp in request.Avps)
            if (avp is { Code: Rfc6733.RouteRecordCode, Vendor: 0 } && Ascii.EqualsIgnoreCase(avp.Data, node.HostOctets))
                return (Rfc6733.DIAMETER_LOOP_DETECTED, null);
        return Missing(request, Rfc6733.OriginHost) ?? Missing(request, Rfc6733.OriginRealm) ?? Missing(request, Rfc6733.SessionId) ?? (0, null);
    }

    /// <summary>Answers a refused request.</summary>
    public static void Refuse(DiameterNode node, DiameterConnection connection, DiameterMessage request, uint code, byte[]? failed)
    {
        var answer = BaseMessages.Answer(node, request, code);
        if (request.TryFind(Rfc6733.SessionIdCode, 0, out var session)) answer.Copy(session);
        if (failed is not null) answer.BeginGroup(Rfc6733.FailedAvp).CopyOctets(failed).EndGroup();
        connection.Send(answer.Finish().Span);
        DiameterDraft.Return(answer);
    }

    private static bool Serves(DiameterNode node, uint application) =>
        node.Options.Applications.Contains(application) || node.Options.Applications.Contains(Rfc6733.RelayApplication);

    private static (uint, byte[]?)? Missing(DiameterMessage request, AvpDefinition definition)
    {
        if (request.TryFind(definition.Code, definition.Vendor, out _)) return null;
        var example = DiameterDraft.Rent().Start(0, 0, 0, 0, 0).Put(definition, ReadOnlySpan<byte>.Empty);
        var octets = example.Span[DiameterMessage.HeaderLength..].ToArray();
        DiameterDraft.Return(example);
        return (Rfc6733.DIAMETER_MISSING_AVP, octets);
    }

    /// <summary>RFC 6733 7.5: where the AVP cannot be repeated whole, its header is, with a length that fits.</summary>
    private static byte[] Header(ReadOnlySpan<byte> octets)
    {
        var header = new byte[(octets.Length >= 12 && (octets[4] & 0x80) != 0) ? 12 : 8];
        octets[..Math.Min(octets.Length, header.Length)].CopyTo(header);
        (header[5], header[6], header[7]) = (0, 0, (byte)header.Length);
        return header;
    }

    private static bool IsTooDeep(ReadOnlySpan<byte> avps, int depth)
    {
        foreach (var avp in new AvpSequence(avps))
        {
            if (DiameterDictionary.Find(avp.Code, avp.Vendor) is not { Type: AvpType.Grouped }) continue;
            if (depth >= DepthMax || IsTooDeep(avp.Data, depth + 1)) return true;
        }

        return false;
    }
}
