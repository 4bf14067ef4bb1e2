using McConformance.Entities.Ports;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;
using McConformance.Wire.Time;

namespace McConformance.Entities.McService;

/// <summary>
/// Tells another MC system that a migration has ended, again and again until it has understood (OWN MIG-DEAUTH): so that in the end
/// both systems agree, whichever message was lost. Runs under the endpoint's gate.
/// </summary>
internal sealed class MigrationEndings(McServiceOptions options, MigrationMessages messages)
{
    private readonly KeptTable<string, Ending> untold = new(options.Store, "endings");
    private bool isStopped;

    /// <summary>Tells, until it is acknowledged or there is no sense in it any more.</summary>
    /// <param name="to">Whom.</param>
    /// <param name="partnerSystem">The partner of the migration: whom, or the own system.</param>
    /// <param name="ids">Both identities.</param>
    /// <param name="isStillTrue">Asked before each attempt; the migration may have begun anew.</param>
    /// <param name="isKept">Called when the notice cannot be lost any more, before it is sent: time to acknowledge
    /// what it comes
    /// of.</param>
    public void Tell(
        McSystemId to, McSystemId partnerSystem, MigrationExtension ids, Func<bool> isStillTrue, Action? isKept = null)
    {
        var ending = new Ending(
            $"urn:uuid:{Guid.NewGuid()}", to, partnerSystem, ids.PartnerMcServiceId!.Value, ids.PrimaryMcServiceId!.Value);
        untold[ending.TransactionId] = ending;
        isKept?.Invoke();
        new Attempt(this, ending, isStillTrue).Send();
    }

    /// <summary>Goes on after a restart.</summary>
    /// <param name="isStillTrue">As for <see cref="Tell"/>.</param>
    public void Resume(Func<Ending, bool> isStillTrue)
    {
        foreach (var ending in untold.Values.ToArray()) new Attempt(this, ending, () => isStillTrue(ending)).Send();
    }

    /// <summary>Ends all timers: nothing is attempted any more.</summary>
    public void Stop() => isStopped = true;

    /// <summary>A notice that is not acknowledged yet.</summary>
    internal sealed record Ending(
        string TransactionId, McSystemId To, McSystemId PartnerSystem, McServiceId PartnerId, McServiceId PrimaryId);

    private McServiceInfo Notice(Ending ending) => new()
    {
        Service = options.Service,
        RequestType = options.Binding.DeauthorizationNotification,
        Migration = new MigrationExtension
        {
            TransactionId = ending.TransactionId,
            PartnerSystem = ending.PartnerSystem,
            Service = options.Service,
            PartnerMcServiceId = ending.PartnerId,
            PrimaryMcServiceId = ending.PrimaryId,
        },
    };

    private sealed class Attempt(MigrationEndings owner, Ending ending, Func<bool> isStillTrue) : TimerNode
    {
        private int made;

        public void Send()
        {
            if (!isStillTrue())
            {
                owner.untold.Remove(ending.TransactionId);
                return;
            }

            made++;
            owner.Messages.Send(ending.To, owner.Notice(ending), Done);
        }

        protected override void OnTimer()
        {
            lock (owner.Options.Endpoint.Gate)
                if (!owner.isStopped) Send();
        }

        private void Done(int status)
        {
            // 4xx: understood and refused; asking again would not change it
            var isUnderstood = status is >= 200 and < 500 && status != 408;
            if (isUnderstood || made >= owner.Options.RepairAttemptsMax) owner.untold.Remove(ending.TransactionId);
            else owner.Options.Endpoint.Wheel.Schedule(this, owner.Options.RepairInterval);
        }
    }

    private McServiceOptions Options => options;

    private MigrationMessages Messages => messages;
}
