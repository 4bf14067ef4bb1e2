using McConformance.Wire;

namespace McConformance.Checks.Flow;

/// <summary>A link of which neither end is the harness's and on which no relay stands: what passes there cannot be judged, neither its presence nor its
/// absence (ISO/IEC 9646-1: inconclusive).</summary>
/// <param name="From">Who sends.</param>
/// <param name="To">Who receives.</param>
/// <param name="Protocol">What is spoken.</param>
public sealed record UnseenLink(Party From, Party To, WireProtocol Protocol)
{
    /// <summary>Where it lies.</summary>
    public string ReferencePoint => Wire.ReferencePoint.Between(From, To);

    /// <summary>Makes the exception of whoever drives the checks, so that a test framework counts it as its own sort of inconclusive.</summary>
    public Func<string, Exception> Refuses { get; init; } = static why => new UnobservableException(why);

    /// <summary>Why nothing can be judged.</summary>
    public string Reason =>
        $"{ReferencePoint} {From.Name} -> {To.Name} lies between two nodes that are not the harness's, and no relay stands there";

    internal Exception Refusal() => Refuses($"could not be observed: {Reason}");
}

/// <summary>A check would have to look where nobody can see.</summary>
public sealed class UnobservableException(string reason) : Exception(reason);
