using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;

namespace McConformance.Reports.Decoding;

/// <summary>The tree of a Diameter message as the page lists it: the header as one line, under the abbreviation that
/// people know, then an AVP each.</summary>
internal static class DiameterTree
{
    /// <summary>Reads any octets; never throws. What does not fit is one line that says so.</summary>
    public static IReadOnlyList<DissectedAvp> Read(ReadOnlyMemory<byte> message)
    {
        var read = DiameterDissector.Dissect(message.Span);
        if (!DiameterView.IsWhole(message.Span)) return [read];
        var view = new DiameterView(message.Span);
        var header = read with { Name = view.Abbreviation, Length = DiameterMessage.HeaderLength, Children = [] };
        return [header, .. read.Children.Select(Named)];
    }

    /// <summary>An AVP that no dictionary has is shown by its code.</summary>
    private static DissectedAvp Named(DissectedAvp avp)
    {
        var isUnknown = avp.Code != 0 && DiameterDictionary.Find(avp.Code, avp.Vendor) is null;
        var vendor = avp.Vendor == 0 ? "" : $" of vendor {avp.Vendor}";
        return avp with
        {
            Name = isUnknown ? $"AVP {avp.Code}{vendor}" : avp.Name,
            Children = [.. avp.Children.Select(Named)],
        };
    }
}
