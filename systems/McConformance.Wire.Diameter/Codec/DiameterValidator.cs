using System.Buffers.Binary;
using McConformance.Wire.Diameter.Dictionary;

namespace McConformance.Wire.Diameter.Codec;

/// <summary>
/// Judges octets by RFC 6733 and, for commands it knows, by TS 29.229 and TS 29.329: header, AVP headers, types,
/// values, and
/// which AVPs stand where and how often. Any octets may be given; nothing throws; a sound message costs no allocation.
/// The order of the first fault is that of the message, and what is missing comes after what is there.
/// </summary>
public static class DiameterValidator
{
    /// <summary>How deep groups may nest; what lies deeper is not looked at.</summary>
    public const int DepthMax = 8;

    private const byte KnownHeaderBits = 0xF0;

    /// <summary>Judges one message.</summary>
    /// <param name="octets">The message, as far as it was received.</param>
    /// <param name="findings">Where findings are added, up to <paramref name="findingsMax"/>; null where only the
    /// answer matters.</param>
    /// <param name="findingsMax">Most findings for one message.</param>
    /// <returns>The first fault that is worth a result code.</returns>
    public static DiameterFault Check(ReadOnlySpan<byte> octets, ICollection<Finding>? findings = null,
        int findingsMax = 64)
    {
        var judging = new Judging(octets, findings, findingsMax);
        if (!CheckHeader(octets, ref judging)) return judging.First;
        var command = DiameterDictionary.Command(Word(octets, 4) & 0xffffff);
        var isRequest = (octets[4] & 0x80) != 0;
        var isError = (octets[4] & 0x20) != 0;
        var (grammar, clause) = command is null ? (Grammar.Any, AvpCheck.Header)
            : isRequest ? (command.Request, command.RequestClause)
            : isError ? (CommandTable.ProtocolError, new Clause("RFC 6733", "7.2"))
            : (command.Answer, command.AnswerClause);
        AvpCheck.CheckSequence(octets, DiameterMessage.HeaderLength, octets.Length,
            new Scope(grammar, clause, 0, isRequest), ref judging);
        if (!isRequest) CheckResult(octets, clause, ref judging);
        return judging.First;
    }

    private static bool CheckHeader(ReadOnlySpan<byte> octets, ref Judging judging)
    {
        var clause = new Clause("RFC 6733", "3");
        if (octets.Length < DiameterMessage.HeaderLength)
        {
            judging.Add(Rfc6733.DIAMETER_INVALID_MESSAGE_LENGTH, Severity.Syntax, clause, -1,
                "a header of 20 octets", $"{octets.Length} octets");
            return false;
        }

        if (octets[0] != 1) judging.Add(Rfc6733.DIAMETER_UNSUPPORTED_VERSION, Severity.Syntax, clause, 0,
            "version 1", $"version {octets[0]}");
        var length = DiameterMessage.LengthOf(octets);
        if (length != octets.Length || (length & 3) != 0)
            judging.Add(Rfc6733.DIAMETER_INVALID_MESSAGE_LENGTH, Severity.Syntax, clause, 1,
                $"length {octets.Length}, a multiple of 4", $"{length}");
        CheckBits(octets, clause, ref judging);
        return true;
    }

