using System.Security.Cryptography;

namespace McConformance.Wire.Sip.Transactions;

/// <summary>Numbers that are unlike all others of the endpoint and cannot be guessed from one another at a glance:
/// branches and tags (RFC 3261 19.3 asks for 32 random bits; these have 64).</summary>
internal sealed class IdentitySource(ulong? seed)
{
    private readonly ulong start = seed ?? BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));
    private ulong count;

    /// <summary>The next number. Thread safe.</summary>
    public ulong Next()
    {
        // the mix of SplitMix64 maps no two counts to one number
        var x = start + 0x9E37_79B9_7F4A_7C15 * Interlocked.Increment(ref count);
        x = (x ^ x >> 30) * 0xBF58_476D_1CE4_E5B9;
        x = (x ^ x >> 27) * 0x94D0_49BB_1331_11EB;
        return x ^ x >> 31;
    }
}
