using System.Xml.Linq;
using McConformance.Wire.Documents.Reading;

namespace McConformance.Entities.ConfigurationManagement;

/// <summary>Partner MC system access (TR 23.781 6.2.1 steps 8 to 12), the partner's part.</summary>
internal sealed class PartnerAccess(ConfigurationManagementOptions options, MigrationIdentityRequests identities)
{
    private readonly XElement? initialConfiguration =
        SafeXml.TryRead(options.InitialConfigurationForPartners, out var document, out _) ? document!.Root : null;

    /// <summary>Handles step 7's request.</summary>
    /// <param name="asker">Domain of the MC system that asks, as it is known by its connection.</param>
    /// <param name="octets">The body.</param>
    public async Task<ConfigurationAnswer> HandleAsync(string asker, ReadOnlyMemory<byte> octets)
    {
        var request = PartnerAccessBody.Read(octets, PartnerAccessBody.AccessRequest);
        if (request is not { Identities: { } set } || request.McServiceId.Length == 0 || request.SipDatabase.Length == 0)
            return ConfigurationAnswer.Refuse(400, "malformed-request");

        // step 8: the system, then the user; nobody speaks for users of a third system
        if (options.Partners.FirstOrDefault(p => p.Domain == asker) is not { MayBringUsers: true } partner)
            return ConfigurationAnswer.Refuse(403, "system-not-authorized");
        if (!request.McServiceId.EndsWith("@" + partner.Domain, StringComparison.OrdinalIgnoreCase) ||
            !set.Private.Value.EndsWith("@" + partner.SipDomain, StringComparison.OrdinalIgnoreCase))
            return ConfigurationAnswer.Refuse(403, "user-of-another-system");
        if (partner.Users is { } users && !users.Contains(request.McServiceId)) return ConfigurationAnswer.Refuse(403, "user-not-authorized");

        // steps 9 to 11
        var inbound = await identities.InboundAsync(set, partner.SipDomain, request.SipDatabase).ConfigureAwait(false);
        if (inbound is null || initialConfiguration is null) return ConfigurationAnswer.Refuse(503, "sip-database-unavailable");
        return new ConfigurationAnswer(200, new PartnerAccessBody(PartnerAccessBody.AccessResponse)
        {
            McServiceId = request.McServiceId,
            Identities = inbound,
            InitialConfiguration = initialConfiguration,
        });
    }
}
