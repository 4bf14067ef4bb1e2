using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using McConformance.McSystem;
using McConformance.McSystem.Configuration;
using McConformance.McSystem.External;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace McConformance.Host;

/// <summary>The operator port (features/operator-port.md): what administrators do, and no wire can trigger. And the health of the process.</summary>
internal sealed class OperatorPort : IAsyncDisposable
{
    private const int Unprocessable = StatusCodes.Status422UnprocessableEntity;
    private readonly HostedSystems hosted;
    private readonly HostedUserEquipment equipment;
    private readonly Arguments call;
    private readonly Log log;
    private readonly WebApplication application;

    /// <summary>Makes it; nothing is bound yet.</summary>
    public OperatorPort(HostedSystems hosted, HostedUserEquipment equipment, Arguments call, Log log)
    {
        (this.hosted, this.equipment, this.call, this.log) = (hosted, equipment, call, log);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k =>
        {
            k.AddServerHeader = false;
            foreach (var at in new[] { call.Operator, call.Health }.OfType<IPEndPoint>().Distinct()) k.Listen(at);
        });
        application = builder.Build();
        application.Run(AnswerAsync);
    }

    /// <summary>URI of the operator port; null where there is none.</summary>
    public string? Operator => call.Operator is null ? null : application.Urls.First();

    /// <summary>URI of the health endpoint.</summary>
    public string Health => $"{application.Urls.Last()}/health";

    /// <summary>Binds.</summary>
    public Task StartAsync() => application.StartAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => application.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        try
        {
            var way = context.Request.Path.Value!.Trim('/').Split('/', 3);
            var isOperator = call.Operator is { } at && (at.Port == 0 || at.Port == context.Connection.LocalPort);
            var answer = (context.Request.Method, way) switch
            {
                ("GET", ["health"]) => (200, new Healthy("ok", hosted.Count)),
                _ when !isOperator => (404, new OperatorError("this is not the operator port")),
                ("POST", ["systems"]) =>
                    (201, await hosted.AddAsync(Limited(await FileAsync(context)), context.RequestAborted)),
                ("DELETE", ["systems", var id]) => await hosted.RemoveAsync(id) ? (204, null) : Unknown(id),
                ("POST", ["user-equipment"]) => (201, equipment.Add(Limited(await UserEquipmentAsync(context)))),
                ("DELETE", ["user-equipment", var id]) =>
                    await equipment.RemoveAsync(id) ? (204, null) : Unknown(id, "UE"),
                ("POST", ["user-equipment", var id, var button]) =>
                    equipment.Find(id) is { } ue ? await PressAsync(ue, button, context) : Unknown(id, "UE"),
                ("POST", ["systems", var id, var action]) => hosted.Find(id) is { } system ? await ActAsync(id, system, action, context) : Unknown(id),
                _ => ((int, object?))(404, new OperatorError($"no action is {context.Request.Method} {context.Request.Path}")),
            };
            await WriteAsync(context, answer.Item1, answer.Item2);
        }
        catch (Exception e) when (e is ArgumentException or InvalidDataException or JsonException)
        {
            await RefuseAsync(context, Unprocessable, e.Message);
        }
        catch (NotOfferedException e)
        {
            await RefuseAsync(context, StatusCodes.Status501NotImplemented, e.Message);
        }
        catch (Exception e) when (e is TimeoutException or SocketException or IOException)
        {
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, e.Message);
        }
    }

    private UserEquipmentFile Limited(UserEquipmentFile file) => call.Only.Count == 0 ? call.At(file)
        : throw new ArgumentException("this process was called with --only, and runs no UE");

    private static async Task<(int, object?)> PressAsync(ServedUserEquipment ue, string button, HttpContext context) =>
        button == "clock" ? (200, await ue.ForwardAsync(await ReadAsync<ClockRequest>(context)))
        : await ue.PressAsync(button, await ReadAsync<UserAction>(context)) is { } told ? (200, told)
            : (StatusCodes.Status501NotImplemented, new OperatorError($"no button is called {button}"));

    /// <summary>Who was called with <c>--only</c> runs nothing else, whoever asks.</summary>
    private McSystemFile Limited(McSystemFile file)
    {
        if (call.OnlyUserEquipment)
            throw new ArgumentException("this process was called with --only userEquipment, and runs no MC system");
        if (call.Listen is { } address && IPAddress.IsLoopback(file.Listen.Address))
            file = file with { Listen = file.Listen with { Address = address } };
        if (call.Only.Count == 0) return file;
        if (file.Only.Count == 0) return file with { Only = [.. call.Only] };
        return file.Only.Except(call.Only).Select(SystemParts.NameOf).FirstOrDefault() is { } other
            ? throw new ArgumentException($"$.only: {other}, but this process was called with another --only")
            : file;
    }

    private async Task<(int, object?)> ActAsync(string id, ServedLives system, string action, HttpContext context)
    {
        switch (action)
        {
            case "join":
                await hosted.JoinAsync(id, system, await ReadAsync<JoinRequest>(context), context.RequestAborted);
                return (200, new { });
            case "clock":
                return (200, await system.ForwardAsync(await ReadAsync<ClockRequest>(context)));
            case "crash":
                await ReadAsync<CrashRequest>(context);
                await hosted.CrashAsync(id, system);
                return (200, new { });
            case "start":
                await ReadAsync<StartRequest>(context);
                await hosted.StartAgainAsync(id, system, context.RequestAborted);
                return (200, new { });
            default:
                return await AdministerAsync(system.Running, action, context);
        }
    }

    private static async Task<(int, object?)> AdministerAsync(
        ServedMcSystem system, string action, HttpContext context)
    {
        switch (action)
        {
            case "outbound-sets":
                var set = await ReadAsync<OutboundSetRequest>(context);
                return await system.SetOutboundAsync(set.Private, set.Enabled) ? (200, new { }) : (404, new OperatorError($"no set {set.Private} is configured"));
            case "groups/provide":
                var wanted = await ReadAsync<ProvideGroupRequest>(context);
                return await system.ProvideGroupAsync(wanted.Group, wanted.Partner) is { } status
                    ? (200, new ProvideGroupAnswer(status))
                    : (404, new OperatorError($"there is no group {wanted.Group}, or no partner {wanted.Partner}"));
            default:
                return await AdministratorActions.DoAsync(system.Administrators, action, context) ??
                    (StatusCodes.Status501NotImplemented, new OperatorError($"no action is called {action}"));
        }
    }

    private static (int, object?) Unknown(string id, string what = "MC system") =>
        (404, new OperatorError($"no {what} has the id {id}"));

    private static async Task<UserEquipmentFile> UserEquipmentAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        return McSystemJson.ReadUserEquipment("the request", await reader.ReadToEndAsync(context.RequestAborted));
    }

    private static async Task<McSystemFile> FileAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        return McSystemJson.Read("the request", await reader.ReadToEndAsync(context.RequestAborted));
    }

    internal static async Task<T> ReadAsync<T>(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        return McSystemJson.ReadRequest<T>(await reader.ReadToEndAsync(context.RequestAborted));
    }

    private async Task RefuseAsync(HttpContext context, int status, string reason)
    {
        log.Write("refused", ("request", $"{context.Request.Method} {context.Request.Path}"), ("status", status), ("reason", reason));
        await WriteAsync(context, status, new OperatorError(reason));
    }

    private static async Task WriteAsync(HttpContext context, int status, object? body)
    {
        context.Response.StatusCode = status;
        if (body is not null) await context.Response.WriteAsJsonAsync(body, body.GetType(), McSystemJson.Options, context.RequestAborted);
    }
}

/// <summary>Answer to <c>GET /health</c>.</summary>
/// <param name="Status"><c>ok</c>.</param>
/// <param name="Systems">How many MC systems run.</param>
internal sealed record Healthy(string Status, int Systems);
