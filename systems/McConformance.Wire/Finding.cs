namespace McConformance.Wire;

/// <summary>How much a finding weighs.</summary>
public enum Severity
{
    /// <summary>Worth knowing; breaks nothing.</summary>
    Note,

    /// <summary>Well formed, but a rule of the clause is broken.</summary>
    Conformance,

    /// <summary>The octets do not follow the grammar.</summary>
    Syntax,
}

/// <summary>What a codec or a check found wrong with octets that a peer sent. Never thrown: collected.</summary>
/// <param name="Severity">How much it weighs.</param>
/// <param name="Clause">Where the rule stands.</param>
/// <param name="Offset">Octets from the start of the message, or -1 where the finding is about something absent.</param>
/// <param name="Expected">What the rule asks, in a few words.</param>
/// <param name="Actual">What was there, printable.</param>
public readonly record struct Finding(Severity Severity, Clause Clause, int Offset, string Expected, string Actual)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"{Clause}: expected {Expected}, received {Actual}" + (Offset >= 0 ? $" at octet {Offset}" : "");
}
