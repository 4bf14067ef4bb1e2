namespace McConformance.Wire.Authentication;

/// <summary>
/// Sequence numbers as TS 33.102 Annex C.1.1.1 splits them: SEQ in the upper 43 bits, IND in the lower 5. The home counts both
/// up; the ISIM keeps the highest SEQ for each IND and accepts a higher one that is not too far ahead (C.2.2).
/// </summary>
public static class SequenceNumber
{
    /// <summary>How many numbers the ISIM keeps.</summary>
    public const int Indices = 32;

    /// <summary>How far SEQ may jump before the ISIM takes it for an attempt to wrap it round.</summary>
    public const ulong JumpMax = 1UL << 28;

    /// <summary>The number after this one: next SEQ, next IND.</summary>
    public static ulong Next(ulong sqn) => ((((sqn >> 5) + 1) << 5) | ((sqn + 1) & 31)) & AkaToken.SqnMax;

    /// <summary>Whether an ISIM that has seen these takes this one.</summary>
    /// <param name="sqn">As received.</param>
    /// <param name="highest">Highest SEQ accepted, by IND; 32 entries.</param>
    public static bool IsFresh(ulong sqn, ReadOnlySpan<ulong> highest)
    {
        var seq = sqn >> 5;
        var top = 0UL;
        foreach (var seen in highest) top = Math.Max(top, seen);
        return seq > highest[(int)(sqn & 31)] && (seq <= top || seq - top <= JumpMax);
    }
}
