using McConformance.Wire.Documents;
using McConformance.Wire.Identities;
using McConformance.Wire.Sip.Transactions;
using McConformance.Wire.Time;

namespace McConformance.Entities.McService;

/// <summary>What of the partner's part outlives a restart, and what does not: a client that waits.</summary>
internal sealed partial class MigrationAsPartner
{
    /// <summary>After a restart: goes on where notices, verification and endings stood. Who is known to be served
    /// here and has no
    /// service left it while the server was going down. Whoever waited is told nothing, and asks again.</summary>
    public void Resume()
    {
        Notices.Resume();
        Offline.Resume();
        foreach (var (user, primary) in served.ToArray())
        {
            if (authorization.LatestOf(user) is not null)
                Authorized?.Invoke(options.Guests.FirstOrDefault(g => g.McServiceId == user)?.Groups ?? []);
            else if (served.Remove(user)) TellPrimary(user, primary);
        }
    }

    /// <summary>Whether the primary is still to be told that a user is not served here.</summary>
    public bool IsGone(McServiceId user) => !served.ContainsKey(user);

    private McServiceInfo Result(MigrationExtension asked, MigrationCause? cause, bool? isVerified =
        null, DateTimeOffset? until = null) => new()
        {
            Service = options.Service,
            ResponseType = options.Binding.AuthorizationResponse,
            Migration = new MigrationExtension
            {
                PartnerMcServiceId = asked.PartnerMcServiceId,
                PrimaryMcServiceId = asked.PrimaryMcServiceId,
                Success = cause is null,
                Cause = cause,
                IsVerified = isVerified,
                ServedUntil = until,
            },
        };

    /// <summary>A client that waits.</summary>
    private sealed class Pending(
        MigrationAsPartner owner, SipServerTransaction transaction, McServiceInfo info, string? credential) : TimerNode
    {
        public string TransactionId { get; } = $"urn:uuid:{Guid.NewGuid()}";

        public SipServerTransaction Transaction => transaction;

        public McServiceInfo Info => info;

        public string? Credential => credential;

        public MigrationExtension Asked => info.Migration!;

        public string ClientId => info.ClientId!;

        protected override void OnTimer()
        {
            lock (owner.Gate)
            {
                if (owner.waiting.ContainsKey(TransactionId)) owner.Unreachable(this);
            }
        }
    }
}
