using McConformance.Wire.Authentication;
using McConformance.Wire.Identities;

namespace McConformance.Entities.UserEquipment;

/// <summary>What an ISIM answers to a challenge (TS 33.203 6.1).</summary>
public enum IsimAnswer
{
    /// <summary>The network is genuine and the challenge fresh: RES is there.</summary>
    Response,

    /// <summary>The MAC of AUTN is wrong: the network does not hold the key.</summary>
    MacFailure,

    /// <summary>The sequence number is not fresh: AUTS is there.</summary>
    SynchronisationFailure,
}

/// <summary>The ISIM of an MC service UE: default identities, key and sequence numbers.</summary>
/// <param name="defaults">The identities used at the primary MC system.</param>
/// <param name="milenage">The subscriber's functions; this object owns them.</param>
/// <param name="sqn">Highest sequence number accepted so far, 48 bits.</param>
public sealed class Isim(SipIdentitySet defaults, Milenage milenage, ulong sqn = 0) : IDisposable
{
    private readonly ulong[] highest = Enumerable.Repeat(sqn >> 5, SequenceNumber.Indices).ToArray();
    private ulong accepted = sqn;

    /// <summary>The default identities, of the primary MC system.</summary>
    public SipIdentitySet Defaults => defaults;

    /// <summary>Authenticates the network and answers its challenge (TS 33.102 6.3.3).</summary>
    /// <param name="rand">16 octets.</param>
    /// <param name="autn">16 octets.</param>
    /// <param name="res">Gets 8 octets where the answer is <see cref="IsimAnswer.Response"/>.</param>
    /// <param name="auts">Gets 14 octets where it is <see cref="IsimAnswer.SynchronisationFailure"/>.</param>
    public IsimAnswer Authenticate(ReadOnlySpan<byte> rand, ReadOnlySpan<byte> autn, Span<byte> res, Span<byte> auts)
    {
        if (!AkaToken.TryReadAutn(milenage, rand, autn, out var offered)) return IsimAnswer.MacFailure;
        if (!SequenceNumber.IsFresh(offered, highest))
        {
            AkaToken.WriteAuts(milenage, rand, accepted, auts);
            return IsimAnswer.SynchronisationFailure;
        }

        highest[(int)(offered & (SequenceNumber.Indices - 1))] = offered >> 5;
        accepted = Math.Max(accepted, offered);
        Span<byte> ck = stackalloc byte[16], ik = stackalloc byte[16], ak = stackalloc byte[6];
        milenage.F2345(rand, res, ck, ik, ak);
        return IsimAnswer.Response;
    }

    /// <inheritdoc/>
    public void Dispose() => milenage.Dispose();
}
