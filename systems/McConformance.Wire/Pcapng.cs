using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using McConformance.Wire.Capture;

namespace McConformance.Wire;

/// <summary>
/// Writes a recording as a capture file (pcapng, draft-ietf-opsawg-pcapng) that Wireshark decodes without settings:
/// each
/// party on loopback gets an address of its own from the documentation ranges (RFC 5737) and the standard ports, TCP
/// flows get
/// their handshake, lost messages are in it. The comment of each packet names link, fate and real end points.
/// </summary>
public static class Pcapng
{
    private const int LinkTypeRawIp = 101;
    private const int Options = 0;
    private const int Comment = 1;

    /// <summary>Writes a recording.</summary>
    /// <param name="messages">In the order of recording.</param>
    /// <param name="startedAt">Wall-clock time of the recording's zero.</param>
    /// <param name="application">Name and version for the section header.</param>
    /// <param name="primary">Domain of the system that gets 192.0.2.0/24.</param>
    /// <param name="partner">Domain of the system that gets 198.51.100.0/24; all others get 203.0.113.0/24.</param>
    /// <returns>The whole file.</returns>
    public static ReadOnlyMemory<byte> Write(
        IReadOnlyList<RecordedMessage> messages, DateTimeOffset startedAt, string application,
        string primary = "primary.example", string partner = "partner.example")
    {
        var octets = 1024;
        foreach (var message in messages) octets += message.Octets.Length + 512;
        var output = new ArrayBufferWriter<byte>(octets);
        WriteHeaders(output, application);
        var addresses = new PartyAddresses(messages, primary, partner);
        WriteNames(output, addresses);
        var frames = new Frames(addresses);
        var origin = startedAt.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;
        foreach (var message in messages)
        {
            var nanoseconds = (ulong)(origin + message.At.Ticks) * 100;
            foreach (var frame in frames.Of(message))
                WritePacket(output, nanoseconds, frame.Packet, frame.OctetsOnWire, frame.Comment);
        }

        return output.WrittenMemory;
    }

    /// <summary>Writes a recording to a file.</summary>
    public static void WriteFile(
        string path, IReadOnlyList<RecordedMessage> messages, DateTimeOffset startedAt, string application,
        string primary = "primary.example", string partner = "partner.example")
    {
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        RandomAccess.Write(file, Write(messages, startedAt, application, primary, partner).Span, 0);
    }

    private static void WriteHeaders(ArrayBufferWriter<byte> output, string application)
    {
        var section = new Block(output, 0x0A0D0D0A);
        section.Add32(0x1A2B3C4D);
        section.Add16(1);
        section.Add16(0);
        section.Add64(ulong.MaxValue); // length of the section: unknown
        section.AddOption(4, application);
        section.AddOption(Comment,
            "loopback addresses stand as 192.0.2.x, 198.51.100.x and 203.0.113.x, one per party");
        section.AddOption(Options, default(ReadOnlySpan<byte>));
        section.End();

        var device = new Block(output, 1);
        device.Add16(LinkTypeRawIp);
        device.Add16(0);
        device.Add32(0); // no limit on the length of a packet
        device.AddOption(2, "links");
        device.AddOption(9, [9]); // time in nanoseconds
        device.AddOption(Options, default(ReadOnlySpan<byte>));
        device.End();
    }

    private static void WriteNames(ArrayBufferWriter<byte> output, PartyAddresses addresses)
    {
        var block = new Block(output, 4);
        Span<byte> record = stackalloc byte[272];
        foreach (var (address, name) in addresses.Names)
        {
            address.TryWriteBytes(record, out var length);
            var printable = Printable(name);
            length += Encoding.UTF8.GetBytes(printable.AsSpan(0, Math.Min(80, printable.Length)), record[length..]);
            record[length++] = 0;
            block.AddOption(address.AddressFamily == AddressFamily.InterNetwork ? 1 : 2, record[..length]);
        }

        block.AddOption(Options, default(ReadOnlySpan<byte>));
        block.End();
    }

    private static void WritePacket(
        ArrayBufferWriter<byte> output, ulong nanoseconds, ReadOnlySpan<byte> packet, int octetsOnWire, string? comment)
    {
        var block = new Block(output, 6);
        block.Add32(0);
        block.Add32((uint)(nanoseconds >> 32));
        block.Add32((uint)nanoseconds);
        block.Add32((uint)packet.Length);
        block.Add32((uint)octetsOnWire);
        block.AddPadded(packet);
        if (comment is not null)
        {
            block.AddOption(Comment, Printable(comment));
            block.AddOption(Options, default(ReadOnlySpan<byte>));
        }

        block.End();
    }

    private static string Printable(string text)
    {
        if (!text.Any(char.IsControl)) return text;
        return string.Create(text.Length, text, static (to, from) =>
        {
            for (var i = 0; i < from.Length; i++) to[i] = char.IsControl(from[i]) ? ' ' : from[i];
        });
    }

    /// <summary>One block: type, length, body, length again; everything little-endian and padded to 32 bits.</summary>
    private ref struct Block
    {
        private readonly ArrayBufferWriter<byte> output;
        private readonly ArrayBufferWriter<byte> body = new();
        private readonly uint type;

        public Block(ArrayBufferWriter<byte> output, uint type) => (this.output, this.type) = (output, type);

        public readonly void Add16(int value)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(body.GetSpan(2), (ushort)value);
            body.Advance(2);
        }

        public readonly void Add32(uint value) => Put32(body, value);

        public readonly void Add64(ulong value)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(body.GetSpan(8), value);
            body.Advance(8);
        }

        public readonly void AddOption(int code, string text)
        {
            var octets = Encoding.UTF8.GetBytes(text);
            AddOption(code, octets.AsSpan(0, Math.Min(octets.Length, 0xFFFC)));
        }

        public readonly void AddOption(int code, scoped ReadOnlySpan<byte> value)
        {
            Add16(code);
            Add16(value.Length);
            AddPadded(value);
        }

        public readonly void AddPadded(scoped ReadOnlySpan<byte> octets)
        {
            body.Write(octets);
            var padding = -octets.Length & 3;
            body.GetSpan(4)[..padding].Clear();
            body.Advance(padding);
        }

        public readonly void End()
        {
            var length = (uint)(body.WrittenCount + 12);
            Put32(output, type);
            Put32(output, length);
            output.Write(body.WrittenSpan);
            Put32(output, length);
        }

        private static void Put32(ArrayBufferWriter<byte> to, uint value)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(to.GetSpan(4), value);
            to.Advance(4);
        }
    }
}
