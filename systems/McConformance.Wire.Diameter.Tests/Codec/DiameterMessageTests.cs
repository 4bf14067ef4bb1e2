using System.Buffers;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;

namespace McConformance.Wire.Diameter.Tests.Codec;

[Parallelizable(ParallelScope.All)]
public class DiameterMessageTests
{
    [TestCase("", "NeedMoreData")]
    [TestCase("010000", "NeedMoreData")]
    [TestCase("01000014", "NeedMoreData")]
    [TestCase("01000013 80000118 00000000 00000001 00000002", "InvalidData",
        TestName = "Rejects_length_shorter_than_header")]
    [TestCase("01000016 80000118 00000000 00000001 00000002 0000", "InvalidData",
        TestName = "Rejects_length_that_is_no_multiple_of_four")]
    [TestCase("01ffffff 80000118", "InvalidData",
        TestName = "Rejects_length_over_the_limit_before_it_waits_for_the_rest")]
    [TestCase("01000014 80000118 00000000 00000001 00000002", "Done")]
    [TestCase("01000018 80000118 00000000 00000001 00000002", "NeedMoreData")]
    [TestCase("02000014 80000118 00000000 00000001 00000002", "Done",
        TestName = "Takes_an_unknown_version_so_that_it_can_be_answered")]
    [TestCase("01000014 80000118 00000000 00000001 00000002 ff", "Done", TestName = "Leaves_what_follows")]
    public void Tells_messages_apart_by_their_length(string octets, string expected)
    {
        var bytes = Convert.FromHexString(octets.Replace(" ", "", StringComparison.Ordinal));
        new DiameterMessage().TryIndex(bytes, out var consumed).ToString().Should().Be(expected);
        consumed.Should().Be(expected == "Done" ? 20 : 0);
    }

    [Test]
    public void Takes_no_message_longer_than_the_limit_it_is_given() =>
        new DiameterMessage().TryIndex(Samples.Mar, 292, out _).Should().Be(OperationStatus.InvalidData);

    [Test]
    public void Reads_the_header_of_the_sample()
    {
        var mar = Samples.Message(Samples.Mar);
        (mar.Version, mar.Length, mar.Command, mar.Application, mar.HopByHop, mar.EndToEnd)
            .Should().Be(((byte)1, 296, 303u, 16777216u, 1u, 2u));
        (mar.IsRequest, mar.IsProxiable, mar.IsError, mar.IsRetransmitted).Should().Be((true, true, false, false));
        mar.AvpCount.Should().Be(11);
    }

    [Test]
    public void Reads_every_AVP_of_the_sample()
    {
        var mar = Samples.Message(Samples.Mar);
        Text(mar, 263, 0).Should().Be("scscf.b.example;1;1");
        Text(mar, 264, 0).Should().Be("scscf.b.example");
        Text(mar, 296, 0).Should().Be("b.example");
        Text(mar, 283, 0).Should().Be("b.example");
        Text(mar, 1, 0).Should().Be("v1@b.example");
        Text(mar, 601, 10415).Should().Be("sip:v1@b.example");
        Text(mar, 602, 10415).Should().Be("sip:scscf.b.example:6060");
        mar.TryFind(612, 10415, out var item).Should().BeTrue();
        item.TryFind(608, 10415, out var scheme).Should().BeTrue();
        scheme.Text.Should().Be("Digest-AKAv1-MD5");
        mar.TryFind(607, 10415, out var count).Should().BeTrue();
        count.Uint32.Should().Be(1);
        mar.TryFind(601, 0, out _).Should().BeFalse("that is the code of another vendor");
    }

    [Test]
    public void Writes_the_sample_octet_for_octet() =>
        MarBenchmark.Encode(new DiameterDraft()).Octets.ToArray().Should().Equal(Samples.Mar);

    [Test]
    public void Copies_the_sample_octet_for_octet()
    {
        var mar = Samples.Message(Samples.Mar);
        var draft = new DiameterDraft().Start(mar.Flags, mar.Command, mar.Application, mar.HopByHop, mar.EndToEnd);
        foreach (var avp in mar.Avps) draft.Copy(avp);
        draft.Finish().Octets.ToArray().Should().Equal(Samples.Mar);
    }

    [Test]
    public void Finds_repeated_AVPs_in_order()
    {
        var message = Samples.Message(Samples.Of("80", 257, 0,
            "00000109 4000000c 00000001" + "00000108 4000000b 612e6200" + "00000109 4000000c 00000002"));
        var found = new List<uint>();
        foreach (var avp in message.FindAll(265, 0)) found.Add(avp.Uint32);
        found.Should().Equal(1u, 2u);
    }

    [TestCase("00000107 40000009", 20, TestName = "An_AVP_longer_than_the_message_ends_the_table")]
    [TestCase("00000107 40000000", 20, TestName = "An_AVP_of_length_zero_ends_the_table")]
    [TestCase("00000107 c0000008", 20, TestName = "An_AVP_without_room_for_its_vendor_ends_the_table")]
    [TestCase("00000107 40000008 00000107", 28, TestName = "Four_octets_behind_the_last_AVP_are_no_AVP")]
    [TestCase("00000107 40000008", 28, TestName = "An_AVP_without_data_is_one")]
    public void Reads_as_far_as_lengths_fit(string avps, int readable) =>
        Samples.Message(Samples.Of("80", 257, 0, avps)).ReadableTo().Should().Be(readable);

    [Test]
    public void Keeps_a_copy_beyond_the_buffer()
    {
        var octets = Samples.Mar;
        var kept = new DiameterMessage();
        kept.Keep(Samples.Message(octets));
        Array.Clear(octets);
        kept.Span.ToArray().Should().Equal(Samples.Mar);
        Text(kept, 602, 10415).Should().Be("sip:scscf.b.example:6060");
    }

    [Test]
    public void A_draft_refuses_groups_that_do_not_close()
    {
        var draft = new DiameterDraft().Start(0x80, 257, 0, 1, 1);
        draft.Invoking(d => d.EndGroup()).Should().Throw<InvalidOperationException>();
        draft.BeginGroup(Rfc6733.FailedAvp);
        draft.Invoking(d => d.Finish()).Should().Throw<InvalidOperationException>();
    }

    [Test]
    public void A_draft_grows_and_pads_with_zeros()
    {
        var draft = new DiameterDraft().Start(0x80, 257, 0, 1, 1);
        for (var i = 0; i < 40; i++) draft.BeginGroup(Rfc6733.FailedAvp);
        draft.Put(Rfc6733.ProductName, new string('x', 5001));
        for (var i = 0; i < 40; i++) draft.EndGroup();
        var message = Samples.Message(draft.Finish().Octets.ToArray());
        message.Length.Should().Be(20 + (40 * 8) + 8 + 5004);
        message.Span[^3..].ToArray().Should().Equal(0, 0, 0);
    }

    private static string Text(DiameterMessage message, uint code, uint vendor)
    {
        message.TryFind(code, vendor, out var avp).Should().BeTrue($"AVP {code} is there");
        return avp.Text;
    }
}
