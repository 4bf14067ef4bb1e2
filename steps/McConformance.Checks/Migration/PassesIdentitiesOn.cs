using McConformance.Checks.Diameter;
using McConformance.Checks.Flow;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;

namespace McConformance.Checks.Migration;

/// <summary>Each message of TR 23.781 6.2.1 steps 4 to 13 carries the identities that the steps before it brought: the
/// user's own to the SIP database,
/// the allocated ones to the partner, the partner's back to the client.</summary>
public static class PassesIdentitiesOn
{
    private static readonly Claim Request = new("SOL2-7",
        "the access request names user, SIP database and outbound identities");

    /// <summary>Judges steps 4 to 7, at the primary.</summary>
    /// <param name="details">What was seen.</param>
    /// <param name="user">The user's identity at home.</param>
    /// <param name="facts">Domains, and the user's own identities.</param>
    public static Judgement AtPrimary(ConnectionDetails details, string user, MigrationFacts facts)
    {
        var asks = new Claim("SOL2-4", "the SIP database is asked with the user's identities");
        var allocates = new Claim("SOL2-5", "outbound identities of the primary are allocated in place of the user's");
        var returns = new Claim("SOL2-6", "the SIP database returns the outbound identities");
        if (details.OutboundRequest is not { } asked) return asks.Missing("a request for outbound identities");
        if (asks.Compare(asked, $"{facts.IsimDefaults}",
            $"{ConnectionDetails.About(asked)}") is { Verdict: Verdict.Fail } wrong) return wrong;
        if (details.OutboundAnswer is not { } answer) return returns.Missing("an answer with outbound identities");
        if (returns.Compare(answer, Cx.Success, answer.Diameter!.ResultText()) is
            { Verdict: Verdict.Fail } failed) return failed;
        if (ConnectionDetails.Given(answer) is not { } outbound) return returns.Fail(answer, "outbound identities",
            "none");
        if (details.AccessRequest is not { } sent) return Request.Missing("a partner access request");
        var request = (PartnerAccessRequest)sent.Access()!;
        return Claim.All(
            IsOf(allocates, answer, outbound, facts.PrimarySipDomain),
            outbound.Private == facts.IsimDefaults.Private
                ? allocates.Fail(answer, "other identities than the user's", $"{outbound}")
                : allocates.Pass(answer),
            Request.Compare(sent, user, request.User.Value),
            Request.Compare(sent, $"sdb.{facts.PrimarySipDomain}", request.SipDatabase.Value),
            Request.Compare(sent, $"outbound {outbound}",
                $"{(request.Outbound ? "outbound" : "the user's")} {request.Identities}"));
    }

    /// <summary>Judges steps 9 to 13, from the partner to the client.</summary>
    /// <param name="details">What was seen.</param>
    /// <param name="facts">Domains.</param>
    public static Judgement AtPartner(ConnectionDetails details, MigrationFacts facts)
    {
        var asks = new Claim("SOL2-9", "the partner's SIP database is asked with what the primary named");
        var allocates = new Claim("SOL2-10", "inbound identities of the partner are allocated");
        var returns = new Claim("SOL2-11", "the partner's SIP database returns the inbound identities");
        var answers = new Claim("SOL2-12", "the partner answers with inbound identities and initial configuration");
        var passes = new Claim("SOL2-13", "the client gets what the partner gave");
        if (details.AccessRequest?.Access() is not PartnerAccessRequest request) return Request.Missing(
            "a partner access request");
        if (details.InboundRequest is not { } asked) return asks.Missing("a request for inbound identities");
        if (details.InboundAnswer is not { } answer) return returns.Missing("an answer with inbound identities");
        if (returns.Compare(answer, Cx.Success, answer.Diameter!.ResultText()) is
            { Verdict: Verdict.Fail } failed) return failed;
        if (ConnectionDetails.Given(answer) is not { } inbound) return returns.Fail(answer, "inbound identities",
            "none");
        if (details.AccessResponse is not { } response) return answers.Missing("a partner access response");
        if (details.ClientResponses.FirstOrDefault() is not { } told) return passes.Missing("a response to the client");
        return Claim.All(
            asks.Compare(asked, $"{request.Identities}", $"{ConnectionDetails.About(asked)}"),
            asks.Compare(asked, request.SipDatabase.Value, asked.Diameter!.ServerName()),
            IsOf(allocates, answer, inbound, facts.PartnerSipDomain),
            answers.Compare(response, $"{inbound}", response.Grant()?.Inbound.ToString()),
            answers.Compare(response, facts.PartnerSystem, response.Grant()?.Configuration.Domain),
            passes.Compare(told, facts.PartnerSystem, ((PartnerConnectionResponse)told.Access()!).Partner?.Value),
            passes.Compare(told, $"{inbound}", told.Grant()?.Inbound.ToString()),
            passes.Compare(told, response.Grant()?.Configuration.ToXml().ToString(),
                told.Grant()?.Configuration.ToXml().ToString()));
    }

    private static Judgement IsOf(Claim claim, ObservedMessage seen, SipIdentitySet set, string domain) =>
        set.Private.Value.EndsWith($"@{domain}", StringComparison.Ordinal)
            && set.Public.Value.EndsWith($"@{domain}", StringComparison.Ordinal)
            ? claim.Pass(seen)
            : claim.Fail(seen, $"identities of {domain}", $"{set}");
}
