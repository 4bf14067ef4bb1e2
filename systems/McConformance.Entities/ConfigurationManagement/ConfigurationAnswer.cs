using System.Diagnostics.CodeAnalysis;
using McConformance.Wire.Documents;
using McConformance.Wire.Documents.Reading;

namespace McConformance.Entities.ConfigurationManagement;

/// <summary>What is answered: a status and a body (TR 23.781 6.2.1 steps 12 and 13).</summary>
internal readonly record struct ConfigurationAnswer(int StatusCode, PartnerAccess Body)
{
    /// <summary>A client is told no.</summary>
    public static ConfigurationAnswer RefuseClient(int statusCode, PartnerAccessCause cause) =>
        new(statusCode, new PartnerConnectionResponse(cause));

    /// <summary>Another MC system is told no.</summary>
    public static ConfigurationAnswer RefuseSystem(int statusCode, PartnerAccessCause cause) =>
        new(statusCode, new PartnerAccessResponse(cause));

    /// <summary>Reads a body of one kind; false where it is another, or anything is wrong with it.</summary>
    public static bool TryRead<T>(ReadOnlyMemory<byte> octets, [NotNullWhen(true)] out T? body) where T : PartnerAccess
    {
        var findings = new List<DocumentFinding>();
        body = PartnerAccess.TryRead(octets, out var read, findings) && findings.Count == 0 ? read as T : null;
        return body is not null;
    }
}
