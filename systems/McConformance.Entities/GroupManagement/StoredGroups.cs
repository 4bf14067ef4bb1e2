using System.Text.Json.Serialization;
using McConformance.Entities.Ports;
using McConformance.Wire.Documents;
using McConformance.Wire.Http.Xcap;
using McConformance.Wire.Identities;
using McConformance.Wire.State;

namespace McConformance.Entities.GroupManagement;

/// <summary>A group as it is stored: what its home MC system says of it, and what holds here.</summary>
/// <param name="Original">As it was received or defined.</param>
/// <param name="Effective">As members and MC service servers here get it; the same where the group is at home here.</param>
[method: JsonConstructor]
internal sealed record StoredGroup(byte[] Original, byte[] Effective)
{
    private GroupDocument? group;

    public StoredGroup(byte[] original, byte[] effective, GroupDocument group)
        : this(original, effective) => this.group = group;

    /// <summary>What the effective document says.</summary>
    public GroupDocument Group => group ??= Read(Effective);

    public string ETag { get; } = XcapConditions.TagOf(Original, Effective);

    /// <summary>A group of another MC system, as the local policy has it (TS 23.280 10.2.x.2 step 2).</summary>
    public static StoredGroup Of(byte[] original, GroupDocument document, GroupPolicy policy, McSystemId own)
    {
        if (policy == new GroupPolicy()) return new StoredGroup(original, original, document);
        var effective = document.With(policy.ToChanges(own));
        return new StoredGroup(original, effective.ToOctets(), effective);
    }

    private static GroupDocument Read(byte[] octets) => GroupDocument.TryRead(octets, out var document, [])
        ? document
        : throw new InvalidDataException("a kept group document cannot be read; start with an empty state");
}

/// <summary>The groups of a group management server, kept over a restart with their entity tags. Thread safe.</summary>
internal sealed class StoredGroups(IStateStore? store)
{
    private readonly Lock gate = new();
    private readonly KeptTable<McGroupId, StoredGroup> groups = new(store, "groups");

    /// <summary>Groups that an administrator has deleted: what is provisioned at the start does not bring them
    /// back.</summary>
    private readonly KeptTable<McGroupId, bool> deleted = new(store, "deleted-groups");
    private readonly KeptTable<(McGroupId Group, McSystemId Partner), string> pushed = new(store, "tags-at-partners");

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
            deleted.Remove(id);
            return before;
        }
    }

    /// <summary>Stores a group that is provisioned at the start, unless something is known of it from before.</summary>
    public void Provision(McGroupId id, StoredGroup group)
    {
        lock (gate)
            if (!groups.ContainsKey(id) && !deleted.ContainsKey(id)) groups[id] = group;
    }

    /// <summary>Changes a group that is at home here, so that nobody comes between reading and writing.</summary>
    /// <returns>Before and after; null where there is no such group.</returns>
    public (StoredGroup Before, StoredGroup Now)? Update(McGroupId id, Func<GroupDocument, GroupDocument> change)
    {
        lock (gate)
        {
            using var alone = groups.Enter();
            if (!groups.TryGetValue(id, out var before)) return null;
            var document = change(before.Group);
            var octets = document.ToOctets();
            var now = groups[id] = new StoredGroup(octets, octets, document);
            return (before, now);
        }
    }

    public StoredGroup? Remove(McGroupId id)
    {
        lock (gate)
        {
            if (groups.ContainsKey(id)) deleted[id] = true;
            return groups.Remove(id, out var before) ? before : null;
        }
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
