using System.Text;
using McConformance.Wire;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Checks.Flow;

/// <summary>TS 23.280 10.1.6.2 step 1 and NOTE 1: the UE registers with the partner MC system SIP identities, not with its ISIM's.</summary>
public static class RegistersWithPartnerIdentities
{
    private static readonly Claim Claim = new("SPR-1", "the UE registers with the partner identities");

    /// <summary>Judges every REGISTER that the UE sent to the partner's SIP core.</summary>
    public static Judgement Judge(Observation seen, MigrationFacts facts)
    {
        var sent = seen.Requests(SipMethod.Register)
            .Where(m => m.From.Name == facts.UserAgent && m.To.System == facts.PartnerSystem).ToArray();
        return sent.Length == 0 ? Claim.Missing("a REGISTER from the UE to the partner's SIP core") : Claim.All(sent.Select(m => Judge(m, facts)));
    }

    private static Judgement Judge(ObservedMessage message, MigrationFacts facts)
    {
        var sip = message.Sip!;
        if (message.Holds(Encoding.UTF8.GetBytes(facts.IsimDefaults.Private.Value)))
            return Claim.Fail(message, "no ISIM default identity", facts.IsimDefaults.Private.Value);
        return Claim.All(
            Claim.Compare(message, $"sip:{facts.PartnerSipDomain}", Encoding.UTF8.GetString(sip.RequestUri)),
            Claim.Compare(message, facts.Partner.Public.Value, AddressOf(sip, SipHeader.To)),
            Claim.Compare(message, facts.Partner.Public.Value, AddressOf(sip, SipHeader.From)),
            Claim.Compare(message, facts.Partner.Private.Value, UserNameOf(sip)));
    }

    private static string? AddressOf(SipMessage sip, SipHeader header) =>
        sip.TryGet(header, out var value) && NameAddress.TryRead(value, out var address) ? Encoding.UTF8.GetString(address.Uri) : null;

    private static string? UserNameOf(SipMessage sip) =>
        sip.TryGet(SipHeader.Authorization, out var value) && DigestValues.TryRead(value, out var digest)
            ? Encoding.UTF8.GetString(digest.Username)
            : null;
}
