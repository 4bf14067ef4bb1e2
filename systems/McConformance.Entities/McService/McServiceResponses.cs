using McConformance.Wire.Documents;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transactions;

namespace McConformance.Entities.McService;

/// <summary>Responses that say more than their status.</summary>
internal static class McServiceResponses
{
    /// <summary>Answers with a Warning of the form of TS 24.379 4.4: code 399, own host, text in quotes that begins with the MC code where there is one.</summary>
    public static void Warn(this SipServerTransaction transaction, McServiceOptions options, int status, ReadOnlySpan<byte> reason, string text) =>
        transaction.Respond(transaction.NewResponse(status, reason).PutWarning(options, text).Finish());

    /// <summary>Adds the Warning to a response.</summary>
    public static SipDraft PutWarning(this SipDraft draft, McServiceOptions options, string text) =>
        // the domain in place of the host: an inner name is nobody's business (TS 23.280 5.2.x.7)
        draft.Line(SipHeader.Warning).Put("399 ").Put(options.System.Value).Put(" ").PutQuoted(text);

    /// <summary>Ends a response with a service info as its body.</summary>
    public static SipDraft FinishWith(this SipDraft draft, McServiceInfo info, McServiceOptions options) =>
        draft.Finish(System.Text.Encoding.ASCII.GetBytes(info.ContentType), info.ToOctets(options.Binding));
}
