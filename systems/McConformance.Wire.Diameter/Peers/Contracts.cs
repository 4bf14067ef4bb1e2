using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;

namespace McConformance.Wire.Diameter.Peers;

/// <summary>Why no answer came.</summary>
public enum DiameterFailure
{
    /// <summary>The time for it ran out.</summary>
    Timeout,

    /// <summary>No peer that leads there is connected (3002).</summary>
    UnableToDeliver,

    /// <summary>Nothing is known of the realm (3003).</summary>
    RealmNotServed,

    /// <summary>An answer came that cannot be read (RFC 6733 4.1): nobody builds on a part of it.</summary>
    Malformed,
}

/// <summary>Who handles requests that come to a node. All calls are made with the gate held.</summary>
public interface IDiameterUser
{
    /// <summary>A request; answer or forward it, now or later.</summary>
    void OnRequest(DiameterServerTransaction transaction);

    /// <summary>The answer to a request that was forwarded.</summary>
    void OnForwardedAnswer(DiameterServerTransaction transaction, DiameterMessage answer) =>
        transaction.PassBack(answer, null);

    /// <summary>A forwarded request that got no answer.</summary>
    void OnForwardFailure(DiameterServerTransaction transaction, DiameterFailure why) => transaction.AnswerError(
        why == DiameterFailure.RealmNotServed
            ? Rfc6733.DIAMETER_REALM_NOT_SERVED : Rfc6733.DIAMETER_UNABLE_TO_DELIVER, null);
}

/// <summary>Who sent a request. All calls are made with the gate held.</summary>
public interface IDiameterClientUser
{
    /// <summary>The answer; its octets are free again when the call returns.</summary>
    void OnAnswer(DiameterClientTransaction transaction, DiameterMessage answer);

    /// <summary>No answer.</summary>
    void OnFailure(DiameterClientTransaction transaction, DiameterFailure why);
}

/// <summary>A request under way.</summary>
/// <param name="State">What the sender gave with it.</param>
public readonly record struct DiameterClientTransaction(object? State);

/// <summary>What a rewriter did with an AVP.</summary>
public enum AvpAction
{
    /// <summary>It stays as it is.</summary>
    Keep,

    /// <summary>It is left out.</summary>
    Drop,

    /// <summary>Something else was written in its place.</summary>
    Replaced,
}

/// <summary>Changes a message on its way through a proxy agent. Route-Record and Proxy-Info are the node's own
/// business.</summary>
public interface IAvpRewriter
{
    /// <summary>Called for each AVP of the message, in order.</summary>
    AvpAction Visit(in Avp avp, DiameterDraft into);
}
