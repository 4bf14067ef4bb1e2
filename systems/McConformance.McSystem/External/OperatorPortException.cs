namespace McConformance.McSystem.External;

/// <summary>An operator port does not answer, or not as features/operator-port.md has it. Says what it did, in one sentence.</summary>
public sealed class OperatorPortException(string message, Exception? inner = null) : Exception(message, inner);
