using System.Collections.Concurrent;
using McConformance.Wire;
using McConformance.Wire.Identities;

namespace McConformance.Entities.GroupManagement;

/// <summary>Tells whoever has to know that a group that is at home here has changed: the own MC service servers, and
/// the partners concerned. One after the other for each partner, and always what the group is by then: an older
/// document never comes behind a newer one.</summary>
internal sealed class GroupDistribution(
    GroupManagementOptions options, StoredGroups groups, GroupTransfer transfer, ChangeNotices notices)
{
    private readonly ConcurrentDictionary<(McGroupId Group, McSystemId Partner), SemaphoreSlim> turns = new();

    /// <summary>An administrator has changed or deleted the group: whoever holds it is told.</summary>
    public Task TellHoldersAsync(McGroupId id, StoredGroup? before, StoredGroup? now) =>
        TellAsync(id, before, now, p => groups.TagAt(id, p) is not null);

    /// <summary>Its members have changed, or its partners: those too are told who have members in it, whether they were
    /// ever provided with it or have asked for it.</summary>
    public Task TellConcernedAsync(McGroupId id, StoredGroup before, StoredGroup now) =>
        TellAsync(id, before, now, p => groups.TagAt(id, p) is not null || Concerns(before, p) || Concerns(now, p));

    private async Task TellAsync(McGroupId id, StoredGroup? before, StoredGroup? now, Func<McSystemId, bool> concerns)
    {
        if (before?.ETag != now?.ETag) notices.Changed(id, before?.ETag, now?.ETag);
        foreach (var partner in options.Partners.Where(p => concerns(p.System)))
            await BringUpToDateAsync(id, partner).ConfigureAwait(false);
    }

    private async Task BringUpToDateAsync(McGroupId id, GroupPartnerSystem partner)
    {
        var turn = turns.GetOrAdd((id, partner.System), static _ => new SemaphoreSlim(1));
        await Busy.WaitAsync(turn.WaitAsync(Timeout.InfiniteTimeSpan, CancellationToken.None)).ConfigureAwait(false);
        try
        {
            if (groups.Find(id) is { } now && Names(now, partner.System))
                await transfer.PushAsync(id, partner, now.Original).ConfigureAwait(false);
            else await transfer.DeleteAsync(id, partner).ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }

    private static bool Concerns(StoredGroup group, McSystemId partner) =>
        Names(group, partner) && group.Group.Description.Members.Any(m => m.Id.System == partner);

    private static bool Names(StoredGroup group, McSystemId partner) =>
        group.Group.Description.Interconnection?.Partners.Any(p => p.Id == partner) == true;
}
