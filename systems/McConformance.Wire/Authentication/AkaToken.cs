using System.Security.Cryptography;

namespace McConformance.Wire.Authentication;

/// <summary>
/// AUTN and AUTS of UMTS AKA (TS 33.102 6.3):
/// <code>
/// AUTN (16)  | SQN xor AK  (6) | AMF (2) | MAC-A (8) |
/// AUTS (14)  | SQNms xor AK* (6) | MAC-S (8) |
/// </code>
/// </summary>
public static class AkaToken
{
    /// <summary>Octets of RAND.</summary>
    public const int RandLength = 16;

    /// <summary>Octets of AUTN.</summary>
    public const int AutnLength = 16;

    /// <summary>Octets of AUTS.</summary>
    public const int AutsLength = 14;

    /// <summary>Largest sequence number: 48 bits.</summary>
    public const ulong SqnMax = (1UL << 48) - 1;

    /// <summary>Writes a sequence number as six octets.</summary>
    public static void WriteSqn(ulong sqn, Span<byte> into)
    {
        for (var i = 5; i >= 0; i--, sqn >>= 8) into[i] = (byte)sqn;
    }

    /// <summary>Reads six octets as a sequence number.</summary>
    public static ulong ReadSqn(ReadOnlySpan<byte> octets)
    {
        var sqn = 0UL;
        foreach (var octet in octets[..6]) sqn = (sqn << 8) | octet;
        return sqn;
    }

    /// <summary>Makes AUTN, XRES, CK and IK for one RAND (TS 33.102 6.3.2).</summary>
    public static void WriteVector(
        Milenage milenage, ReadOnlySpan<byte> rand, ulong sqn, ReadOnlySpan<byte> amf,
        Span<byte> autn, Span<byte> xres, Span<byte> ck, Span<byte> ik)
    {
        Span<byte> plain = stackalloc byte[6], ak = stackalloc byte[6], macS = stackalloc byte[8];
        WriteSqn(sqn, plain);
        milenage.F2345(rand, xres, ck, ik, ak);
        milenage.F1(rand, plain, amf, autn[8..], macS);
        plain.CopyTo(autn);
        Milenage.Xor(autn[..6], ak);
        amf.CopyTo(autn[6..]);
    }

    /// <summary>What the ISIM finds in an AUTN: its sequence number, and whether the MAC is right (TS 33.102 6.3.3).</summary>
    public static bool TryReadAutn(Milenage milenage, ReadOnlySpan<byte> rand, ReadOnlySpan<byte> autn, out ulong sqn)
    {
        Span<byte> plain = stackalloc byte[6], macA = stackalloc byte[8], macS = stackalloc byte[8];
        Span<byte> res = stackalloc byte[8], ck = stackalloc byte[16], ik = stackalloc byte[16], ak = stackalloc byte[6];
        milenage.F2345(rand, res, ck, ik, ak);
        autn[..6].CopyTo(plain);
        Milenage.Xor(plain, ak);
        sqn = ReadSqn(plain);
        milenage.F1(rand, plain, autn.Slice(6, 2), macA, macS);
        return CryptographicOperations.FixedTimeEquals(macA, autn[8..]);
    }

    /// <summary>Makes AUTS from the ISIM's own sequence number; AMF* is zero (TS 33.102 6.3.3).</summary>
    public static void WriteAuts(Milenage milenage, ReadOnlySpan<byte> rand, ulong sqnMs, Span<byte> auts)
    {
        Span<byte> plain = stackalloc byte[6], ak = stackalloc byte[6], macA = stackalloc byte[8];
        WriteSqn(sqnMs, plain);
        milenage.F1(rand, plain, [0, 0], macA, auts[6..]);
        milenage.F5Star(rand, ak);
        plain.CopyTo(auts);
        Milenage.Xor(auts[..6], ak);
    }

    /// <summary>What the home finds in an AUTS: the ISIM's sequence number, and whether the MAC is right (TS 33.102 6.3.5).</summary>
    public static bool TryReadAuts(Milenage milenage, ReadOnlySpan<byte> rand, ReadOnlySpan<byte> auts, out ulong sqnMs)
    {
        Span<byte> plain = stackalloc byte[6], ak = stackalloc byte[6], macA = stackalloc byte[8], macS = stackalloc byte[8];
        milenage.F5Star(rand, ak);
        auts[..6].CopyTo(plain);
        Milenage.Xor(plain, ak);
        sqnMs = ReadSqn(plain);
        milenage.F1(rand, plain, [0, 0], macA, macS);
        return CryptographicOperations.FixedTimeEquals(macS, auts.Slice(6, 8));
    }
}
