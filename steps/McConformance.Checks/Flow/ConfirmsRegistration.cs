using System.Text;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Checks.Flow;

/// <summary>TS 23.280 10.1.6.2 step 11: the UE is told that the authentication succeeded, after it answered the challenge (TS 24.229 5.4.1.2.2F).</summary>
public static class ConfirmsRegistration
{
    private static readonly Claim Claim = new("SPR-11", "the SIP core confirms the registration after the challenge was answered");

    /// <summary>Judges the final response to the UE.</summary>
    public static Judgement Judge(Observation seen, MigrationFacts facts)
    {
        var confirmed = seen.Responses(SipMethod.Register, 200).FirstOrDefault(m => m.To.Name == facts.UserAgent && m.From.System == facts.PartnerSystem);
        if (confirmed is null) return Claim.Missing("a 200 to the UE's REGISTER");
        var challenged = seen.Responses(SipMethod.Register, 401).FirstOrDefault(m => m.To.Name == facts.UserAgent && m.From.System == facts.PartnerSystem);
        if (challenged is null || challenged.Number > confirmed.Number) return Claim.Fail(confirmed, "a challenge before", "none");
        var identities = new List<string>();
        foreach (var value in confirmed.Sip!.Values(SipHeader.PAssociatedUri))
            if (NameAddress.TryRead(value, out var address)) identities.Add(Encoding.UTF8.GetString(address.Uri));
        return Claim.All(
            confirmed.Sip!.Count(SipHeader.Contact) > 0 ? Claim.Pass(confirmed) : Claim.Fail(confirmed, "the bound contact", "no Contact"),
            confirmed.Sip!.Count(SipHeader.ServiceRoute) > 0 ? Claim.Pass(confirmed) : Claim.Fail(confirmed, "a Service-Route", "none"),
            identities.Contains(facts.Partner.Public.Value)
                ? Claim.Pass(confirmed)
                : Claim.Fail(confirmed, $"{facts.Partner.Public} in P-Associated-URI", identities.Count == 0 ? "none" : string.Join(", ", identities)));
    }
}
