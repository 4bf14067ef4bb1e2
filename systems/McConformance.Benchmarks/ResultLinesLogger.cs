using BenchmarkDotNet.Loggers;

namespace McConformance.Benchmarks;

/// <summary>Shows the table and what went wrong; leaves out the hundreds of lines of each iteration.</summary>
internal sealed class ResultLinesLogger : ILogger
{
    public string Id => nameof(ResultLinesLogger);

    public int Priority => 0;

    public void Write(LogKind logKind, string text)
    {
        if (logKind is LogKind.Statistic or LogKind.Error or LogKind.Hint) Console.Write(text);
    }

    public void WriteLine()
    {
    }

    public void WriteLine(LogKind logKind, string text)
    {
        if (logKind is LogKind.Statistic or LogKind.Error or LogKind.Hint) Console.WriteLine(text);
    }

    public void Flush() => Console.Out.Flush();
}
