using System.Text;
using McConformance.Wire;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;
using McConformance.Wire.Diameter.Peers;
using McConformance.Wire.Sip.Authentication;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transactions;

namespace McConformance.Entities.SipCore;

/// <summary>
/// The SIP core's part of TS 23.280 10.1.6.2 (steps 2, 10 and 11) and of any other registration: TS 24.229 5.4.1.2. Which row applies:
/// <code>
/// challenge open | nonce is its | response | auts | flow       | what is done
/// yes            | yes          | empty    | no   | any        | MAC failure told: 403, AUTHENTICATION_FAILURE
/// yes            | yes          | any      | yes  | any        | resynchronise: ask again with RAND and AUTS
/// yes            | yes          | given    | no   | challenged | compare: 200 after server assignment, or wrong answer
/// yes            | yes          | given    | no   | another    | challenge anew
/// no             | -            | -        | -    | authenticated, registered | register anew without a challenge
/// else                                                        | ask for a vector and challenge
/// </code>
/// </summary>
internal sealed class SignallingPlaneRegistration : IDiameterClientUser
{
    private readonly ServingCscfOptions options;
    private readonly SipEndpoint endpoint;
    private readonly DiameterNode node;
    private readonly Dictionary<string, Challenge> challenges = new(StringComparer.Ordinal);
    private readonly RegistrationResponse responses;

    public SignallingPlaneRegistration(ServingCscfOptions options, SipEndpoint endpoint, DiameterNode node)
    {
        (this.options, this.endpoint, this.node) = (options, endpoint, node);
        Store = new RegistrationStore(options, options.Endpoint.Wheel, user => Assign(user.Identities, Ts29229.TIMEOUT_DEREGISTRATION, null));
        responses = new RegistrationResponse(options, endpoint, Store);
    }

    public RegistrationStore Store { get; }

    public void Begin(SipServerTransaction transaction)
    {
        var request = transaction.Request;
        var (status, reason) = Store.Check(request);
        var identities = RegisterIdentities.Of(request);
        if (status != 0 || identities is null)
        {
            responses.Refuse(transaction, status == 0 ? 400 : status, status == 0 ? "Bad Request"u8 : reason);
            return;
        }

        request.TryGet(SipHeader.Authorization, out var header);
        DigestValues.TryRead(header, out var digest);
        var isProtected = digest.IntegrityProtected.SequenceEqual("yes"u8);
        var mayAnswer = isProtected || digest.IntegrityProtected.SequenceEqual("ip-assoc-pending"u8);
        if (Open(identities) is { } challenge && digest.Nonce.SequenceEqual(challenge.Nonce)) Answered(transaction, challenge, digest, mayAnswer);
        else if (isProtected && Store.Find(identities.Private) is not null) Accept(transaction, identities);
        else Ask(transaction, new Challenge(identities, ChallengeExpired), default);
    }

    public void Stop()
    {
        foreach (var challenge in challenges.Values) options.Endpoint.Wheel.Cancel(challenge);
        Store.Stop();
    }

    void IDiameterClientUser.OnAnswer(DiameterClientTransaction transaction, DiameterMessage answer)
    {
        if (transaction.State is not Attempt attempt) return;
        var result = CxResult.Of(answer);
        if (!result.IsSuccess)
        {
            var (status, reason) = result.Registering;
            responses.Refuse(attempt.Transaction, status, reason);
        }
        else if (attempt.Challenge is { } challenge) ChallengeWith(attempt.Transaction, challenge, answer);
        else Conclude(attempt, answer);
    }

    void IDiameterClientUser.OnFailure(DiameterClientTransaction transaction, DiameterFailure why)
    {
        if (transaction.State is Attempt attempt) responses.Refuse(attempt.Transaction, 504, "Server Time-out"u8);
    }

    /// <summary>TS 23.280 10.1.6.2 step 2; on AAA-2 to the migration management server, which knows whose identities these are.</summary>
    private void Ask(SipServerTransaction transaction, Challenge challenge, ReadOnlySpan<byte> randAndAuts)
    {
        var request = node.NewRequest(Ts29229.MultimediaAuth, Ts29229.Application, options.Realm, null)
            .Put(Rfc6733.UserName, challenge.Identities.Private)
            .Put(Ts29229.PublicIdentity, challenge.Identities.Public)
            .Put(Ts29229.SipNumberAuthItems, 1)
            .BeginGroup(Ts29229.SipAuthDataItem)
            .Put(Ts29229.SipAuthenticationScheme, "Digest-AKAv1-MD5"u8);
        if (!randAndAuts.IsEmpty) request.Put(Ts29229.SipAuthorization, randAndAuts);
        request.EndGroup().Put(Ts29229.ServerName, responses.ServerName);
        node.Send(request.Finish(), this, new Attempt(transaction, challenge.Identities, challenge));
    }

