using System.Runtime.InteropServices;
using System.Text.Json;
using McConformance.McSystem;
using McConformance.McSystem.Configuration;
using McConformance.McSystem.External;
using McConformance.Stores;
using McConformance.Wire.State;

namespace McConformance.Host;

/// <summary>The command <c>mcsystem</c>.</summary>
/// <param name="output">Standard output: what was asked for, and the line that says it is ready.</param>
/// <param name="error">Standard error: mistakes of the caller, and the log.</param>
internal sealed class Command(TextWriter output, TextWriter error)
{
    private const int Done = 0;
    private const int Failed = 1;
    private const int Refused = 2;
    private readonly Log log = new(error, TimeProvider.System);

    /// <summary>Runs it until it is told to end.</summary>
    /// <returns>Exit code: 0, 1 where it could not run, 2 where the call or the file is wrong.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> words)
    {
        try
        {
            var call = Arguments.Read(words);
            if (call.Mode == Mode.Help) await output.WriteLineAsync(Arguments.Usage);
            if (call.Mode == Mode.Schema)
                await output.WriteAsync(
                    call.OnlyUserEquipment ? McSystemJson.SchemaOfUserEquipment() : McSystemJson.Schema());
            if (call.Mode is Mode.Help or Mode.Schema) return Done;
            var isUserEquipment = call is { OnlyUserEquipment: true, Configuration: not null };
            var ue = isUserEquipment ? await ReadUserEquipmentAsync(call) : null;
            var file = call.Configuration is { } path && !isUserEquipment ? await ReadAsync(path, call) : null;
            if (call.Mode == Mode.Run) return await ServeAsync(call, file, ue);
            await output.WriteLineAsync($"{call.Configuration}: {ue?.Name ?? What(file!)} can be run");
            return Done;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            await error.WriteLineAsync($"mcsystem: {e.Message}");
            return Refused;
        }
    }

    private static async Task<McSystemFile> ReadAsync(string path, Arguments call)
    {
        var file = McSystemJson.Read(path, await File.ReadAllTextAsync(path));
        if (call.Only.Count > 0) file = file with { Only = [.. call.Only] };
        try
        {
            file.CheckEntities();
            // who has an operator port can be told later
            if (call.Operator is null) file.CheckOtherEntities();
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }

        return file;
    }

    private static async Task<UserEquipmentFile> ReadUserEquipmentAsync(Arguments call)
    {
        var path = call.Configuration!;
        return call.At(McSystemJson.ReadUserEquipment(path, await File.ReadAllTextAsync(path)));
    }

    private static string What(McSystemFile file) => file.Only.Count == 0
        ? file.System.Domain
        : $"{string.Join(", ", file.Only.Select(SystemParts.NameOf))} of {file.System.Domain}";

    private async Task<int> ServeAsync(Arguments call, McSystemFile? file, UserEquipmentFile? ue)
    {
        var ended = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, s => End(s, ended));
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, s => End(s, ended));
        using var state = call.State is { } folder ? new StateFolder(folder, log, why => ended.TrySetException(new StateLostException(why))) : null;
        using var store = call.Store is { } uri ? new PostgresStore(uri, why => ended.TrySetException(new StateLostException(why))) : null;
        var hosted = new HostedSystems(log, state, store is null ? null : store.StoreOf);
        var equipment = new HostedUserEquipment(log);
        await using (hosted)
        await using (equipment)
        {
            try
            {
                await hosted.ResumeAsync(CancellationToken.None);
                if (file is not null) await hosted.AddConfiguredAsync(file, CancellationToken.None);
                if (ue is not null) equipment.AddConfigured(ue);
                await using var port = call.Operator is null && call.Health is null ? null
                    : new OperatorPort(hosted, equipment, call, log);
                if (port is not null) await port.StartAsync();
                await output.WriteLineAsync(Ready(hosted, equipment, port));
                await output.FlushAsync();
                log.Write("ready", ("systems", hosted.Count));
                log.Write("stopping", ("reason", await ended.Task));
            }
            catch (Exception e) when (e is System.Net.Sockets.SocketException or IOException or ArgumentException or TimeoutException or InvalidDataException)
            {
                log.Write("failed", ("reason", e.Message));
                return e is ArgumentException or InvalidDataException ? Refused : Failed;
            }
        }

        log.Write("stopped");
        return Done;
    }

    private static void End(PosixSignalContext context, TaskCompletionSource<string> ended)
    {
        context.Cancel = true;
        ended.TrySetResult(context.Signal.ToString());
    }

    private static string Ready(HostedSystems hosted, HostedUserEquipment equipment, OperatorPort? port) =>
        JsonSerializer.Serialize(
        new Readiness(true, port?.Operator, port?.Health, hosted.All)
        {
            UserEquipment = equipment.All is { Count: > 0 } all ? all : null,
        },
        new JsonSerializerOptions(McSystemJson.Options) { WriteIndented = false });
}

/// <summary>What is told when all sockets are bound.</summary>
/// <param name="Ready">True.</param>
/// <param name="Operator">URI of the operator port.</param>
/// <param name="Health">URI of the health endpoint.</param>
/// <param name="Systems">The MC systems that run.</param>
internal sealed record Readiness(bool Ready, string? Operator, string? Health, IReadOnlyList<ProvisionedSystem> Systems)
{
    /// <summary>The UEs that run; left out where none does.</summary>
    public IReadOnlyList<ProvisionedUserEquipment>? UserEquipment { get; init; }
}
