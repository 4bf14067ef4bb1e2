using McConformance.Wire.Authentication;

namespace McConformance.Wire.Tests.Authentication;

/// <summary>TS 35.208, all outputs of five published sets.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class MilenageTests
{
    // set | K | RAND | SQN | AMF | OP | OPc | f1 | f1* | f2 | f5 | f3 | f4 | f5*
    private static readonly string[] Sets =
    [
        "465b5ce8b199b49faa5f0a2ee238a6bc | 23553cbe9637a89d218ae64dae47bf35 | ff9bb4d0b607 | b9b9 | cdc202d5123e20f62b6d676ac72cb318 | cd63cb71954a9f4e48a5994e37a02baf | 4a9ffac354dfafb3 | 01cfaf9ec4e871e9 | a54211d5e3ba50bf | aa689c648370 | b40ba9a3c58b2a05bbf0d987b21bf8cb | f769bcd751044604127672711c6d3441 | 451e8beca43b",
        "fec86ba6eb707ed08905757b1bb44b8f | 9f7c8d021accf4db213ccff0c7f71a6a | 9d0277595ffc | 725c | dbc59adcb6f9a0ef735477b7fadf8374 | 1006020f0a478bf6b699f15c062e42b3 | 9cabc3e99baf7281 | 95814ba2b3044324 | 8011c48c0c214ed2 | 33484dc2136b | 5dbdbb2954e8f3cde665b046179a5098 | 59a92d3b476a0443487055cf88b2307b | deacdd848cc6",
        "9e5944aea94b81165c82fbf9f32db751 | ce83dbc54ac0274a157c17f80d017bd6 | 0b604a81eca8 | 9e09 | 223014c5806694c007ca1eeef57f004f | a64a507ae1a2a98bb88eb4210135dc87 | 74a58220cba84c49 | ac2cc74a96871837 | f365cd683cd92e96 | f0b9c08ad02e | e203edb3971574f5a94b0d61b816345d | 0c4524adeac041c4dd830d20854fc46b | 6085a86c6f63",
        "4ab1deb05ca6ceb051fc98e77d026a84 | 74b0cd6031a1c8339b2b6ce2b8c4a186 | e880a1b580b6 | 9f07 | 2d16c5cd1fdf6b22383584e3bef2a8d8 | dcf07cbd51855290b92a07a9891e523e | 49e785dd12626ef2 | 9e85790336bb3fa2 | 5860fc1bce351e7e | 31e11a609118 | 7657766b373d1c2138f307e3de9242f9 | 1c42e960d89b8fa99f2744e0708ccb53 | fe2555e54aa9",
        "6c38a116ac280c454f59332ee35c8c4f | ee6466bc96202c5a557abbeff8babf63 | 414b98222181 | 4464 | 1ba00a1a7c6700ac8c3ff3e96ad08725 | 3803ef5363b947c6aaa225e58fae3934 | 078adfb488241a57 | 80246b8d0186bcf1 | 16c8233f05a0ac28 | 45b0f69ab06c | 3f8c7587fe8e4b233af676aede30ba3b | a7466cc1e6b2a1337d49d3b66e95d7b4 | 1f53cd2b1113",
    ];

    [TestCaseSource(nameof(Sets))]
    public void Every_output_of_a_published_set_is_right(string row)
    {
        var v = row.Split('|').Select(x => Convert.FromHexString(x.Trim())).ToArray();
        using var milenage = Milenage.FromOp(v[0], v[4]);
        byte[] macA = new byte[8], macS = new byte[8], res = new byte[8], ck = new byte[16], ik = new byte[16], ak = new byte[6], star = new byte[6];

        milenage.F1(v[1], v[2], v[3], macA, macS);
        milenage.F2345(v[1], res, ck, ik, ak);
        milenage.F5Star(v[1], star);

        Convert.ToHexStringLower(milenage.Opc).Should().Be(Convert.ToHexStringLower(v[5]));
        byte[][] seen = [macA, macS, res, ak, ck, ik, star];
        for (var i = 0; i < seen.Length; i++)
            Convert.ToHexStringLower(seen[i]).Should().Be(Convert.ToHexStringLower(v[6 + i]), "column {0}", 6 + i);
    }

    [Test]
    public void The_vector_of_set_1_gives_the_AUTN_worked_out_by_hand()
    {
        using var milenage = Set1();
        byte[] autn = new byte[16], xres = new byte[8], ck = new byte[16], ik = new byte[16];

        AkaToken.WriteVector(milenage, Rand, 0xff9bb4d0b607, [0xb9, 0xb9], autn, xres, ck, ik);

        Convert.ToHexStringLower(autn).Should().Be("55f328b43577b9b94a9ffac354dfafb3");
        Convert.ToHexStringLower(xres).Should().Be("a54211d5e3ba50bf");
        AkaToken.TryReadAutn(milenage, Rand, autn, out var sqn).Should().BeTrue();
        sqn.Should().Be(0xff9bb4d0b607);
    }

    [Test]
    public void A_changed_bit_of_AUTN_is_seen([Range(0, 15)] int octet)
    {
        using var milenage = Set1();
        var autn = Convert.FromHexString("55f328b43577b9b94a9ffac354dfafb3");
        autn[octet] ^= 1;
        AkaToken.TryReadAutn(milenage, Rand, autn, out _).Should().BeFalse();
    }

    [Test]
    public void AUTS_is_made_and_read_as_worked_out_by_hand()
    {
        using var milenage = Set1();
        var auts = new byte[14];

        AkaToken.WriteAuts(milenage, Rand, 0xff9bb4d0b620, auts);

        Convert.ToBase64String(auts).Should().Be("uoU/PBIbHULnlDBfgb0=");
        AkaToken.TryReadAuts(milenage, Rand, auts, out var sqn).Should().BeTrue();
        sqn.Should().Be(0xff9bb4d0b620);
        auts[13] ^= 1;
        AkaToken.TryReadAuts(milenage, Rand, auts, out _).Should().BeFalse();
    }

    [TestCase(15, 16)]
    [TestCase(16, 17)]
    public void Wrong_key_lengths_are_refused(int k, int op) =>
        FluentActions.Invoking(() => Milenage.FromOp(new byte[k], new byte[op])).Should().Throw<ArgumentException>().WithMessage("*16 octets*");

    [TestCase("000000000020", true, "first number")]
    [TestCase("000000000000", false, "SEQ not above the highest")]
    [TestCase("000200000020", false, "SEQ jumps by more than 2^28")]
    [TestCase("0001fffffff0", true, "SEQ jumps by less than 2^28")]
    public void Freshness_is_judged_by_SEQ_and_IND(string sqn, bool fresh, string why) =>
        SequenceNumber.IsFresh(Convert.ToUInt64(sqn, 16), new ulong[32]).Should().Be(fresh, why);

    [Test]
    public void A_number_out_of_order_is_fresh_at_its_own_index_once()
    {
        var highest = new ulong[32];
        highest[4] = 9;
        SequenceNumber.IsFresh((8UL << 5) | 3, highest).Should().BeTrue();
        highest[3] = 8;
        SequenceNumber.IsFresh((8UL << 5) | 3, highest).Should().BeFalse();
    }

    private static readonly byte[] Rand = Convert.FromHexString("23553cbe9637a89d218ae64dae47bf35");

    private static Milenage Set1() =>
        Milenage.FromOp(Convert.FromHexString("465b5ce8b199b49faa5f0a2ee238a6bc"), Convert.FromHexString("cdc202d5123e20f62b6d676ac72cb318"));
}
