using McConformance.Entities.Ports;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;
using McConformance.Wire.Sip.Transactions;
using McConformance.Wire.Time;

namespace McConformance.Entities.McService;

/// <summary>What became of a request while the primary cannot be reached.</summary>
/// <param name="Binding">The client's service; null where it has none.</param>
/// <param name="Until">Until when it may last without verification.</param>
/// <param name="Cause">Why there is none.</param>
internal readonly record struct OfflineDecision(ServiceBinding? Binding, DateTimeOffset Until, MigrationCause Cause);

/// <summary>
/// Service for users whose credential needs no check with the primary while it cannot be reached, and its
/// verification when it can
/// (TR 23.781 5.2.10, OWN MIG-OFF-3). The machine is <see cref="VerificationTable"/>. Guarded by the endpoint's gate.
/// </summary>
internal sealed class OfflineMigration(
    McServiceOptions options, MigrationMessages messages, ServiceAuthorization authorization,
    VerificationNotices notices)
{
    private readonly Dictionary<McServiceId, UnverifiedUser> users = [];
    private readonly KeptTable<McServiceId, KeptUnverified> kept = new(options.Store, "unverified");

    /// <summary>When each credential was first used without the primary: asking again gives no more time. Long ago
    /// for those that the
    /// primary has refused: what it has said holds while it cannot be asked.</summary>
    private readonly KeptTable<string, DateTimeOffset> begun = new(options.Store, "credentials-in-use");

    /// <summary>The migration of a user is an ordinary one from now on: identity here, and at home.</summary>
    public required Action<McServiceId, McServiceId> Confirmed { get; init; }

    /// <summary>The primary is to know that the user is not served here: identity here, and at home.</summary>
    public required Action<McServiceId, McServiceId> TellPrimary { get; init; }

    private DateTimeOffset Now => options.Endpoint.Wheel.Clock.GetUtcNow();

    /// <summary>Identity at home of a user who is served without verification; null for one who is not.</summary>
    public McServiceId? PrimaryOf(McServiceId user) => users.TryGetValue(user, out var found) ? found.Primary : null;

    /// <summary>Since when a user is served without verification; null for one who is not.</summary>
    public DateTimeOffset? SinceOf(McServiceId user) => users.TryGetValue(user, out var found) ? found.Since : null;

    /// <summary>The primary cannot be reached: decides about a client that waits for it.</summary>
    /// <param name="transaction">The client's request.</param>
    /// <param name="info">Its body.</param>
    /// <param name="credential">Credential for offline migration by which the client came; null where it came by
    /// another.</param>
    /// <param name="attempt">Transaction under which the primary was asked: a late answer to it counts.</param>
    public OfflineDecision Serve(
        SipServerTransaction transaction, McServiceInfo info, string? credential, string attempt)
    {
        var asked = info.Migration!;
        var (user, primary) = (asked.PartnerMcServiceId!.Value, asked.PrimaryMcServiceId!.Value);
        var partner = options.Partners.First(p => p.System == primary.System);
        if (credential is null || partner.OfflineServiceMax is not { } longest)
            return new OfflineDecision(null, default, MigrationCause.PrimaryUnreachable);
        if (!begun.TryGetValue(credential, out var since)) begun[credential] = since = Now;
        if (Now >= since + longest) return new OfflineDecision(null, default, MigrationCause.NotVerified);

        if (users.Remove(user, out var before)) before.Stop();
        var guest = options.Guests.First(g => g.McServiceId == user);
        var binding = authorization.Bind(transaction, user, info.ClientId!, guest.Profiles.First());
        kept[user] = new KeptUnverified(asked with { Success = null }, binding, credential, since, since + longest);
        users[user] = new UnverifiedUser(this, asked, binding, since) { Attempt = attempt, Credential = credential };
        users[user].Begin(since + longest - Now);
        return new OfflineDecision(binding, since + longest, default);
    }

    /// <summary>The primary has confirmed a client's own request; there is nothing left to verify.</summary>
    public void Confirm(McServiceId user, string? credential)
    {
        Forget(user);
        if (credential is not null) begun.Remove(credential);
    }

    /// <summary>The primary has refused a client's own request: what was served without verification is not any
    /// more.</summary>
    public void Refuse(McServiceId user, string? credential)
    {
        if (credential is not null) begun[credential] = DateTimeOffset.MinValue;
        if (!users.ContainsKey(user)) return;
        Forget(user);
        authorization.RemoveUser(user);
    }

    /// <summary>An answer of the primary. False where it is not about a user of this class.</summary>
    public bool Answered(SipServerTransaction transaction, MigrationExtension told, McSystemId sender)
    {
        var found = users.Values.FirstOrDefault(u => u.Attempt == told.TransactionId);
        if (found is null || found.Primary.System != sender || told.PrimaryMcServiceId != found.Primary ||
            told.PartnerMcServiceId != found.User) return false;
        transaction.Respond(transaction.NewResponse(200, "OK"u8).Finish());
        found.Cause = told.Cause ?? MigrationCause.MigrationNotPermitted;
        found.Happen(told.Success == true ? VerificationEvent.PrimaryConfirms : VerificationEvent.PrimaryRefuses);
        return true;
    }

    /// <summary>A client has ended its service. False where the user is none of this class.</summary>
    public bool Left(McServiceId user) => Happen(user, VerificationEvent.ClientLeaves);

    /// <summary>The primary says that the user is not served here any more. False where the user is none of this
    /// class.</summary>
    public bool EndNotified(McServiceId user, McServiceId? primary) =>
        users.TryGetValue(user, out var found) && found.Primary == primary &&
            Happen(user, VerificationEvent.EndNotified);

    /// <summary>After a restart: the primary is asked as before, and the time without it has not stood still.</summary>
    public void Resume()
    {
        foreach (var (user, was) in kept.ToArray())
        {
            users[user] = new UnverifiedUser(this, was.Asked, was.Binding, was.Since) { Attempt = "", Credential = was.Credential };
            users[user].Begin(was.Until - Now);
        }
    }

    /// <summary>Ends all timers.</summary>
    public void Stop()
    {
        foreach (var user in users.Values) user.Stop();
        notices.Stop();
    }

    private void Forget(McServiceId user)
    {
        kept.Remove(user);
        if (users.Remove(user, out var found)) found.Stop();
    }

    private bool Happen(McServiceId user, VerificationEvent what)
    {
        if (!users.TryGetValue(user, out var found)) return false;
        found.Happen(what);
        return true;
    }

    private void Do(UnverifiedUser user, VerificationAction actions)
    {
        if (actions.HasFlag(VerificationAction.Ask)) Ask(user);
        if (actions.HasFlag(VerificationAction.TryLater))
            options.Endpoint.Wheel.Schedule(user.Next, options.VerificationInterval);
        if (actions.HasFlag(VerificationAction.GiveOrdinaryProfile))
        {
            Confirm(user.User, user.Credential);
            Confirmed(user.User, user.Primary);
            // the user fetches the profile when told: so the configuration management server must know first
            notices.Tell(user.User, isVerified: true, () => TellUser(user, null));
            return;
        }

        if (actions.HasFlag(VerificationAction.EndService))
        {
            Forget(user.User);
            authorization.RemoveUser(user.User);
        }

        if (actions.HasFlag(VerificationAction.TellPrimary)) TellPrimary(user.User, user.Primary);
        if (actions.HasFlag(VerificationAction.TellUser)) TellUser(user, user.Cause);
    }

    /// <summary>Migration service authorization towards the primary, with the time since when the user is served
    /// (OWN MIG-OFF-4).</summary>
    private void Ask(UnverifiedUser user)
    {
        var attempt = user.Attempt = $"urn:uuid:{Guid.NewGuid()}";
        options.Endpoint.Wheel.Schedule(user.Next, options.MigrationTime);
        messages.Send(user.Primary.System, new McServiceInfo
        {
            Service = options.Service,
            RequestType = options.Binding.AuthorizationRequest,
            Migration = user.Asked with
            {
                TransactionId = attempt,
                PartnerSystem = options.System,
                Service = options.Service,
                ServedSince = user.Since,
            },
        }, status =>
        {
            if (status is >= 200 and < 300 || user.Attempt != attempt) return;
            user.Cause = MigrationCause.PartnerNotPermitted;
            user.Happen(status == 0 || status >= 500 || status == 408
                ? VerificationEvent.NoAnswer : VerificationEvent.PrimaryRefuses);
        });
    }

    private void TellUser(UnverifiedUser user, MigrationCause? cause) =>
        messages.SendToClient(user.Binding.PublicIdentity, new McServiceInfo
        {
            Service = options.Service,
            RequestType = options.Binding.VerificationNotification,
            Migration = new MigrationExtension
            {
                PartnerMcServiceId = user.User,
                PrimaryMcServiceId = user.Primary,
                Success = cause is null,
                Cause = cause,
                IsVerified = cause is null ? true : null,
            },
        });

    /// <summary>What is kept of a user who is served without verification.</summary>
    internal sealed record KeptUnverified(
        MigrationExtension Asked, ServiceBinding Binding, string Credential, DateTimeOffset Since, DateTimeOffset Until);

    /// <summary>A user who is served without verification.</summary>
    private sealed class UnverifiedUser
    {
        private readonly OfflineMigration owner;
        private readonly Alarm end;
        private VerificationState state = VerificationState.AwaitingAttempt;

        public UnverifiedUser(
            OfflineMigration owner, MigrationExtension asked, ServiceBinding binding, DateTimeOffset since)
        {
            (this.owner, Asked, Binding, Since) = (owner, asked, binding, since);
            Next = new Alarm(owner, () => Happen(state == VerificationState.AwaitingPrimary
                ? VerificationEvent.NoAnswer
                : VerificationEvent.AttemptDue));
            end = new Alarm(owner, () =>
            {
                Cause = MigrationCause.NotVerified;
                Happen(VerificationEvent.TimeOver);
            });
        }

        public MigrationExtension Asked { get; }

        public ServiceBinding Binding { get; }

        public DateTimeOffset Since { get; }

        public Alarm Next { get; }

        /// <summary>Transaction of the last attempt.</summary>
        public required string Attempt { get; set; }

        /// <summary>By which the user came.</summary>
        public required string Credential { get; init; }

        /// <summary>Why service ends, where it does.</summary>
        public MigrationCause Cause { get; set; }

        public McServiceId User => Asked.PartnerMcServiceId!.Value;

        public McServiceId Primary => Asked.PrimaryMcServiceId!.Value;

        public void Begin(TimeSpan longest)
        {
            owner.Wheel.Schedule(Next, owner.Interval);
            owner.Wheel.Schedule(end, longest);
        }

        public void Happen(VerificationEvent what)
        {
            var (actions, next) = VerificationTable.Find(state, what);
            state = next;
            if (what == VerificationEvent.PrimaryRefuses) owner.begun[Credential] = DateTimeOffset.MinValue;
            owner.Do(this, actions);
        }

        public void Stop()
        {
            owner.Wheel.Cancel(Next);
            owner.Wheel.Cancel(end);
        }
    }

    private sealed class Alarm(OfflineMigration owner, Action rings) : TimerNode
    {
        protected override void OnTimer()
        {
            lock (owner.Gate) rings();
        }
    }

    private TimerWheel Wheel => options.Endpoint.Wheel;

    private TimeSpan Interval => options.VerificationInterval;

    private Lock Gate => options.Endpoint.Gate;
}
