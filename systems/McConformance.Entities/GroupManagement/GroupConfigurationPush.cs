using McConformance.Wire.Http.Xcap;
using McConformance.Wire.Identities;
using Microsoft.AspNetCore.Http;

namespace McConformance.Entities.GroupManagement;

/// <summary>Group configuration provided by another MC system (TS 23.280 10.2.x.2), the partner's part: steps 2 to 5.</summary>
internal sealed class GroupConfigurationPush(GroupManagementOptions options, StoredGroups groups, ChangeNotices notices)
{
    public async Task HandleAsync(HttpContext context, McGroupId id, GroupPartnerSystem home)
    {
        // nobody provides groups that are another's
        if (!home.MayPush || id.System != home.System)
        {
            context.Response.StatusCode = 403;
            return;
        }

        var before = groups.Find(id);
        if (XcapConditions.Check(context.Request, before?.ETag) is var status and > 0)
        {
            context.Response.StatusCode = status;
            return;
        }

        if (context.Request.Method == "DELETE") Delete(context, id);
        else if (await GroupBody.ReadAsync(context, id).ConfigureAwait(false) is var (octets, document))
        {
            var block = document.Description.Interconnection;
            if (block is null || block.HomeSystem != home.System || block.Partners.All(p => p.Id != options.System))
            {
                await XcapErrors.AnswerAsync(context, XcapConflict.ConstraintFailure, "this MC system is no partner of the group").ConfigureAwait(false);
                return;
            }

            // steps 2 and 3
            var stored = StoredGroup.Of(octets, document, home.Policy, options.System);
            groups.Put(id, stored);

            // step 4, then step 5: it is stored by now
            if (options.NotifiesAfterPush) notices.Changed(id, before?.ETag, stored.ETag);
            context.Response.StatusCode = before is null ? 201 : 200;
            context.Response.Headers.ETag = stored.ETag;
        }
    }

    private void Delete(HttpContext context, McGroupId id)
    {
        var before = groups.Remove(id);
        context.Response.StatusCode = before is null ? 404 : 200;
        if (before is not null) notices.Changed(id, before.ETag, null);
    }
}
