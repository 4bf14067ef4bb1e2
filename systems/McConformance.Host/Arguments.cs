using System.Globalization;
using System.Net;
using McConformance.McSystem;
using McConformance.McSystem.Configuration;

namespace McConformance.Host;

/// <summary>What the command was called with.</summary>
/// <param name="Configuration">MC system file to run; null where MC systems come over the operator port alone.</param>
/// <param name="Operator">Where the operator port listens; null for none.</param>
/// <param name="Health">Where <c>/health</c> is answered; null for none besides the operator port's.</param>
/// <param name="Mode">What is to be done.</param>
internal sealed record Arguments(string? Configuration, IPEndPoint? Operator, IPEndPoint? Health, Mode Mode)
{
    /// <summary>Address of the nodes of MC systems whose file names none; null for loopback.</summary>
    public IPAddress? Listen { get; init; }

    /// <summary>Folder for what a restart must not lose; null for memory alone.</summary>
    public string? State { get; init; }

    /// <summary>Entities that are run; empty for those of the file.</summary>
    public IReadOnlyList<SystemPart> Only { get; init; } = [];

    /// <summary>UEs are run, and no entity of an MC system: <c>--only userEquipment</c>.</summary>
    public bool OnlyUserEquipment { get; init; }

    /// <summary>Database for the same, of the form postgres://user:password@host:port/database; null for none.</summary>
    public string? Store { get; init; }

    public const string Usage = """
        mcsystem --configuration FILE            runs one MC system; the file is described by features/mc-system.schema.json
        mcsystem --operator [ADDRESS:]PORT       runs the MC systems that are provisioned over the operator port (features/operator-port.md)
                 --health [ADDRESS:]PORT         answers GET /health there; the operator port does so too
                 --listen ADDRESS        where nodes listen whose file does not say; default 127.0.0.1
                 --state FOLDER                  keeps there what a restart must not lose; the same FOLDER the next time brings it back
                 --only ENTITY[,ENTITY...]       runs these alone: sipCore, sipDatabase, identityManagementServer,
                                                 migrationManagementServer, configurationManagementServer,
                                                 groupManagementServer, mcServiceServer, gatewayServer, httpProxy;
                                                 where the others listen stands in the file's otherEntities, or
                                                 is told over the operator port
                 --only userEquipment            runs a UE alone; its file is described by
                                                 features/user-equipment.schema.json
                 --store postgres://...          keeps it in a PostgreSQL database instead, which several instances may share
                 --check                         reads the configuration file and does nothing else
        mcsystem --schema                        prints the schema of the configuration file, of a UE's with
                 --only userEquipment
        mcsystem --help                          prints this
        Port 0 lets the system choose. When all sockets are bound, one line of JSON on standard output names them.
        Standard error has the log, one JSON object a line. SIGTERM and SIGINT end it. Exit code 2: the call or the file is wrong.
        """;

    /// <summary>Reads a call.</summary>
    /// <exception cref="InvalidDataException">It is wrong; says how.</exception>
    public static Arguments Read(IReadOnlyList<string> words)
    {
        var read = new Arguments(null, null, null, Mode.Run);
        for (var i = 0; i < words.Count; i++)
        {
            read = words[i] switch
            {
                "--configuration" => read with { Configuration = Value(words, ref i) },
                "--operator" => read with { Operator = Endpoint(words[i], Value(words, ref i)) },
                "--health" => read with { Health = Endpoint(words[i], Value(words, ref i)) },
                "--store" => read with { Store = Value(words, ref i) },
                "--listen" => read with { Listen = Address(Value(words, ref i)) },
                "--state" => read with { State = Value(words, ref i) },
                "--only" => WithOnly(read, Value(words, ref i)),
                "--check" => read with { Mode = Mode.Check },
                "--schema" => read with { Mode = Mode.Schema },
                "--help" or "-h" => read with { Mode = Mode.Help },
                var other => throw new InvalidDataException($"nothing is called {other}; --help lists what is"),
            };
        }

        if (read is { Mode: Mode.Run, Configuration: null, Operator: null }) throw new InvalidDataException("give --configuration FILE, or --operator PORT, or both");
        if (read is { Mode: Mode.Check, Configuration: null }) throw new InvalidDataException("--check needs --configuration FILE");
        if (read is { State: not null, Store: not null }) throw new InvalidDataException("give --state or --store, not both");
        if (read is { Store: not null, Configuration: null })
            throw new InvalidDataException("--store needs --configuration FILE: what comes over the operator port is kept by --state alone");
        if (read is { OnlyUserEquipment: true, State: not null } or { OnlyUserEquipment: true, Store: not null })
            throw new InvalidDataException("--only userEquipment keeps nothing: leave --state and --store out");
        return read;
    }

    /// <summary>A UE is in no MC system: it runs by itself.</summary>
    private static Arguments WithOnly(Arguments read, string text)
    {
        var names = text.Split(',');
        if (!names.Contains(UserEquipment)) return read with { Only = Parts(text) };
        return names.Length == 1
            ? read with { OnlyUserEquipment = true }
            : throw new InvalidDataException(
                $"--only: {UserEquipment} is in no MC system; run it in a process of its own");
    }

    private const string UserEquipment = "userEquipment";

    private static SystemPart[] Parts(string text) => [.. text.Split(',').Select(n => SystemParts.Named(n) ??
        throw new InvalidDataException($"--only: no entity is called \"{n}\"; there are {Names}"))];

    /// <summary>A UE at the address of this call, where its file names none.</summary>
    public UserEquipmentFile At(UserEquipmentFile file) =>
        Listen is { } address && file.Listen.Address.Equals(IPAddress.Loopback)
            ? file with { Listen = file.Listen with { Address = address } } : file;

    private static string Names => string.Join(", ", [.. SystemParts.All.Select(SystemParts.NameOf), UserEquipment]);

    private static string Value(IReadOnlyList<string> words, ref int i) =>
        ++i < words.Count ? words[i] : throw new InvalidDataException($"{words[i - 1]} needs a value");

    private static IPAddress Address(string text) => IPAddress.TryParse(text, out var address) ? address
        : throw new InvalidDataException($"--listen: expected an IP address of this machine, found \"{text}\"");

    private static IPEndPoint Endpoint(string option, string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= IPEndPoint.MaxPort) return new IPEndPoint(IPAddress.Loopback, port);
        return text.Contains(':') && IPEndPoint.TryParse(text, out var at) ? at : throw new InvalidDataException($"{option}: expected a port, or address:port, found \"{text}\"");
    }
}

/// <summary>What the command does.</summary>
internal enum Mode
{
    /// <summary>Runs MC systems.</summary>
    Run,

    /// <summary>Reads a file.</summary>
    Check,

    /// <summary>Prints the schema.</summary>
    Schema,

    /// <summary>Prints how it is called.</summary>
    Help,
}
