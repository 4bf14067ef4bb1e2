using System.Text;
using McConformance.Checks.Flow;
using McConformance.Wire;
using McConformance.Wire.Identities;

namespace McConformance.Checks.Migration;

/// <summary>Who allocates identities for a UE that is to migrate, when, and for how long (TR 23.781 6.2.1 steps 1 to
/// 13).</summary>
public static class AllocatesIdentities
{
    private const uint UserData = 306;
    private const EntityKind Cms = EntityKind.ConfigurationManagementServer;

    /// <summary>Each message of steps 1 to 13 comes after the one before it.</summary>
    public static Judgement InOrder(Observation seen, string primary, string partner)
    {
        (string Requirement, string What, Func<ObservedMessage, bool> Is)[] steps =
        [
            ("SOL2-1", "the client's request", m => IsAsked(m, EntityKind.SignallingUserAgent, primary)),
            ("SOL2-4", "the request for outbound identities", m => IsQuery(m, primary)),
            ("SOL2-6", "outbound identities", m => IsReply(m, primary)),
            ("SOL2-7", "the partner access request", m => IsAsked(m, Cms, partner)),
            ("SOL2-9", "the request for inbound identities", m => IsQuery(m, partner)),
            ("SOL2-11", "inbound identities", m => IsReply(m, partner)),
            ("SOL2-12", "the partner access response", m => IsAnswered(m) && m.IsSentTo(Cms, primary)),
            ("SOL2-13", "the client's response", m => IsAnswered(m) && m.To.Kind == EntityKind.SignallingUserAgent),
        ];
        Judgement? last = null;
        var before = 0;
        foreach (var (requirement, what, isIt) in steps)
        {
            // the token and profile requests come before the first step
            var found = seen.All.FirstOrDefault(m => isIt(m) && m.Number > before);
            var claim = new Claim(requirement, $"{what} comes in its place");
            if (found is null) return claim.Missing(what);
            (last, before) = (claim.Pass(found), found.Number);
        }

        return last!;
    }

    /// <summary>Where policy allocates nothing the user's own identities are sent (step 4 left out).</summary>
    /// <param name="seen">What was seen.</param>
    /// <param name="primary">Domain of the primary.</param>
    /// <param name="partner">Domain of the partner.</param>
    /// <param name="own">The private identity of the user's ISIM, without its realm.</param>
    public static Judgement OwnOnly(Observation seen, string primary, string partner, string own)
    {
        var claim = new Claim("SOL2-4", "without allocation by policy the user's own identities are sent");
        var asked = seen.Requests(UserData).FirstOrDefault(m => m.IsSentBy(Cms, primary));
        if (asked is not null) return claim.None(asked);
        var request = AccessRequests(seen, partner).FirstOrDefault();
        if (request is null) return claim.Missing("a partner access request");
        return request.Holds(Encoding.ASCII.GetBytes($"{own}@")) ? claim.Pass(request)
            : claim.Fail(request, own, "another");
    }

    /// <summary>Nothing is asked of the partner.</summary>
    public static Judgement NothingAsked(Observation seen, string requirement, string partner) =>
        new Claim(requirement, "nothing is asked of the partner").None(AccessRequests(seen, partner).FirstOrDefault());

    /// <summary>A SIP database gives out no identities.</summary>
    public static Judgement Nothing(Observation seen, string requirement, string system) =>
        new Claim(requirement, "no identities are allocated").None(seen.Answers(UserData).FirstOrDefault(m =>
            m.To.Kind == Cms && m.From.System == system && m.Recorded.WasDelivered
                && ConnectionDetails.Given(m) is not null));

    /// <summary>A UE that asks again is given what it was given before.</summary>
    public static Judgement SameAgain(Observation seen)
    {
        var given = Given(seen);
        return new Claim("SOL2-10", "the binding of a UE is made once")
            .Seen(given.Length == 2 && given[0] == given[1], "two equal answers", Text(given));
    }

    /// <summary>Two users are given different identities.</summary>
    public static Judgement OneEach(Observation seen, string requirement)
    {
        var given = Given(seen);
        return new Claim(requirement, "identities are bound to one user")
            .Seen(given.Length == 2 && given[0] != given[1], "two different answers", Text(given));
    }

    private static string Text(SipIdentitySet[] given) => given.Length == 0 ? "none" : string.Join(", ", given);

    // who was refused was given nothing, and nothing is not the same as nothing
    private static SipIdentitySet[] Given(Observation seen) =>
        [.. new ConnectionDetails(seen, "", "").ClientResponses
            .Select(m => m.Grant()?.Inbound).OfType<SipIdentitySet>()];

    private static IEnumerable<ObservedMessage> AccessRequests(Observation seen, string partner) =>
        seen.All.Where(m => IsAsked(m, Cms, partner));

    private static bool IsAsked(ObservedMessage message, EntityKind from, string system) =>
        message.From.Kind == from && message.IsSentTo(Cms, system) && message.Http is { Method: "POST" };

    private static bool IsAnswered(ObservedMessage message) => message.From.Kind == Cms && message
        .Http is { StatusCode: 200 };

    private static bool IsQuery(ObservedMessage message, string system) => message.From.Kind == Cms
        && message.IsSentTo(EntityKind.SipDatabase, system) && message
            .Diameter is { IsRequest: true, Command: UserData };

    private static bool IsReply(ObservedMessage message, string system) => message.From.Kind == EntityKind.SipDatabase
        && message.IsSentTo(Cms, system) && message.Diameter is { IsRequest: false, Command: UserData };
}
