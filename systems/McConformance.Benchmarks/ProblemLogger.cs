using BenchmarkDotNet.Loggers;

namespace McConformance.Benchmarks;

/// <summary>Shows what went wrong and leaves out the hundreds of lines of each iteration.</summary>
internal sealed class ProblemLogger : ILogger
{
    public string Id => nameof(ProblemLogger);

    public int Priority => 0;

    public void Write(LogKind logKind, string text)
    {
        if (logKind == LogKind.Error) Console.Write(text);
    }

    public void WriteLine()
    {
    }

    public void WriteLine(LogKind logKind, string text)
    {
        if (logKind == LogKind.Error) Console.WriteLine(text);
    }

    public void Flush() => Console.Out.Flush();
}
