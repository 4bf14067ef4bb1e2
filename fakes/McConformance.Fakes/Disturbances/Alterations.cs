namespace McConformance.Fakes.Disturbances;

/// <summary>Changes of octets on the way, length kept, so that only what is named is wrong.</summary>
public static class Alterations
{
    /// <summary>Puts some octets in place of others, everywhere they stand.</summary>
    /// <exception cref="ArgumentException">The lengths differ: framing would be wrong as well.</exception>
    public static ReadOnlyMemory<byte> Replace(ReadOnlyMemory<byte> octets, ReadOnlySpan<byte> what, ReadOnlySpan<byte> with)
    {
        if (what.Length != with.Length) throw new ArgumentException("what is put in has another length");
        var changed = octets.ToArray();
        for (var rest = changed.AsSpan(); rest.IndexOf(what) is >= 0 and var at; rest = rest[(at + what.Length)..]) with.CopyTo(rest[at..]);
        return changed;
    }

    /// <summary>Flips the last bit of AUTN in the SIP-Authenticate AVP (code 609, vendor 10415: RAND and AUTN, TS 29.229 6.3.10).</summary>
    public static ReadOnlyMemory<byte> FlipAutn(ReadOnlyMemory<byte> octets)
    {
        var changed = octets.ToArray();
        var at = changed.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x00, 0x00, 0x02, 0x61, 0xC0, 0x00, 0x00, 0x2C, 0x00, 0x00, 0x28, 0xAF]);
        if (at >= 0) changed[at + 12 + 31] ^= 1;
        return changed;
    }

    /// <summary>Changes the last digit of the digest response in an Authorization header.</summary>
    public static ReadOnlyMemory<byte> ChangeDigestResponse(ReadOnlyMemory<byte> octets)
    {
        var changed = octets.ToArray();
        var at = changed.AsSpan().IndexOf("response=\""u8);
        if (at >= 0 && at + 42 <= changed.Length) changed[at + 41] = changed[at + 41] == (byte)'0' ? (byte)'1' : (byte)'0';
        return changed;
    }
}
