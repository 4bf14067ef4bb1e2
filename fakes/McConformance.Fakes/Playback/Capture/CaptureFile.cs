using System.Buffers.Binary;
using System.Text;

namespace McConformance.Fakes.Playback.Capture;

/// <summary>One packet of a capture file.</summary>
/// <param name="LinkType">What its first octet belongs to (LINKTYPE_ values of tcpdump.org).</param>
/// <param name="Octets">As captured.</param>
/// <param name="Comment">What a reader left with it; empty for nothing.</param>
internal readonly record struct CapturedPacket(int LinkType, ReadOnlyMemory<byte> Octets, string Comment);

/// <summary>Reads pcapng files (draft-ietf-opsawg-pcapng), of this project and of others; either byte order.</summary>
internal static class CaptureFile
{
    private const uint SectionHeader = 0x0A0D0D0A;
    private const uint InterfaceDescription = 1;
    private const uint EnhancedPacket = 6;
    private const int CommentOption = 1;

    /// <summary>The packets, in order.</summary>
    /// <exception cref="InvalidDataException">It is no pcapng file, or is cut off; says where.</exception>
    public static IReadOnlyList<CapturedPacket> Read(ReadOnlyMemory<byte> file)
    {
        var packets = new List<CapturedPacket>();
        var linkTypes = new List<int>();
        var isBig = false;
        for (var at = 0; at < file.Length;)
        {
            var block = file[at..];
            if (block.Length < 12) throw Broken(at, "a block of 12 octets or more");
            if (U32(block.Span, isBig) == SectionHeader)
            {
                isBig = U32(block.Span[8..], isBig: true) == 0x1A2B3C4D;
                if (!isBig && U32(block.Span[8..], isBig: false) != 0x1A2B3C4D) throw Broken(at,
                    "a pcapng section header");
                linkTypes.Clear();
            }
            else if (at == 0)
            {
                throw Broken(at,
                    "a pcapng section header; for a pcap file of the older kind: editcap -F pcapng OLD NEW");
            }

            var length = (int)U32(block.Span[4..], isBig);
            if (length < 12 || length > block.Length) throw Broken(at, $"a block of {length} octets");
            Take(block[8..(length - 4)], U32(block.Span, isBig), isBig, linkTypes, packets);
            at += length;
        }

        return packets;
    }

    private static void Take(
        ReadOnlyMemory<byte> body, uint type, bool isBig, List<int> linkTypes, List<CapturedPacket> packets)
    {
        if (type == InterfaceDescription && body.Length >= 2) linkTypes.Add(U16(body.Span, isBig));
        if (type != EnhancedPacket || body.Length < 20) return;
        var (device, length) = ((int)U32(body.Span, isBig), (int)U32(body.Span[12..], isBig));
        if (length < 0 || length > body.Length - 20 || device >= linkTypes.Count) return;
        var options = Math.Min(body.Length, 20 + ((length + 3) & ~3));
        packets.Add(new CapturedPacket(linkTypes[device], body.Slice(20, length), CommentIn(body.Span[options..],
            isBig)));
    }

    private static string CommentIn(ReadOnlySpan<byte> options, bool isBig)
    {
        while (options.Length >= 4)
        {
            var (code, length) = (U16(options, isBig), U16(options[2..], isBig));
            if (code == 0 || 4 + length > options.Length) break;
            if (code == CommentOption) return Encoding.UTF8.GetString(options.Slice(4, length));
            options = options[Math.Min(options.Length, 4 + ((length + 3) & ~3))..];
        }

        return "";
    }

    private static uint U32(ReadOnlySpan<byte> from, bool isBig) =>
        isBig ? BinaryPrimitives.ReadUInt32BigEndian(from) : BinaryPrimitives.ReadUInt32LittleEndian(from);

    private static int U16(ReadOnlySpan<byte> from, bool isBig) =>
        isBig ? BinaryPrimitives.ReadUInt16BigEndian(from) : BinaryPrimitives.ReadUInt16LittleEndian(from);

    private static InvalidDataException Broken(int at, string expected) =>
        new($"octet {at}: expected {expected}");
}
