using System.Security.Cryptography;

namespace McConformance.Wire.Authentication;

/// <summary>
/// The MILENAGE functions f1 to f5* of one subscriber (TS 35.206 4.1). Lengths in octets: K, OP, OPc, RAND, CK, IK 16; SQN, AK 6;
/// AMF 2; MAC-A, MAC-S, RES 8. Not thread safe.
/// </summary>
public sealed class Milenage : IDisposable
{
    /// <summary>Octets of RES and XRES.</summary>
    public const int ResLength = 8;
    private readonly Aes aes = Aes.Create();
    private readonly byte[] opc = new byte[16];

    private Milenage(ReadOnlySpan<byte> k)
    {
        if (k.Length != 16) throw new ArgumentException($"K has 16 octets, not {k.Length}", nameof(k));
        aes.SetKey(k);
    }

    /// <summary>OPc as stored in place of OP.</summary>
    public ReadOnlySpan<byte> Opc => opc;

    /// <summary>For a subscriber whose OP is known; derives OPc.</summary>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public static Milenage FromOp(ReadOnlySpan<byte> k, ReadOnlySpan<byte> op)
    {
        var milenage = new Milenage(k);
        Expect(op, 16, nameof(op));
        milenage.aes.EncryptEcb(op, milenage.opc, PaddingMode.None);
        Xor(milenage.opc, op);
        return milenage;
    }

    /// <summary>For a subscriber whose OPc is known.</summary>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public static Milenage FromOpc(ReadOnlySpan<byte> k, ReadOnlySpan<byte> opc)
    {
        var milenage = new Milenage(k);
        Expect(opc, 16, nameof(opc));
        opc.CopyTo(milenage.opc);
        return milenage;
    }

    /// <summary>f1 and f1*: MAC-A towards the ISIM, MAC-S from it.</summary>
    public void F1(ReadOnlySpan<byte> rand, ReadOnlySpan<byte> sqn, ReadOnlySpan<byte> amf, Span<byte> macA, Span<byte> macS)
    {
        Span<byte> temp = stackalloc byte[16], input = stackalloc byte[16], rotated = stackalloc byte[16];
        Temp(rand, temp);
        sqn.CopyTo(input);
        amf.CopyTo(input[6..]);
        input[..8].CopyTo(input[8..]);
        Xor(input, opc);
        for (var i = 0; i < 16; i++) rotated[(i + 8) & 15] = input[i]; // r1 = 64 bits, c1 = 0
        Xor(rotated, temp);
        Encrypt(rotated);
        rotated[..8].CopyTo(macA);
        rotated[8..].CopyTo(macS);
    }

    /// <summary>f2, f3, f4 and f5: RES, CK, IK and AK.</summary>
    public void F2345(ReadOnlySpan<byte> rand, Span<byte> res, Span<byte> ck, Span<byte> ik, Span<byte> ak)
    {
        Span<byte> temp = stackalloc byte[16], output = stackalloc byte[16];
        Temp(rand, temp);
        Output(temp, 0, 1, output); // r2 = 0, c2 = 1
        output[..6].CopyTo(ak);
        output[8..].CopyTo(res);
        Output(temp, 4, 2, ck); // r3 = 32 bits, c3 = 2
        Output(temp, 8, 4, ik); // r4 = 64 bits, c4 = 4
    }

    /// <summary>f5*: AK for resynchronisation.</summary>
    public void F5Star(ReadOnlySpan<byte> rand, Span<byte> ak)
    {
        Span<byte> temp = stackalloc byte[16], output = stackalloc byte[16];
        Temp(rand, temp);
        Output(temp, 12, 8, output); // r5 = 96 bits, c5 = 8
        output[..6].CopyTo(ak);
    }

    /// <inheritdoc/>
    public void Dispose() => aes.Dispose();

    internal static void Xor(Span<byte> into, ReadOnlySpan<byte> with)
    {
        for (var i = 0; i < into.Length; i++) into[i] ^= with[i];
    }

    private static void Expect(ReadOnlySpan<byte> value, int length, string name)
    {
        if (value.Length != length) throw new ArgumentException($"{name} has {length} octets, not {value.Length}", name);
    }

    private void Temp(ReadOnlySpan<byte> rand, Span<byte> temp)
    {
        Expect(rand, 16, nameof(rand));
        rand.CopyTo(temp);
        Xor(temp, opc);
        aes.EncryptEcb(temp, temp, PaddingMode.None);
    }

    private void Output(ReadOnlySpan<byte> temp, int rotation, byte constant, Span<byte> output)
    {
        Span<byte> input = stackalloc byte[16];
        for (var i = 0; i < 16; i++) input[i] = (byte)(temp[(i + rotation) & 15] ^ opc[(i + rotation) & 15]);
        input[15] ^= constant;
        Encrypt(input);
        input.CopyTo(output);
    }

    private void Encrypt(Span<byte> block)
    {
        aes.EncryptEcb(block, block, PaddingMode.None);
        Xor(block, opc);
    }
}
