using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace McConformance.Entities.IdentityManagement;

/// <summary>
/// Identity management server (TS 23.280 7.4.2.2.4, TS 33.180 annex B) on CSC-1: authorization and token endpoints, discovery, keys,
/// revocation. As primary it gives security tokens for partners, as partner it takes those of primaries. Thread safe.
/// </summary>
public sealed class IdentityManagementServer
{
    /// <summary>Authorization endpoint.</summary>
    public const string AuthorizePath = "/authorize";

    /// <summary>Token endpoint.</summary>
    public const string TokenPath = "/token";

    private readonly IdentityManagementOptions options;
    private readonly Grants grants;
    private readonly AuthorizationEndpoint authorization;
    private readonly TokenEndpoint tokens;
    private readonly OwnKeys keys;
    private readonly PrimaryKeys primaries;
    private readonly OfflineCredentials credentials;

    /// <summary>Makes a server.</summary>
    public IdentityManagementServer(IdentityManagementOptions options)
    {
        this.options = options;
        grants = new Grants(options.Time, options.Store);
        authorization = new AuthorizationEndpoint(options, grants);
        keys = new OwnKeys(options);
        primaries = new PrimaryKeys(options);
        credentials = new OfflineCredentials(options);
        tokens = new TokenEndpoint(options, grants, keys, primaries, credentials);
    }

    /// <summary>Begins to keep the keys of primaries up to date.</summary>
    public void Start() => primaries.Start();

    /// <summary>Ends all timers.</summary>
    public void Stop() => primaries.Stop();

    /// <summary>An administrator changes the key that signs. The key set shows the one before still.</summary>
    public void ChangeKey(Wire.Http.Oidc.SigningKey next) => keys.Change(next);

    /// <summary>An administrator withdraws a user's permission to migrate offline, and with it all credentials that
    /// were given.</summary>
    /// <param name="subject">MC service ID of the user.</param>
    /// <param name="partner">Audience of the partner's server.</param>
    public void WithdrawOffline(string subject, string partner) => credentials.Withdraw(subject, partner);

    /// <summary>Handles one request.</summary>
    public Task HandleAsync(HttpContext context)
    {
        switch (context.Request.Path.Value)
        {
            case AuthorizePath:
                return authorization.HandleAsync(context);
            case TokenPath:
                return tokens.HandleAsync(context);
            case "/revoke":
                return RevokeAsync(context);
            case "/jwks":
                return WriteAsync(context, WriteKeys);
            case "/.well-known/openid-configuration":
                return WriteAsync(context, WriteDiscovery);
            default:
                context.Response.StatusCode = 404;
                return Task.CompletedTask;
        }
    }

    /// <summary>RFC 7009 2: what is not known is revoked already.</summary>
    private async Task RevokeAsync(HttpContext context)
    {
        var form = context.Request.Method == "POST" ? await FormFields.OfBodyAsync(context).ConfigureAwait(false) : null;
        if (form is null || form["token"].Length == 0)
        {
            context.Response.StatusCode = 400;
            return;
        }

        lock (grants.Gate) grants.Revoke(form["token"]);
    }

    private void WriteKeys(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("keys");
        foreach (var key in keys.All) key.WritePublic(json);
        json.WriteEndArray();
        if (credentials.Withdrawn() is { Count: > 0 } withdrawn)
        {
            json.WriteStartArray(options.Binding.WithdrawnCredentials);
            foreach (var id in withdrawn) json.WriteStringValue(id);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private void WriteDiscovery(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("issuer", options.Issuer);
        json.WriteString("authorization_endpoint", options.Issuer + AuthorizePath);
        json.WriteString("token_endpoint", options.Issuer + TokenPath);
        json.WriteString("revocation_endpoint", options.Issuer + "/revoke");
        json.WriteString("jwks_uri", options.Issuer + "/jwks");
        List("response_types_supported", "code");
        List("subject_types_supported", "public");
        List("id_token_signing_alg_values_supported", options.Key.Algorithm.ToString());
        List("code_challenge_methods_supported", "S256");
        List("grant_types_supported", "authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:token-exchange", "urn:ietf:params:oauth:grant-type:jwt-bearer");
        List("scopes_supported", ["openid", .. options.Scopes.Order(StringComparer.Ordinal)]);
        json.WriteEndObject();

        void List(string name, params string[] values)
        {
            json.WriteStartArray(name);
            foreach (var value in values) json.WriteStringValue(value);
            json.WriteEndArray();
        }
    }

    private static Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream)) write(json);
        context.Response.ContentType = "application/json";
        return context.Response.Body.WriteAsync(stream.ToArray()).AsTask();
    }
}
