using McConformance.Entities.Ports;
using McConformance.Wire.Documents;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Identities;
using McConformance.Wire.Sip.Transactions;

namespace McConformance.Entities.McService;

/// <summary>Where an own user is served (TR 23.781 5.2.5).</summary>
/// <param name="Partner">MC system that serves the user.</param>
/// <param name="PartnerId">The user's identity there.</param>
/// <param name="Profile">By which profile.</param>
/// <param name="TransactionId">Of the request: an answer to another one says nothing of this record.</param>
/// <param name="Since">Since when; earlier than the request where the user migrated offline.</param>
internal sealed record MigrationRecord(
    McSystemId Partner, McServiceId PartnerId, ProfileIndex Profile, string TransactionId, DateTimeOffset Since)
{
    /// <summary>The partner has acknowledged the answer; until then the migration is half done.</summary>
    public bool IsAcknowledged { get; init; }

    /// <summary>The record before, of another partner, which is to be told that it is over; kept for as long as this
    /// one is half
    /// done.</summary>
    public MigrationRecord? Before { get; init; }
}

/// <summary>The primary's part of migration service authorization (TS 23.280 10.6.3.3 steps 6 to 8), and the register of migrated users.</summary>
internal sealed class MigrationAsPrimary(
    McServiceOptions options, MigrationMessages messages, MigrationEndings endings, ServiceAuthorization authorization)
{
    private const int HandledMax = 4096;
    private readonly KeptTable<McServiceId, MigrationRecord> register = new(options.Store, "migrated");

    /// <summary>When each user was last authorized at home.</summary>
    private readonly KeptTable<McServiceId, DateTimeOffset> home = new(options.Store, "home");

    /// <summary>What an administrator has changed since the start.</summary>
    private readonly KeptTable<McServiceId, McServiceUser> changed = new(options.Store, "permissions");
    private readonly HashSet<string> handled = new(StringComparer.Ordinal);
    private readonly Queue<string> order = new();

    /// <summary>A request of a partner's server.</summary>
    public void Requested(SipServerTransaction transaction, McServiceInfo info, McSystemId sender, List<DocumentFinding> findings)
    {
        if (!info.Fits(MigrationForm.ServerRequest, findings, options.Binding) || findings.Count > 0)
        {
            transaction.Warn(options, 400, "Bad Request"u8, McServiceWarnings.Text(findings));
            return;
        }

        var asked = info.Migration!;
        if (asked.PartnerSystem != sender || asked.PartnerMcServiceId!.Value.System != sender || asked.PrimaryMcServiceId!.Value.System != options.System)
        {
            transaction.Warn(options, 403, "Forbidden"u8, $"{options.Binding.PartnerSystem} is not the sender's");
            return;
        }

        transaction.Respond(transaction.NewResponse(200, "OK"u8).Finish());

        // over a stream SIP itself does not tell a request that comes twice
        if (!handled.Add(asked.TransactionId!)) return;
        order.Enqueue(asked.TransactionId!);
        if (order.Count > HandledMax) handled.Remove(order.Dequeue());
        var cause = Check(asked, sender);
        if (cause is null) Record(asked, sender);
        Answer(asked, sender, cause);
    }

    /// <summary>An administrator changes the permissions of a user.</summary>
    public void Provision(McServiceUser user) => changed[user.McServiceId] = user;

    /// <summary>Step 6. Null where migration is permitted.</summary>
    private MigrationCause? Check(MigrationExtension asked, McSystemId partner)
    {
        if (options.Users.FirstOrDefault(u => u.McServiceId == asked.PrimaryMcServiceId) is not { } user) return MigrationCause.UnknownUser;
        user = changed.GetValueOrDefault(user.McServiceId) ?? user;
        if (user.Migration.Count == 0) return MigrationCause.MigrationNotPermitted;
        if (user.Migration.FirstOrDefault(m => m.Partner == partner) is not { } permission) return MigrationCause.PartnerNotPermitted;
        if (!permission.Profiles.Contains(asked.UserProfileIndex!.Value) || !user.Profiles.Contains(asked.UserProfileIndex.Value)) return MigrationCause.ProfileNotValid;
        if (!permission.Services.Contains(options.Service)) return MigrationCause.ServiceNotPermitted;
        return asked.ServedSince is { } since ? CheckSince(user.McServiceId, partner, since) : null;
    }

    /// <summary>The partner has served the user for some time without asking (TR 23.781 5.2.10). Whichever MC system
    /// the user went to last
    /// serves the user (TS 23.280 10.1.1.2, OWN MIG-OFF-4); where clocks say the same, home does.</summary>
    private MigrationCause? CheckSince(McServiceId user, McSystemId partner, DateTimeOffset since)
    {
        if (home.TryGetValue(user, out var at) && at >= since) return MigrationCause.Superseded;
        return register.TryGetValue(user, out var record) && record.Partner != partner && record.Since >= since
            ? MigrationCause.AlreadyMigratedElsewhere
            : null;
    }

    /// <summary>Step 7. A user who was served elsewhere is not any more (TS 23.280 10.1.1.2).</summary>
    private void Record(MigrationExtension asked, McSystemId partner)
    {
        var user = asked.PrimaryMcServiceId!.Value;
        var before = register.GetValueOrDefault(user);
        register[user] = new MigrationRecord(
            partner, asked.PartnerMcServiceId!.Value, asked.UserProfileIndex!.Value, asked.TransactionId!,
            asked.ServedSince ?? Now)
        {
            Before = before is null || before.Partner == partner ? null : before with { Before = null },
        };
        authorization.RemoveUser(user);
        if (before is not null && before.Partner != partner) TellEnd(user, before);
    }

    /// <summary>Step 8. Where the answer does not arrive, the record is taken back, and the partner told so until it knows.</summary>
    private void Answer(MigrationExtension asked, McSystemId partner, MigrationCause? cause)
    {
        var info = new McServiceInfo
        {
            Service = options.Service,
            ResponseType = options.Binding.AuthorizationResponse,
            Migration = new MigrationExtension
            {
                TransactionId = asked.TransactionId,
                PartnerMcServiceId = asked.PartnerMcServiceId,
                PrimaryMcServiceId = asked.PrimaryMcServiceId,
                Success = cause is null,
                Cause = cause,
            },
        };
        var recorded = cause is null ? register[asked.PrimaryMcServiceId!.Value] : null;
        messages.Send(partner, info, status =>
        {
            var user = asked.PrimaryMcServiceId!.Value;
            if (recorded is null || register.GetValueOrDefault(user) != recorded) return;
            if (status is >= 200 and < 300) register[user] = recorded with { IsAcknowledged = true, Before = null };
            else TakeBack(user, recorded);
        });
    }

    /// <summary>After a restart: what was half done is undone, as where an answer does not arrive; and a user who got
    /// service at home
    /// is at home.</summary>
    public void Resume()
    {
        foreach (var (user, record) in register.ToArray())
        {
            if (record.Before is { } earlier) TellEnd(user, earlier);
            if (!record.IsAcknowledged) TakeBack(user, record);
            else if (authorization.LatestOf(user) is not null) IsHome(user);
        }
    }

    private void TakeBack(McServiceId user, MigrationRecord record)
    {
        register.Remove(user);
        TellEnd(user, record);
    }

    /// <summary>Whether a partner is still to be told that it does not serve a user.</summary>
    public bool IsElsewhere(McServiceId user, McSystemId partner) => register.GetValueOrDefault(user)?.Partner != partner;

    /// <summary>The user has service at home: migration has ended (TS 23.280 10.1.1.2).</summary>
    public void IsHome(McServiceId user)
    {
        home[user] = Now;
        if (register.Remove(user, out var record)) TellEnd(user, record);
    }

    private DateTimeOffset Now => options.Endpoint.Wheel.Clock.GetUtcNow();

    /// <summary>The partner says that it does not serve the user any more.</summary>
    public void EndedByPartner(MigrationExtension told, McSystemId sender)
    {
        var user = told.PrimaryMcServiceId!.Value;
        if (register.TryGetValue(user, out var record) && record.Partner == sender && record.PartnerId == told.PartnerMcServiceId) register.Remove(user);
    }

    private void TellEnd(McServiceId user, MigrationRecord record)
    {
        var ids = new MigrationExtension { PartnerMcServiceId = record.PartnerId, PrimaryMcServiceId = user };
        endings.Tell(record.Partner, record.Partner, ids, () => IsElsewhere(user, record.Partner));
    }
}
