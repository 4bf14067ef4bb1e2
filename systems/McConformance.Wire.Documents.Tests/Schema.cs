using McConformance.Wire.Documents.Reading;

namespace McConformance.Wire.Documents.Tests;

/// <summary>What the shipped schemas say of octets.</summary>
internal static class Schema
{
    public static IReadOnlyList<SchemaFinding> Of(byte[] octets)
    {
        SafeXml.TryRead(octets, out var document, out var refusal).Should().BeTrue($"it is XML, and not {refusal}");
        return SchemaSet.Validate(document!);
    }
}
