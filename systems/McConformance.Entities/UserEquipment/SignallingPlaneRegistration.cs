using McConformance.Wire.Sip.Authentication;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transactions;
using McConformance.Wire.Time;

namespace McConformance.Entities.UserEquipment;

/// <summary>
/// One registration at one SIP core, the UE's part of TS 23.280 10.1.6.2 (steps 1, 10 and 11). Waits for one of: the challenge
/// or the final response to a request, the moment to register anew. Runs under the user agent's gate.
/// </summary>
internal sealed class SignallingPlaneRegistration(SignallingUserAgent agent, RegistrationTarget target) : TimerNode, ISipClientUser
{
    /// <summary>How many challenges in a row are not answered by RES before the UE gives up (TS 24.229 5.1.1.5.3).</summary>
    private const int InvalidChallengesMax = 2;

    /// <summary>How many challenges are answered before the UE gives up; a genuine network needs one, and one more after AUTS.</summary>
    private const int ChallengesMax = 4;
    private readonly RegistrationRequest request = new(target, agent.Instance);
    private TaskCompletionSource<RegistrationOutcome>? waiting;
    private int expires;
    private int challenges;
    private int invalidChallenges;
    private bool networkNotGenuine;

    public RegistrationTarget Target => target;

    /// <summary>Values of Service-Route of the last 200; null while not registered.</summary>
    public IReadOnlyList<byte[]>? ServiceRoute { get; private set; }

    public Task<RegistrationOutcome> RegisterAsync(int wanted)
    {
        Stop();
        waiting?.TrySetResult(new RegistrationOutcome(RegistrationResult.NoAnswer, 0, TimeSpan.Zero));
        waiting = new TaskCompletionSource<RegistrationOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        expires = wanted;
        Send();
        return waiting.Task;
    }

    public void Stop() => agent.Wheel.Cancel(this);

    void ISipClientUser.OnResponse(SipClientTransaction transaction, SipMessage response)
    {
        switch (response.StatusCode)
        {
            case < 200:
                return;
            case < 300:
                Accept(response);
                return;
            case 401 when response.TryGet(SipHeader.WwwAuthenticate, out var value) && DigestValues.TryRead(value, out var challenge):
                Answer(challenge);
                return;
            default:
                End(networkNotGenuine ? RegistrationResult.NetworkNotGenuine : RegistrationResult.Refused, response.StatusCode);
                return;
        }
    }

    void ISipClientUser.OnFailure(SipClientTransaction transaction, SipFailure why) => End(RegistrationResult.NoAnswer, 0);

    /// <summary>Time to register anew, by the binding's own life.</summary>
    protected override void OnTimer()
    {
        lock (agent.Gate)
        {
            if (!IsScheduled && expires > 0) Send();
        }
    }

    private void Send()
    {
        (challenges, invalidChallenges, networkNotGenuine) = (0, 0, false);
        Send(default, default, answers: false);
    }

    private void Send(ReadOnlySpan<byte> password, ReadOnlySpan<byte> auts, bool answers) =>
        agent.Endpoint.SendRequest(request.Write(agent.Endpoint, expires, password, auts, answers), target.Edge, this, null);

    /// <summary>TS 23.280 10.1.6.2 step 10, TS 24.229 5.1.1.5.1 and 5.1.1.5.3.</summary>
    private void Answer(in DigestValues challenge)
    {
        Span<byte> nonce = stackalloc byte[DigestAkaV1Md5.NonceOctetsMax];
        if (++challenges > ChallengesMax || !challenge.Algorithm.SequenceEqual("AKAv1-MD5"u8) ||
            !DigestAkaV1Md5.TryReadNonce(challenge.Nonce, nonce, out var length) || length < 32)
        {
            End(RegistrationResult.Refused, 401);
            return;
        }

        Span<byte> res = stackalloc byte[8], auts = stackalloc byte[14];
        request.Take(challenge);
        var answer = agent.Isim.Authenticate(nonce[..16], nonce[16..32], res, auts);
        networkNotGenuine = answer == IsimAnswer.MacFailure;
        invalidChallenges = answer == IsimAnswer.Response ? 0 : invalidChallenges + 1;
        if (invalidChallenges > InvalidChallengesMax)
        {
            End(networkNotGenuine ? RegistrationResult.NetworkNotGenuine : RegistrationResult.Refused, 401);
            return;
        }

        switch (answer)
        {
            case IsimAnswer.Response:
                Send(res, default, answers: true);
                break;
            case IsimAnswer.SynchronisationFailure:
                Send(default, auts, answers: true);
                break;
            default:
                Send(default, default, answers: false);
                break;
        }
    }

    private void Accept(SipMessage response)
    {
        var granted = GrantedSeconds(response);
        if (expires == 0 || granted == 0)
        {
            ServiceRoute = null;
            End(RegistrationResult.Deregistered, response.StatusCode);
            return;
        }

        var route = new List<byte[]>();
        foreach (var hop in response.Values(SipHeader.ServiceRoute)) route.Add(hop.ToArray());
        ServiceRoute = route;

        // TS 24.229 5.1.1.4.1: 600 s before the end of a long binding, at half the life of a short one
        agent.Wheel.Schedule(this, TimeSpan.FromSeconds(granted > 1200 ? granted - 600 : granted / 2.0));
        End(RegistrationResult.Registered, response.StatusCode, granted);
    }

    private int GrantedSeconds(SipMessage response)
    {
        var own = agent.Endpoint.AddressOf(target.Edge.Carrier).ToString();
        foreach (var value in response.Values(SipHeader.Contact))
        {
            if (!NameAddress.TryRead(value, out var contact) || !SipUri.TryRead(contact.Uri, out var uri)) continue;
            if (!IsAt(uri, own)) continue;
            return contact.TryGetParameter("expires"u8, out var text) && System.Buffers.Text.Utf8Parser.TryParse(text, out int seconds, out _)
                ? seconds
                : expires;
        }

        return 0;
    }

    private static bool IsAt(in SipUri uri, string own) =>
        System.Text.Encoding.ASCII.GetString(uri.Host) + ":" + uri.Port == own;

    private void End(RegistrationResult result, int status, int granted = 0) =>
        waiting?.TrySetResult(new RegistrationOutcome(result, status, TimeSpan.FromSeconds(granted)));
}
