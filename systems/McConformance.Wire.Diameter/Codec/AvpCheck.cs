using System.Text.Unicode;
using McConformance.Wire.Diameter.Dictionary;

namespace McConformance.Wire.Diameter.Codec;

/// <summary>Judges AVPs one behind the other, and those inside groups.</summary>
internal static class AvpCheck
{
    public static readonly Clause Header = new("RFC 6733", "4.1");
    private static readonly Clause Types = new("RFC 6733", "4.2");
    private static readonly Clause DerivedTypes = new("RFC 6733", "4.3.1");
    private static readonly Clause Base = new("RFC 6733", "4.5");
    private static readonly Clause Cx = new("TS 29.229", "6.3");
    private static readonly Clause Sh = new("TS 29.329", "6.3");

    /// <summary>3GPP's own tables and tools disagree on the M bit of these, so both are taken.</summary>
    private static ReadOnlySpan<uint> EitherMandatory => [628, 629, 630, 631, 632, 634, 653, 654, 655];

    public static void CheckSequence(ReadOnlySpan<byte> octets, int at, int end, Scope scope, ref Judging judging)
    {
        var rules = scope.Grammar.Rules;
        Span<ushort> seen = stackalloc ushort[32];
        seen.Clear();
        var isFirst = true;
        while (at < end)
        {
            if (!Avp.TryRead(octets[at..end], out var avp, out var used))
            {
                AddBroken(octets, at, end, ref judging);
                break;
            }

            var rule = scope.Grammar.IndexOf(avp.Code, avp.Vendor);
            if (rule is >= 0 and < 32) Count(rules[rule], ref seen[rule], avp, at, scope, ref judging);
            if (scope.Depth == 0 && !isFirst && avp is { Code: Rfc6733.SessionIdCode, Vendor: 0 } &&
                judging.IsListening)
                judging.Add(0, Severity.Conformance, new Clause("RFC 6733", "8.8"), at,
                    "Session-Id right behind the header", "elsewhere");
            CheckOne(octets, avp, at, scope, ref judging);
            isFirst = false;
            at += used;
        }

        for (var i = 0; i < rules.Count && i < 32; i++)
        {
            var missing = rules[i].Definition;
            if (missing is null || seen[i] >= rules[i].Min) continue;
            judging.Add(Rfc6733.DIAMETER_MISSING_AVP, Severity.Conformance, scope.Clause, -1, missing.Name, "none",
                missing);
        }
    }

    private static void Count(AvpRule rule, ref ushort seen, Avp avp, int at, Scope scope, ref Judging judging)
    {
        if (seen < ushort.MaxValue) seen++;
        if (seen <= rule.Max) return;
        var name = rule.Definition?.Name ?? $"AVP {rule.Code}";
        if (rule.Max == 0)
            judging.Add(Rfc6733.DIAMETER_AVP_NOT_ALLOWED, Severity.Conformance, scope.Clause, at, avp.Octets.Length,
                "no " + name, "one");
        else
            judging.Add(Rfc6733.DIAMETER_AVP_OCCURS_TOO_MANY_TIMES, Severity.Conformance, scope.Clause, at,
                avp.Octets.Length, "one " + name, "another");
    }

    private static void AddBroken(ReadOnlySpan<byte> octets, int at, int end, ref Judging judging)
    {
        var left = end - at;
        var length = left >= 8 ? DiameterMessage.LengthOf(octets[(at + 4)..]) : 0;
        judging.Add(Rfc6733.DIAMETER_INVALID_AVP_LENGTH, Severity.Syntax, Header, at, left,
            $"a length of an AVP within the {left} octets left", left >= 8 ? $"{length}" : "less than a header");
    }

    private static void CheckOne(ReadOnlySpan<byte> octets, Avp avp, int at, Scope scope, ref Judging judging)
    {
        var definition = DiameterDictionary.Find(avp.Code, avp.Vendor);
        CheckBits(avp, definition, at, ref judging);
        if (definition is null)
        {
            CheckUnknown(avp, at, ref judging);
            return;
        }

        if (!definition.Type.Fits(avp.Data.Length))
        {
            judging.Add(Rfc6733.DIAMETER_INVALID_AVP_LENGTH, Severity.Syntax, Types, at, avp.Octets.Length,
                $"{definition.Type.LengthMin()} octets of data",
                judging.IsListening ? $"{avp.Data.Length} in {definition.Name}" : "");
            return;
        }

        if (definition.Type == AvpType.Grouped) CheckGroup(octets, avp, definition, at, scope, ref judging);
        else if (!HasGoodValue(avp, definition))
        {
            judging.Add(
                Rfc6733.DIAMETER_INVALID_AVP_VALUE, Severity.Conformance,
                definition.Vendor == 0 ? DerivedTypes : ClauseOf(definition), at, avp.Octets.Length,
                judging.IsListening ? $"{definition.Type} in {definition.Name}" : "",
                judging.IsListening ? Shown(avp) : "");
        }
    }

