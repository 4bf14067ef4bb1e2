using System.Buffers.Binary;
using System.Numerics;
using System.Text.Json;

namespace McConformance.Stores;

/// <summary>
/// One record of a journal. The checksum is CRC-32C over what follows it.
/// <code>
///   0        4         8        12               12 + length
///   | length | ~length | CRC    | JSON, UTF-8    |
///   ["table","key","value"]   a written entry
///   ["table","key"]           one that was taken away
/// </code>
/// Numbers are little endian. Length counts the octets of the JSON. It stands twice, so that a damaged one is not
/// taken for the
/// last record's that was cut off.
/// </summary>
internal static class Record
{
    /// <summary>Octets before the JSON.</summary>
    public const int HeadLength = 12;

    /// <summary>A record.</summary>
    public static byte[] Write(string table, string key, string? value)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(value is null ? [table, key] : (string[])[table, key, value]);
        var record = new byte[HeadLength + text.Length];
        BinaryPrimitives.WriteInt32LittleEndian(record, text.Length);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(4), ~text.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), Checksum(text));
        text.CopyTo(record, HeadLength);
        return record;
    }

    /// <summary>Reads the record at the beginning.</summary>
    /// <param name="octets">What is left of the journal.</param>
    /// <param name="fields">Table, key, and value where there is one.</param>
    /// <returns>How many octets it has; 0 where it is cut off; -1 where it is whole and damaged.</returns>
    public static int TryRead(ReadOnlySpan<byte> octets, out string[] fields)
    {
        fields = [];
        if (octets.Length < HeadLength) return 0;
        var length = BinaryPrimitives.ReadInt32LittleEndian(octets);
        // a file system may have made the file longer before the octets came
        if (!octets.ContainsAnyExcept((byte)0)) return 0;
        if (length < 1 || ~length != BinaryPrimitives.ReadInt32LittleEndian(octets[4..])) return -1;
        if (octets.Length - HeadLength < length) return 0;
        var text = octets.Slice(HeadLength, length);
        if (Checksum(text) != BinaryPrimitives.ReadUInt32LittleEndian(octets[8..])) return octets.Length == HeadLength + length ? 0 : -1;
        fields = JsonSerializer.Deserialize<string[]>(text) ?? [];
        return fields.Length is 2 or 3 ? HeadLength + length : -1;
    }

    private static uint Checksum(ReadOnlySpan<byte> octets)
    {
        var crc = uint.MaxValue;
        for (; octets.Length >= 8; octets = octets[8..]) crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(octets));
        foreach (var octet in octets) crc = BitOperations.Crc32C(crc, octet);
        return ~crc;
    }
}
