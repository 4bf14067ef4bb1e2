using McConformance.Checks.Flow;
using McConformance.Wire;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;

namespace McConformance.Checks.Diameter;

/// <summary>
/// A request with a fault is answered with the result that RFC 6733 7.1 has for it, and Failed-AVP tells what was wrong
/// (RFC 6733 7.5); the answer is sound, and that of the request.
/// </summary>
public static class AnswersFaultyRequest
{
    private const string Requirement = "DPX-1";
    private const string Nothing = "nothing";

    /// <summary>Judges the result of an answer.</summary>
    /// <param name="request">What was sent.</param>
    /// <param name="answer">What came; empty where the connection ended or nothing came.</param>
    /// <param name="expected"><c>5005</c>, <c>experimental 2002</c>, or several that RFC 6733 allows: <c>5013 or
    /// 2001</c>.</param>
    public static Judgement JudgeResult(ReadOnlyMemory<byte> request, ReadOnlyMemory<byte> answer, string expected)
    {
        var claim = new Claim(Requirement, $"a faulty request is answered with {expected}");
        if (Read(answer) is not { } message) return claim.Missing("an answer");
        var asked = Read(request)!;
        if ((message.HopByHop, message.EndToEnd, message.Command) != (asked.HopByHop, asked.EndToEnd, asked.Command))
            return claim.Fail(null, "the identifiers and the command of the request", "others");
        if (Malformed(answer, asked) is { } finding)
            return claim.Fail(null, $"an answer as {finding.Clause} has it: {finding.Expected}", finding.Actual);
        var result = ResultOf(message);
        return claim.Seen(expected.Split(" or ").Contains(result), expected, result);
    }

    /// <summary>Judges which AVPs an answer names.</summary>
    /// <param name="answer">What came.</param>
    /// <param name="expected">Name of the AVP, or its code where it has none; <c>nothing</c> where there must be no
    /// Failed-AVP.</param>
    public static Judgement JudgeFailed(ReadOnlyMemory<byte> answer, string expected)
    {
        var claim = new Claim(Requirement, $"the answer names {expected} as what failed");
        if (Read(answer) is not { } message) return claim.Missing("an answer");
        var named = message.TryFind(Rfc6733.FailedAvpCode, 0, out var failed) ? Names(failed) : Nothing;
        return claim.Seen(named == expected, expected, named);
    }

    /// <summary>What is wrong with an answer; a Session-Id that the request did not have cannot be repeated.</summary>
    private static Finding? Malformed(ReadOnlyMemory<byte> answer, DiameterMessage asked)
    {
        var findings = new List<Finding>();
        DiameterValidator.Check(answer.Span, findings);
        var hasSession = asked.TryFind(Rfc6733.SessionIdCode, 0, out _);
        foreach (var finding in findings)
        {
            var cannotBe = !hasSession && finding.Expected == Rfc6733.SessionId.Name;
            if (finding.Severity != Severity.Note && !cannotBe) return finding;
        }

        return null;
    }

    private static string ResultOf(DiameterMessage message) => DiameterResult.Of(message) switch
    {
        { Code: 0 } => "no result",
        { IsExperimental: true, Code: var code } => $"experimental {code}",
        { Code: var code } => $"{code}",
    };

    private static string Names(Avp failed)
    {
        var names = new List<string>();
        foreach (var avp in failed.Avps)
            names.Add(DiameterDictionary.Find(avp.Code, avp.Vendor)?.Name ?? $"AVP {avp.Code}");
        return names.Count == 0 ? "an empty Failed-AVP" : string.Join(", ", names);
    }

    private static DiameterMessage? Read(ReadOnlyMemory<byte> octets)
    {
        var message = new DiameterMessage();
        return message.TryIndex(octets, out _) == System.Buffers.OperationStatus.Done ? message : null;
    }
}
