using McConformance.Wire.Sip.Transactions;

namespace McConformance.Wire.Sip.Tests.Transactions;

/// <summary>Compares a machine with aligned rows: state, event, next state, actions. What no row names must change
/// nothing.</summary>
internal static class MachineTable
{
    public static void Verify(string rows, Func<TransactionState, TransactionEvent, Transition> next)
    {
        var expected = new Dictionary<(TransactionState, TransactionEvent), Transition>();
        foreach (var line in rows.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var actions = words.Skip(3)
                .Aggregate(TransactionAction.None, (all, one) => all | Enum.Parse<TransactionAction>(one));
            expected.Add(
                (Enum.Parse<TransactionState>(words[0]), Enum.Parse<TransactionEvent>(words[1])),
                new Transition(Enum.Parse<TransactionState>(words[2]), actions));
        }

        foreach (var state in Enum.GetValues<TransactionState>())
            foreach (var on in Enum.GetValues<TransactionEvent>())
            {
                next(state, on).Should().Be(
                    expected.GetValueOrDefault((state, on), new Transition(state)),
                    "that is what {0} does on {1}", state, on);
            }
    }
}
