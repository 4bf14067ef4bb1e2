using System.Net.Http.Headers;
using McConformance.Wire.Http.Transport;
using McConformance.Wire.Identities;

namespace McConformance.Entities.ConfigurationManagement;

/// <summary>What is answered: a status and a body.</summary>
internal readonly record struct ConfigurationAnswer(int StatusCode, PartnerAccessBody Body)
{
    public static ConfigurationAnswer Refuse(int statusCode, string cause) => new(statusCode, new PartnerAccessBody(PartnerAccessBody.Refusal) { Cause = cause });
}

/// <summary>Get partner MC system connection details (TR 23.781 6.2.1 steps 1 to 7, 12 and 13), the primary's part.</summary>
internal sealed class PartnerConnection(ConfigurationManagementOptions options, MigrationIdentityRequests identities)
{
    /// <summary>Handles step 1.</summary>
    public async Task<ConfigurationAnswer> HandleAsync(ConfigurationUser asker, ReadOnlyMemory<byte> octets)
    {
        var request = PartnerAccessBody.Read(octets, PartnerAccessBody.ConnectionRequest);
        if (request is null || request.McServiceId.Length == 0) return ConfigurationAnswer.Refuse(400, "malformed-request");
        if (!asker.McServiceIds.Contains(request.McServiceId)) return ConfigurationAnswer.Refuse(403, "token-mismatch");

        // step 2
        if (options.Users.FirstOrDefault(u => u.McServiceId == request.McServiceId) is not { Partners.Count: > 0 } user)
            return ConfigurationAnswer.Refuse(403, "migration-not-permitted");

        if (Choose(user, request) is not { } partner) return ConfigurationAnswer.Refuse(404, "no-partner-for-user");
        var (set, isAllocated) = await IdentitiesAsync(user, partner).ConfigureAwait(false);
        return isAllocated ? await AskAsync(user, partner, set).ConfigureAwait(false) : ConfigurationAnswer.Refuse(503, "sip-database-unavailable");
    }

    /// <summary>Step 3: the wanted one where there is an agreement for this user, otherwise one that serves the area.</summary>
    private ConfigurationPartner? Choose(MigratingUser user, PartnerAccessBody request)
    {
        var agreed = options.Partners.Where(p => user.Partners.Contains(p.Domain)).ToArray();
        return agreed.FirstOrDefault(p => p.Domain == request.PartnerSystem) ??
            agreed.FirstOrDefault(p => request.Location.Length > 0 && p.Areas.Contains(request.Location));
    }

    /// <summary>Steps 4 to 6, where the policy has it so.</summary>
    private async Task<(SipIdentitySet Set, bool IsAllocated)> IdentitiesAsync(MigratingUser user, ConfigurationPartner partner)
    {
        if (!options.AllocatesOutboundIdentities) return (user.Identities, true);
        return await identities.OutboundAsync(user.Identities, partner.SipDomain).ConfigureAwait(false) is { } set ? (set, true) : (default, false);
    }

    /// <summary>Steps 7, 12 and 13.</summary>
    private async Task<ConfigurationAnswer> AskAsync(MigratingUser user, ConfigurationPartner partner, SipIdentitySet set)
    {
        var body = new PartnerAccessBody(PartnerAccessBody.AccessRequest)
        {
            McServiceId = user.McServiceId,
            SipDatabase = $"sdb.{options.SipDomain}",
            Identities = set,
        };
        var message = new HttpRequestMessage(HttpMethod.Post, $"http://{partner.Host}{ConfigurationManagementServer.AccessPath}")
        {
            Content = new ByteArrayContent(body.Write()) { Headers = { ContentType = new MediaTypeHeaderValue(PartnerAccessBody.MediaType) } },
        };
        message.Headers.TryAddWithoutValidation("X-3GPP-Asserted-Identity", $"\"{options.Identity}\"");
        var answer = await options.Requester.SendAsync(message).ConfigureAwait(false);
        if (answer.StatusCode == 0) return ConfigurationAnswer.Refuse(504, "partner-unreachable");
        if (answer.StatusCode != 200)
        {
            var refusal = PartnerAccessBody.Read(answer.Body, PartnerAccessBody.Refusal);
            return ConfigurationAnswer.Refuse(answer.StatusCode is 403 or 404 ? 403 : 502, refusal?.Cause is { Length: > 0 } cause ? cause : "refused-by-partner");
        }

        var response = PartnerAccessBody.Read(answer.Body, PartnerAccessBody.AccessResponse);
        if (response is not { Identities: not null, InitialConfiguration: not null }) return ConfigurationAnswer.Refuse(502, "malformed-answer-of-partner");
        return new ConfigurationAnswer(200, response with { Root = PartnerAccessBody.ConnectionResponse, PartnerSystem = partner.Domain });
    }
}
