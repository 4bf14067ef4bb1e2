using System.Buffers;
using System.Buffers.Binary;
using McConformance.Wire.Diameter.Codec;

namespace McConformance.Fakes.Deviations;

/// <summary>Changes of Diameter messages that keep them sound Diameter: lengths fit, only what is named is wrong.</summary>
internal static class DiameterAlterations
{
    public static ReadOnlyMemory<byte> SetAvp(ReadOnlyMemory<byte> octets, uint code, byte[] value) => Rewrite(octets, code, value);

    public static ReadOnlyMemory<byte> OmitAvp(ReadOnlyMemory<byte> octets, uint code) => Rewrite(octets, code, null);

    public static ReadOnlyMemory<byte> ChangeEndToEnd(ReadOnlyMemory<byte> octets)
    {
        var changed = octets.ToArray();
        BinaryPrimitives.WriteUInt32BigEndian(changed.AsSpan(16), BinaryPrimitives.ReadUInt32BigEndian(changed.AsSpan(16)) ^ 0x5a5a5a5a);
        return changed;
    }

    private static ReadOnlyMemory<byte> Rewrite(ReadOnlyMemory<byte> octets, uint code, byte[]? value)
    {
        var message = new DiameterMessage();
        if (message.TryIndex(octets, out _) != OperationStatus.Done) return octets;
        var draft = DiameterDraft.Rent().Start(message.Flags, message.Command, message.Application, message.HopByHop, message.EndToEnd);
        foreach (var avp in message.Avps)
        {
            if (avp.Code != code) draft.Copy(avp);
            else if (value is not null) draft.Avp(avp.Code, avp.Vendor, avp.Flags, value);
        }

        var changed = draft.Finish().Octets.ToArray();
        DiameterDraft.Return(draft);
        return changed;
    }
}
