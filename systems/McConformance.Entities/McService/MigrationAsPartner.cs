using McConformance.Entities.Ports;
using McConformance.Wire.Documents;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Identities;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transactions;
using McConformance.Wire.Time;

namespace McConformance.Entities.McService;

/// <summary>The partner's part of migration service authorization (TS 23.280 10.6.3.3 steps 1 to 3, 10 and 11). Waits for one of: the
/// primary's response, a refusal on the way, the time limit.</summary>
internal sealed partial class MigrationAsPartner(
    McServiceOptions options, MigrationMessages messages, MigrationEndings endings, ServiceAuthorization authorization)
{
    private readonly Dictionary<string, Pending> waiting = new(StringComparer.Ordinal);

    /// <summary>Requests whose user was told that they failed: a positive response to one of them comes too late.</summary>
    private readonly KeptTable<string, MigrationExtension> given = new(options.Store, "given-up");

    /// <summary>Users of other MC systems who have service here, with their identities at home.</summary>
    private readonly KeptTable<McServiceId, McServiceId> served = new(options.Store, "served");

    /// <summary>Those of them who came by a credential for offline migration.</summary>
    private readonly KeptTable<McServiceId, bool> byCredential = new(options.Store, "by-credential");
    private OfflineMigration? offline;

    /// <summary>Tells the configuration management server which profile of a user is in force.</summary>
    public required VerificationNotices Notices { get; init; }

    /// <summary>Called with the groups of a user who has service here now.</summary>
    public Action<IReadOnlyList<McGroupId>>? Authorized { get; init; }

    private OfflineMigration Offline =>
        offline ??= new OfflineMigration(options, messages, authorization, Notices)
        {
            Confirmed = Confirm,
            TellPrimary = TellPrimary,
        };

    /// <summary>Step 1: a client asks.</summary>
    public void Begin(SipServerTransaction transaction, McServiceInfo info, byte[]? settings, List<DocumentFinding> findings)
    {
        if (!info.Fits(MigrationForm.ClientRequest, findings, options.Binding) || findings.Count > 0)
        {
            transaction.Warn(options, 400, "Bad Request"u8, McServiceWarnings.Text(findings));
            return;
        }

        var asked = info.Migration!;
        if (ServiceAuthorization.Selected(settings) != asked.UserProfileIndex)
        {
            transaction.Warn(options, 400, "Bad Request"u8, $"{options.Binding.UserProfileIndex} differs from the selected user profile");
            return;
        }

        var token = options.VerifyToken(info.AccessToken!);
        if (token.McServiceId is null) Refuse(transaction, asked, 403, "101 service authorisation failed", MigrationCause.TokenMismatch);
        else if (token.McServiceId != asked.PartnerMcServiceId) Refuse(transaction, asked, 403, "101 service authorisation failed", MigrationCause.TokenMismatch);
        else if (Check(asked) is { } cause) Refuse(transaction, asked, 403, "migration not permitted", cause);
        else if (waiting.Values.Any(p => p.Asked.PartnerMcServiceId == asked.PartnerMcServiceId))
            transaction.Respond(transaction.NewResponse(491, "Request Pending"u8).Finish());
        else Ask(new Pending(this, transaction, info, token.OfflineCredential));
    }

    /// <summary>Step 10: the primary's response.</summary>
    public void Answered(SipServerTransaction transaction, McServiceInfo info, McSystemId sender, List<DocumentFinding> findings)
    {
        if (!info.Fits(MigrationForm.ServerResponse, findings, options.Binding) || findings.Count > 0)
        {
            transaction.Warn(options, 400, "Bad Request"u8, McServiceWarnings.Text(findings));
            return;
        }

        var told = info.Migration!;
        if (!waiting.TryGetValue(told.TransactionId!, out var pending))
        {
            if (!Offline.Answered(transaction, told, sender)) Stray(transaction, told, sender);
        }
        else if (pending.Asked.PrimaryMcServiceId!.Value.System != sender || told.PrimaryMcServiceId != pending.Asked.PrimaryMcServiceId ||
            told.PartnerMcServiceId != pending.Asked.PartnerMcServiceId)
            transaction.Warn(options, 403, "Forbidden"u8, "identities are not those of the request");
        else
        {
            // kept before it is acknowledged: the primary believes from then on that the user is served here
            var binding = told.Success == true ? Take(pending) : null;
            transaction.Respond(transaction.NewResponse(200, "OK"u8).Finish());
            if (binding is not null) Grant(pending, binding);
            else Fail(pending, 403, "migration not permitted", told.Cause ?? MigrationCause.MigrationNotPermitted, isKnownAtPrimary: false);
        }
    }

    /// <summary>A client has ended its service.</summary>
    public void Left(ServiceBinding ended)
    {
        if (Offline.Left(ended.User)) return;
        if (!served.Remove(ended.User, out var primary)) return;
        Restrict(ended.User);
        TellPrimary(ended.User, primary);
    }

    /// <summary>The primary serves the user again, or another partner does.</summary>
    public void EndedByPrimary(MigrationExtension told, McSystemId sender)
    {
        var user = told.PartnerMcServiceId!.Value;
        if (Offline.EndNotified(user, told.PrimaryMcServiceId)) return;
        if (!served.TryGetValue(user, out var primary) || primary != told.PrimaryMcServiceId || primary.System != sender) return;
        // in this order: nobody has service of whom it is not known that he is served here
        authorization.RemoveUser(user);
        served.Remove(user);
        Restrict(user);
    }

    /// <summary>Identity at home of a user who has migrated to here; null for everybody else.</summary>
    public McServiceId? PrimaryOf(McServiceId user) => served.TryGetValue(user, out var primary) ? primary : Offline.PrimaryOf(user);

    /// <summary>Ends all timers.</summary>
    public void Stop()
    {
        Offline.Stop();
        foreach (var pending in waiting.Values) options.Endpoint.Wheel.Cancel(pending);
    }

    /// <summary>Step 2. Null where the user may migrate to here.</summary>
    private MigrationCause? Check(MigrationExtension asked)
    {
        var (partnerId, primaryId) = (asked.PartnerMcServiceId!.Value, asked.PrimaryMcServiceId!.Value);
        if (partnerId.System != options.System || primaryId.System == options.System) return MigrationCause.MigrationNotPermitted;
        if (options.Guests.All(g => g.McServiceId != partnerId)) return MigrationCause.UnknownUser;
        if (options.Partners.FirstOrDefault(p => p.System == primaryId.System) is not { } primary) return MigrationCause.PartnerNotPermitted;
        if (!primary.AllowsMigrationIn || (primary.ExpectedUsers is { } users && !users.Contains(primaryId))) return MigrationCause.MigrationNotPermitted;
        return primary.MigratedServices.Contains(options.Service) ? null : MigrationCause.ServiceNotPermitted;
    }

    /// <summary>Step 3.</summary>
    private void Ask(Pending pending)
    {
        var asked = pending.Asked;
        waiting.Add(pending.TransactionId, pending);
        options.Endpoint.Wheel.Schedule(pending, options.MigrationTime);
        var info = new McServiceInfo
        {
            Service = options.Service,
            RequestType = options.Binding.AuthorizationRequest,
            Migration = asked with
            {
                TransactionId = pending.TransactionId,
                PartnerSystem = options.System,
                Service = options.Service,
                ServedSince = Offline.SinceOf(asked.PartnerMcServiceId!.Value),
            },
        };
        messages.Send(asked.PrimaryMcServiceId!.Value.System, info, status =>
        {
            if (status is >= 200 and < 300 || !waiting.ContainsKey(pending.TransactionId)) return;
            if (status == 0 || status >= 500 || status == 408) Unreachable(pending);
            else Fail(pending, 403, "179 service not authorized with the interconnected system", MigrationCause.PartnerNotPermitted, isKnownAtPrimary: false);
        });
    }

    /// <summary>Step 11, success: what is known of it.</summary>
    private ServiceBinding Take(Pending pending)
    {
        Forget(pending);
        var (user, primary) = (pending.Asked.PartnerMcServiceId!.Value, pending.Asked.PrimaryMcServiceId!.Value);
        Offline.Confirm(user, pending.Credential);
        Confirm(user, primary);
        var guest = options.Guests.First(g => g.McServiceId == user);
        if (pending.Credential is not null) byCredential[user] = true;
        return authorization.Bind(pending.Transaction, user, pending.ClientId, guest.Profiles.First());
    }

    /// <summary>Step 11, success: the user is told.</summary>
    private void Grant(Pending pending, ServiceBinding binding)
    {
        var user = binding.User;
        if (pending.Credential is null && !Notices.Knows(user)) Succeed(pending, binding, Result(pending.Asked, null));
        else
        {
            // what the primary has said counts for the profile too, and before the client can ask for it
            byCredential[user] = true;
            Notices.Tell(user, isVerified: true, () => Succeed(
                pending, binding, Result(pending.Asked, null, pending.Credential is null ? null : true)));
        }
    }

    private void Confirm(McServiceId user, McServiceId primary)
    {
        served[user] = primary;
        Authorized?.Invoke(options.Guests.First(g => g.McServiceId == user).Groups);
    }

    /// <summary>Whoever comes by a credential next time is restricted until verified.</summary>
    private void Restrict(McServiceId user)
    {
        if (byCredential.Remove(user)) Notices.Tell(user, isVerified: false);
    }

    private void Succeed(Pending pending, ServiceBinding binding, McServiceInfo told) =>
        pending.Transaction.Respond(
            ServiceAuthorization.Success(pending.Transaction, binding).FinishWith(told, options));

    /// <summary>TR 23.781 5.2.10: with a credential that needs no check with the primary there is service, where the
    /// agreement has it so.</summary>
    private void Unreachable(Pending pending)
    {
        var decision = Offline.Serve(pending.Transaction, pending.Info, pending.Credential, pending.TransactionId);
        if (decision.Binding is { } binding)
        {
            Forget(pending);
            byCredential[binding.User] = true;
            Notices.Tell(binding.User, isVerified: false, () =>
                Succeed(pending, binding, Result(pending.Asked, null, isVerified: false, decision.Until)));
            Authorized?.Invoke(options.Guests.First(g => g.McServiceId == binding.User).GroupsUnverified);
        }
        else if (decision.Cause == MigrationCause.NotVerified)
            Fail(pending, 403, "not verified in time", decision.Cause, isKnownAtPrimary: true);
        else Fail(pending, 504, "primary MC system not reachable", decision.Cause, isKnownAtPrimary: true);
    }

    /// <summary>Step 11, failure. Where the primary may have recorded the user, it is told when its response shows that it has.</summary>
    private void Fail(Pending pending, int status, string warning, MigrationCause cause, bool isKnownAtPrimary)
    {
        Forget(pending);
        if (isKnownAtPrimary) given[pending.TransactionId] = pending.Asked;
        else Offline.Refuse(pending.Asked.PartnerMcServiceId!.Value, pending.Credential);
        Refuse(pending.Transaction, pending.Asked, status, warning, cause);
    }

    /// <summary>A response that nobody waits for. A late success is taken back, so that the primary's register stays true.</summary>
    private void Stray(SipServerTransaction transaction, MigrationExtension told, McSystemId sender)
    {
        if (!given.TryGetValue(told.TransactionId!, out var asked) || asked.PrimaryMcServiceId!.Value.System != sender)
        {
            transaction.Respond(transaction.NewResponse(481, "Call/Transaction Does Not Exist"u8).Finish());
            return;
        }

        if (told.Success == true) TellPrimary(asked.PartnerMcServiceId!.Value, asked.PrimaryMcServiceId.Value, Acknowledge);
        else Acknowledge();

        void Acknowledge()
        {
            given.Remove(told.TransactionId!);
            transaction.Respond(transaction.NewResponse(200, "OK"u8).Finish());
        }
    }

    private void TellPrimary(McServiceId user, McServiceId primary) => TellPrimary(user, primary, null);

    private void TellPrimary(McServiceId user, McServiceId primary, Action? isKept) => endings.Tell(
        primary.System, options.System, new MigrationExtension { PartnerMcServiceId = user, PrimaryMcServiceId = primary },
        () => !served.ContainsKey(user), isKept);

    private void Forget(Pending pending)
    {
        waiting.Remove(pending.TransactionId);
        options.Endpoint.Wheel.Cancel(pending);
    }

    private void Refuse(SipServerTransaction transaction, MigrationExtension asked, int status, string warning, MigrationCause cause) =>
        transaction.Respond(transaction.NewResponse(status, status == 504 ? "Server Time-out"u8 : "Forbidden"u8)
            .PutWarning(options, warning).FinishWith(Result(asked, cause), options));

    private Lock Gate => options.Endpoint.Gate;
}
