namespace McConformance.Reports.Decoding;

/// <summary>One line of the tree of a Diameter message.</summary>
/// <param name="Name">From the dictionary, or the code where it is unknown.</param>
/// <param name="Code">AVP code; -1 for the header.</param>
/// <param name="Vendor">Vendor id, 0 where the V flag is not set.</param>
/// <param name="Flags">As letters, for example <c>VM</c>.</param>
/// <param name="Value">Printable; empty for a group.</param>
/// <param name="Offset">Octets from the start of the message.</param>
/// <param name="Length">Octets, header included, padding not.</param>
/// <param name="Children">Members of a group.</param>
internal sealed record AvpNode(
    string Name, long Code, long Vendor, string Flags, string Value, int Offset, int Length, IReadOnlyList<AvpNode> Children);
