using System.Collections.Concurrent;
using McConformance.Entities.Ports;
using McConformance.Wire;
using McConformance.Wire.Identities;
using McConformance.Wire.Time;

namespace McConformance.Entities.GroupManagement;

/// <summary>Tells whoever has to know that a group that is at home here has changed: the own MC service servers, and
/// the partners concerned. One after the other for each partner, and always what the group is by then: an older
/// document never comes behind a newer one. A partner that cannot be reached is told later, at growing intervals, so
/// that both hold the same in the end; who is still to be told outlives the process.</summary>
internal sealed class GroupDistribution(
    GroupManagementOptions options, StoredGroups groups, GroupTransfer transfer, ChangeNotices notices)
{
    private static readonly TimeSpan LaterMax = TimeSpan.FromMinutes(30);
    private readonly ConcurrentDictionary<(McGroupId Group, McSystemId Partner), Turn> turns = new();

    /// <summary>Who is still to be told of which group, with a number for each change that they do not know
    /// of.</summary>
    private readonly KeptTable<(McGroupId Group, McSystemId Partner), int> owed = new(options.Store, "owed");
    private readonly Lock gate = new();
    private volatile bool isStopped;

    /// <summary>An administrator has changed or deleted the group: whoever holds it is told.</summary>
    public Task TellHoldersAsync(McGroupId id, StoredGroup? before, StoredGroup? now) =>
        TellAsync(id, before, now, p => groups.TagAt(id, p) is not null);

    /// <summary>Its members have changed, or its partners: those too are told who have members in it, whether they were
    /// ever provided with it or have asked for it.</summary>
    public Task TellConcernedAsync(McGroupId id, StoredGroup before, StoredGroup now) =>
        TellAsync(id, before, now, p => groups.TagAt(id, p) is not null || Concerns(before, p) || Concerns(now, p));

    /// <summary>Tells those whom an earlier life has not told.</summary>
    public void Resume()
    {
        (McGroupId Group, McSystemId Partner)[] left;
        lock (gate) left = [.. owed.Select(o => o.Key)];
        foreach (var (group, system) in left)
        {
            if (options.Partners.FirstOrDefault(p => p.System == system) is { } partner)
                _ = BringUpToDateAsync(group, partner);
        }
    }

    /// <summary>Ends all timers: nobody is told later any more.</summary>
    public void Stop()
    {
        isStopped = true;
        foreach (var turn in turns.Values) turn.Clear(options.Endpoint.Wheel);
    }

    private async Task TellAsync(McGroupId id, StoredGroup? before, StoredGroup? now, Func<McSystemId, bool> concerns)
    {
        if (before?.ETag != now?.ETag) notices.Changed(id, before?.ETag, now?.ETag);
        var partners = options.Partners.Where(p => concerns(p.System)).ToArray();
        lock (gate)
        {
            foreach (var partner in partners)
                owed[(id, partner.System)] = owed.GetValueOrDefault((id, partner.System)) + 1;
        }

        foreach (var partner in partners)
            await BringUpToDateAsync(id, partner).ConfigureAwait(false);
    }

    private async Task BringUpToDateAsync(McGroupId id, GroupPartnerSystem partner)
    {
        var turn = turns.GetOrAdd((id, partner.System), _ => new Turn(() => BringUpToDateAsync(id, partner)));
        await Busy.WaitAsync(turn.Taken.WaitAsync(Timeout.InfiniteTimeSpan, CancellationToken.None))
            .ConfigureAwait(false);
        try
        {
            int change;
            lock (gate) change = owed.GetValueOrDefault((id, partner.System));
            var answer = groups.Find(id) is { } now && Names(now, partner.System)
                ? await transfer.PushAsync(id, partner, now.Original).ConfigureAwait(false)
                : await transfer.DeleteAsync(id, partner).ConfigureAwait(false);

            // what the partner has refused it will refuse again
            if (answer.StatusCode is not (0 or >= 500))
            {
                turn.Clear(options.Endpoint.Wheel);
                Told((id, partner.System), change);
            }
            else if (!isStopped) turn.Postpone(options.Endpoint.Wheel, options.RetryAfter);
        }
        finally
        {
            turn.Taken.Release();
        }
    }

    /// <summary>A change that came meanwhile stays to be told of.</summary>
    private void Told((McGroupId Group, McSystemId Partner) whom, int change)
    {
        lock (gate)
        {
            if (owed.GetValueOrDefault(whom) == change) owed.Remove(whom);
        }
    }

    private static bool Concerns(StoredGroup group, McSystemId partner) =>
        Names(group, partner) && group.Group.Description.Members.Any(m => m.Id.System == partner);

    private static bool Names(StoredGroup group, McSystemId partner) =>
        group.Group.Description.Interconnection?.Partners.Any(p => p.Id == partner) == true;

    /// <summary>One group at one partner: who tells it now, and when it is told again.</summary>
    private sealed class Turn(Func<Task> again) : TimerNode
    {
        private int failed;

        /// <summary>Held by whoever tells it.</summary>
        public SemaphoreSlim Taken { get; } = new(1);

        /// <summary>The partner was not reached: later, and each time twice as late.</summary>
        public void Postpone(TimerWheel wheel, TimeSpan first)
        {
            var wait = first * Math.Pow(2, Math.Min(failed++, 16));
            wheel.Schedule(this, wait < LaterMax ? wait : LaterMax);
        }

        /// <summary>The partner has answered.</summary>
        public void Clear(TimerWheel wheel)
        {
            failed = 0;
            wheel.Cancel(this);
        }

        protected override void OnTimer() => _ = again();
    }
}
