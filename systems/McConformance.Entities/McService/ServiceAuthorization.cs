using System.Text;
using McConformance.Entities.Ports;
using McConformance.Wire.Documents;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Identities;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transactions;

namespace McConformance.Entities.McService;

/// <summary>A client that has service: who, from which client, reached by which public user identity.</summary>
internal sealed record ServiceBinding(McServiceId User, string ClientId, string PublicIdentity)
{
    /// <summary>Entity tag of the settings (RFC 3903 4.1).</summary>
    public string ETag { get; init; } = NewTag();

    /// <summary>The user profile in use.</summary>
    public ProfileIndex Profile { get; init; }

    public static string NewTag() => Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8));
}

/// <summary>Service authorization of a user whom this MC system serves (TS 23.280 10.6.2, TS 24.379 7.3.3 to 7.3.5). No other MC system is asked.</summary>
internal sealed class ServiceAuthorization(McServiceOptions options)
{
    private readonly KeptTable<(string PublicIdentity, string ClientId), ServiceBinding> bindings = new(options.Store, "service");

    /// <summary>Handles a PUBLISH with an access token.</summary>
    /// <returns>The user, where one has service now.</returns>
    public McServiceUser? Authorize(SipServerTransaction transaction, McServiceInfo info, byte[]? settings, List<DocumentFinding> findings)
    {
        if (findings.Count > 0)
        {
            transaction.Warn(options, 400, "Bad Request"u8, McServiceWarnings.Text(findings));
            return null;
        }

        if (info.AccessToken is null)
        {
            Refresh(transaction, settings, info.ClientId);
            return null;
        }

        var token = options.VerifyToken(info.AccessToken);
        if (token.McServiceId is not { } user || info.ClientId is not { Length: > 0 } client || options.Users.FirstOrDefault(u => u.McServiceId == user) is not { } known)
        {
            transaction.Warn(options, 403, "Forbidden"u8, "101 service authorisation failed");
            return null;
        }

        var profile = Selected(settings) ?? known.Profiles.First();
        if (!known.Profiles.Contains(profile))
        {
            transaction.Warn(options, 403, "Forbidden"u8, "selected user profile unknown");
            return null;
        }

        var binding = Bind(transaction, user, client, profile);
        transaction.Respond(Success(transaction, binding).Finish());
        return known;
    }

    /// <summary>Handles a PUBLISH without a service info: settings anew, refresh, or the end of service (TS 24.379 7.3.4, 7.3.5).</summary>
    /// <returns>The binding that ended, if one did.</returns>
    public ServiceBinding? Refresh(SipServerTransaction transaction, byte[]? settings, string? client = null)
    {
        var request = transaction.Request;
        var identity = PublicIdentityOf(transaction);
        var tag = request.TryGet(SipHeader.SipIfMatch, out var match) ? Encoding.ASCII.GetString(match) : null;
        var own = bindings.Values.Where(b => b.PublicIdentity == identity && (client is null || b.ClientId == client)).ToArray();
        if (own.Length == 0)
        {
            transaction.Warn(options, 404, "Not Found"u8, "141 user unknown to the participating function");
            return null;
        }

        var binding = tag is null ? own[0] : own.FirstOrDefault(b => b.ETag == tag);
        if (binding is null)
        {
            transaction.Respond(transaction.NewResponse(412, "Conditional Request Failed"u8).Finish());
            return null;
        }

        if (request.TryGet(SipHeader.Expires, out var expires) && expires.SequenceEqual("0"u8))
        {
            Remove(binding);
            transaction.Respond(transaction.NewResponse(200, "OK"u8).Line(SipHeader.SipETag).Put(binding.ETag).Line(SipHeader.Expires).Put(0).Finish());
            return binding;
        }

        binding = binding with { Profile = Selected(settings) ?? binding.Profile, ETag = ServiceBinding.NewTag() };
        bindings[(binding.PublicIdentity, binding.ClientId)] = binding;
        transaction.Respond(Success(transaction, binding).Finish());
        return null;
    }

    /// <summary>Gives a client service.</summary>
    public ServiceBinding Bind(SipServerTransaction transaction, McServiceId user, string client, ProfileIndex profile)
    {
        var identity = PublicIdentityOf(transaction);
        return bindings[(identity, client)] = new ServiceBinding(user, client, identity) { Profile = profile };
    }

    /// <summary>The client that a request comes from, by the public user identity asserted for it; null where it has no
    /// service.</summary>
    public ServiceBinding? BindingOf(SipServerTransaction transaction)
    {
        var identity = PublicIdentityOf(transaction);
        return bindings.Values.LastOrDefault(b => b.PublicIdentity == identity);
    }

    /// <summary>The client of a user that got service last; null where the user has none.</summary>
    public ServiceBinding? LatestOf(McServiceId user) => bindings.Values.LastOrDefault(b => b.User == user);

    /// <summary>Takes service away.</summary>
    public void Remove(ServiceBinding binding) => bindings.Remove((binding.PublicIdentity, binding.ClientId));

    /// <summary>Takes service away from every client of a user.</summary>
    public void RemoveUser(McServiceId user)
    {
        foreach (var binding in bindings.Values.Where(b => b.User == user).ToArray()) Remove(binding);
    }

    /// <summary>200 with the entity tag; the caller finishes it.</summary>
    public static SipDraft Success(SipServerTransaction transaction, ServiceBinding binding) =>
        transaction.NewResponse(200, "OK"u8).Line(SipHeader.SipETag).Put(binding.ETag).Line(SipHeader.Expires).Put(4294967295);

    /// <summary>The profile that the settings select; null where they say nothing of it.</summary>
    public static ProfileIndex? Selected(byte[]? settings) =>
        settings is not null && PocSettings.TryRead(settings, out var read, []) ? read.SelectedUserProfileIndex : null;

    private static string PublicIdentityOf(SipServerTransaction transaction) =>
        transaction.Request.TryGet(SipHeader.PAssertedIdentity, out var asserted) && NameAddress.TryRead(asserted, out var identity)
            ? Encoding.UTF8.GetString(identity.Uri)
            : "";
}