    private static void CheckBits(ReadOnlySpan<byte> octets, Clause clause, ref Judging judging)
    {
        var flags = octets[4];
        var isRequest = (flags & 0x80) != 0;
        var command = DiameterDictionary.Command(Word(octets, 4) & 0xffffff);
        if ((flags & ~KnownHeaderBits) != 0)
            judging.Add(Rfc6733.DIAMETER_INVALID_BIT_IN_HEADER, Severity.Syntax, clause, 4,
                "reserved bits 0", $"flags 0x{flags:x2}");
        if (isRequest && (flags & 0x20) != 0)
            judging.Add(Rfc6733.DIAMETER_INVALID_HDR_BITS, Severity.Conformance, clause, 4,
                "no E bit in a request", $"flags 0x{flags:x2}");
        if (!isRequest && (flags & 0x10) != 0)
            judging.Add(Rfc6733.DIAMETER_INVALID_HDR_BITS, Severity.Conformance, clause, 4,
                "no T bit in an answer", $"flags 0x{flags:x2}");
        if (command is not null && isRequest && (flags & 0x40) != 0 != command.IsProxiable)
        {
            judging.Add(Rfc6733.DIAMETER_INVALID_HDR_BITS, Severity.Conformance, clause, 4,
                $"{(command.IsProxiable ? "P bit" : "no P bit")} in {command.Abbreviation(true)}",
                $"flags 0x{flags:x2}");
        }

        // an answer with the E bit repeats the application of its request, right or wrong (RFC 6733 6.2)
        var application = Word(octets, 8);
        if (command is not null && command.Application != application && (flags & 0xA0) != 0x20 &&
            !(command.Application == 0 && IsSessionCommand(command.Code)))
        {
            judging.Add(isRequest ? Rfc6733.DIAMETER_APPLICATION_UNSUPPORTED : 0, Severity.Conformance, clause, 8,
                $"application {command.Application}", $"{application}");
        }
    }

    /// <summary>One of Result-Code and Experimental-Result (RFC 6733 7.1 and 7.6).</summary>
    private static void CheckResult(ReadOnlySpan<byte> octets, Clause clause, ref Judging judging)
    {
        var avps = new AvpSequence(octets[DiameterMessage.HeaderLength..]);
        var hasResult = avps.TryFind(Rfc6733.ResultCodeCode, 0, out var result);
        var hasExperimental = avps.TryFind(297, 0, out _);
        if (hasResult && hasExperimental)
            judging.Add(Rfc6733.DIAMETER_CONTRADICTING_AVPS, Severity.Conformance, clause, -1,
                "one of Result-Code and Experimental-Result", "both");
        if (!hasResult && !hasExperimental)
            judging.Add(Rfc6733.DIAMETER_MISSING_AVP, Severity.Conformance, clause, -1,
                "Result-Code or Experimental-Result", "neither", Rfc6733.ResultCode);
        var isError = (octets[4] & 0x20) != 0;
        if (hasResult && result.Uint32 is >= 3000 and < 4000 != isError)
        {
            judging.Add(Rfc6733.DIAMETER_INVALID_HDR_BITS, Severity.Conformance, new Clause("RFC 6733", "7.1.3"), 4,
                isError ? "a result code 3xxx with the E bit" : "the E bit with a result code 3xxx",
                $"{result.Uint32}");
        }
    }

    private static bool IsSessionCommand(uint command) => command is 258 or 274 or 275;

    private static uint Word(ReadOnlySpan<byte> octets, int at) => BinaryPrimitives.ReadUInt32BigEndian(octets[at..]);
}

/// <summary>Where AVPs stand.</summary>
/// <param name="Grammar">What may stand there.</param>
/// <param name="Clause">Which clause says so.</param>
/// <param name="Depth">0 for the message itself.</param>
/// <param name="IsRequest">Of the whole message.</param>
internal readonly record struct Scope(Grammar Grammar, Clause Clause, int Depth, bool IsRequest);

/// <summary>What was found up to now.</summary>
internal ref struct Judging(ReadOnlySpan<byte> octets, ICollection<Finding>? findings, int findingsMax)
{
    private readonly ReadOnlySpan<byte> octets = octets;
    private int left = findingsMax;

    public DiameterFault First { get; private set; } = new(0, -1, 0, null);

    /// <summary>False once nobody would read another word: spares the texts.</summary>
    public readonly bool IsListening => findings is not null && left > 0;

    public void Add(
        uint code, Severity severity, Clause clause, int offset, string expected, string actual,
            AvpDefinition? missing = null) =>
        Add(code, severity, clause, offset, 0, expected, actual, missing);

    public void Add(
        uint code, Severity severity, Clause clause, int offset, int length, string expected, string actual,
            AvpDefinition? missing = null)
    {
        if (First.IsNone && code != 0) First = new DiameterFault(code, length > 0 ? offset : -1, length, missing);
        if (left <= 0) return;
        left--;
        findings?.Add(new Finding(severity, clause, offset, expected, actual));
    }
}
