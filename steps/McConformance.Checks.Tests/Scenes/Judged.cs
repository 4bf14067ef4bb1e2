namespace McConformance.Checks.Tests.Scenes;

/// <summary>What a check came to in a scene, to be compared with what a reader must be told: verdict, requirement, and
/// the
/// whole sentence.</summary>
internal sealed class Judged(Scene scene, Judgement? judgement)
{
    /// <summary>It passes.</summary>
    /// <param name="requirement">Id in the catalogue.</param>
    /// <param name="claim">What was checked.</param>
    /// <param name="at">Number of the message that decides; 0 where none does.</param>
    public void Passes(string requirement, string claim, int at = 0)
    {
        judgement!.Reason.Should().Be($"{Catalogue.Find(requirement)}: {claim}");
        (judgement.Verdict, judgement.MessageNumber ?? 0).Should().Be((Verdict.Pass, at));
        judgement.Link.Should().Be(at > 0 ? Judgement.PrintLink(scene.Recorded(at).Link) : null);
    }

    /// <summary>It fails.</summary>
    /// <param name="requirement">Id in the catalogue, or a clause: RFC 3261 7.</param>
    /// <param name="expected">What is asked.</param>
    /// <param name="actual">What was seen.</param>
    /// <param name="at">Number of the message that decides; 0 where none does.</param>
    public Judged Fails(string requirement, string expected, string actual, int at = 0)
    {
        judgement.Should().NotBeNull();
        var subject = requirement.Contains(' ', StringComparison.Ordinal) ? requirement
            : $"{Catalogue.Find(requirement)}";
        judgement!.Reason.Should().Be(
            $"{subject}: expected {expected}, received {actual}{(at > 0 ? scene.Place(at) : "")}");
        judgement.Verdict.Should().Be(Verdict.Fail);
        return this;
    }

    /// <summary>It fails because a message is not there.</summary>
    public Judged Misses(string requirement, string message) => Fails(requirement, message, "no such message");

    /// <summary>What was checked: the report shows it beside the reason.</summary>
    public void Of(string claim) => judgement!.Claim.Should().Be(claim);

    /// <summary>There is nothing to tell.</summary>
    public void IsSilent() => judgement.Should().BeNull();
}
