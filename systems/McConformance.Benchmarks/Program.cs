using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using McConformance.Benchmarks;

// dotnet run -c Release --project systems/McConformance.Benchmarks -- --filter '*Codec*'      (or --list flat)
var asks = Array.Exists(args, a => a is "--list" or "--help" or "--info" or "--version");
var summaries = BenchmarkSwitcher.FromAssembly(typeof(BenchmarkConfig).Assembly)
    .Run(args, new BenchmarkConfig(asks ? ConsoleLogger.Default : new ProblemLogger()));
foreach (var summary in summaries) MarkdownExporter.Console.ExportToLog(summary, ConsoleLogger.Default);
