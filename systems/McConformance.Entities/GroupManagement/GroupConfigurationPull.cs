using McConformance.Wire.Documents;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Identities;
using Microsoft.AspNetCore.Http;

namespace McConformance.Entities.GroupManagement;

/// <summary>Group configuration requested from the home MC system (TS 23.280 10.2.x.3), the partner's part: steps 1, 2 and 4 to 6. OWN
/// reading: step 1 is answered with the document, and step 6 notifies besides.</summary>
internal sealed class GroupConfigurationPull(GroupManagementOptions options, StoredGroups groups, GroupTransfer transfer, ChangeNotices notices)
{
    public async Task HandleAsync(HttpContext context, McGroupId id)
    {
        if (id.System == options.System || options.Partners.FirstOrDefault(p => p.System == id.System) is not { } home)
        {
            context.Response.StatusCode = 404;
            return;
        }

        var answer = await transfer.PullAsync(id, home).ConfigureAwait(false);
        if (!answer.IsDone)
        {
            context.Response.StatusCode = answer.StatusCode switch { 0 => 504, 403 => 403, 404 => 404, _ => 502 };
            return;
        }

        if (Accept(answer.Body, id, home) is not { } stored)
        {
            context.Response.StatusCode = 502;
            return;
        }

        groups.Put(id, stored);
        notices.Changed(id, null, stored.ETag);
        context.Response.Headers.ETag = stored.ETag;
        context.Response.ContentType = GroupDocument.ContentType;
        await context.Response.Body.WriteAsync(stored.Effective).ConfigureAwait(false);
    }

    /// <summary>Step 4. Null where what came is not the group that was asked for.</summary>
    private StoredGroup? Accept(ReadOnlyMemory<byte> octets, McGroupId id, GroupPartnerSystem home)
    {
        var findings = new List<DocumentFinding>();
        if (!GroupDocument.TryRead(octets, out var document, findings) || findings.Count > 0 || document.Id != id) return null;
        if (document.Description.Interconnection is not { } block || block.HomeSystem != home.System || block.Partners.All(p => p.Id != options.System)) return null;
        return StoredGroup.Of(octets.ToArray(), document, home.Policy, options.System);
    }
}
