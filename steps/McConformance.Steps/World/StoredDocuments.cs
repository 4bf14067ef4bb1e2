using McConformance.Checks.Flow;

namespace McConformance.Steps.World;

/// <summary>What a user is told of a document that was written over XCAP (RFC 4825 8.2.3).</summary>
internal static class StoredDocuments
{
    /// <summary>Judges that the document was stored in place of the one before: 200 with an entity tag.</summary>
    public static async Task JudgeStoredAsync(this ScenarioWorld world, Claim claim, string user)
    {
        await world.ObserveAsync();
        var seen = world.Documents[user];
        world.Judge(claim.Seen(
            seen is { StatusCode: 200, ETag.Length: > 0 },
            "200 with an entity tag", $"{seen.StatusCode} {seen.ETag ?? "without"}"));
    }
}
