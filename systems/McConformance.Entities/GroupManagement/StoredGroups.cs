using McConformance.Wire.Documents;
using McConformance.Wire.Http.Xcap;
using McConformance.Wire.Identities;

namespace McConformance.Entities.GroupManagement;

/// <summary>A group as it is stored: what its home MC system says of it, and what holds here.</summary>
/// <param name="Original">As it was received or defined.</param>
/// <param name="Effective">As members and MC service servers here get it; the same where the group is at home here.</param>
/// <param name="Group">What the effective document says.</param>
internal sealed record StoredGroup(byte[] Original, byte[] Effective, GroupDocument Group)
{
    public string ETag { get; } = XcapConditions.TagOf(Original, Effective);

    /// <summary>A group of another MC system, as the local policy has it (TS 23.280 10.2.x.2 step 2).</summary>
    public static StoredGroup Of(byte[] original, GroupDocument document, GroupPolicy policy, McSystemId own)
    {
        if (policy == new GroupPolicy()) return new StoredGroup(original, original, document);
        var effective = document.With(policy.ToChanges(own));
        return new StoredGroup(original, effective.ToOctets(), effective);
    }
}

/// <summary>The groups of a group management server. Thread safe.</summary>
internal sealed class StoredGroups
{
    private readonly Lock gate = new();
    private readonly Dictionary<McGroupId, StoredGroup> groups = [];
    private readonly Dictionary<(McGroupId Group, McSystemId Partner), string> pushed = [];

    public StoredGroup? Find(McGroupId id)
    {
        lock (gate) return groups.GetValueOrDefault(id);
    }

    /// <summary>Stores a group.</summary>
    /// <returns>What was there before; null where nothing was.</returns>
    public StoredGroup? Put(McGroupId id, StoredGroup group)
    {
        lock (gate)
        {
            var before = groups.GetValueOrDefault(id);
            groups[id] = group;
            return before;
        }
    }

    /// <summary>Changes a group that is at home here, so that nobody comes between reading and writing.</summary>
    /// <returns>Before and after; null where there is no such group.</returns>
    public (StoredGroup Before, StoredGroup Now)? Update(McGroupId id, Func<GroupDocument, GroupDocument> change)
    {
        lock (gate)
        {
            if (!groups.TryGetValue(id, out var before)) return null;
            var document = change(before.Group);
            var octets = document.ToOctets();
            var now = groups[id] = new StoredGroup(octets, octets, document);
            return (before, now);
        }
    }

    public StoredGroup? Remove(McGroupId id)
    {
        lock (gate) return groups.Remove(id, out var before) ? before : null;
    }

    public IReadOnlyList<StoredGroup> All()
    {
        lock (gate) return [.. groups.Values];
    }

    /// <summary>Entity tag that a partner gave for a group; null where it does not hold it, as far as is known.</summary>
    public string? TagAt(McGroupId id, McSystemId partner)
    {
        lock (gate) return pushed.GetValueOrDefault((id, partner));
    }

    public void SetTagAt(McGroupId id, McSystemId partner, string? tag)
    {
        lock (gate)
        {
            if (tag is null) pushed.Remove((id, partner));
            else pushed[(id, partner)] = tag;
        }
    }
}
