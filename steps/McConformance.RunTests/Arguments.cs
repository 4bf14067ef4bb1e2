using System.Globalization;
using McConformance.TestConfiguration.Reading;

namespace McConformance.RunTests;

/// <summary>What the command was called with.</summary>
internal sealed record Arguments
{
    /// <summary>What -Help prints.</summary>
    public const string Usage = """
        Runs the conformance scenarios of features/ and ends with one line: N passed, N failed, N skipped.

          -Features <what>       a feature file, its name, a folder, or a clause (10.1.6.2); several with commas
          -Tags <expression>     a tag expression: "@SPR-1 and not (@faults or @peer)"; quote it
          -Profile <name>        what applies to one kind of system under test: a file of features/profiles, or its name
          -Configuration <file>  the test configuration; default features/bundled-pair.json
          -Ics <file>            a filled-in statement: what it declares unsupported is not applicable
          -Report <folder>       where reports go; default reports/out
          -Strict                an inconclusive scenario counts as failed
          -List                  prints the scenarios that would run, and runs nothing

        Before the first run against a system of your own:

          -Ics                   writes the statement to fill in (ics.tsv) into the report folder
          -Provisioning          tells what to provision in the system under test; also provisioning.json and .csv
          -Check                 connects to every endpoint of entities of mode external, and tells what to mend
          -Deadline <seconds>    of each endpoint for -Check; default 5
          -Help                  prints this

        A stand-in for one entity, from what it said in an earlier run (fakes/McConformance.Fakes/Playback):

          -Play <file>           a capture (pcapng) of a run, or a script; runs until SIGINT or SIGTERM
          -As <node>             whose part it plays: a host name in the capture, or an IP address
          -Listen <addresses>    where: sip=10.0.0.5:5060,http=10.0.0.5:8080,diameter=10.0.0.5:3868; default free ports
                                 over TLS: sips=..., https=..., diameters=...
          -Certificate <file>    its certificate, chain and private key (PEM) for TLS
          -Trust <file>          authorities (PEM) of the others' certificates; default those of this machine
          -Peers <addresses>     whom it asks: scscf.ims.partner.example=10.0.0.9:5060; several with commas
          -Script <file>         writes the part as a script to edit, and ends

        Exit code: 0 all passed; 1 a scenario or an endpoint failed, or could not be run; 2 the call or a file is wrong.
        """;

    private static readonly string[] Names =
    [
        "Features", "Tags", "Profile", "Configuration", "Ics", "Report", "Strict", "List", "Provisioning", "Check",
        "Deadline", "Help", "Play", "As", "Listen", "Certificate", "Trust", "Peers", "Script",
    ];

    private static readonly string[] Switches = ["Strict", "List", "Provisioning", "Check", "Help"];

    private readonly Dictionary<string, string> given = [];

