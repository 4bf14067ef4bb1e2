using McConformance.Entities.ConfigurationManagement;
using McConformance.Entities.IdentityManagement;
using McConformance.Entities.McService;
using McConformance.Wire;
using McConformance.Wire.Documents;
using McConformance.Wire.Http.Oidc;
using McConformance.Wire.Identities;

namespace McConformance.McSystem.Application;

/// <summary>Identity management in it: keys, who has which tokens, and how the other servers judge them.</summary>
public sealed partial class BundledApplicationPlane
{
    /// <summary>An administrator changes the key that signs tokens.</summary>
    /// <exception cref="External.NotOfferedException">Some of the servers that must know it run elsewhere.</exception>
    internal void ChangeKey()
    {
        RefuseInPart("change the key that signs tokens");
        var next = SigningKey.Create(SignatureAlgorithm.ES256, $"{system.Domain}-2");
        verifier = new TokenVerifier(
            [new TrustedIssuer(Issuer(system.Domain), [next, network.TokenKeys.Of(system.Domain)])], links.Time);
        identity!.ChangeKey(next);
    }

    /// <summary>An administrator withdraws a user's permission to migrate to a partner.</summary>
    /// <returns>False where there is no such user.</returns>
    /// <exception cref="External.NotOfferedException">Some of the servers that must know it run elsewhere.</exception>
    internal bool WithdrawMigration(string name, string partner)
    {
        RefuseInPart("withdraw a permission to migrate");
        if (options.Users.FirstOrDefault(u => u.Name == name) is not { } configured) return false;
        var user = User(configured);
        identity!.WithdrawOffline(user.McServiceId.Value, Issuer(partner));
        foreach (var server in servers.Values)
            server.Provision(user with { Migration = [.. user.Migration.Where(m => m.Partner.Value != partner)] });
        return true;
    }

    /// <summary>What is provisioned in several servers at once has no operator port's action.</summary>
    private void RefuseInPart(string what)
    {
        SystemPart[] needed = [SystemPart.IdentityManagementServer, SystemPart.McServiceServer,
            SystemPart.ConfigurationManagementServer, SystemPart.GroupManagementServer];
        if (needed.Where(p => !Has(p)).Select(SystemParts.NameOf).FirstOrDefault() is { } absent)
            throw new External.NotOfferedException($"nobody can {what} in {system.Domain}: its {absent} is external, "
                + "and an operator port has no such action");
    }

    internal static string Issuer(string domain) => $"https://idms.{domain}";

    private IdentityManagementOptions IdentityOptions(Party self)
    {
        var claims = options.Services.Select(s => McServiceNames.Of(s).IdClaim).ToArray();
        return new IdentityManagementOptions
        {
            Issuer = Issuer(system.Domain),
            Key = network.TokenKeys.Of(system.Domain),
            Time = links.Time,
            Store = network.StoreOf(self.Name),
            Clients = new Dictionary<string, string> { [ClientId] = RedirectUri },
            Scopes = options.Services.SelectMany(Scopes).ToHashSet(),
            Users =
            [
                .. options.Users.Select(u => new IdentityUser(
                    u.Name, PasswordHash.Of(u.Password), claims.ToDictionary(c => c, _ => u.McServiceId.Value),
                    [.. u.Migration.Where(m => m.HasSecurityToken).Select(m => Issuer(m.Partner))])
                {
                    OfflinePartners = [.. u.Migration.Where(m => m.AllowsOffline).Select(m => Issuer(m.Partner))],
                }),
            ],
            Mappings = [.. options.Guests.Where(g => g.IsMapped)
                .Select(g => new IdentityMapping(
                    Issuer(g.PrimarySystem), g.PrimaryId.Value,
                    claims.ToDictionary(c => c, _ => g.McServiceId.Value)))],
            OfflinePrimaries = options.Agreements
                .Where(a => a.OfflineCredentialMax is not null)
                .ToDictionary(a => Issuer(a.Partner), a => a.OfflineCredentialMax!.Value),
            OfflineCredentialLife = options.OfflineCredentialLife,
            KeyRefresh = options.KeyRefresh,
            Requester = Requester(self),
            Wheel = wheel,
            Primaries = [.. options.Agreements
                .Select(a => new TrustedIssuer(Issuer(a.Partner), [Trust.IdentityKeyOf(a, network.TokenKeys)]))],
        };
    }

    private static IEnumerable<string> Scopes(McService service)
    {
        var names = McServiceNames.Of(service);
        return [names.ServiceScope, names.GroupManagementScope, names.ConfigurationManagementScope];
    }

    private ConfigurationAccess VerifyForConfiguration(string token)
    {
        var (ids, error) = Verify(token, n => n.ConfigurationManagementScope);
        if (ids is null) return new ConfigurationAccess(null, error);
        verifier.Verify(token, null, null, out var verified);
        var isOffline = verified?.Claims.Others.ContainsKey(BindingSet.InUse.Migration.OfflineClaim) == true;
        return new ConfigurationAccess(new ConfigurationUser(ids, IsAdministrator(ids)) { IsOffline = isOffline }, "");
    }

    private (IReadOnlyList<string>? Ids, string Error) Verify(string token, Func<McServiceNames, string> scope)
    {
        var refusal = verifier.Verify(token, null, null, out var verified);
        if (verified is null) return (null, TokenVerifier.ErrorOf(refusal));
        var claims = verified.Claims;
        return options.Services.Any(s => claims.Scopes.Contains(scope(McServiceNames.Of(s))))
            ? ([.. claims.Others.Where(c => c.Key.EndsWith("_id", StringComparison.Ordinal)).Select(c => c.Value)], "")
            : (null, "insufficient_scope");
    }

    private McServiceToken VerifyFor(McServiceNames names, string token)
    {
        var refusal = verifier.Verify(token, null, names.ServiceScope, out var verified);
        return verified is not null && verified.Claims.Others.TryGetValue(names.IdClaim, out var id)
            ? new McServiceToken(new McServiceId(id), verified.Claims.ClientId, "")
            {
                OfflineCredential = verified.Claims.Others.GetValueOrDefault(BindingSet.InUse.Migration.OfflineClaim),
            }
            : new McServiceToken(null, "", refusal.ToString());
    }
}
