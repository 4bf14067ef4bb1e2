using McConformance.Steps.Deviations;

namespace McConformance.Steps.Sweeps;

/// <summary>A procedure that is swept: how it comes about, and what sets it off.</summary>
/// <param name="Name">As the table of flows has it.</param>
/// <param name="Given">Steps before it.</param>
/// <param name="Stimulus">The step that sets it off.</param>
/// <param name="Invariants">What must hold in the end; says what does not.</param>
internal sealed record Procedure(
    string Name, IReadOnlyList<StepText> Given, StepText Stimulus, Func<Invariants, Task> Invariants)
{
    private static readonly StepText[] Systems =
    [
        new("Given", "the primary and the partner MC system with their application planes"),
        new("Given", "alice, who may migrate to the partner MC system"),
    ];

    private static readonly StepText[] Group =
    [
        new("Given", "the group joint-ops of the primary MC system with members of both"),
        new("Given", "the partner's profile of alice lists the group joint-ops"),
    ];

    private static readonly StepText Ready = new("Given", "alice has done all that comes before service authorization");
    private static readonly StepText Migrates = new("When", "alice requests migration service authorization");

    /// <summary>All of them: SPR TS 23.280 10.1.6.2, MSA 10.6.3.3, GCI 10.2.x.2 and 10.2.x.3, SOL2 TR 23.781 6.2.1.</summary>
    public static IReadOnlyList<Procedure> All { get; } =
    [
        new("SPR",
        [
            new("Given", "the primary and the partner MC system"),
            new("Given", "alice's UE, which may migrate to the partner MC system"),
        ], new("When", "alice's UE registers with the SIP core of the partner MC system"), i => i.OfRegistrationAsync()),
        new("MSA", [.. Systems, Ready], Migrates, i => i.OfMigrationAsync()),
        new("MSA refused", [.. Systems, new("Given", "as configured, alice may not use the service in the partner MC system"), Ready],
            Migrates, i => i.OfRefusedMigrationAsync()),
        new("GCI push", [.. Systems, .. Group, Ready],
            new("When", "the primary's administrator provides the group to the partner"), i => i.OfPushAsync()),
        new("GCI pull", [.. Systems, .. Group, Ready], Migrates, i => i.OfPullAsync()),
        new("SOL2", [.. Systems, new("Given", "alice signs in at home")],
            new("When", "alice asks for connection details of the partner MC system"), i => i.OfConnectionDetailsAsync()),
    ];
}
