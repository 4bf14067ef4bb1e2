using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace McConformance.Tidy.Tests.Rules;

/// <summary>Decodes a signature into the namespaces of all types in it.</summary>
internal sealed class Names : ISignatureTypeProvider<ImmutableArray<string>, object?>
{
    public static string NamespaceOf(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        while (!type.GetDeclaringType().IsNil) type = metadata.GetTypeDefinition(type.GetDeclaringType());
        return metadata.GetString(type.Namespace);
    }

    public static string NamespaceOf(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        while (type.ResolutionScope.Kind == HandleKind.TypeReference)
            type = metadata.GetTypeReference((TypeReferenceHandle)type.ResolutionScope);
        return metadata.GetString(type.Namespace);
    }

    public ImmutableArray<string> GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
        [NamespaceOf(reader, handle)];

    public ImmutableArray<string> GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
        [NamespaceOf(reader, handle)];

    public ImmutableArray<string> GetTypeFromSpecification(
        MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public ImmutableArray<string> GetGenericInstantiation(ImmutableArray<string> type, ImmutableArray<ImmutableArray<string>> arguments) =>
        [.. type, .. arguments.SelectMany(a => a)];

    public ImmutableArray<string> GetFunctionPointerType(MethodSignature<ImmutableArray<string>> signature) =>
        [.. signature.ReturnType, .. signature.ParameterTypes.SelectMany(p => p)];

    public ImmutableArray<string> GetModifiedType(ImmutableArray<string> modifier, ImmutableArray<string> type, bool isRequired) =>
        [.. modifier, .. type];

    public ImmutableArray<string> GetArrayType(ImmutableArray<string> type, ArrayShape shape) => type;

    public ImmutableArray<string> GetByReferenceType(ImmutableArray<string> type) => type;

    public ImmutableArray<string> GetPinnedType(ImmutableArray<string> type) => type;

    public ImmutableArray<string> GetPointerType(ImmutableArray<string> type) => type;

    public ImmutableArray<string> GetSZArrayType(ImmutableArray<string> type) => type;

    public ImmutableArray<string> GetPrimitiveType(PrimitiveTypeCode typeCode) => [];

    public ImmutableArray<string> GetGenericMethodParameter(object? genericContext, int index) => [];

    public ImmutableArray<string> GetGenericTypeParameter(object? genericContext, int index) => [];
}
