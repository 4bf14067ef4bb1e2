using System.Text;
using McConformance.Entities.Ports;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;
using McConformance.Wire.Sip.Bodies;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transactions;

namespace McConformance.Entities.McService;

/// <summary>
/// Affiliation to groups (TS 24.379 9.2.2): this server for its clients, and the server of the MC system that defines a
/// group for its members
/// everywhere. Towards a group of another MC system this server decides whether its users may join, and that MC
/// system's whether they
/// may be let in (TR 23.781 5.1.1, 5.1.4, 6.1.1). Answered when all groups have been decided: the first refusal, or
/// 200. Runs under the
/// endpoint's gate.
/// </summary>
internal sealed class GroupAffiliation(
    McServiceOptions options, SipEndpoint endpoint, ServiceAuthorization authorization, GroupConfigurations groups,
    MigrationAsPartner migrated) : ISipClientUser
{
    private const string NotAuthorizedWithSystem = "179 service not authorized with the interconnected system";
    private const string Forever = "4294967295";
    private readonly McServiceNames names = McServiceNames.Of(options.Service);
    private readonly GroupAffiliationKind kind = GroupAffiliationKind.Of(options.Service);
    private readonly KeptTable<McGroupId, HashSet<McServiceId>> affiliated = new(options.Store, "affiliated");

    /// <summary>A PUBLISH of event package presence: of a client served here, or of another MC system's
    /// server.</summary>
    /// <param name="transaction">The request.</param>
    /// <param name="from">The MC system whose server sends; null where none does.</param>
    public async Task PublishedAsync(SipServerTransaction transaction, McSystemId? from)
    {
        if (Body(transaction.Request) is not { Groups.Count: > 0 } asked)
            transaction.Warn(options, 400, "Bad Request"u8, "affiliation missing");
        else if (from is { } system) await JoinAsync(transaction, asked, system).ConfigureAwait(false);
        else if (authorization.BindingOf(transaction) is not { } binding)
            transaction.Warn(options, 404, "Not Found"u8, "141 user unknown to the participating function");
        else if (binding.User != asked.User) transaction.Warn(options, 403, "Forbidden"u8,
            "120 user is not affiliated to this group");
        else if (migrated.PrimaryOf(binding.User) is { } home
            && !MayAsMigrated(home.System)) Refuse(transaction, NotAuthorizedWithSystem);
        else await DecideAsync(transaction, asked).ConfigureAwait(false);
    }

    void ISipClientUser.OnResponse(SipClientTransaction transaction, SipMessage response)
    {
        if (response.StatusCode < 200) return;
        var warning = response.TryGet(SipHeader.Warning, out var text) ? Encoding.UTF8.GetString(text) : "";
        ((TaskCompletionSource<(int, string)>)transaction.State!).TrySetResult((response.StatusCode, warning));
    }

    void ISipClientUser.OnFailure(SipClientTransaction transaction, SipFailure why) =>
        ((TaskCompletionSource<(int, string)>)transaction.State!).TrySetResult((504, ""));

    /// <summary>Of each group, here or at its home.</summary>
    private async Task DecideAsync(SipServerTransaction transaction, GroupAffiliations asked)
    {
        foreach (var group in asked.Groups)
        {
            if (group.System == options.System)
            {
                if (await RefusalAsync(group, asked.User).ConfigureAwait(false) is not { } refusal) continue;
                lock (options.Endpoint.Gate) transaction.Warn(options, refusal.Status, ReasonOf(refusal.Status),
                    refusal.Warning);
                return;
            }

            if (AskHome(group, asked) is not { } asking)
            {
                lock (options.Endpoint.Gate) Refuse(transaction, NotAuthorizedWithSystem);
                return;
            }

            var (status, warning) = await asking.ConfigureAwait(false);
            if (status is >= 200 and < 300) continue;
            lock (options.Endpoint.Gate)
            {
                // whoever refused has said so in its own name
                var draft = transaction.NewResponse(status, ReasonOf(status));
                if (warning.Length > 0) draft.Line(SipHeader.Warning).Put(warning);
                transaction.Respond(draft.Finish());
            }

            return;
        }

        lock (options.Endpoint.Gate) Accept(transaction);
    }

    /// <summary>At the home of the group, for a user of another MC system.</summary>
    private async Task JoinAsync(SipServerTransaction transaction, GroupAffiliations asked, McSystemId from)
    {
        var isTheirs = asked.User.System == from && asked.Groups.All(g => g.System == options.System);
        if (!isTheirs || !Permits(from, kind.In))
        {
            Refuse(transaction, NotAuthorizedWithSystem);
            return;
        }

        foreach (var group in asked.Groups)
        {
            if (await RefusalAsync(group, asked.User).ConfigureAwait(false) is not { } refusal) continue;
            lock (options.Endpoint.Gate) transaction.Warn(options, refusal.Status, ReasonOf(refusal.Status),
                refusal.Warning);
            return;
        }

        lock (options.Endpoint.Gate) Accept(transaction);
    }

    /// <summary>Why a user is not affiliated to an own group; null where the user is, from now on.</summary>
    private async Task<(int Status, string Warning)?> RefusalAsync(McGroupId group, McServiceId user)
    {
        if (await groups.FindAsync(group).ConfigureAwait(false) is not { } found) return (404,
            "113 group document does not exist");
        if (found.Members.All(m => m.Id != user)) return (403, "116 user is not part of the MCPTT group");
        lock (options.Endpoint.Gate)
        {
            using var alone = affiliated.Enter();
            affiliated[group] = [.. affiliated.GetValueOrDefault(group) ?? [], user];
        }

        return null;
    }

    /// <summary>Asks the server of the group's MC system; null where that is not permitted.</summary>
    private Task<(int Status, string Warning)>? AskHome(McGroupId group, GroupAffiliations asked)
    {
        if (!Permits(group.System, kind.Out) || options.NextHop(group.System) is not { } hop) return null;
        var (psi, to) = (options.PsiOf(group.System), asked with { Groups = [group] });
        var info = new McServiceInfo
        {
            Service = options.Service,
            RequestUri = group.Value,
            CallingUserId = asked.User
        };
        var body = new MultipartBody().Add(info.ContentType, info.ToOctets()).Add(GroupAffiliations.ContentType,
            to.ToOctets());
        var callId = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(10));
        var done = new TaskCompletionSource<(int, string)>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (options.Endpoint.Gate)
        {
            var draft = endpoint.NewRequest(SipMethod.Publish, Encoding.ASCII.GetBytes(psi), hop);
            draft.Line(SipHeader.MaxForwards).Put(70)
                .Line(SipHeader.From).Put("<").Put(options.Psi).Put(">;tag=").Put(callId[..8])
                .Line(SipHeader.To).Put("<").Put(psi).Put(">")
                .Line(SipHeader.CallId).Put(callId)
                .Line(SipHeader.CSeq).Put("1 PUBLISH")
                .Line(SipHeader.Event).Put("presence")
                .Line(SipHeader.Expires).Put(Forever)
                .Line(SipHeader.PAssertedIdentity).Put("<").Put(options.Psi).Put(">")
                .Line(SipHeader.PAssertedService).Put(names.Icsi);
            endpoint.SendRequest(draft.Finish(Encoding.ASCII.GetBytes(body.ContentType), body.ToOctets()), hop, this,
                done);
        }

        return done.Task;
    }

    private GroupAffiliations? Body(SipMessage request)
    {
        if (!request.TryGet(SipHeader.ContentType, out var type)
            || !Multipart.TryRead(type, request.Body, out var parts)) return null;
        GroupAffiliations? read = null;
        while (parts.MoveNext())
            if (parts.TryGetHeader("Content-Type"u8, out var of) && of.StartsWith("application/pidf+xml"u8))
                GroupAffiliations.TryRead(parts.Content.ToArray(), options.Service, out read, []);
        return read;
    }

    private bool Permits(McSystemId system, InterconnectionPermissions what) =>
        options.Partners.FirstOrDefault(p => p.System == system)?.Interconnection.HasFlag(what) == true;

    private bool MayAsMigrated(McSystemId home) =>
        options.Partners.FirstOrDefault(p => p.System == home)?.Migration.HasFlag(kind.Migrated) == true;

    private static void Accept(SipServerTransaction transaction) => transaction.Respond(
        transaction.NewResponse(200,
            "OK"u8).Line(SipHeader.SipETag).Put(ServiceBinding.NewTag()).Line(SipHeader.Expires).Put(Forever).Finish());

    private void Refuse(SipServerTransaction transaction, string warning) =>
        transaction.Warn(options, 403, "Forbidden"u8, warning);

    private static ReadOnlySpan<byte> ReasonOf(int status) => status switch
    {
        403 => "Forbidden"u8,
        404 => "Not Found"u8,
        504 => "Server Time-out"u8,
        _ => "Server Internal Error"u8,
    };
}
