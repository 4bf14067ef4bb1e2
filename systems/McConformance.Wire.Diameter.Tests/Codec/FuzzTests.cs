using System.Buffers;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Tests;

namespace McConformance.Wire.Diameter.Tests.Codec;

/// <summary>Whatever octets come, the codec neither throws nor hangs nor grows.</summary>
internal sealed class FuzzTests
{
    // Multimedia-Auth-Request, worked out by hand and read by another dissector
    private static readonly byte[] Valid = Convert.FromHexString(
        "01000128c000012f010000000000000100000002000001074000001b73637363662e622e6578616d706c653b313b310000000104400000200000010a4000000c" +
        "000028af000001024000000c01000000000001154000000c00000001000001084000001773637363662e622e6578616d706c65000000012840000011622e6578" +
        "616d706c650000000000011b40000011622e6578616d706c650000000000000140000014763140622e6578616d706c6500000259c000001c000028af7369703a" +
        "763140622e6578616d706c6500000264c0000028000028af00000260c000001c000028af4469676573742d414b4176312d4d44350000025fc0000010000028af" +
        "000000010000025ac0000024000028af7369703a73637363662e622e6578616d706c653a36303630");

    [Test]
    public void A_million_mutations_neither_throw_nor_hang_nor_grow()
    {
        var mutations = new Mutations(20260102);
        var (message, draft) = (new DiameterMessage(), DiameterDraft.Rent());
        for (var i = 0; i < 1000; i++) Read(mutations.Next(Valid), message, draft);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var read = 0;
        for (var i = 0; i < Mutations.Count; i++) read += Read(mutations.Next(Valid), message, draft);

        read.Should().BeGreaterThan(Mutations.Count / 20, "some mutations are still messages");
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1 << 20, "reading allocates nothing, however odd the octets");
    }

    [Test]
    public void The_sample_is_read_and_written_octet_for_octet()
    {
        var message = new DiameterMessage();
        message.TryIndex(Valid, out var consumed).Should().Be(OperationStatus.Done);
        consumed.Should().Be(296);
        (message.Command, message.Application, message.HopByHop, message.EndToEnd).Should().Be((303u, 16777216u, 1u, 2u));
        message.TryFind(601, 10415, out var identity).Should().BeTrue();
        identity.Text.Should().Be("sip:v1@b.example");

        var draft = DiameterDraft.Rent().Start(message.Flags, message.Command, message.Application, message.HopByHop, message.EndToEnd);
        foreach (var avp in message.Avps) draft.Copy(avp);
        Convert.ToHexStringLower(draft.Finish().Span).Should().Be(Convert.ToHexStringLower(Valid));
    }

    private static int Read(ReadOnlyMemory<byte> octets, DiameterMessage message, DiameterDraft draft)
    {
        if (message.TryIndex(octets, out _) != OperationStatus.Done) return 0;
        draft.Start(message.Flags, message.Command, message.Application, 1, 2);
        Walk(message.Avps, draft, 0);
        _ = message.ReadableTo();
        draft.Finish();
        return 1;
    }

    private static void Walk(AvpSequence avps, DiameterDraft draft, int depth)
    {
        foreach (var avp in avps)
        {
            _ = avp.Uint32;
            if (depth == 0) draft.Copy(avp);
            if (depth < 8) Walk(avp.Avps, draft, depth + 1);
        }
    }
}
