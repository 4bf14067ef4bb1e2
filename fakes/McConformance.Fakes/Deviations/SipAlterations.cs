using System.Buffers;
using System.Text;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Fakes.Deviations;

/// <summary>Changes of SIP messages by whole header lines.</summary>
internal static class SipAlterations
{
    public static ReadOnlyMemory<byte> OmitHeader(ReadOnlyMemory<byte> octets, string name) => Rewrite(octets, name, null, false);

    public static ReadOnlyMemory<byte> SetHeader(ReadOnlyMemory<byte> octets, string name, string value) => Rewrite(octets, name, value, false);

    public static ReadOnlyMemory<byte> AddHeader(ReadOnlyMemory<byte> octets, string name, string value) => Rewrite(octets, name, value, true);

    private static ReadOnlyMemory<byte> Rewrite(ReadOnlyMemory<byte> octets, string name, string? value, bool adds)
    {
        var message = new SipMessage();
        if (message.TryIndex(octets, stream: false, out _) != OperationStatus.Done) return octets;
        var wanted = Encoding.ASCII.GetBytes(name);
        var draft = SipDraft.Rent().StartLineOf(message);
        for (var i = 0; i < message.HeaderCount; i++)
        {
            if (adds || !System.Text.Ascii.EqualsIgnoreCase(message.NameAt(i), wanted)) draft.CopyLine(message, i);
            else if (value is not null) draft.Line(wanted).Put(value);
        }

        if (adds) draft.Line(wanted).Put(value!);
        var changed = draft.Raw("\r\n\r\n"u8).Raw(message.Body).Octets.ToArray();
        SipDraft.Return(draft);
        return changed;
    }
}