    private void ChallengeWith(SipServerTransaction transaction, Challenge challenge, DiameterMessage answer)
    {
        if (!challenge.TryTake(answer))
        {
            responses.Refuse(transaction, 500, "Server Internal Error"u8);
            return;
        }

        Close(challenge.Identities);
        challenges[Key(challenge.Identities)] = challenge;
        options.Endpoint.Wheel.Schedule(challenge, options.ChallengeTime);
        responses.Challenge(transaction, challenge);
    }

    /// <summary>TS 23.280 10.1.6.2 step 10, TS 24.229 5.4.1.2.2.</summary>
    private void Answered(SipServerTransaction transaction, Challenge challenge, in DigestValues digest, bool isProtected)
    {
        if (!digest.Auts.IsEmpty) Resynchronise(transaction, challenge, digest);
        else if (!digest.Response.IsEmpty && !isProtected) Ask(transaction, new Challenge(challenge.Identities, ChallengeExpired), default);
        else if (!digest.Response.IsEmpty && challenge.IsAnsweredBy(digest))
        {
            Close(challenge.Identities);
            Accept(transaction, challenge.Identities);
        }
        else if (!digest.Response.IsEmpty && ++challenge.WrongAnswers < options.AnswersMax) responses.Challenge(transaction, challenge);
        else Fail(transaction, challenge);
    }

    private void Resynchronise(SipServerTransaction transaction, Challenge challenge, in DigestValues digest)
    {
        Span<byte> randAndAuts = stackalloc byte[30];
        challenge.RandAutn.AsSpan(0, 16).CopyTo(randAndAuts);
        if (!DigestAkaV1Md5.TryReadAuts(digest.Auts, randAndAuts[16..]) || !challenge.IsResynchronisedBy(digest))
        {
            Fail(transaction, challenge);
            return;
        }

        Close(challenge.Identities);
        Ask(transaction, new Challenge(challenge.Identities, ChallengeExpired) { WrongAnswers = challenge.WrongAnswers }, randAndAuts);
    }

    /// <summary>TS 24.229 5.4.1.2.3F: 403, and the SIP database is told; a binding of before stays (SPR-11 asks that none comes of this one).</summary>
    private void Fail(SipServerTransaction transaction, Challenge challenge)
    {
        Close(challenge.Identities);
        Assign(challenge.Identities, Ts29229.AUTHENTICATION_FAILURE, null);
        responses.Refuse(transaction, 403, "Forbidden"u8);
    }

    private void Accept(SipServerTransaction transaction, RegisterIdentities identities)
    {
        var isLeaving = Expiry.OfRequest(transaction.Request) == 0;
        var isKnown = Store.Find(identities.Private) is not null;
        var type = isLeaving ? Ts29229.USER_DEREGISTRATION : isKnown ? Ts29229.RE_REGISTRATION : Ts29229.REGISTRATION;
        Assign(identities, type, new Attempt(transaction, identities, null));
    }

    private void Assign(RegisterIdentities identities, uint type, Attempt? attempt)
    {
        var request = node.NewRequest(Ts29229.ServerAssignment, Ts29229.Application, options.Realm, null)
            .Put(Rfc6733.UserName, identities.Private)
            .Put(Ts29229.PublicIdentity, identities.Public)
            .Put(Ts29229.ServerName, responses.ServerName)
            .Put(Ts29229.ServerAssignmentType, type)
            .Put(Ts29229.UserDataAlreadyAvailable, type == Ts29229.REGISTRATION ? 0u : 1u);
        node.Send(request.Finish(), this, attempt);
    }

    /// <summary>TS 23.280 10.1.6.2 step 11.</summary>
    private void Conclude(Attempt attempt, DiameterMessage answer)
    {
        var profile = answer.TryFind(Ts29229.UserDataCode, Ts29229.Vendor, out var data) ? data.Data : default;
        if (Store.Apply(attempt.Transaction.Request, attempt.Identities, profile)) responses.Accept(attempt.Transaction, attempt.Identities);
        else responses.Refuse(attempt.Transaction, 500, "Server Internal Error"u8);
    }

    private void ChallengeExpired(Challenge challenge)
    {
        lock (options.Endpoint.Gate)
        {
            if (challenge.IsScheduled || Open(challenge.Identities) != challenge) return;
            challenges.Remove(Key(challenge.Identities));
            Assign(challenge.Identities, Ts29229.AUTHENTICATION_TIMEOUT, null);
        }
    }

    private Challenge? Open(RegisterIdentities identities) => challenges.GetValueOrDefault(Key(identities));

    private void Close(RegisterIdentities identities)
    {
        if (challenges.Remove(Key(identities), out var challenge)) options.Endpoint.Wheel.Cancel(challenge);
    }

    private static string Key(RegisterIdentities identities) => Encoding.UTF8.GetString(identities.Private);

    private sealed record Attempt(SipServerTransaction Transaction, RegisterIdentities Identities, Challenge? Challenge);
}
