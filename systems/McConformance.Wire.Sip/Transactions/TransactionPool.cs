namespace McConformance.Wire.Sip.Transactions;

/// <summary>Ended transactions, to be used again. First in, first out, and only from a stock: a user who touches one
/// too late then finds it ended, and not another's. Used under the gate.</summary>
internal sealed class TransactionPool<T>(Func<T> make)
    where T : SipTransaction
{
    private const int Stock = 64;
    private const int Most = 16 * 1024;
    private readonly Queue<T> ended = new();

    /// <summary>A transaction for use.</summary>
    public T Rent() => ended.Count > Stock ? ended.Dequeue() : make();

    /// <summary>Takes an ended one back.</summary>
    public void Return(T transaction)
    {
        if (ended.Count < Most) ended.Enqueue(transaction);
    }
}
