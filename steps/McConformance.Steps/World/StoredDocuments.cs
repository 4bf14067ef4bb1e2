using System.Text;
using McConformance.Checks.Flow;
using McConformance.Fakes.Transport;

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

    /// <summary>Judges that it was refused, and for what where that is said (RFC 4825 11.2).</summary>
    /// <param name="world">The scenario's.</param>
    /// <param name="claim">What is claimed.</param>
    /// <param name="user">Who wrote.</param>
    /// <param name="status">Expected status code.</param>
    /// <param name="reason">Expected element of the XCAP error; empty where any will do.</param>
    public static async Task JudgeRefusedAsync(
        this ScenarioWorld world, Claim claim, string user, int status, string reason)
    {
        await world.ObserveAsync();
        var seen = world.Documents[user];
        world.Judge(claim.Seen(seen.StatusCode == status, $"{status}", $"{seen.StatusCode}"));
        if (reason.Length == 0) return;
        var told = XcapErrors.Of(Encoding.UTF8.GetString(seen.Octets.Span));
        world.Judge(claim.Seen(told == reason, reason, told.Length > 0 ? told : "no XCAP error"));
    }
}
