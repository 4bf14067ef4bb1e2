using System.Buffers.Binary;
using System.Text;
using McConformance.Reports.Tests.Samples;
using McConformance.Wire;

namespace McConformance.Reports.Tests;

[TestFixture, Parallelizable(ParallelScope.Children)]
public sealed class PcapngTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 30, 0, TimeSpan.Zero);

    [Test]
    public void Blocks_follow_one_another_to_the_end()
    {
        var blocks = Blocks(Write(new SampleRecording().Registration()));
        blocks[0].Type.Should().Be(0x0A0D0D0A);
        blocks[1].Type.Should().Be(1);
        blocks[2].Type.Should().Be(4, "names come before packets");
        blocks.Skip(3).Should().OnlyContain(b => b.Type == 6);
        blocks.Skip(3).Should().HaveCount(14 + 3 * 3, "14 messages, and 3 connections with 3 packets to set them up");
    }

    [Test]
    public void Time_is_in_nanoseconds_since_1970()
    {
        var packet = Blocks(Write(new SampleRecording().Sip("ue-1", "pcscf.partner.example", [1]))).First(b => b.Type == 6).Body;
        var time = (ulong)BinaryPrimitives.ReadUInt32LittleEndian(packet.AsSpan(4)) << 32 | BinaryPrimitives.ReadUInt32LittleEndian(packet.AsSpan(8));
        time.Should().Be(1_772_443_800_000_340_000);
    }

    [Test]
    public void Parties_on_loopback_get_documentation_addresses_and_standard_ports()
    {
        var recording = new SampleRecording()
            .Sip("ue-1", "pcscf.partner.example", "OPTIONS sip:a SIP/2.0\r\n\r\n"u8.ToArray())
            .Diameter("mms.partner.example", "mms.primary.example", SampleOctets.Watchdog(1, "mms.partner.example"));
        var packets = Packets(Write(recording));

        packets[0].AsSpan(12, 8).ToArray().Should().Equal(203, 0, 113, 10, 198, 51, 100, 20);
        Port(packets[0], 20).Should().Be(5060);
        Port(packets[0], 22).Should().Be(5060);
        packets[^1].AsSpan(12, 8).ToArray().Should().Equal(198, 51, 100, 60, 192, 0, 2, 60);
        Port(packets[^1], 22).Should().Be(3868);
    }

    [Test]
    public void Other_addresses_and_their_ports_are_kept()
    {
        var recording = new SampleRecording();
        recording.Add("sbc.vendor.example", EntityKind.ProxyCscf, "vendor.example", 5080, "10.1.2.3");
        recording.Add("ue.vendor.example", EntityKind.SignallingUserAgent, "", 5090, "10.1.2.4");
        var packet = Packets(Write(recording.Sip("ue.vendor.example", "sbc.vendor.example", [65]))).Single();
        packet.AsSpan(12, 8).ToArray().Should().Equal(10, 1, 2, 4, 10, 1, 2, 3);
        (Port(packet, 20), Port(packet, 22)).Should().Be((5090, 5080));
    }

    [TestCase("10.1.2.3", "10.1.2.4", 20)]
    [TestCase("2001:db8::1", "2001:db8::2", 40)]
    [TestCase("127.0.0.1", "2001:db8::2", 20)]
    [TestCase("::1", "10.1.2.4", 20)]
    [TestCase("::ffff:10.1.2.3", "10.1.2.4", 20)]
    public void Checksums_are_right_in_every_mix_of_addresses(string from, string to, int header)
    {
        var recording = new SampleRecording();
        recording.Add("a.example", EntityKind.ProxyCscf, "a.example", 5080, from);
        recording.Add("b.example", EntityKind.ProxyCscf, "b.example", 5081, to);
        foreach (var packet in Packets(Write(recording.Sip("a.example", "b.example", [1, 2, 3]).Diameter("a.example", "b.example", new byte[21]))))
        {
            (packet[0] >> 4).Should().Be(header == 20 ? 4 : 6);
            var pseudo = header == 20 ? packet[12..20] : packet[8..40];
            byte[] summed = [.. pseudo, 0, packet[header == 20 ? 9 : 6], .. BigEndian(packet.Length - header), .. packet[header..]];
            Sum(summed).Should().Be(0xFFFF);
            if (header == 20) Sum(packet[..20]).Should().Be(0xFFFF);
        }
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(65_507)]
    [TestCase(65_508)]
    [TestCase(200_000)]
    public void Datagrams_of_any_length_are_written_and_cut_where_they_must_be(int octets)
    {
        var block = Blocks(Write(new SampleRecording().Sip("ue-1", "pcscf.partner.example", new byte[octets]))).Single(b => b.Type == 6);
        BinaryPrimitives.ReadInt32LittleEndian(block.Body.AsSpan(12)).Should().Be(28 + Math.Min(octets, 65_507));
        BinaryPrimitives.ReadInt32LittleEndian(block.Body.AsSpan(16)).Should().Be(28 + octets);
        Encoding.UTF8.GetString(block.Body).Contains("the packet is cut").Should().Be(octets > 65_507);
    }

    [Test]
    public void Same_party_has_the_same_address_in_another_recording()
    {
        var alone = Packets(Write(new SampleRecording().Sip("pcscf.partner.example", "scscf.partner.example", [1])));
        var among = Packets(Write(new SampleRecording().Registration()));
        among.Select(p => Convert.ToHexString(p, 12, 8)).Should().Contain(Convert.ToHexString(alone[0], 12, 8));
    }

    [Test]
    public void More_parties_than_addresses_do_no_harm()
    {
        var recording = new SampleRecording();
        for (var i = 0; i < 900; i++) recording.Sip($"stranger-{i}", "pcscf.partner.example", [65]);
        Packets(Write(recording)).Should().HaveCount(900);
    }

    [Test, Category("Peer")]
    public void Tshark_decodes_every_message_without_settings()
    {
        var recording = new SampleRecording()
            .Diameter("mms.partner.example", "mms.primary.example", SampleOctets.Watchdog(90, "mms.partner.example"))
            .Sip("ue-1", "pcscf.partner.example", SampleOctets.Register(1, "in-0001", false), Fate.Lost, "drops the first REGISTER")
            .Sip("ue-1", "pcscf.partner.example", SampleOctets.Register(1, "in-0001", false), carrier: Carrier.Tls)
            .Registration()
            .Diameter("mms.primary.example", "mms.partner.example", SampleOctets.Message(303, 0x40, 16777216, 9, SampleOctets.Text(263, new string('x', 70_000))));
        var lines = Peer.Tshark(Write(recording), "-o", "ip.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE",
            "-T", "fields", "-e", "_ws.col.Protocol", "-e", "_ws.col.Info", "-e", "_ws.malformed", "-e", "frame.comment", "-e", "tcp.analysis.flags",
            "-e", "udp.checksum.status", "-e", "tcp.checksum.status", "-E", "separator=/t");

        var cells = lines.Select(l => l.Split('\t')).ToArray();
        cells.Should().OnlyContain(c => c[2] == "", "nothing is malformed");
        cells.Count(c => c[0] == "SIP").Should().Be(2 + 8);
        cells.Count(c => c[0] == "DIAMETER").Should().Be(1 + 6 + 1);
        var text = string.Join('\n', lines);
        text.Should().Contain("Device-Watchdog Request(280)").And.Contain("Multimedia-Auth Request(303)").And.Contain("Multimedia-Auth Answer(303)")
            .And.Contain("Request: REGISTER sip:ims.partner.example").And.Contain("Status: 401 Unauthorized").And.Contain("Status: 200 OK")
            .And.Contain("lost: drops the first REGISTER").And.Contain("recorded before encryption")
            .And.Contain("AAA-2 scscf.partner.example -> mms.partner.example; TCP 127.0.0.1:41002 -> 127.0.0.1:41003; delivered");
        text.Should().NotContain("Bad").And.NotContain("previous segment");
    }

    [Test, Category("Peer")]
    public void Tshark_resolves_the_names_of_the_parties()
    {
        var lines = Peer.Tshark(Write(new SampleRecording().Registration()), "-N", "n", "-T", "fields", "-e", "ip.src_host");
        lines.Should().Contain("mms.primary.example").And.Contain("ue-1");
    }

    private static byte[] Write(SampleRecording recording) => Pcapng.Write(recording.Messages, Start, "McConformance test").ToArray();

    private static List<(uint Type, byte[] Body)> Blocks(byte[] file)
    {
        var blocks = new List<(uint, byte[])>();
        for (var at = 0; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 4));
            (length % 4).Should().Be(0);
            BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + length - 4)).Should().Be(length);
            blocks.Add((BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at)), file[(at + 8)..(at + length - 4)]));
            at += length;
        }

        return blocks;
    }

    private static byte[][] Packets(byte[] file) =>
        [.. Blocks(file).Where(b => b.Type == 6).Select(b => b.Body[20..(20 + BinaryPrimitives.ReadInt32LittleEndian(b.Body.AsSpan(12)))])];

    private static int Port(byte[] packet, int offset) => BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(offset));

    private static byte[] BigEndian(int length) => [(byte)(length >> 8), (byte)length];

    private static int Sum(byte[] octets)
    {
        var sum = 0;
        for (var i = 0; i < octets.Length; i++) sum += i % 2 == 0 ? octets[i] << 8 : octets[i];
        while (sum >> 16 != 0) sum = (sum & 0xFFFF) + (sum >> 16);
        return sum;
    }
}
