using McConformance.Entities.Ports;

namespace McConformance.Entities.IdentityManagement;

/// <summary>
/// The primary's part of credentials for offline migration (TR 23.781 5.2.10, OWN MIG-OFF-1): which were issued,
/// which permissions the
/// administrator has withdrawn since, and with them which credentials. Thread safe.
/// </summary>
internal sealed class OfflineCredentials(IdentityManagementOptions options)
{
    private sealed record Issued(string Id, string Subject, string Partner, DateTimeOffset EndsAt);

    private readonly Lock gate = new();
    private readonly KeptTable<string, Issued> issued = new(options.Store, "offline-credentials");
    private readonly KeptTable<(string Subject, string Partner), bool> withdrawn = new(options.Store, "withdrawn");

    /// <summary>Whether a user may have one for a partner.</summary>
    public bool MayHave(IdentityUser user, string subject, string partner)
    {
        lock (gate) return user.OfflinePartners.Contains(partner) && !withdrawn.ContainsKey((subject, partner));
    }

    /// <summary>Notes a credential.</summary>
    public void Note(string id, string subject, string partner, DateTimeOffset endsAt)
    {
        lock (gate)
        {
            foreach (var old in issued.Values.Where(i => i.EndsAt < options.Time.GetUtcNow()).ToArray()) issued.Remove(old.Id);
            issued[id] = new Issued(id, subject, partner, endsAt);
        }
    }

    /// <summary>The administrator withdraws a user's permission.</summary>
    public void Withdraw(string subject, string partner)
    {
        lock (gate) withdrawn[(subject, partner)] = true;
    }

    /// <summary>Credentials that could still be presented and are not to be taken.</summary>
    public IReadOnlyList<string> Withdrawn()
    {
        var now = options.Time.GetUtcNow();
        lock (gate)
        {
            var left = issued.Values.Where(i => i.EndsAt >= now && withdrawn.ContainsKey((i.Subject, i.Partner)));
            return [.. left.Select(i => i.Id)];
        }
    }
}
