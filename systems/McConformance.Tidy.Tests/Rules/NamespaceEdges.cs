using System.Collections.Immutable;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace McConformance.Tidy.Tests.Rules;

/// <summary>
/// Which namespace uses which, read from an assembly's metadata and IL: signatures, bases, interfaces, attributes,
/// method bodies. So a use counts whether or not there is a using directive, in a lambda or as a type argument too.
/// </summary>
internal sealed class NamespaceEdges
{
    private static readonly Dictionary<ushort, OperandType> Operands = typeof(OpCodes).GetFields()
        .Select(f => f.GetValue(null)).OfType<OpCode>().ToDictionary(o => unchecked((ushort)o.Value), o => o.OperandType);

    private readonly MetadataReader metadata;
    private readonly PEReader file;
    private readonly Names names = new();
    private readonly HashSet<(string From, string To)> edges = [];
    private string from = "";

    private NamespaceEdges(PEReader file) => (this.file, metadata) = (file, file.GetMetadataReader());

    /// <summary>Every edge between different namespaces, of every type in the assembly.</summary>
    public static IReadOnlySet<(string From, string To)> Of(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var edges = new NamespaceEdges(file);
        foreach (var handle in edges.metadata.TypeDefinitions) edges.ReadType(handle);
        return edges.edges;
    }

    private void ReadType(TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        from = Names.NamespaceOf(metadata, handle);
        Add(type.BaseType);
        foreach (var one in type.GetInterfaceImplementations()) Add(metadata.GetInterfaceImplementation(one).Interface);
        foreach (var field in type.GetFields().Select(metadata.GetFieldDefinition)) Add(field.DecodeSignature(names, null));
        AddAttributes(type.GetCustomAttributes());
        AddConstraints(type.GetGenericParameters());
        foreach (var method in type.GetMethods().Select(metadata.GetMethodDefinition))
        {
            Add(method.DecodeSignature(names, null));
            AddAttributes(method.GetCustomAttributes());
            AddConstraints(method.GetGenericParameters());
            if (method.RelativeVirtualAddress != 0) ReadBody(file.GetMethodBody(method.RelativeVirtualAddress));
        }
    }

    private void ReadBody(MethodBodyBlock body)
    {
        if (!body.LocalSignature.IsNil)
        {
            foreach (var local in metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(names, null)) Add(local);
        }

        var il = body.GetILReader();
        while (il.RemainingBytes > 0)
        {
            ushort code = il.ReadByte();
            if (code == 0xFE) code = (ushort)(0xFE00 | il.ReadByte());
            ReadOperand(ref il, Operands[code]);
        }
    }

    private void ReadOperand(ref BlobReader il, OperandType operand)
    {
        switch (operand)
        {
            case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                Add(MetadataTokens.EntityHandle(il.ReadInt32()));
                break;
            case OperandType.InlineSwitch:
                var targets = il.ReadInt32();
                il.Offset += 4 * targets;
                break;
            default:
                il.Offset += operand switch
                {
                    OperandType.InlineNone => 0,
                    OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                    OperandType.InlineVar => 2,
                    OperandType.InlineI8 or OperandType.InlineR => 8,
                    _ => 4,
                };
                break;
        }
    }

    private void AddAttributes(CustomAttributeHandleCollection attributes)
    {
        foreach (var attribute in attributes) Add(metadata.GetCustomAttribute(attribute).Constructor);
    }

    private void AddConstraints(GenericParameterHandleCollection parameters)
    {
        foreach (var constraint in parameters.SelectMany(p => metadata.GetGenericParameter(p).GetConstraints()))
            Add(metadata.GetGenericParameterConstraint(constraint).Type);
    }

    private void Add(EntityHandle handle)
    {
        if (handle.IsNil) return;
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                Add([Names.NamespaceOf(metadata, (TypeDefinitionHandle)handle)]);
                break;
            case HandleKind.TypeReference:
                Add([Names.NamespaceOf(metadata, (TypeReferenceHandle)handle)]);
                break;
            case HandleKind.TypeSpecification:
                Add(metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(names, null));
                break;
            case HandleKind.MethodDefinition:
                Add(metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.FieldDefinition:
                Add(metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.MethodSpecification:
                var specification = metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                Add(specification.Method);
                foreach (var argument in specification.DecodeSignature(names, null)) Add(argument);
                break;
            case HandleKind.MemberReference:
                var member = metadata.GetMemberReference((MemberReferenceHandle)handle);
                Add(member.Parent);
                if (member.GetKind() == MemberReferenceKind.Method) Add(member.DecodeMethodSignature(names, null));
                else Add(member.DecodeFieldSignature(names, null));
                break;
        }
    }

    private void Add(MethodSignature<ImmutableArray<string>> signature)
    {
        Add(signature.ReturnType);
        foreach (var parameter in signature.ParameterTypes) Add(parameter);
    }

    private void Add(ImmutableArray<string> namespaces)
    {
        foreach (var to in namespaces)
            if (to.Length > 0 && to != from) edges.Add((from, to));
    }
}
