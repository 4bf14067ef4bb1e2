using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace McConformance.RunTests;

/// <summary>
/// Names of the generated test methods, read from the built suite. Both Gherkin runners write the feature's title as
/// description of the class and the scenario's title as description of the method, so nothing here depends on how
/// they make names of titles.
/// </summary>
internal sealed class SuiteNames
{
    private readonly Dictionary<(string Feature, string Title), (string Class, string Method)> names = [];

    /// <summary>Reads an assembly; nothing in it is run.</summary>
    public static SuiteNames Read(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var (made, metadata) = (new SuiteNames(), file.GetMetadataReader());
        foreach (var handle in metadata.TypeDefinitions)
        {
            var type = metadata.GetTypeDefinition(handle);
            if (DescriptionOf(metadata, type.GetCustomAttributes()) is not { } feature) continue;
            var name = $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
            foreach (var method in type.GetMethods().Select(metadata.GetMethodDefinition))
            {
                if (DescriptionOf(metadata, method.GetCustomAttributes()) is { } title)
                    made.names.TryAdd((feature, title), (name, metadata.GetString(method.Name)));
            }
        }

        return made;
    }

    /// <summary>Class and method of a scenario; null where the suite has none.</summary>
    public (string Class, string Method)? Of(Scenario scenario) =>
        names.TryGetValue((scenario.Feature, scenario.Outline), out var name) ? name : null;

    private static string? DescriptionOf(MetadataReader metadata, CustomAttributeHandleCollection attributes)
    {
        foreach (var attribute in attributes.Select(metadata.GetCustomAttribute))
        {
            if (attribute.Constructor.Kind != HandleKind.MemberReference) continue;
            var parent = metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
            if (parent.Kind != HandleKind.TypeReference) continue;
            var type = metadata.GetTypeReference((TypeReferenceHandle)parent);
            if (metadata.GetString(type.Name) != "DescriptionAttribute") continue;
            if (metadata.GetString(type.Namespace) != "NUnit.Framework") continue;
            var value = metadata.GetBlobReader(attribute.Value);
            value.ReadUInt16(); // the prolog, ECMA-335 II.23.3
            return value.ReadSerializedString();
        }

        return null;
    }
}
