using System.Buffers;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Wire.Sip.Transport;

/// <summary>What a framer found at the front of its octets.</summary>
internal enum FramingStep
{
    /// <summary>Nothing whole yet.</summary>
    NeedMore,

    /// <summary>One whole message.</summary>
    Message,

    /// <summary>The double CRLF of RFC 5626 3.5.1, to be answered by one.</summary>
    Ping,

    /// <summary>No message can follow on this stream.</summary>
    Fault,
}

/// <summary>Why a stream cannot be followed any further.</summary>
internal enum FramingFault
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>The octets are no SIP message, or do not say how long they are (RFC 3261 18.3).</summary>
    Malformed,

    /// <summary>The message is longer than this endpoint takes.</summary>
    TooLong,
}

/// <summary>Cuts a stream into messages by Content-Length (RFC 3261 18.3). Holds the octets; knows no socket.</summary>
internal sealed class StreamFramer(int octetsMax) : IDisposable
{
    private const int LeastRoom = 2048;
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(4096);
    private int start;
    private int end;

    // how far the end of the header section was looked for, and where the message ends once that is known
    private int searched;
    private int wanted;
    private bool halfPing;

    /// <summary>Why <see cref="Next"/> gave <see cref="FramingStep.Fault"/>.</summary>
    public FramingFault Fault { get; private set; }

    /// <summary>True where a message has begun and not ended.</summary>
    public bool IsPartial => end > start;

    /// <summary>Where to read to. What <see cref="Next"/> gave out before is no longer valid.</summary>
    public Memory<byte> Room()
    {
        if (start == end) start = end = searched = 0;
        if (buffer.Length - end < LeastRoom) MakeRoom();
        return buffer.AsMemory(end);
    }

    /// <summary>Says how many octets were read.</summary>
    public void Filled(int octets) => end += octets;

    /// <summary>The next message, its view indexed, or what else lies in front.</summary>
    /// <param name="message">Filled where the step is <see cref="FramingStep.Message"/>; on a fault, as far as it was
    /// read.</param>
    /// <param name="octets">The message, or on a fault all that is there. Valid until <see cref="Room"/>.</param>
    public FramingStep Next(SipMessage message, out ReadOnlyMemory<byte> octets)
    {
        octets = default;
        if (SkipLineEnds()) return FramingStep.Ping;
        if (start == end) return FramingStep.NeedMore;
        if (wanted == 0 && !HeaderEnds())
            return end - start > octetsMax ? Fail(FramingFault.TooLong, out octets) : FramingStep.NeedMore;
        if (end - start < wanted) return FramingStep.NeedMore;

        var rest = buffer.AsMemory(start, end - start);
        switch (message.TryIndex(rest, stream: true, out var consumed))
        {
            case OperationStatus.Done:
                octets = rest[..consumed];
                start += consumed;
                (searched, wanted) = (start, 0);
                // RFC 3261 18.3: on a stream the length must be stated
                if (message.StatedLength < 0) return Fail(FramingFault.Malformed, out octets);
                return octets.Length > octetsMax ? Fail(FramingFault.TooLong, out octets) : FramingStep.Message;
            case OperationStatus.NeedMoreData:
                var whole = message.HeadersEnd + Math.Max(0, message.StatedLength);
                if (whole > octetsMax) return Fail(FramingFault.TooLong, out octets);
                wanted = Math.Max((int)whole, rest.Length + 1);
                return wanted > octetsMax ? Fail(FramingFault.TooLong, out octets) : FramingStep.NeedMore;
            default:
                return Fail(FramingFault.Malformed, out octets);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        var held = buffer;
        (buffer, start, end) = ([], 0, 0);
        if (held.Length > 0) ArrayPool<byte>.Shared.Return(held);
    }

    // RFC 3261 7.5: line ends before a start line are ignored; two of them in a row ask for an answer. True for a ping
    private bool SkipLineEnds()
    {
        while (end - start >= 2 && buffer[start] == '\r' && buffer[start + 1] == '\n')
        {
            start += 2;
            searched = start;
            halfPing = !halfPing;
            if (!halfPing) return true;
        }

        if (end > start && buffer[start] != '\r') halfPing = false;
        return false;
    }

    private bool HeaderEnds()
    {
        var at = Math.Max(start, searched);
        while (true)
        {
            var next = buffer.AsSpan(at, end - at).IndexOf((byte)'\n');
            if (next < 0)
            {
                searched = Math.Max(start, end);
                return false;
            }

            at += next + 1;
            var after = buffer.AsSpan(at, end - at);
            if (after.StartsWith("\n"u8) || after.StartsWith("\r\n"u8)) return true;
            if (after.Length >= 2) continue;
            // the last line feed may be the first half of an empty line: look at it again
            searched = at - 1;
            return false;
        }
    }

    private FramingStep Fail(FramingFault fault, out ReadOnlyMemory<byte> octets)
    {
        Fault = fault;
        octets = buffer.AsMemory(start, end - start);
        return FramingStep.Fault;
    }

    private void MakeRoom()
    {
        var held = end - start;
        var next = held + LeastRoom <= buffer.Length / 2 ? buffer : ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        Buffer.BlockCopy(buffer, start, next, 0, held);
        if (next != buffer) ArrayPool<byte>.Shared.Return(buffer);
        (searched, start, end, buffer) = (Math.Max(0, searched - start), 0, held, next);
    }
}
