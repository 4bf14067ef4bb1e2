using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using McConformance.Benchmarks;

// dotnet run -c Release --project systems/McConformance.Benchmarks -- --filter '*Codec*'      (or --list flat)
// dotnet run -c Release --project systems/McConformance.Benchmarks -- registrations 5        (both systems over loopback sockets, for 5 s)
if (args is ["registrations", ..]) return await Registrations.RunAsync(args.Length > 1 && int.TryParse(args[1], out var seconds) ? seconds : 5);
// dotnet run -c Release --project systems/McConformance.Benchmarks -- migrations 5           (the same with the application planes, under TLS)
if (args is ["migrations", ..]) return await Migrations.RunAsync(args.Length > 1 && int.TryParse(args[1], out var wanted) ? wanted : 5);

var asks = Array.Exists(args, a => a is "--list" or "--help" or "--info" or "--version");
var summaries = BenchmarkSwitcher.FromAssembly(typeof(BenchmarkConfig).Assembly)
    .Run(args, new BenchmarkConfig(asks ? ConsoleLogger.Default : new ProblemLogger()));
foreach (var summary in summaries) MarkdownExporter.Console.ExportToLog(summary, ConsoleLogger.Default);
return 0;
