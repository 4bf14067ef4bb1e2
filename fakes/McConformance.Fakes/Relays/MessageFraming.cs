using System.Buffers;
using McConformance.Wire;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Http.Codec;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Fakes.Relays;

/// <summary>
/// Cuts one direction of a stream into messages, by the codecs that the transports use. What cannot be cut any more
/// passes as it
/// comes: a relay that held octets back would change what it looks at. Not thread safe.
/// </summary>
internal abstract class MessageFraming
{
    /// <summary>The one for a protocol.</summary>
    public static MessageFraming For(WireProtocol protocol) => protocol switch
    {
        WireProtocol.Sip => new SipFraming(),
        WireProtocol.Diameter => new DiameterFraming(),
        _ => new Http11Framing(),
    };

    /// <summary>HTTP alone: the next response answers HEAD and has no body.</summary>
    public virtual bool AnswersHead { get; set; }

    /// <summary>Takes octets as they came, and gives out what they complete; the memory is valid during the
    /// call.</summary>
    /// <param name="octets">As many as were read at once: one is enough.</param>
    /// <param name="message">Gets each message, and whatever is none once the framing is lost.</param>
    public abstract void Push(ReadOnlySpan<byte> octets, Action<ReadOnlyMemory<byte>> message);

    /// <summary>The stream has ended: gives out what is left, whole or not.</summary>
    public abstract void Finish(Action<ReadOnlyMemory<byte>> message);

    private sealed class SipFraming : Buffered
    {
        private readonly SipMessage view = new();

        protected override OperationStatus Next(ReadOnlyMemory<byte> from, out int consumed)
        {
            // line ends in front are keep-alives (RFC 5626 3.5.1): passed by themselves, so that they arrive at once
            if (from.Span[0] is not ((byte)'\r' or (byte)'\n')) return view.TryIndex(from, stream: true, out consumed);
            var end = from.Span.IndexOfAnyExcept((byte)'\r', (byte)'\n');
            consumed = end < 0 ? from.Length : end;
            return OperationStatus.Done;
        }
    }

    private sealed class DiameterFraming : Buffered
    {
        private readonly DiameterMessage view = new();

        protected override OperationStatus Next(ReadOnlyMemory<byte> from, out int consumed) => view.TryIndex(from,
            out consumed);
    }

    private sealed class Http11Framing : MessageFraming
    {
        private readonly HttpFraming framing = new();
        private bool isLost;

        public override bool AnswersHead
        {
            get => framing.AnswersHead;
            set => framing.AnswersHead = value;
        }

        public override void Push(ReadOnlySpan<byte> octets, Action<ReadOnlyMemory<byte>> message)
        {
            if (isLost) message(octets.ToArray());
            else if (!framing.Push(octets, message)) GiveUp(message);
        }

        public override void Finish(Action<ReadOnlyMemory<byte>> message)
        {
            if (!isLost && framing.Finish() is { IsEmpty: false } rest) message(rest);
        }

        private void GiveUp(Action<ReadOnlyMemory<byte>> message)
        {
            isLost = true;
            if (framing.Finish() is { IsEmpty: false } rest) message(rest);
        }
    }

    /// <summary>Keeps octets until the codec finds a whole message in them.</summary>
    private abstract class Buffered : MessageFraming
    {
        private byte[] buffer = new byte[8192];
        private int length;
        private bool isLost;

        public override void Push(ReadOnlySpan<byte> octets, Action<ReadOnlyMemory<byte>> message)
        {
            if (length + octets.Length > buffer.Length)
                Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + octets.Length));
            octets.CopyTo(buffer.AsSpan(length));
            length += octets.Length;
            var start = 0;
            while (!isLost && start < length)
            {
                var status = Next(buffer.AsMemory(start, length - start), out var consumed);
                if (status == OperationStatus.NeedMoreData) break;
                isLost = status != OperationStatus.Done;
                if (isLost) break;
                message(buffer.AsMemory(start, consumed));
                start += consumed;
            }

            buffer.AsSpan(start, length - start).CopyTo(buffer);
            length -= start;
            if (isLost) Finish(message);
        }

        public override void Finish(Action<ReadOnlyMemory<byte>> message)
        {
            if (length > 0) message(buffer.AsMemory(0, length));
            length = 0;
        }

        protected abstract OperationStatus Next(ReadOnlyMemory<byte> from, out int consumed);
    }
}
