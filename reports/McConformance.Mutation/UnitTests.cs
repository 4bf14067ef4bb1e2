using System.Reflection;
using NUnit.Framework.Api;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace McConformance.Mutation;

/// <summary>Unit tests of one assembly, carried out many times in this process.</summary>
internal sealed class UnitTests
{
    /// <summary>How long all together may take: long at first, when nothing is compiled yet.</summary>
    private TimeSpan longest = TimeSpan.FromMinutes(2);

    private readonly NUnitTestAssemblyRunner runner = new(new DefaultTestAssemblyBuilder());
    private readonly TestFilter filter;

    /// <summary>Loads the tests.</summary>
    /// <param name="assembly">Of the tests.</param>
    /// <param name="pattern">A regular expression for full names of classes.</param>
    /// <param name="spared">One for names of tests that are not carried out, because each takes seconds; empty for
    /// none.</param>
    public UnitTests(Assembly assembly, string pattern, string spared)
    {
        runner.Load(assembly, new Dictionary<string, object>
        {
            ["NumberOfTestWorkers"] = 0,
            ["StopOnError"] = true,
            ["SynchronousEvents"] = true,
        });
        var without = spared.Length == 0 ? "" : $"<not><name re='1'>{Escape(spared)}</name></not>";
        filter = TestFilter.FromXml($"<filter><and><class re='1'>{Escape(pattern)}</class>{without}</and></filter>");
    }

    /// <summary>How many are chosen.</summary>
    public int Count => runner.CountTestCases(filter);

    /// <summary>From now on what takes twenty times as long as this does not end.</summary>
    /// <param name="usual">How long they took without a fault.</param>
    public void Expect(TimeSpan usual) => longest = TimeSpan.FromSeconds(Math.Max(6, 20 * usual.TotalSeconds));

    /// <summary>Carries them out up to the first that fails.</summary>
    /// <returns>Null where none fails; otherwise which, or that they do not end.</returns>
    public async Task<string?> FailingAsync()
    {
        var listener = new FirstFailure();
        var run = Task.Run(() => runner.Run(listener, filter));
        try
        {
            await run.WaitAsync(longest);
        }
        catch (TimeoutException)
        {
            return "(does not end)";
        }

        return listener.Name;
    }

    private static string? Escape(string text) => System.Security.SecurityElement.Escape(text);

    private sealed class FirstFailure : ITestListener
    {
        public string? Name { get; private set; }

        public void TestFinished(ITestResult result)
        {
            if (result.ResultState.Status == TestStatus.Failed && !result.HasChildren)
                Name ??= $"{result.FullName}: {result.Message}".ReplaceLineEndings(" ");
        }

        public void TestStarted(ITest test)
        {
        }

        public void TestOutput(TestOutput output)
        {
        }

        public void SendMessage(TestMessage message)
        {
        }
    }
}
