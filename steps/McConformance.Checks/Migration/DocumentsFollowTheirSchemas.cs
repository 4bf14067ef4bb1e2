using McConformance.Checks.Flow;
using McConformance.Wire.Documents;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Http.Codec;

namespace McConformance.Checks.Migration;

/// <summary>Every XML document that a system sends follows the schema of its root (the shipped schemas), where there is one.</summary>
public static class DocumentsFollowTheirSchemas
{
    /// <summary>Judges the documents of bundled and of external systems; those that disturbances altered and users made do not count.</summary>
    /// <returns>The first document with a finding, as a fail; null where there is none.</returns>
    public static Judgement? Judge(Observation seen)
    {
        foreach (var message in seen.Seen)
        {
            if (message.From.System.Length == 0 || message.Recorded.Fate != Wire.Fate.Delivered) continue;
            if (message.Http is { } http && Judge(message, http) is { } bad) return bad;
            if (message.Info is not null && SafeXml.TryRead(message.Info.ToOctets(), out var info, out _) && SchemaSet.Validate(info!) is { Count: > 0 } findings)
                return Fail(message, findings[0].Text);
        }

        return null;
    }

    private static Judgement? Judge(ObservedMessage message, HttpMessage http)
    {
        if (http.Body.IsEmpty || !http.MediaType.EndsWith("+xml", StringComparison.Ordinal)) return null;
        if (!SafeXml.TryRead(http.Body, out var document, out var refusal)) return Fail(message, refusal.ToString());
        return SchemaSet.Knows(document!.Root!.Name) && SchemaSet.Validate(document) is { Count: > 0 } findings ? Fail(message, findings[0].Text) : null;
    }

    private static Judgement Fail(ObservedMessage message, string text) =>
        Judgement.Fail(
            "XML documents follow their schemas", null, "a document that follows its schema", text, message.Recorded,
            BindingSet.InUse.Owns(text) ? new Wire.Clause("OWN", "NAMES") : null);
}

/// <summary>A group document as it crosses CSC-16, CSC-3 or CSC-2.</summary>
public static class GroupMessages
{
    /// <summary>The group document in an HTTP message; null where there is none.</summary>
    public static GroupDescription? Group(this ObservedMessage message) =>
        message.Http is { } http && GroupDocument.TryRead(http.Body, out var group, []) ? group.Description : null;
}
