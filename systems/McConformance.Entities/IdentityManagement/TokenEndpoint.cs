using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using McConformance.Wire.Http.Oidc;
using Microsoft.AspNetCore.Http;

namespace McConformance.Entities.IdentityManagement;

/// <summary>
/// Token requests: authorization code (RFC 6749 4.1.3, RFC 7636 4.6), refresh (RFC 6749 6), token exchange at the primary (TS 33.180
/// B.7.2, RFC 8693 2.1) and JWT bearer at the partner (TS 33.180 B.7.3, RFC 7523 2.1). Refusals are those of RFC 6749 5.2.
/// </summary>
internal sealed class TokenEndpoint(
    IdentityManagementOptions options, Grants grants, OwnKeys keys,
        PrimaryKeys primaries, OfflineCredentials credentials)
{
    private const string AccessTokenType = "urn:ietf:params:oauth:token-type:access_token";
    private const string JwtType = "urn:ietf:params:oauth:token-type:jwt";

    public async Task HandleAsync(HttpContext context)
    {
        if (context.Request.Method != "POST")
        {
            context.Response.StatusCode = 405;
            context.Response.Headers.Allow = "POST";
            return;
        }

        var form = await FormFields.OfBodyAsync(context).ConfigureAwait(false);
        if (form is null || form.IsRepeated) await RefuseAsync(context, "invalid_request").ConfigureAwait(false);
        else if (!options.Clients.ContainsKey(form["client_id"])) await RefuseAsync(context, "invalid_client").ConfigureAwait(false);
        else
        {
            if (form["assertion"].Length > 0)
                await primaries.PrepareAsync(form["assertion"], options.Issuer).ConfigureAwait(false);
            var (answer, error) = Decide(form);
            if (answer is not null) await WriteAsync(context, 200, answer).ConfigureAwait(false);
            else await RefuseAsync(context, error).ConfigureAwait(false);
        }
    }

    private (byte[]? Answer, string Error) Decide(FormFields form)
    {
        lock (grants.Gate)
        {
            return form["grant_type"] switch
            {
                "authorization_code" => OfCode(form),
                "refresh_token" => OfRefresh(form),
                "urn:ietf:params:oauth:grant-type:token-exchange" => OfExchange(form),
                "urn:ietf:params:oauth:grant-type:jwt-bearer" => OfAssertion(form),
                "" => (null, "invalid_request"),
                _ => (null, "unsupported_grant_type"),
            };
        }
    }

    private (byte[]?, string) OfCode(FormFields form)
    {
        if (form["code"].Length == 0 || form["code_verifier"].Length == 0 || form["redirect_uri"].Length == 0) return (null, "invalid_request");
        if (grants.Use(form["code"]) is not { } code) return (null, "invalid_grant");
        var challenge = System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"])));
        var isHis = code.Grant.ClientId == form["client_id"] && code.RedirectUri == form["redirect_uri"] && code.Challenge == challenge;
        return isHis ? (Tokens(code.Grant, hasRefresh: true), "") : (null, "invalid_grant");
    }

    private (byte[]?, string) OfRefresh(FormFields form)
    {
        if (form["refresh_token"].Length == 0) return (null, "invalid_request");
        return grants.UseRefresh(form["refresh_token"]) is { } grant && grant.ClientId == form["client_id"]
            ? (Tokens(grant, hasRefresh: true), "")
            : (null, "invalid_grant");
    }

    /// <summary>At the primary: a security token for one partner.</summary>
    private (byte[]?, string) OfExchange(FormFields form)
    {
        if (form["resource"].Length == 0 || form["subject_token"].Length == 0 || form["subject_token_type"] != AccessTokenType) return (null, "invalid_request");
        if (keys.Verifier.Verify(form["subject_token"], null, null, out var subject) != TokenRefusal.None ||
            subject!.Claims.ClientId != form["client_id"])
            return (null, "invalid_grant");
        var user = options.Users.FirstOrDefault(u => u.McServiceIds.Values.FirstOrDefault(u.Name) == subject.Claims.Subject);
        if (user is null || !user.Partners.Contains(form["resource"])) return (null, "invalid_target");
        var isOffline = form["requested_token_type"] == options.Binding.OfflineCredentialType;
        if (!isOffline && form["requested_token_type"] is not ("" or JwtType)) return (null, "invalid_request");
        if (isOffline && !credentials.MayHave(user, subject.Claims.Subject, form["resource"]))
            return (null, "invalid_target");
        return (SecurityToken(form, subject.Claims.Subject, isOffline), "");
    }

    private byte[] SecurityToken(FormFields form, string subject, bool isOffline)
    {
        var (now, id) = (options.Time.GetUtcNow(), Guid.NewGuid().ToString("N"));
        var life = isOffline ? options.OfflineCredentialLife : options.SecurityTokenLife;
        var token = Jws.Sign(new TokenClaims
        {
            Issuer = options.Issuer,
            Subject = subject,
            Audience = [form["client_id"], form["resource"]],
            IssuedAt = now,
            Expires = now + life,
            TokenId = id,
            Others = isOffline ? new Dictionary<string, string> { [options.Binding.OfflineClaim] = id } : [],
        }.Write(), keys.Current);
        if (isOffline) credentials.Note(id, subject, form["resource"], now + life);
        var type = isOffline ? options.Binding.OfflineCredentialType : JwtType;
        return Json(
            ("access_token", token), ("issued_token_type", type), ("token_type", "N_A"),
            ("expires_in", (long)life.TotalSeconds));
    }

    /// <summary>At the partner: the own identities of the user whom a primary vouches for. Nobody is asked over the line.</summary>
    private (byte[]?, string) OfAssertion(FormFields form)
    {
        if (form["assertion"].Length == 0) return (null, "invalid_request");
        if (primaries.Verifier.Verify(form["assertion"], options.Issuer, null, out var assertion) != TokenRefusal.None)
            return (null, "invalid_grant");
        var claims = assertion!.Claims;
        if (claims.Subject.Length == 0 || claims.IssuedAt is null || !claims.Audience.Contains(form["client_id"])) return (null, "invalid_grant");
        var mapping = options.Mappings.FirstOrDefault(m => m.Issuer == claims.Issuer && m.Subject == claims.Subject);
        if (mapping is null) return (null, "invalid_grant");
        var credential = claims.Others.GetValueOrDefault(options.Binding.OfflineClaim);
        if (credential is not null && !IsTaken(claims, credential)) return (null, "invalid_grant");
        var asked = form["scope"].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (!asked.All(s => s == "openid" || options.Scopes.Contains(s))) return (null, "invalid_scope");
        if (!grants.TakeAssertion(form["assertion"], claims.Expires!.Value)) return (null, "invalid_grant");
        var subject = mapping.McServiceIds.Values.First();
        var others = mapping.McServiceIds;
        if (credential is not null)
            others = new Dictionary<string, string>(others) { [options.Binding.OfflineClaim] = credential };
        // what was granted without the primary ends with what it was granted for
        var life = credential is null
            ? options.AccessLife : Shorter(options.AccessLife, claims.Expires!.Value - options.Time.GetUtcNow());
        return (Tokens(new Grant(subject, form["client_id"], asked, others), hasRefresh: false, life), "");
    }

    /// <summary>A credential for offline migration (OWN MIG-OFF-1): agreed on with its issuer, not longer than
    /// agreed, not withdrawn.</summary>
    private bool IsTaken(TokenClaims claims, string credential) =>
        options.OfflinePrimaries.TryGetValue(claims.Issuer, out var lifeMax) &&
            credential.Length > 0 && credential == claims.TokenId &&
        claims.Expires!.Value - claims.IssuedAt!.Value <= lifeMax && !primaries.IsWithdrawn(claims.Issuer, credential);

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => other < one ? other : one;

    private byte[] Tokens(Grant grant, bool hasRefresh, TimeSpan? life = null)
    {
        var (now, lasts) = (options.Time.GetUtcNow(), life ?? options.AccessLife);
        var access = new TokenClaims
        {
            Issuer = options.Issuer,
            Subject = grant.Subject,
            ClientId = grant.ClientId,
            Scopes = grant.Scopes,
            IssuedAt = now,
            Expires = now + lasts,
            TokenId = Guid.NewGuid().ToString("N"),
            Others = grant.McServiceIds,
        };
        var identity = access with { Audience = [grant.ClientId], Scopes = [], ClientId = "" };
        var fields = new List<(string, object)>
        {
            ("access_token", Jws.Sign(access.Write(), keys.Current, "at+jwt")),
                ("token_type", "Bearer"), ("expires_in", (long)lasts.TotalSeconds),
            ("scope", string.Join(' ', grant.Scopes)), ("id_token", Jws.Sign(identity.Write(), keys.Current)),
        };
        if (hasRefresh) fields.Add(("refresh_token", grants.NewRefresh(grant, options.RefreshLife)));
        return Json([.. fields]);
    }

    private static Task RefuseAsync(HttpContext context, string error) => WriteAsync(context, error == "invalid_client" ? 401 : 400, Json(("error", error)));

    private static Task WriteAsync(HttpContext context, int status, byte[] json)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Pragma = "no-cache";
        return context.Response.Body.WriteAsync(json).AsTask();
    }

    private static byte[] Json(params (string Name, object Value)[] fields)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            foreach (var (name, value) in fields)
            {
                if (value is long number) json.WriteNumber(name, number);
                else json.WriteString(name, (string)value);
            }

            json.WriteEndObject();
        }

        return stream.ToArray();
    }
}
