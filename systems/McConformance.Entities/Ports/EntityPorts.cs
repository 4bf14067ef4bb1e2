using McConformance.Wire;
using McConformance.Wire.Time;

namespace McConformance.Entities.Ports;

/// <summary>What every entity is handed: who it is, the links it speaks over, and time. Everything of one entity runs under its
/// <see cref="Gate"/>, one event at a time, so its state needs no other lock.</summary>
/// <param name="Self">The entity as the others see it.</param>
/// <param name="Links">Address book of the scenario.</param>
/// <param name="Wheel">Timers.</param>
public sealed record EntityPorts(Party Self, LinkBook Links, TimerWheel Wheel)
{
    /// <summary>Held during every callback.</summary>
    public Lock Gate { get; } = new();
}
