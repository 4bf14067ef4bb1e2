using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace McConformance.Wire.Sip.Transactions;

/// <summary>Transactions by the octets that identify them (RFC 3261 17.1.3, 17.2.3). Used under the gate.</summary>
/// <typeparam name="T">Client or server transaction.</typeparam>
internal sealed class TransactionTable<T>
    where T : SipTransaction
{
    // keyed, so that a peer cannot choose branches that fall on one another
    private static readonly ulong Key = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));
    private readonly Dictionary<ulong, SipTransaction> first = [];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Every transaction in the table, copied.</summary>
    public List<T> All()
    {
        var all = new List<T>(Count);
        foreach (var head in first.Values)
            for (var one = head; one is not null; one = one.NextOfSameHash) all.Add((T)one);
        return all;
    }

    /// <summary>The transaction so identified, or null.</summary>
    public T? Find(ReadOnlySpan<byte> id)
    {
        for (var one = first.GetValueOrDefault(Hash(id)); one is not null; one = one.NextOfSameHash)
            if (one.Id.SequenceEqual(id)) return (T)one;
        return null;
    }

    /// <summary>Enters a transaction under the octets given, which are copied.</summary>
    public void Add(T transaction, ReadOnlySpan<byte> id)
    {
        transaction.TakeId(id, Hash(id));
        ref var head = ref CollectionsMarshal.GetValueRefOrAddDefault(first, transaction.Hash, out _);
        transaction.NextOfSameHash = head;
        head = transaction;
        Count++;
    }

    /// <summary>Takes a transaction out.</summary>
    public void Remove(T transaction)
    {
        ref var head = ref CollectionsMarshal.GetValueRefOrNullRef(first, transaction.Hash);
        if (head == transaction)
        {
            if (transaction.NextOfSameHash is { } next) head = next;
            else first.Remove(transaction.Hash);
        }
        else
        {
            var one = head;
            while (one.NextOfSameHash != transaction) one = one.NextOfSameHash!;
            one.NextOfSameHash = transaction.NextOfSameHash;
        }

        transaction.NextOfSameHash = null;
        Count--;
    }

    private static ulong Hash(ReadOnlySpan<byte> id)
    {
        var hash = Key ^ (ulong)id.Length;
        var words = MemoryMarshal.Cast<byte, ulong>(id);
        foreach (var word in words) hash = Mix(hash ^ word);
        ulong tail = 0;
        foreach (var octet in id[(words.Length * 8)..]) tail = tail << 8 | octet;
        return Mix(hash ^ tail);
    }

    private static ulong Mix(ulong x)
    {
        var high = Math.BigMul(x ^ Key, 0x9E37_79B9_7F4A_7C15, out var low);
        return BitOperations.RotateLeft(high ^ low, 29);
    }
}
