using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace McConformance.Wire.Documents;

/// <summary>Short data of MCData: SDS SIGNALLING PAYLOAD and DATA PAYLOAD with one text (TS 24.282 15.1.2,
/// 15.1.4).</summary>
/// <param name="SentAt">When it was sent, in whole seconds.</param>
/// <param name="ConversationId">Conversation.</param>
/// <param name="MessageId">Message in it.</param>
/// <param name="Text">What is sent; 65,534 octets of UTF-8 at most.</param>
/// <remarks><code>
/// signalling  01 | date and time 5 | conversation 16 | message 16 | optional elements
/// payload     03 | count 1 | 78 | length 2 | content type 1 (01 text) | text
/// </code></remarks>
public sealed record ShortData(DateTimeOffset SentAt, Guid ConversationId, Guid MessageId, string Text)
{
    /// <summary>What an info body asks for.</summary>
    public const string OneToOne = "one-to-one-sds";

    /// <summary>Content type of the signalling payload.</summary>
    public const string SignallingContentType = "application/vnd.3gpp.mcdata-signalling";

    /// <summary>Content type of the data payload.</summary>
    public const string PayloadContentType = "application/vnd.3gpp.mcdata-payload";

    private const byte SignallingPayload = 0x01, DataPayload = 0x03, Payload = 0x78, TextContent = 0x01;
    private const int SignallingOctets = 38, PayloadHead = 6;

    /// <summary>Reads both parts. False where either is cut short, is another message, or is no text.</summary>
    public static bool TryRead(ReadOnlySpan<byte> signalling, ReadOnlySpan<byte> payload,
        [NotNullWhen(true)] out ShortData? data)
    {
        data = null;
        if (signalling.Length < SignallingOctets || signalling[0] != SignallingPayload) return false;
        if (payload.Length < PayloadHead || payload[0] != DataPayload || payload[1] == 0
            || payload[2] != Payload) return false;
        var length = BinaryPrimitives.ReadUInt16BigEndian(payload[3..]);
        if (length == 0 || payload.Length < 5 + length || payload[5] != TextContent) return false;
        var seconds = ((long)signalling[1] << 32) | BinaryPrimitives.ReadUInt32BigEndian(signalling[2..]);
        data = new ShortData(
            DateTimeOffset.FromUnixTimeSeconds(seconds), new Guid(signalling.Slice(6, 16), bigEndian: true),
                new Guid(signalling.Slice(22, 16), bigEndian: true),
            Encoding.UTF8.GetString(payload.Slice(PayloadHead, length - 1)));
        return true;
    }

    /// <summary>The signalling payload.</summary>
    public byte[] ToSignalling()
    {
        var octets = new byte[SignallingOctets];
        octets[0] = SignallingPayload;
        var seconds = SentAt.ToUnixTimeSeconds();
        octets[1] = (byte)(seconds >> 32);
        BinaryPrimitives.WriteUInt32BigEndian(octets.AsSpan(2), (uint)seconds);
        ConversationId.TryWriteBytes(octets.AsSpan(6), bigEndian: true, out _);
        MessageId.TryWriteBytes(octets.AsSpan(22), bigEndian: true, out _);
        return octets;
    }

    /// <summary>The data payload.</summary>
    /// <exception cref="InvalidOperationException">The text is too long.</exception>
    public byte[] ToPayload()
    {
        var text = Encoding.UTF8.GetBytes(Text);
        if (text.Length >= ushort.MaxValue) throw new InvalidOperationException(
            $"{text.Length} octets; 65,534 at most");
        var octets = new byte[PayloadHead + text.Length];
        (octets[0], octets[1], octets[2], octets[5]) = (DataPayload, 1, Payload, TextContent);
        BinaryPrimitives.WriteUInt16BigEndian(octets.AsSpan(3), (ushort)(text.Length + 1));
        text.CopyTo(octets, PayloadHead);
        return octets;
    }
}
