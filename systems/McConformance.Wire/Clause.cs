namespace McConformance.Wire;

/// <summary>A place in a specification: the document as it is named in <c>features/catalogue/references.tsv</c>, and the
/// clause, step or table within it. Written <c>RFC 3261 17.1.1.2</c> or <c>TS 23.280 10.1.6.2 step 4</c> everywhere.</summary>
/// <param name="Document">For example <c>RFC 3261</c>, <c>TS 23.280</c> or <c>OWN</c> for the project's own binding.</param>
/// <param name="Place">Clause number, with the step where there is one.</param>
public readonly record struct Clause(string Document, string Place)
{
    /// <inheritdoc/>
    public override string ToString() => Place.Length == 0 ? Document : $"{Document} {Place}";
}
