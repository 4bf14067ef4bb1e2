using McConformance.Entities.UserEquipment;
using McConformance.Wire.Authentication;
using McConformance.Wire.Identities;

namespace McConformance.Entities.Tests;

[Parallelizable(ParallelScope.All)]
internal sealed class IsimTests
{
    private static readonly byte[] Key = Convert.FromHexString("465b5ce8b199b49faa5f0a2ee238a6bc");
    private static readonly byte[] Op = Convert.FromHexString("cdc202d5123e20f62b6d676ac72cb318");
    private static readonly byte[] Rand = Convert.FromHexString("23553cbe9637a89d218ae64dae47bf35");

    [Test]
    public void A_fresh_challenge_is_answered_by_RES()
    {
        using var isim = Isim(0);
        var (answer, res, _) = Answer(isim, 0xff9bb4d0b607 & 0x1fffffff);
        answer.Should().Be(IsimAnswer.Response);
        res.Should().Be("a54211d5e3ba50bf");
    }

    [Test]
    public void The_same_challenge_again_asks_for_resynchronisation()
    {
        using var isim = Isim(0);
        Answer(isim, 64);
        var (answer, _, auts) = Answer(isim, 64);
        answer.Should().Be(IsimAnswer.SynchronisationFailure);
        using var home = Milenage.FromOp(Key, Op);
        AkaToken.TryReadAuts(home, Rand, Convert.FromHexString(auts), out var sqn).Should().BeTrue();
        sqn.Should().Be(64);
    }

    [Test]
    public void A_wrong_MAC_is_a_failure_of_the_network()
    {
        using var isim = Isim(0);
        var autn = Autn(64);
        autn[15] ^= 1;
        isim.Authenticate(Rand, autn, new byte[8], new byte[14]).Should().Be(IsimAnswer.MacFailure);
    }

    [Test]
    public void A_jump_beyond_the_limit_asks_for_resynchronisation()
    {
        using var isim = Isim(0);
        Answer(isim, ((1UL << 28) + 1) << 5).Answer.Should().Be(IsimAnswer.SynchronisationFailure);
    }

    private static Isim Isim(ulong sqn) => new(
        new SipIdentitySet(new PrivateUserIdentity("a@b"), new PublicUserIdentity("sip:a@b")), Milenage.FromOp(Key, Op), sqn);

    private static (IsimAnswer Answer, string Res, string Auts) Answer(Isim isim, ulong sqn)
    {
        byte[] res = new byte[8], auts = new byte[14];
        return (isim.Authenticate(Rand, Autn(sqn), res, auts), Convert.ToHexStringLower(res), Convert.ToHexStringLower(auts));
    }

    private static byte[] Autn(ulong sqn)
    {
        using var home = Milenage.FromOp(Key, Op);
        var autn = new byte[16];
        AkaToken.WriteVector(home, Rand, sqn, [0x80, 0], autn, new byte[8], new byte[16], new byte[16]);
        return autn;
    }
}
