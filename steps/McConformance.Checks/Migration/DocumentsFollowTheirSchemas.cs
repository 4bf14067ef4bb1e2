using McConformance.Checks.Flow;
using McConformance.Wire.Documents;
using McConformance.Wire.Documents.Reading;

namespace McConformance.Checks.Migration;

/// <summary>Every XML document that a system sends follows the schema of its root (the shipped schemas), where there is one.</summary>
public static class DocumentsFollowTheirSchemas
{
    /// <summary>Judges the documents of bundled and of external systems as they were sent; those that disturbances altered and users made do
    /// not count. A SIP core passes on what UEs write, and a gateway server what other MC systems write.</summary>
    /// <returns>The first document with a finding, as a fail; null where there is none.</returns>
    public static Judgement? Judge(Observation seen)
    {
        foreach (var message in seen.Seen)
        {
            if (message.From.System.Length == 0 || message.Recorded.Fate != Wire.Fate.Delivered) continue;
            foreach (var octets in DocumentsIn(message))
                if (Fault(octets) is var (text, clause)) return Fail(message, text, clause);
        }

        return null;
    }

    private static IEnumerable<ReadOnlyMemory<byte>> DocumentsIn(ObservedMessage message)
    {
        if (message.Http is { Body.IsEmpty: false } http && http.MediaType.EndsWith("+xml", StringComparison.Ordinal)) return [http.Body];
        return message.Sip is { } sip && !message.From.IsSipCore && message.From.Kind != Wire.EntityKind.GatewayServer
            ? sip.Bodies("+xml").Select(b => (ReadOnlyMemory<byte>)b)
            : [];
    }

    /// <summary>What is wrong with a document, and where the rule stands; null where nothing is, or no schema
    /// tells.</summary>
    private static (string Text, Wire.Clause? Clause)? Fault(ReadOnlyMemory<byte> octets)
    {
        if (!SafeXml.TryRead(octets, out var document, out var refusal)) return Refused(refusal);
        var root = document.Root!.Name;
        return SchemaSet.Knows(root) && SchemaSet.Validate(document) is [var first, ..]
            ? (first.Text, SchemaSet.ClauseOf(first, root))
            : null;
    }

    private static (string, Wire.Clause?) Refused(XmlRefusal refusal) => refusal switch
    {
        XmlRefusal.NotWellFormed => ("text that is no well-formed XML", new Wire.Clause("XML 1.0", "2.1")),
        XmlRefusal.DocumentType => ("a document type definition", null),
        _ => ("more octets, or elements within elements, than a reader takes", null),
    };

    private static Judgement Fail(ObservedMessage message, string text, Wire.Clause? clause) =>
        Judgement.Fail(
            "XML documents follow their schemas", null, "a document that follows its schema", text, message.Recorded,
            BindingSet.InUse.Owns(text) ? new Wire.Clause("OWN", "NAMES") : clause);
}

/// <summary>A group document as it crosses CSC-16, CSC-3 or CSC-2.</summary>
public static class GroupMessages
{
    /// <summary>The group document in an HTTP message; null where there is none.</summary>
    public static GroupDescription? Group(this ObservedMessage message) =>
        message.Http is { } http && GroupDocument.TryRead(http.Body, out var group, []) ? group.Description : null;
}
