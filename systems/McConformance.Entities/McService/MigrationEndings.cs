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
    /// <summary>Tells, until it is acknowledged or there is no sense in it any more.</summary>
    /// <param name="to">Whom.</param>
    /// <param name="partnerSystem">The partner of the migration: whom, or the own system.</param>
    /// <param name="ids">Both identities.</param>
    /// <param name="isStillTrue">Asked before each attempt; the migration may have begun anew.</param>
    public void Tell(McSystemId to, McSystemId partnerSystem, MigrationExtension ids, Func<bool> isStillTrue)
    {
        var info = new McServiceInfo
        {
            Service = options.Service,
            RequestType = options.Binding.DeauthorizationNotification,
            Migration = new MigrationExtension
            {
                TransactionId = $"urn:uuid:{Guid.NewGuid()}",
                PartnerSystem = partnerSystem,
                Service = options.Service,
                PartnerMcServiceId = ids.PartnerMcServiceId,
                PrimaryMcServiceId = ids.PrimaryMcServiceId,
            },
        };
        new Attempt(this, to, info, isStillTrue).Send();
    }

    private sealed class Attempt(MigrationEndings owner, McSystemId to, McServiceInfo info, Func<bool> isStillTrue) : TimerNode
    {
        private int made;

        public void Send()
        {
            if (!isStillTrue()) return;
            made++;
            owner.Messages.Send(to, info, Done);
        }

        protected override void OnTimer()
        {
            lock (owner.Options.Endpoint.Gate) Send();
        }

        private void Done(int status)
        {
            // 4xx: understood and refused; asking again would not change it
            if (status is >= 200 and < 500 && status != 408) return;
            if (made < owner.Options.RepairAttemptsMax) owner.Options.Endpoint.Wheel.Schedule(this, owner.Options.RepairInterval);
        }
    }

    private McServiceOptions Options => options;

    private MigrationMessages Messages => messages;
}