    private static void CheckGroup(
        ReadOnlySpan<byte> octets, Avp avp, AvpDefinition definition, int at, Scope scope, ref Judging judging)
    {
        if (scope.Depth + 1 >= DiameterValidator.DepthMax)
        {
            judging.Add(Rfc6733.DIAMETER_INVALID_AVP_VALUE, Severity.Conformance, new Clause("RFC 6733", "4.4"), at,
                avp.Octets.Length,
                $"groups not deeper than {DiameterValidator.DepthMax}", "deeper");
            return;
        }

        // what Failed-AVP shows is wrong on purpose, so it is not judged again
        if (definition.Code == Rfc6733.FailedAvpCode && definition.Vendor == 0) return;
        var start = at + (avp.Octets.Length - avp.Data.Length);
        var inner = new Scope(DiameterDictionary.Group(definition.Code, definition.Vendor), ClauseOf(definition),
            scope.Depth + 1, scope.IsRequest);
        CheckSequence(octets, start, at + avp.Octets.Length, inner, ref judging);
    }

    private static void CheckUnknown(Avp avp, int at, ref Judging judging)
    {
        if (avp.IsMandatory)
            judging.Add(Rfc6733.DIAMETER_AVP_UNSUPPORTED, Severity.Note, Header, at, avp.Octets.Length,
                "no unknown AVP with the M bit",
                judging.IsListening ? $"code {avp.Code}, vendor {avp.Vendor}" : "");
        else if (judging.IsListening)
            judging.Add(0, Severity.Note, Header, at,
                "a known AVP", $"code {avp.Code}, vendor {avp.Vendor}, left alone");
    }

    private static void CheckBits(Avp avp, AvpDefinition? definition, int at, ref Judging judging)
    {
        // the receiver is to ignore them, so they are worth no result code
        if ((avp.Flags & 0x1f) != 0 && judging.IsListening)
            judging.Add(0, Severity.Note, Header, at + 4, "reserved bits 0", $"flags 0x{avp.Flags:x2}");
        if ((avp.Flags & 0x80) != 0 && avp.Vendor == 0)
            judging.Add(Rfc6733.DIAMETER_INVALID_AVP_BITS, Severity.Syntax, Header, at, avp.Octets.Length,
                "a vendor with the V bit", "vendor 0");
        if (definition is null) return;
        var isWanted = (definition.Flags & 0x40) != 0;
        if (avp.IsMandatory == isWanted ||
            (definition.Vendor != 0 && EitherMandatory.Contains(definition.Code))) return;
        if (judging.IsListening)
        {
            judging.Add(isWanted ? Rfc6733.DIAMETER_INVALID_AVP_BITS : 0, Severity.Conformance, ClauseOf(definition),
                at, avp.Octets.Length,
                $"{(isWanted ? "the" : "no")} M bit in {definition.Name}", $"flags 0x{avp.Flags:x2}");
        }
        else if (isWanted)
        {
            judging.Add(Rfc6733.DIAMETER_INVALID_AVP_BITS, Severity.Conformance, ClauseOf(definition), at,
                avp.Octets.Length, "the M bit", "none");
        }
    }

    private static bool HasGoodValue(Avp avp, AvpDefinition definition) => definition.Type switch
    {
        AvpType.Utf8String => Utf8.IsValid(avp.Data),
        AvpType.DiameterIdentity => IsIdentity(avp.Data),
        AvpType.DiameterUri => avp.Data.StartsWith("aaa://"u8) || avp.Data.StartsWith("aaas://"u8),
        AvpType.Address => IsAddress(avp.Data),
        AvpType.Enumerated =>
            EnumeratedValues.Name(avp.Code, avp.Vendor, avp.Uint32, out var isKnown) is not null || !isKnown,
        _ => true,
    };

    private static bool IsIdentity(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty || data[0] == '.' || data[^1] == '-') return false;
        foreach (var octet in data)
            if (!(char.IsAsciiLetterOrDigit((char)octet) || octet is (byte)'.' or (byte)'-' or (byte)'_')) return false;
        return true;
    }

    private static bool IsAddress(ReadOnlySpan<byte> data) => (data[0] << 8 | data[1]) switch
    {
        1 => data.Length == 6,
        2 => data.Length == 18,
        0 or 65535 => false, // reserved numbers of address families
        _ => true,
    };

    private static string Shown(Avp avp) =>
        avp.Data.Length == 4
            ? $"{avp.Uint32}"
            : "0x" + Convert.ToHexStringLower(avp.Data[..Math.Min(avp.Data.Length, 32)]);

    private static Clause ClauseOf(AvpDefinition definition) =>
        definition.Vendor == 0 ? Base : definition.Code >= 700 ? Sh : Cx;
}