    /// <summary>Files, folders or clauses; empty for all.</summary>
    public IReadOnlyList<string> Features => (Value("Features") ?? "").Split(
        ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Tag expression, or empty.</summary>
    public string Tags => Value("Tags") ?? "";

    /// <summary>Profile as given, or null.</summary>
    public string? Profile => Value("Profile");

    /// <summary>Test configuration as given, or null.</summary>
    public string? Configuration => Value("Configuration");

    /// <summary>Report folder as given, or null.</summary>
    public string? Report => Value("Report");

    /// <summary>Filled-in implementation conformance statement, or null.</summary>
    public string? Ics => Value("Ics") is { Length: > 0 } file ? file : null;

    /// <summary>Write the statement to fill in.</summary>
    public bool WritesIcs => Value("Ics") is "";

    /// <summary>Inconclusive counts as failed.</summary>
    public bool Strict => Value("Strict") is not null;

    /// <summary>List only.</summary>
    public bool List => Value("List") is not null;

    /// <summary>Tell what to provision only.</summary>
    public bool Provisioning => Value("Provisioning") is not null;

    /// <summary>Look at the endpoints only.</summary>
    public bool Check => Value("Check") is not null;

    /// <summary>For each endpoint that is looked at.</summary>
    public TimeSpan Deadline { get; private set; } = TimeSpan.FromSeconds(5);

    /// <summary>Recording or script to play, or null.</summary>
    public string? Play => Value("Play");

    /// <summary>Whose part of it, or null.</summary>
    public string? As => Value("As");

    /// <summary>Where the stand-in listens, as given.</summary>
    public string Listen => Value("Listen") ?? "";

    /// <summary>The stand-in's certificate, or null.</summary>
    public string? Certificate => Value("Certificate");

    /// <summary>Authorities of the others' certificates, or null.</summary>
    public string? Trust => Value("Trust");

    /// <summary>Whom it asks, as given.</summary>
    public string Peers => Value("Peers") ?? "";

    /// <summary>Where to write the script instead, or null.</summary>
    public string? Script => Value("Script");

    /// <summary>Print the usage only.</summary>
    public bool Help => Value("Help") is not null;

    /// <summary>Reads a call. Names may be written -Name, --name or -Name:value, whatever the case.</summary>
    /// <exception cref="BadCallException">Says which argument is wrong, and what there is.</exception>
    public static Arguments Read(IReadOnlyList<string> arguments)
    {
        var read = new Arguments();
        for (var i = 0; i < arguments.Count; i++)
        {
            var (name, value) = Split(arguments[i]);
            if (read.given.ContainsKey(name)) throw new BadCallException($"-{name} is given twice");
            if (Switches.Contains(name))
            {
                if (value is not null) throw new BadCallException($"-{name} takes no value, but was given \"{value}\"");
                read.given[name] = "";
                continue;
            }

            if (value is null && i + 1 < arguments.Count && !IsName(arguments[i + 1])) value = arguments[++i];
            if (value is null && name == "Ics") value = "";
            else if (string.IsNullOrWhiteSpace(value)) throw new BadCallException($"-{name} needs a value; see -Help");
            read.given[name] = value;
        }

        read.CheckTogether();
        return read;
    }

    private void CheckTogether()
    {
        if (Value("Deadline") is { } text)
        {
            if (!double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
                || seconds is < 0.1 or > 600)
            {
                throw new BadCallException($"-Deadline is a number of seconds from 0.1 to 600, not \"{text}\"");
            }

            Deadline = TimeSpan.FromSeconds(seconds);
        }

        string[] ofPlay = ["As", "Listen", "Certificate", "Trust", "Peers", "Script"];
        if (Play is null && ofPlay.FirstOrDefault(given.ContainsKey) is { } lonely)
            throw new BadCallException($"-{lonely} belongs to -Play; see -Help");
        var alone = new[] { "List", "Provisioning", "Check", "Play" }.Where(given.ContainsKey).Concat(WritesIcs
            ? ["Ics"]
            : []).ToArray();
        if (alone.Length > 1)
            throw new BadCallException(
                $"-{alone[0]} and -{alone[1]} each do one thing and end: call them one after the other");
    }

    private string? Value(string name) => given.GetValueOrDefault(name);

    private static (string Name, string? Value) Split(string argument)
    {
        if (!argument.StartsWith('-'))
            throw new BadCallException($"\"{argument}\" stands alone: say what it is with one of {All}");
        var text = argument.TrimStart('-');
        var end = text.IndexOfAny([':', '=']);
        var typed = end < 0 ? text : text[..end];
        var value = end < 0 || end == text.Length - 1 ? null : text[(end + 1)..];
        var name = Array.Find(Names, n => n.Equals(typed, StringComparison.OrdinalIgnoreCase));
        if (name is not null) return (name, value);
        if (typed is "h" or "?") return ("Help", value);
        var nearest = NearestName.Of(typed, Names) is { } near ? $"did you mean -{near}? " : "";
        throw new BadCallException($"there is no parameter \"{argument}\"; {nearest}There are {All}");
    }

    private static string All => string.Join(", ", Names.Select(n => "-" + n));

    private static bool IsName(string argument) =>
        argument.StartsWith('-')
        && Array.Exists(Names, n => argument.TrimStart('-').StartsWith(n, StringComparison.OrdinalIgnoreCase));
}

/// <summary>The call itself is wrong: exit code 2, the message, no stack trace.</summary>
internal sealed class BadCallException(string message) : Exception(message);
