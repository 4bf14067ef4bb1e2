using System.Net.Http.Headers;
using McConformance.Wire.Documents;
using McConformance.Wire.Http.Transport;
using McConformance.Wire.Identities;

namespace McConformance.Entities.ConfigurationManagement;

/// <summary>Get partner MC system connection details (TR 23.781 6.2.1 steps 1 to 7, 12 and 13), the primary's
/// part.</summary>
internal sealed class AccessAsPrimary(ConfigurationManagementOptions options, MigrationIdentityRequests identities)
{
    /// <summary>Handles step 1.</summary>
    public async Task<ConfigurationAnswer> HandleAsync(ConfigurationUser asker, ReadOnlyMemory<byte> octets)
    {
        if (!ConfigurationAnswer.TryRead(octets, out PartnerConnectionRequest? request))
            return ConfigurationAnswer.RefuseClient(400, PartnerAccessCause.BadRequest);

        // who asks for another user is refused as one who may not migrate: nothing is told of the other (step 2)
        if (!asker.McServiceIds.Contains(request.User.Value) ||
            options.Users.FirstOrDefault(u => u.McServiceId == request.User.Value) is not { Partners.Count: > 0 } user)
            return ConfigurationAnswer.RefuseClient(403, PartnerAccessCause.UserNotAuthorized);

        if (Choose(user, request) is not { } partner)
            return ConfigurationAnswer.RefuseClient(404, PartnerAccessCause.NoPartner);
        if (!options.AllocatesOutboundIdentities)
            return await AskAsync(user, partner, user.Identities, isOutbound: false).ConfigureAwait(false);

        // steps 4 to 6
        var outbound = await identities.OutboundAsync(user.Identities, partner.SipDomain).ConfigureAwait(false);
        return outbound.Set is { } set
            ? await AskAsync(user, partner, set, isOutbound: true).ConfigureAwait(false)
            : ConfigurationAnswer.RefuseClient(503, outbound.WhyNot);
    }

    /// <summary>Step 3: the wanted one where there is an agreement for this user, otherwise one that serves the
    /// area.</summary>
    private ConfigurationPartner? Choose(MigratingUser user, PartnerConnectionRequest request)
    {
        var agreed = options.Partners.Where(p => user.Partners.Contains(p.Domain)).ToArray();
        return agreed.FirstOrDefault(p => p.Domain == request.WantedPartner?.Value) ??
            agreed.FirstOrDefault(p => request.Location.Area is { } area && p.Areas.Contains(area));
    }

    /// <summary>Steps 7, 12 and 13.</summary>
    private async Task<ConfigurationAnswer> AskAsync(
        MigratingUser user, ConfigurationPartner partner, SipIdentitySet set, bool isOutbound)
    {
        var request = new PartnerAccessRequest(
            new McServiceId(user.McServiceId), new DiameterIdentity($"sdb.{options.SipDomain}"), set, isOutbound);
        var message = new HttpRequestMessage(HttpMethod.Post,
            $"http://{partner.Host}{ConfigurationManagementServer.AccessPath}")
        {
            Content = new ByteArrayContent(request.ToOctets())
            {
                Headers = { ContentType = new MediaTypeHeaderValue(PartnerAccess.ContentType) },
            },
        };
        message.Headers.TryAddWithoutValidation("X-3GPP-Asserted-Identity", $"\"{options.Identity}\"");
        var answer = await options.Requester.SendAsync(message).ConfigureAwait(false);
        if (answer.StatusCode == 0) return ConfigurationAnswer.RefuseClient(504, PartnerAccessCause.Unreachable);

        // an answer that cannot be read, or that contradicts its status, is as good as none
        if (!ConfigurationAnswer.TryRead(answer.Body, out PartnerAccessResponse? response) ||
            (answer.StatusCode == 200) != (response.Cause is null))
            return ConfigurationAnswer.RefuseClient(502, PartnerAccessCause.Unreachable);
        return response.Grant is { } grant
            ? new ConfigurationAnswer(200, new PartnerConnectionResponse(new McSystemId(partner.Domain), grant))
            : ConfigurationAnswer.RefuseClient(answer.StatusCode is 403 or 404 ? 403 : 502, response.Cause!.Value);
    }
}
