namespace McConformance.TestConfiguration;

/// <summary>One mistake in a test configuration file. Never thrown: all of a file are collected.</summary>
/// <param name="File">The file as it was named.</param>
/// <param name="Line">From 1.</param>
/// <param name="Path">Where in the JSON tree: <c>$.systems[0].domain</c>.</param>
/// <param name="Expected">What belongs there.</param>
/// <param name="Found">What is there.</param>
/// <param name="Remedy">What to do.</param>
public sealed record ConfigurationError(
    string File, int Line, string Path, string Expected, string Found, string Remedy)
{
    /// <inheritdoc/>
    public override string ToString() => $"{File}({Line}): {Path}: expected {Expected}, found {Found}; {Remedy}";
}
