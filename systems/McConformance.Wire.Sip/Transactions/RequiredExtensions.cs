using System.Text;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Wire.Sip.Transactions;

/// <summary>Extensions that a request asks its receiver to understand (RFC 3261 8.2.2.3 and 16.3 step 5).</summary>
public static class RequiredExtensions
{
    /// <summary>Answers 420 where something else is required than is known; the response lists what is not.</summary>
    /// <param name="transaction">The request; CANCEL and ACK are never asked about.</param>
    /// <param name="header">Require for a user agent, Proxy-Require for a proxy.</param>
    /// <param name="known">Option tags.</param>
    /// <returns>True where it was answered.</returns>
    public static bool AnswerUnknown(
        this SipServerTransaction transaction, SipHeader header, params ReadOnlySpan<string> known)
    {
        if (transaction.Request.Method is SipMethod.Cancel or SipMethod.Ack) return false;
        List<string>? unknown = null;
        foreach (var value in transaction.Request.Values(header))
        {
            var tag = Encoding.ASCII.GetString(value);
            var isKnown = false;
            foreach (var one in known) isKnown |= one.Equals(tag, StringComparison.OrdinalIgnoreCase);
            // what is no token is not written into an answer
            if (!isKnown && SipCharacters.IsToken(value)) (unknown ??= []).Add(tag);
        }

        if (unknown is null) return false;
        transaction.Respond(transaction.NewResponse(420, "Bad Extension"u8)
            .Line(SipHeader.Unsupported).Put(string.Join(", ", unknown)).Finish());
        return true;
    }
}
