namespace McConformance.Wire.Documents.Reading;

/// <summary>What is wrong with an element or attribute of a document.</summary>
public enum DocumentFault
{
    /// <summary>The octets are not XML that may be read; nothing more was looked at.</summary>
    NotXml,

    /// <summary>The root element is another than that of this document.</summary>
    UnknownRoot,

    /// <summary>Mandatory, and absent.</summary>
    Missing,

    /// <summary>There, without content where content is asked for.</summary>
    Empty,

    /// <summary>There, with content that does not follow its type.</summary>
    Malformed,

    /// <summary>There more often than once; the first was taken.</summary>
    Duplicated,

    /// <summary>There, where this form of the document has none.</summary>
    Unexpected,

    /// <summary>Encrypted; what it says is not known.</summary>
    Encrypted,
}

/// <summary>What a reader of documents found wrong. Never thrown: collected.</summary>
/// <param name="Fault">What is wrong.</param>
/// <param name="Element">Local name of the element; <c>element@attribute</c> for an attribute.</param>
/// <param name="Clause">Where the rule stands.</param>
/// <param name="Text">What was there, printable and short.</param>
public readonly record struct DocumentFinding(DocumentFault Fault, string Element, Clause Clause, string Text)
{
    /// <summary>The same as a finding on a message; a document is read as a whole, so there is no offset.</summary>
    public Finding ToFinding() => new(
        Fault is DocumentFault.NotXml ? Severity.Syntax : Severity.Conformance, Clause, -1, Expected, Text);

    private string Expected => Fault switch
    {
        DocumentFault.NotXml => "an XML document",
        DocumentFault.UnknownRoot => $"root element {Element}",
        DocumentFault.Duplicated => $"one {Element}",
        DocumentFault.Unexpected => $"no {Element}",
        DocumentFault.Encrypted => $"a readable {Element}",
        DocumentFault.Malformed => $"a well formed {Element}",
        _ => $"{Element} with content",
    };

    /// <inheritdoc/>
    public override string ToString() => $"{Clause}: {Element}: {Fault} ({Text})";
}
