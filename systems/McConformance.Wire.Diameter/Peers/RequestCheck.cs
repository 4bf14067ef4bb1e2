using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;
using McConformance.Wire.Diameter.Transport;

namespace McConformance.Wire.Diameter.Peers;

/// <summary>What every node refuses before anybody handles it, agents too (RFC 6733 6.1.3, 7.1.3 and 7.1.5), in the
/// order in which it
/// must be looked at. What only the end point may judge is in <see
/// cref="DiameterServerTransaction.AnswerFault"/>.</summary>
internal static class RequestCheck
{
    private static readonly DiameterFault None = Of(0);

    /// <returns>What is wrong, or none.</returns>
    public static DiameterFault Check(DiameterMessage request, DiameterNode node)
    {
        if (request.Version != 1) return Of(Rfc6733.DIAMETER_UNSUPPORTED_VERSION);
        if (request.IsError) return Of(Rfc6733.DIAMETER_INVALID_HDR_BITS);
        if (Unreadable(request) is { } unreadable) return unreadable;
        if (TooDeep(request) is { IsNone: false } deep) return deep;

        // those of the base protocol are handled before
        if (request.Application == 0) return Of(Rfc6733.DIAMETER_COMMAND_UNSUPPORTED);
        if (!Serves(node, request.Application)) return Of(Rfc6733.DIAMETER_APPLICATION_UNSUPPORTED);
        foreach (var avp in request.FindAll(Rfc6733.RouteRecordCode, 0))
            if (Ascii.EqualsIgnoreCase(avp.Data, node.HostOctets)) return Of(Rfc6733.DIAMETER_LOOP_DETECTED);
        return Missing(request, Rfc6733.OriginHost) ?? Missing(request, Rfc6733.OriginRealm)
            ?? Missing(request, Rfc6733.SessionId) ?? None;
    }

    /// <summary>Where the AVPs stop being readable, as a fault; null where all are.</summary>
    public static DiameterFault? Unreadable(DiameterMessage request) =>
        request.ReadableTo() is var at && at < request.Length
            ? new DiameterFault(Rfc6733.DIAMETER_INVALID_AVP_LENGTH, at, request.Length - at, null)
            : null;

    /// <summary>Whether an answer can be read to its end, and to the ground of its groups.</summary>
    public static bool IsReadable(DiameterMessage answer) => Unreadable(answer) is null && TooDeep(answer).IsNone;

    /// <summary>Answers a refused request.</summary>
    public static void Refuse(DiameterNode node, DiameterConnection connection, DiameterMessage request,
        DiameterFault fault)
    {
        var answer = BaseMessages.Answer(node, request, fault.ResultCode);
        if (!fault.IsProtocolError) AnswerHead.PutApplication(answer, request);
        fault.PutFailedAvp(answer, request.Span);
        foreach (var avp in request.FindAll(Rfc6733.ProxyInfoCode, 0)) answer.Copy(avp);
        connection.Send(answer.Finish().Span);
        DiameterDraft.Return(answer);
    }

    private static bool Serves(DiameterNode node, uint application) =>
        node.Options.Applications.Contains(application) || node.Options.Applications.Contains(Rfc6733.RelayApplication);

    private static DiameterFault Of(uint code) => new(code, -1, 0, null);

    private static DiameterFault? Missing(DiameterMessage request, AvpDefinition definition) =>
        request.TryFind(definition.Code, definition.Vendor, out _)
            ? null : new DiameterFault(Rfc6733.DIAMETER_MISSING_AVP, -1, 0, definition);

    private static DiameterFault TooDeep(DiameterMessage request)
    {
        var avps = request.Avps.GetEnumerator();
        while (avps.MoveNext())
        {
            if (IsGroup(avps.Current) && IsTooDeep(avps.Current.Data, 1))
                return new DiameterFault(Rfc6733.DIAMETER_INVALID_AVP_VALUE, -1, 0, null);
        }

        return None;
    }

    /// <summary>Deeper groups are refused, not walked.</summary>
    private static bool IsTooDeep(ReadOnlySpan<byte> avps, int depth)
    {
        foreach (var avp in new AvpSequence(avps))
            if (IsGroup(avp) && (depth >= DiameterValidator.DepthMax || IsTooDeep(avp.Data, depth + 1))) return true;
        return false;
    }

    private static bool IsGroup(in Avp avp) =>
        DiameterDictionary.Find(avp.Code, avp.Vendor) is { Type: AvpType.Grouped };
}
