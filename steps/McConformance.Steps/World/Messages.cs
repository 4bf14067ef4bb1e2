using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Steps.World;

/// <summary>Messages under the names that features use, as conditions on octets.</summary>
public static class Messages
{
    /// <summary>A condition, and how many messages that meet it pass first.</summary>
    public static (Func<ReadOnlyMemory<byte>, bool> Selects, int Spares) Selector(string name) => name switch
    {
        "registration request" => (o => Sip(o, m => m.IsRequest && m.Method == SipMethod.Register && !IsAnswer(m)), 0),
        "challenge answer" => (o => Sip(o, m => m.IsRequest && m.Method == SipMethod.Register && IsAnswer(m)), 0),
        "challenge" => (o => Sip(o, m => !m.IsRequest && m.StatusCode == 401), 0),
        "registration success" => (o => Sip(o, m => !m.IsRequest && m.StatusCode == 200), 0),
        "location information response" => (o => Diameter(o, 302, false), 0),
        "registration refusal" => (o => Sip(o, m => !m.IsRequest && m.StatusCode >= 400 && m.StatusCode != 401), 0),
        "answer to the probe" => (o => Sip(o, m => !m.IsRequest && m.Method == SipMethod.Options), 0),
        "SIP response" => (o => Sip(o, m => !m.IsRequest), 0),
        "octets" => (_ => true, 0),
        "capabilities exchange request" => (o => Diameter(o, 257, true), 0),
        "capabilities exchange answer" => (o => Diameter(o, 257, false), 0),
        "watchdog request" => (o => Diameter(o, 280, true), 0),
        "watchdog answer" => (o => Diameter(o, 280, false), 0),
        "authentication information request" => (o => Diameter(o, 303, true), 0),
        "authentication information response" => (o => Diameter(o, 303, false), 0),
        "user authorization request" => (o => Diameter(o, 300, true), 0),
        "user authorization response" => (o => Diameter(o, 300, false), 0),
        "server assignment request" => (o => Diameter(o, 301, true), 0),
        "server assignment response" => (o => Diameter(o, 301, false), 0),
        _ => throw new ArgumentException($"no message is called \"{name}\""),
    };

    private static bool Sip(ReadOnlyMemory<byte> octets, Func<SipMessage, bool> condition)
    {
        var message = new SipMessage();
        return message.TryIndex(octets, stream: false, out _) == System.Buffers.OperationStatus.Done && condition(message);
    }

    private static bool IsAnswer(SipMessage message) =>
        message.TryGet(SipHeader.Authorization, out var value) && DigestValues.TryRead(value, out var digest) && !digest.Nonce.IsEmpty;

    private static bool Diameter(ReadOnlyMemory<byte> octets, uint command, bool isRequest)
    {
        var message = new DiameterMessage();
        return message.TryIndex(octets, out _) == System.Buffers.OperationStatus.Done && message.Command == command && message.IsRequest == isRequest;
    }
}
