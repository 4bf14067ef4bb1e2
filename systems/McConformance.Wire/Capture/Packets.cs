using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace McConformance.Wire.Capture;

/// <summary>IP packets with UDP (RFC 768) or TCP (RFC 9293) inside, checksums included.</summary>
internal static class Packets
{
    /// <summary>TCP flags.</summary>
    public const int Syn = 0x02, Push = 0x08, Ack = 0x10;

    private const int UdpProtocol = 17;
    private const int TcpProtocol = 6;

    /// <summary>One datagram; the octets fit one.</summary>
    public static byte[] Udp(IPEndPoint from, IPEndPoint to, ReadOnlySpan<byte> octets)
    {
        var packet = Ip(from.Address, to.Address, UdpProtocol, 8 + octets.Length, out var start);
        var udp = packet.AsSpan(start);
        BinaryPrimitives.WriteUInt16BigEndian(udp, (ushort)from.Port);
        BinaryPrimitives.WriteUInt16BigEndian(udp[2..], (ushort)to.Port);
        BinaryPrimitives.WriteUInt16BigEndian(udp[4..], (ushort)udp.Length);
        octets.CopyTo(udp[8..]);
        var sum = Checksum(udp, PseudoHeader(from.Address, to.Address, UdpProtocol, udp.Length));
        BinaryPrimitives.WriteUInt16BigEndian(udp[6..], sum == 0 ? (ushort)0xFFFF : sum);
        return packet;
    }

    /// <summary>One segment.</summary>
    public static byte[] Tcp(
        IPEndPoint from, IPEndPoint to, uint sequence, uint acknowledged, int flags, ReadOnlySpan<byte> octets)
    {
        var packet = Ip(from.Address, to.Address, TcpProtocol, 20 + octets.Length, out var start);
        var tcp = packet.AsSpan(start);
        BinaryPrimitives.WriteUInt16BigEndian(tcp, (ushort)from.Port);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[2..], (ushort)to.Port);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[4..], sequence);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[8..], acknowledged);
        tcp[12] = 5 << 4;
        tcp[13] = (byte)flags;
        BinaryPrimitives.WriteUInt16BigEndian(tcp[14..], 0xFFFF);
        octets.CopyTo(tcp[20..]);
        var sum = Checksum(tcp, PseudoHeader(from.Address, to.Address, TcpProtocol, tcp.Length));
        BinaryPrimitives.WriteUInt16BigEndian(tcp[16..], sum);
        return packet;
    }

    private static byte[] Ip(IPAddress from, IPAddress to, int protocol, int payload, out int start)
    {
        if (from.AddressFamily == AddressFamily.InterNetworkV6) return Ip6(from, to, protocol, payload, out start);
        start = 20;
        var packet = new byte[20 + payload];
        var ip = packet.AsSpan();
        ip[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)packet.Length);
        ip[6] = 0x40; // not to be fragmented
        ip[8] = 64;
        ip[9] = (byte)protocol;
        from.TryWriteBytes(ip[12..], out _);
        to.TryWriteBytes(ip[16..], out _);
        BinaryPrimitives.WriteUInt16BigEndian(ip[10..], Checksum(ip[..20], 0));
        return packet;
    }

    private static byte[] Ip6(IPAddress from, IPAddress to, int protocol, int payload, out int start)
    {
        start = 40;
        var packet = new byte[40 + payload];
        var ip = packet.AsSpan();
        ip[0] = 0x60;
        BinaryPrimitives.WriteUInt16BigEndian(ip[4..], (ushort)payload);
        ip[6] = (byte)protocol;
        ip[7] = 64;
        from.TryWriteBytes(ip[8..], out _);
        to.TryWriteBytes(ip[24..], out _);
        return packet;
    }

    private static ulong PseudoHeader(IPAddress from, IPAddress to, int protocol, int length)
    {
        Span<byte> both = stackalloc byte[32];
        from.TryWriteBytes(both, out var written);
        to.TryWriteBytes(both[written..], out var more);
        return Sum(both[..(written + more)]) + (uint)protocol + (uint)length;
    }

    private static ushort Checksum(ReadOnlySpan<byte> octets, ulong start)
    {
        var sum = start + Sum(octets);
        while (sum >> 16 != 0) sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)~sum;
    }

    private static ulong Sum(ReadOnlySpan<byte> octets)
    {
        ulong sum = 0;
        for (; octets.Length >= 2; octets = octets[2..]) sum += BinaryPrimitives.ReadUInt16BigEndian(octets);
        return octets.Length == 1 ? sum + ((ulong)octets[0] << 8) : sum;
    }
}
