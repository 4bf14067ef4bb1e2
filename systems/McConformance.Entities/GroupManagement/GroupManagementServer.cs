using McConformance.Wire.Documents;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Http.Xcap;
using McConformance.Wire.Identities;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace McConformance.Entities.GroupManagement;

/// <summary>
/// Group management server (TS 23.280 7.4.2.2.6): group documents over XCAP for members (CSC-2), MC service servers (CSC-3) and other
/// MC systems (CSC-16; TS 23.280 10.2.x.2 and 10.2.x.3), change notices by SIP. Thread safe.
/// </summary>
public sealed class GroupManagementServer : IAsyncDisposable
{
    /// <summary>XCAP root.</summary>
    public const string Root = "/xcap-root/";

    private const string Tree = "byGroupID/";
    private readonly GroupManagementOptions options;
    private readonly StoredGroups groups;
    private readonly GroupTransfer transfer;
    private readonly GroupConfigurationPush push;
    private readonly GroupConfigurationPull pull;
    private readonly GroupDistribution distribution;
    private readonly MembershipAtHome atHome;
    private readonly MembershipAtPartner atPartner;

    /// <summary>Makes a server; it holds no groups.</summary>
    public GroupManagementServer(GroupManagementOptions options)
    {
        this.options = options;
        groups = new StoredGroups(options.Store);
        transfer = new GroupTransfer(options, groups);
        Notices = new ChangeNotices(options, groups);
        push = new GroupConfigurationPush(options, groups, Notices);
        pull = new GroupConfigurationPull(options, groups, transfer, Notices);
        distribution = new GroupDistribution(options, groups, transfer, Notices);
        atHome = new MembershipAtHome(options, groups, distribution, transfer);
        atPartner = new MembershipAtPartner(options, transfer);
    }

    /// <summary>Subscriptions of MC service servers.</summary>
    public ChangeNotices Notices { get; }

    /// <summary>Binds the SIP sockets.</summary>
    public void Start() => Notices.Start();

    /// <summary>The partners can be reached: who was not told of a change before a restart is told now.</summary>
    public void Resume() => distribution.Resume();

    /// <summary>An administrator defines a group that is at home here, before anybody asks for it. One that is kept
    /// from before stays as
    /// it is.</summary>
    public void Define(GroupDocument group)
    {
        var octets = group.ToOctets();
        groups.Provision(group.Id, new StoredGroup(octets, octets, group));
    }

    /// <summary>An administrator provides a group that is at home here to a partner (TS 23.280 10.2.x.2).</summary>
    /// <returns>Null where there is no such group or partner.</returns>
    public async Task<GroupTransferred?> ProvideAsync(McGroupId id, McSystemId partner)
    {
        if (groups.Find(id) is not { } group || id.System != options.System) return null;
        if (group.Group.Description.Interconnection?.Partners.Any(p => p.Id == partner) != true) return null;
        return options.Partners.FirstOrDefault(p => p.System == partner) is { } known ? await transfer.PushAsync(id, known, group.Original).ConfigureAwait(false) : null;
    }

    /// <summary>What administrators of groups that are at home here do about members from partners (TR 23.781 5.1.12).</summary>
    public MembershipAtHome MembersFromPartners => atHome;

    /// <summary>What administrators of users do who are to be members of groups of other MC systems (TR 23.781 5.1.12).</summary>
    public MembershipAtPartner MembersForPartners => atPartner;

