using System.Buffers;
using McConformance.Wire.Diameter.Codec;

namespace McConformance.Wire.Diameter.Tests;

/// <summary>Messages of known octets, and small ways to make others.</summary>
internal static class Samples
{
    /// <summary>MAR of wire bindings 5.8: hop-by-hop 1, end-to-end 2.</summary>
    public static byte[] Mar => Convert.FromHexString(
        "01000128c000012f010000000000000100000002000001074000001b73637363662e622e6578616d706c653b313b3100" +
        "00000104400000200000010a4000000c000028af000001024000000c01000000000001154000000c0000000100000108" +
        "4000001773637363662e622e6578616d706c65000000012840000011622e6578616d706c650000000000011b40000011" +
        "622e6578616d706c650000000000000140000014763140622e6578616d706c6500000259c000001c000028af7369703a" +
        "763140622e6578616d706c6500000264c0000028000028af00000260c000001c000028af4469676573742d414b417631" +
        "2d4d44350000025fc0000010000028af000000010000025ac0000024000028af7369703a73637363662e622e6578616d" +
        "706c653a36303630");

    public static DiameterMessage Message(byte[] octets)
    {
        var message = new DiameterMessage();
        message.TryIndex(octets, out var consumed).Should().Be(OperationStatus.Done);
        consumed.Should().Be(octets.Length);
        return message;
    }

    /// <summary>A message of a header and AVPs given in hexadecimal digits.</summary>
    public static byte[] Of(string flags, uint command, uint application, string avps)
    {
        var body = Convert.FromHexString(avps.Replace(" ", "", StringComparison.Ordinal));
        var length = 20 + body.Length;
        byte[] head =
        [
            1, (byte)(length >> 16), (byte)(length >> 8), (byte)length, Convert.FromHexString(flags)[0],
                (byte)(command >> 16), (byte)(command >> 8), (byte)command,
            (byte)(application >> 24), (byte)(application >> 16), (byte)(application >> 8), (byte)application, 0, 0, 0,
                7, 0, 0, 0, 9,
        ];
        return [.. head, .. body];
    }
}
