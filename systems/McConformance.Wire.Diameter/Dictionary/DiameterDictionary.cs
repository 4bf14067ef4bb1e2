namespace McConformance.Wire.Diameter.Dictionary;

/// <summary>A command: its code, application and name, and what its request and answer hold.</summary>
/// <param name="Code">Command code.</param>
/// <param name="Application">Application id; 0 for the base protocol.</param>
/// <param name="Name">Without Request and Answer: <c>Multimedia-Auth</c>.</param>
/// <param name="Stem">Abbreviation without its last letter: <c>MA</c>.</param>
/// <param name="IsProxiable">True where the P bit is to be set.</param>
/// <param name="Request">What a request holds.</param>
/// <param name="Answer">What an answer holds that has no E bit.</param>
/// <param name="RequestClause">Where the request is described.</param>
/// <param name="AnswerClause">Where the answer is described.</param>
public sealed record CommandDefinition(
    uint Code, uint Application, string Name, string Stem, bool IsProxiable, Grammar Request, Grammar Answer,
    Clause RequestClause, Clause AnswerClause)
{
    /// <summary>What a request must hold.</summary>
    public IReadOnlyList<AvpDefinition> Required { get; } =
        [.. Request.Rules.Where(r => r.Min > 0).Select(r => r.Definition).OfType<AvpDefinition>()];

    /// <summary>As people write it: <c>MAR</c> or <c>MAA</c>.</summary>
    public string Abbreviation(bool isRequest) => Stem + (isRequest ? "R" : "A");
}

/// <summary>Everything that is known of codes, for reading and for judging.</summary>
public static class DiameterDictionary
{
    private static readonly Dictionary<(uint, uint), AvpDefinition> Avps =
        Rfc6733.All.Concat(Ts29229.All).Concat(Ts29329.All)
            .Concat(FurtherAvps.All).ToDictionary(a => (a.Code, a.Vendor));

    private static readonly Dictionary<string, AvpDefinition> AvpsByName = ByName();

    private static readonly Dictionary<uint,
        CommandDefinition> CommandsByCode = CommandTable.Read().ToDictionary(c => c.Code);

    private static readonly Dictionary<(uint, uint), Grammar> Groups = GroupTable.Read();

    private static readonly Dictionary<(uint, bool), string> Results = Names(typeof(Rfc6733), false)
        .Concat(Names(typeof(Ts29229), true)).GroupBy(n => n.Key).ToDictionary(g => g.Key, g => g.First().Value);

    /// <summary>Every AVP known.</summary>
    public static IReadOnlyCollection<AvpDefinition> Definitions => Avps.Values;

    /// <summary>Every command known.</summary>
    public static IReadOnlyCollection<CommandDefinition> Commands => CommandsByCode.Values;

    /// <summary>The AVP of a code, or null.</summary>
    public static AvpDefinition? Find(uint code, uint vendor) => Avps.GetValueOrDefault((code, vendor));

    /// <summary>The AVP of a name, without case, or null. Where two have the name, the one of RFC 6733 or Cx.</summary>
    public static AvpDefinition? Find(string name) => AvpsByName.GetValueOrDefault(name);

    /// <summary>The command of a code, or null.</summary>
    public static CommandDefinition? Command(uint code) => CommandsByCode.GetValueOrDefault(code);

    /// <summary>The command of a name, <c>Multimedia-Auth</c>, <c>Multimedia-Auth-Request</c>, <c>MAR</c> or
    /// <c>MAA</c>; or null.</summary>
    public static CommandDefinition? Command(string name)
    {
        foreach (var command in CommandsByCode.Values)
        {
            if (name == command.Name || name == command.Abbreviation(true) || name == command.Abbreviation(false) ||
                name == command.Name + "-Request" || name == command.Name + "-Answer") return command;
        }

        return null;
    }

    /// <summary>What stands inside a grouped AVP; <see cref="Grammar.Any"/> where that is not known.</summary>
    public static Grammar Group(uint code, uint vendor) => Groups.GetValueOrDefault((code, vendor), Grammar.Any);

    /// <summary>A command as people say it: <c>Multimedia-Auth-Request</c>.</summary>
    public static string NameOf(uint command, bool isRequest) =>
        $"{Command(command)?.Name ?? $"Command {command}"}-{(isRequest ? "Request" : "Answer")}";

    /// <summary>The name of a result code, or null.</summary>
    public static string? ResultName(uint code, bool isExperimental) =>
        Results.GetValueOrDefault((code, isExperimental));

    /// <summary>The name of a value of an Enumerated AVP, or null.</summary>
    public static string? ValueName(uint code, uint vendor, uint value) =>
        EnumeratedValues.Name(code, vendor, value, out _);

    private static Dictionary<string, AvpDefinition> ByName()
    {
        var byName = new Dictionary<string, AvpDefinition>(StringComparer.OrdinalIgnoreCase);
        foreach (var definition in Rfc6733.All.Concat(Ts29229.All).Concat(Ts29329.All).Concat(FurtherAvps.All))
            byName.TryAdd(definition.Name, definition);
        return byName;
    }

    private static IEnumerable<KeyValuePair<(uint, bool), string>> Names(Type document, bool isExperimental)
    {
        foreach (var field in document.GetFields())
        {
            if (field.IsLiteral && field.Name.StartsWith("DIAMETER_", StringComparison.Ordinal))
                yield return new KeyValuePair<(uint, bool),
                    string>(((uint)field.GetRawConstantValue()!, isExperimental), field.Name);
        }
    }
}