    /// <summary>Handles one request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var selector = XcapSelector.Read(context.Features.Get<IHttpRequestFeature>()!.RawTarget, Root);
        if (XcapCapabilities.AreAt(selector))
            await XcapCapabilities.AnswerAsync(
                context, [GroupDocument.Auid, options.Membership.Auid], GroupDocument.Namespaces)
                .ConfigureAwait(false);
        else if (selector is { IsGlobal: false } && selector.Auid == options.Membership.Auid)
            await ServeMembershipAsync(context, selector).ConfigureAwait(false);
        else if (selector is not { Auid: GroupDocument.Auid, IsGlobal: true } || !selector.Name.StartsWith(
            Tree, StringComparison.Ordinal))
            context.Response.StatusCode = 404;
        else if (!McGroupId.TryRead(selector.Name[Tree.Length..], out var id)) context.Response.StatusCode = 404;
        else if (selector.Node.Length > 0) context.Response.StatusCode = 405;
        else if (context.Request.Headers.Authorization.Count > 0) await ServeUserAsync(context, id).ConfigureAwait(false);
        else await ServeNetworkAsync(context, id).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        distribution.Stop();
        return Notices.DisposeAsync();
    }

    /// <summary>CSC-2: members read, administrators write.</summary>
    private async Task ServeUserAsync(HttpContext context, McGroupId id)
    {
        var authorization = context.Request.Headers.Authorization.ToString();
        var verdict = authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? options.VerifyToken(authorization[7..].Trim()) : new GroupAccess(null, "invalid_token");
        if (verdict.User is not { } user)
        {
            context.Response.StatusCode = verdict.Error == "insufficient_scope" ? 403 : 401;
            context.Response.Headers.WWWAuthenticate = $"Bearer error=\"{verdict.Error}\"";
            return;
        }

        if (context.Request.Method is "PUT" or "DELETE")
        {
            if (user.IsAdministrator && id.System == options.System) await DefineAsync(context, id).ConfigureAwait(false);
            else context.Response.StatusCode = 403;
            return;
        }

        var group = groups.Find(id);
        if (group is not null && !user.IsAdministrator && !group.Group.Description.Members.Any(m => user.McServiceIds.Contains(m.Id.Value))) context.Response.StatusCode = 403;
        else await ReadAsync(context, group, group?.Effective).ConfigureAwait(false);
    }

    /// <summary>CSC-3 and CSC-16: whoever the network says it is (TS 24.482 annex A).</summary>
    private async Task ServeNetworkAsync(HttpContext context, McGroupId id)
    {
        var asserted = AssertedBy(context);
        if (options.McServiceServers.Contains(asserted))
        {
            if (context.Request.Method is not ("GET" or "HEAD")) context.Response.StatusCode = 405;
            else if (groups.Find(id) is { } group) await ReadAsync(context, group, group.Effective).ConfigureAwait(false);
            else await pull.HandleAsync(context, id).ConfigureAwait(false);
            return;
        }

        if (PartnerOf(context, asserted) is not { } partner) context.Response.StatusCode = 403;
        else if (context.Request.Method is "PUT" or "DELETE") await push.HandleAsync(context, id, partner).ConfigureAwait(false);
        else await ProvideAsync(context, id, partner).ConfigureAwait(false);
    }

    /// <summary>CSC-16, TR 23.781 5.1.12: each MC system in its own tree.</summary>
    private async Task ServeMembershipAsync(HttpContext context, XcapSelector selector)
    {
        var asserted = AssertedBy(context);
        if (selector.Node.Length > 0) context.Response.StatusCode = 405;
        else if (PartnerOf(context, asserted) is not { } other || selector.Owner != asserted)
            context.Response.StatusCode = 403;
        else if (atPartner.IsFor(context, selector))
            await atPartner.HandleAsync(context, selector, other).ConfigureAwait(false);
        else await atHome.HandleAsync(context, selector, other).ConfigureAwait(false);
    }

    /// <summary>The MC system that asks; null where it is none that is known, or not the one that it says it is.</summary>
    private GroupPartnerSystem? PartnerOf(HttpContext context, string asserted)
    {
        var partner = options.Partners.FirstOrDefault(
            p => string.Equals(
                GroupManagementOptions.IdentityOf(p.System), asserted, StringComparison.OrdinalIgnoreCase));
        return partner is not null && options.MaySpeakFor(context, partner.System) ? partner : null;
    }

    private static string AssertedBy(HttpContext context) =>
        context.Request.Headers["X-3GPP-Asserted-Identity"].ToString().Trim('"', ' ');

    /// <summary>TS 23.280 10.2.x.3 step 3: only groups of this MC system, and only to their partners.</summary>
    private async Task ProvideAsync(HttpContext context, McGroupId id, GroupPartnerSystem partner)
    {
        var group = id.System == options.System ? groups.Find(id) : null;
        if (!partner.MayPull || (group is not null && group.Group.Description.Interconnection?.Partners.Any(p => p.Id == partner.System) != true))
            context.Response.StatusCode = 403;
        else await ReadAsync(context, group, group?.Original).ConfigureAwait(false);
    }

    private static async Task ReadAsync(HttpContext context, StoredGroup? group, byte[]? octets)
    {
        var response = context.Response;
        if (context.Request.Method is not ("GET" or "HEAD")) response.StatusCode = 405;
        else if (group is null) response.StatusCode = 404;
        else
        {
            response.Headers.ETag = group.ETag;
            if (XcapConditions.Check(context.Request, group.ETag) is var status and > 0)
            {
                response.StatusCode = status;
                return;
            }

            response.ContentType = GroupDocument.ContentType;
            response.ContentLength = octets!.Length;
            if (context.Request.Method == "GET") await response.Body.WriteAsync(octets).ConfigureAwait(false);
        }
    }

    /// <summary>An administrator defines, changes or deletes a group of this MC system. Partners that hold it are told before the answer.</summary>
    private async Task DefineAsync(HttpContext context, McGroupId id)
    {
        var before = groups.Find(id);
        if (XcapConditions.Check(context.Request, before?.ETag) is var status and > 0)
        {
            context.Response.StatusCode = status;
            return;
        }

        if (context.Request.Method == "DELETE")
        {
            context.Response.StatusCode = groups.Remove(id) is null ? 404 : 200;
            if (before is not null) await distribution.TellHoldersAsync(id, before, null).ConfigureAwait(false);
            return;
        }

        if (await GroupBody.ReadAsync(context, id).ConfigureAwait(false) is not var (octets, document)) return;
        var stored = new StoredGroup(octets, octets, document);
        groups.Put(id, stored);
        await distribution.TellHoldersAsync(id, before, stored).ConfigureAwait(false);
        context.Response.StatusCode = before is null ? 201 : 200;
        context.Response.Headers.ETag = stored.ETag;
    }
}

