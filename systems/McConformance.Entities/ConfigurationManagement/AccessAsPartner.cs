using McConformance.Wire.Documents;

namespace McConformance.Entities.ConfigurationManagement;

/// <summary>Partner MC system access (TR 23.781 6.2.1 steps 8 to 12), the partner's part.</summary>
internal sealed class AccessAsPartner(ConfigurationManagementOptions options, MigrationIdentityRequests identities)
{
    private readonly UeInitialConfiguration? initialConfiguration =
        UeInitialConfiguration.TryRead(options.InitialConfigurationForPartners, out var read, []) ? read : null;

    /// <summary>Handles step 7's request.</summary>
    /// <param name="asker">Domain of the MC system that asks, as it is known by its connection.</param>
    /// <param name="octets">The body.</param>
    public async Task<ConfigurationAnswer> HandleAsync(string asker, ReadOnlyMemory<byte> octets)
    {
        if (!ConfigurationAnswer.TryRead(octets, out PartnerAccessRequest? request))
            return ConfigurationAnswer.RefuseSystem(400, PartnerAccessCause.BadRequest);

        // step 8: the system, then the user; nobody speaks for users of a third system
        if (options.Partners.FirstOrDefault(p => p.Domain == asker) is not { MayBringUsers: true } partner)
            return ConfigurationAnswer.RefuseSystem(403, PartnerAccessCause.SystemNotAuthorized);
        if (!request.User.System.Value.Equals(partner.Domain, StringComparison.OrdinalIgnoreCase) ||
            !request.Identities.Private.Value.EndsWith("@" + partner.SipDomain, StringComparison.OrdinalIgnoreCase) ||
            (partner.Users is { } users && !users.Contains(request.User.Value)))
            return ConfigurationAnswer.RefuseSystem(403, PartnerAccessCause.UserNotAuthorized);

        // steps 9 to 11
        var inbound = await identities
            .InboundAsync(request.Identities, partner.SipDomain, request.SipDatabase.Value).ConfigureAwait(false);
        if (inbound.Set is not { } set || initialConfiguration is null)
            return ConfigurationAnswer.RefuseSystem(503, inbound.WhyNot);
        return new ConfigurationAnswer(200, new PartnerAccessResponse(new PartnerGrant(set, initialConfiguration)));
    }
}
