using System.Reflection;
using NUnit.Framework.Api;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace McConformance.Mutation;

/// <summary>Unit tests of one assembly, carried out many times in this process.</summary>
internal sealed class UnitTests
{
    /// <summary>All tests of a validator together take a tenth of this.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(6);

    private readonly NUnitTestAssemblyRunner runner = new(new DefaultTestAssemblyBuilder());
    private readonly TestFilter filter;

    /// <summary>Loads the tests.</summary>
    /// <param name="assembly">Of the tests.</param>
    /// <param name="pattern">A regular expression for full names of classes.</param>
    public UnitTests(Assembly assembly, string pattern)
    {
        runner.Load(assembly, new Dictionary<string, object>
        {
            ["NumberOfTestWorkers"] = 0,
            ["StopOnError"] = true,
            ["SynchronousEvents"] = true,
        });
        filter = TestFilter.FromXml(
            $"<filter><class re='1'>{System.Security.SecurityElement.Escape(pattern)}</class></filter>");
    }

    /// <summary>How many are chosen.</summary>
    public int Count => runner.CountTestCases(filter);

    /// <summary>Carries them out up to the first that fails.</summary>
    /// <returns>Null where none fails; otherwise which, or that they do not end.</returns>
    public async Task<string?> FailingAsync()
    {
        var listener = new FirstFailure();
        var run = Task.Run(() => runner.Run(listener, filter));
        try
        {
            await run.WaitAsync(Longest);
        }
        catch (TimeoutException)
        {
            return "(does not end)";
        }

        return listener.Name;
    }

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