/// <summary>Reads and judges the body of a PUT.</summary>
internal static class GroupBody
{
    /// <summary>More is taken as it comes: a length is only a claim.</summary>
    private const int OctetsAtOnceMax = 1 << 20;

    /// <summary>Null where it was refused, and answered: 415, or 409 with the reason.</summary>
    public static async Task<(byte[] Octets, GroupDocument Document)?> ReadAsync(HttpContext context, McGroupId id)
    {
        if (!string.Equals(context.Request.ContentType?.Split(';')[0].Trim(), GroupDocument.ContentType, StringComparison.OrdinalIgnoreCase))
        {
            context.Response.StatusCode = 415;
            return null;
        }

        var octets = await OctetsAsync(context.Request).ConfigureAwait(false);
        var findings = new List<DocumentFinding>();
        if (!GroupDocument.TryRead(octets, out var document, findings) || findings.Count > 0)
        {
            if (findings.Exists(f => f.Fault == DocumentFault.NotXml))
            {
                await XcapErrors.AnswerAsync(context, XcapConflict.NotWellFormed, findings[0].Text).ConfigureAwait(false);
                return null;
            }

            if (findings.Find(f => f.Fault == DocumentFault.Duplicated &&
                f.Element == "entry") is { Element: not null } again)
            {
                await XcapErrors.AnswerAsync(
                    context, XcapConflict.UniquenessFailure, $"{again.Text} is a member already",
                    GroupDocument.MemberField).ConfigureAwait(false);
                return null;
            }

            await XcapErrors.AnswerAsync(context, XcapConflict.SchemaValidationError, findings.Count > 0 ? findings[0].ToString() : "no group").ConfigureAwait(false);
            return null;
        }

        if (document.Validate() is { Count: > 0 } errors)
        {
            await XcapErrors.AnswerAsync(context, XcapConflict.SchemaValidationError, errors[0].Text).ConfigureAwait(false);
            return null;
        }

        if (document.Id == id) return (octets, document);
        await XcapErrors.AnswerAsync(context, XcapConflict.ConstraintFailure, "the document is about another group than its selector").ConfigureAwait(false);
        return null;
    }

    /// <summary>The whole body; at once into its place where its length was told.</summary>
    private static async Task<byte[]> OctetsAsync(HttpRequest request)
    {
        if (request.ContentLength is { } length and <= OctetsAtOnceMax)
        {
            var octets = new byte[length];
            await request.Body.ReadExactlyAsync(octets).ConfigureAwait(false);
            return octets;
        }

        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body).ConfigureAwait(false);
        return body.ToArray();
    }
}
