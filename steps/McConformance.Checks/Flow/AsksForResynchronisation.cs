using McConformance.Checks.Diameter;
using McConformance.Wire;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Checks.Flow;

/// <summary>TS 24.229 5.1.1.5.3, RFC 3310 3.4: a UE whose sequence number is ahead sends AUTS.</summary>
public static class AsksForResynchronisation
{
    private static readonly Claim Claim = new("SPR-10", "the UE answers a challenge that is not fresh by AUTS");

    /// <summary>Judges the UE's answer to the first challenge.</summary>
    public static Judgement Judge(Observation seen, MigrationFacts facts) => Find(seen, facts) is { } message
        ? Claim.Pass(message)
        : Claim.Missing("a REGISTER of the UE with auts of 14 octets");

    internal static ObservedMessage? Find(Observation seen, MigrationFacts facts) => seen.Requests(SipMethod.Register)
        .FirstOrDefault(m => m.From.Name == facts.UserAgent && Auts(m.Sip!).Length == 14);

    internal static byte[] Auts(SipMessage sip)
    {
        if (!sip.TryGet(SipHeader.Authorization, out var value) || !DigestValues.TryRead(value, out var digest)) return [];
        var octets = new byte[64];
        return System.Buffers.Text.Base64.DecodeFromUtf8(digest.Auts, octets, out _, out var written) == System.Buffers.OperationStatus.Done
            ? octets[..written]
            : [];
    }
}

/// <summary>TS 23.280 10.1.6.2 step 10: the resynchronisation goes the way of the first request, with the same changes of identities, and brings a
/// second challenge (TS 29.228 6.3.1).</summary>
public static class ChallengesAfterResynchronisation
{
    private static readonly Claim Claim = new("SPR-10", "after resynchronisation the UE gets a new challenge");

    /// <summary>Judges the request at the primary's SIP database: RAND and AUTS in SIP-Authorization, primary identities.</summary>
    public static Judgement JudgeRequest(Observation seen, MigrationFacts facts)
    {
        if (AsksForResynchronisation.Find(seen, facts) is not { } asked) return Claim.Missing("a REGISTER of the UE with auts");
        var auts = Convert.ToHexString(AsksForResynchronisation.Auts(asked.Sip!));
        var request = seen.Requests(Cx.MultimediaAuth).LastOrDefault(m => m.IsSentTo(EntityKind.SipDatabase, facts.PrimarySystem) && m.MayFollow(asked));
        if (request is null) return Claim.Missing("a second request at the primary's SIP database");
        var sent = request.Diameter!.AuthData(610);
        if (sent.Length != 30) return Claim.Fail(request, "RAND and AUTS, 30 octets", $"{sent.Length} octets");
        return Claim.All(
            Claim.Compare(request, facts.Primary.ToString(), request.Diameter!.Identities()),
            Claim.Compare(request, auts, Convert.ToHexString(sent.AsSpan(16))));
    }

    /// <summary>Judges the second challenge.</summary>
    public static Judgement Judge(Observation seen, MigrationFacts facts)
    {
        var challenges = seen.Responses(SipMethod.Register, 401).Where(m => m.To.Name == facts.UserAgent).ToArray();
        if (challenges.Length < 2) return Claim.Missing($"a second challenge; there were {challenges.Length}");
        return Nonce(challenges[0]) == Nonce(challenges[1]) ? Claim.Fail(challenges[1], "a new nonce", "the first one again") : Claim.Pass(challenges[1]);
    }

    private static string Nonce(ObservedMessage message) =>
        message.Sip!.TryGet(SipHeader.WwwAuthenticate, out var value) && DigestValues.TryRead(value, out var digest)
            ? System.Text.Encoding.ASCII.GetString(digest.Nonce)
            : "";
}
