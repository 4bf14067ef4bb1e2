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
    private readonly List<Issued> issued = [];
    private readonly HashSet<(string Subject, string Partner)> withdrawn = [];

    /// <summary>Whether a user may have one for a partner.</summary>
    public bool MayHave(IdentityUser user, string subject, string partner)
    {
        lock (gate) return user.OfflinePartners.Contains(partner) && !withdrawn.Contains((subject, partner));
    }

    /// <summary>Notes a credential.</summary>
    public void Note(string id, string subject, string partner, DateTimeOffset endsAt)
    {
        lock (gate)
        {
            issued.RemoveAll(i => i.EndsAt < options.Time.GetUtcNow());
            issued.Add(new Issued(id, subject, partner, endsAt));
        }
    }

    /// <summary>The administrator withdraws a user's permission.</summary>
    public void Withdraw(string subject, string partner)
    {
        lock (gate) withdrawn.Add((subject, partner));
    }

    /// <summary>Credentials that could still be presented and are not to be taken.</summary>
    public IReadOnlyList<string> Withdrawn()
    {
        var now = options.Time.GetUtcNow();
        lock (gate)
        {
            var left = issued.Where(i => i.EndsAt >= now && withdrawn.Contains((i.Subject, i.Partner)));
            return [.. left.Select(i => i.Id)];
        }
    }
}
