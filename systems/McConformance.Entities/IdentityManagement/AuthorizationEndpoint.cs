using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace McConformance.Entities.IdentityManagement;

/// <summary>Authentication request (TS 33.180 B.4.2.2, RFC 6749 4.1.1, RFC 7636 4.3): code flow with proof key and nothing else.</summary>
internal sealed class AuthorizationEndpoint(IdentityManagementOptions options, Grants grants)
{
    private static readonly string[] Required = ["response_type", "client_id", "scope", "redirect_uri", "state", "code_challenge"];

    public async Task HandleAsync(HttpContext context)
    {
        var query = FormFields.OfQuery(context);
        // without a client that is known and a place of its own to send it to, nobody is sent anywhere (RFC 6749 4.1.2.1)
        if (!options.Clients.TryGetValue(query["client_id"], out var redirect) || query["redirect_uri"] != redirect)
        {
            await PageAsync(context, 400, "<p>The client is not registered, or its redirect URI is another.</p>").ConfigureAwait(false);
            return;
        }

        if (Check(query) is { } error) Redirect(context, redirect, ("error", error), ("state", query["state"]));
        else if (context.Request.Method == "GET") await PageAsync(context, 200, Form).ConfigureAwait(false);
        else if (context.Request.Method == "POST") await LoginAsync(context, query, redirect).ConfigureAwait(false);
        else context.Response.StatusCode = 405;
    }

    private string? Check(FormFields query)
    {
        if (query.IsRepeated || Required.Any(r => query[r].Length == 0)) return "invalid_request";
        if (query["response_type"] != "code") return "unsupported_response_type";
        // plain is a downgrade (RFC 7636 7.2)
        if (query["code_challenge_method"] != "S256" || query["code_challenge"].Length != 43) return "invalid_request";
        var scopes = query["scope"].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return scopes.Contains("openid") && scopes.All(s => s == "openid" || options.Scopes.Contains(s)) ? null : "invalid_scope";
    }

    private async Task LoginAsync(HttpContext context, FormFields query, string redirect)
    {
        var form = await FormFields.OfBodyAsync(context).ConfigureAwait(false);
        var user = form is null ? null : options.Users.FirstOrDefault(u => u.Name == form["username"]);
        if (user is null || !user.Password.Fits(form!["password"]))
        {
            await PageAsync(context, 401, "<p>Name or password is wrong.</p>" + Form).ConfigureAwait(false);
            return;
        }

        var scopes = query["scope"].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var grant = new Grant(user.McServiceIds.Values.FirstOrDefault(user.Name), query["client_id"], scopes, user.McServiceIds);
        string code;
        lock (grants.Gate) code = grants.NewCode(new AuthorizationCode(grant, redirect, query["code_challenge"], options.Time.GetUtcNow() + options.CodeLife));
        Redirect(context, redirect, ("code", code), ("state", query["state"]));
    }

    private static void Redirect(HttpContext context, string to, params (string Name, string Value)[] fields)
    {
        var query = string.Join('&', fields.Where(f => f.Value.Length > 0).Select(f => $"{f.Name}={Uri.EscapeDataString(f.Value)}"));
        context.Response.StatusCode = (int)HttpStatusCode.Found;
        context.Response.Headers.Location = $"{to}{(to.Contains('?') ? '&' : '?')}{query}";
        context.Response.Headers.CacheControl = "no-store";
    }

    private const string Form =
        "<form method=\"post\"><label>MC ID <input name=\"username\" autocomplete=\"username\"></label> " +
        "<label>Password <input name=\"password\" type=\"password\" autocomplete=\"current-password\"></label> <button>Sign in</button></form>";

    private static Task PageAsync(HttpContext context, int status, string content)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; form-action 'self'; frame-ancestors 'none'";
        return context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes($"<!doctype html><html lang=\"en\"><title>Sign in</title><body>{content}</body></html>")).AsTask();
    }
}
