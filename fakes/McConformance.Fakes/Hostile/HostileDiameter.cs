using System.Buffers.Binary;
using System.Text;
using McConformance.Wire.Diameter.Codec;

namespace McConformance.Fakes.Hostile;

/// <summary>First octets of a Diameter connection that no proper peer sends, in the words of
/// Corpus/diameter.tsv.</summary>
public static class HostileDiameter
{
    /// <summary>The octets.</summary>
    /// <param name="recipe">As <c>a message whose length is too short</c>.</param>
    /// <param name="receiver">Diameter identity of the receiver.</param>
    /// <exception cref="ArgumentException">Nothing is called so.</exception>
    public static byte[] Write(string recipe, string receiver) => recipe switch
    {
        "nothing" => [],
        "no Diameter at all" => Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: x\r\n\r\n"),
        "octets of ones" => [.. Enumerable.Repeat((byte)0xFF, 64)],
        "a message whose length is too short" => WithLength(Exchange("x.y"), 16),
        "a message whose length is too long" => WithLength(Exchange("x.y"), 0xfffffc),
        "a message whose length is zero" => WithLength(Exchange("x.y"), 0),
        "a message whose length is no multiple of four" => NoMultiple(),
        "a message of another version" => [9, .. Exchange("x.y")[1..]],
        "a capabilities exchange with a lying AVP" => Exchange(
            "x.y", new RawAvp(269, 0, 0, "product"u8.ToArray(), 255)),
        "a capabilities exchange with an AVP below its header" => Exchange(
            "x.y", new RawAvp(269, 0, 0, "product"u8.ToArray(), 5)),
        "a capabilities exchange with a vendor cut off" => Exchange("x.y", new RawAvp(269, 0, 0x80, [], 8)),
        "a capabilities exchange with a group longer than its message" =>
            Exchange("x.y", new RawAvp(260, 0, 0x40, [0, 0, 1, 2, 0x40, 0, 0xFF, 0xFC, 0, 0, 0, 1])),
        "a capabilities exchange with groups 1000 deep" => Exchange("x.y", RawAvp.Nested(1000)),
        "a capabilities exchange with an unknown AVP that must be understood" => Exchange(
            "x.y", new RawAvp(9999, 0, 0x40, [1, 2, 3])),
        "a capabilities exchange in the name of the receiver" => Exchange(receiver),
        "a request before the capabilities exchange" =>
            DiameterDraft.Rent().Start(0xC0, 303, 16777216, 1, 1).Avp(263, 0, 0x40, "s;1;1"u8).Finish().Span.ToArray(),
        "an answer to nothing" => DiameterDraft.Rent().Start(0x40, 303, 16777216, 7, 7).Avp(
            268, 0, 0x40, [0, 0, 7, 0xD1]).Finish().Span.ToArray(),
        _ => throw new ArgumentException($"nothing is called \"{recipe}\""),
    };

    private static byte[] Exchange(string host, params RawAvp[] more)
    {
        var octets = new List<byte>(DiameterDraft.Rent().Start(0x80, 257, 0, 1, 1)
            .Avp(264, 0, 0x40, Encoding.ASCII.GetBytes(host)).Avp(296, 0, 0x40, "y"u8).Finish().Span.ToArray());
        foreach (var avp in more) avp.WriteTo(octets);
        return WithLength([.. octets], octets.Count);
    }

    private static byte[] WithLength(byte[] message, int length)
    {
        BinaryPrimitives.WriteUInt32BigEndian(message, 0x01000000u | (uint)length);
        return message;
    }

    private static byte[] NoMultiple()
    {
        var message = Exchange("x.y");
        return WithLength([.. message, 0], message.Length + 1);
    }
}
