using System.Numerics;

namespace McConformance.Wire.Sip.Transactions;

/// <summary>Arrays of 512, 1024, 2048 ... octets for messages that transactions hold. Unlike the shared pool it keeps
/// as many as were in use at once, which is what transactions that wait 32 s need. Used under the gate.</summary>
internal sealed class OctetPool
{
    private const int Smallest = 9;
    private const int KeptOctetsMax = 64 * 1024 * 1024;
    private readonly Stack<byte[]>[] free = [.. Enumerable.Range(0, 12).Select(_ => new Stack<byte[]>())];
    private long kept;

    /// <summary>An array of at least so many octets.</summary>
    public byte[] Rent(int octets)
    {
        var size = Size(octets);
        if (size >= free.Length) return new byte[octets];
        if (!free[size].TryPop(out var array)) return new byte[1 << (size + Smallest)];
        kept -= array.Length;
        return array;
    }

    /// <summary>Gives an array back.</summary>
    public void Return(byte[] array)
    {
        var size = Size(array.Length);
        if (size >= free.Length || array.Length != 1 << (size + Smallest)) return;
        if (kept + array.Length > KeptOctetsMax) return;
        kept += array.Length;
        free[size].Push(array);
    }

    private static int Size(int octets) =>
        Math.Max(0, BitOperations.Log2((uint)Math.Max(1, octets - 1)) + 1 - Smallest);
}
