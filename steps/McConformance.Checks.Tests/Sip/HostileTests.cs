using McConformance.Checks.Sip;
using McConformance.Checks.Tests.Scenes;

namespace McConformance.Checks.Tests.Sip;

/// <summary>What may come back to hostile input.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class HostileTests
{
    [TestCase(200, true)]
    [TestCase(499, true)]
    [TestCase(100, false)]
    [TestCase(199, false)]
    [TestCase(300, true)]
    [TestCase(404, true)]
    [TestCase(500, false)]
    [TestCase(501, true)]
    [TestCase(599, false)]
    [TestCase(600, true)]
    [TestCase(699, true)]
    [TestCase(700, false)]
    [TestCase(400, false)]
    [TestCase(413, false)]
    [TestCase(414, false)]
    [TestCase(416, false)]
    [TestCase(420, false)]
    public void A_strange_message_is_taken_by_what_is_no_refusal_of_its_form(int status, bool isTaken)
    {
        var judged = new Judged(new Scene(), BearsHostileMessage.Judge("SPR-1", "it", "taken", status));
        if (isTaken) judged.Passes("SPR-1", "it is borne");
        else judged.Fails("SPR-1", "taken for it", $"{status}");
    }

    [TestCase("400 or silence", 400, null)]
    [TestCase("400 or silence", 0, null)]
    [TestCase("400 or silence", 404, "404")]
    [TestCase("400", 0, "silence")]
    public void A_broken_message_is_refused_as_its_document_has_it(string may, int status, string? actual)
    {
        var judged = new Judged(new Scene(), BearsHostileMessage.Judge("SPR-1", "it", may, status));
        if (actual is null) judged.Passes("SPR-1", "it is borne");
        else judged.Fails("SPR-1", $"{may} for it", actual);
    }

    [TestCase(200, null)]
    [TestCase(499, null)]
    [TestCase(199, "199")]
    [TestCase(500, "500")]
    [TestCase(0, "silence")]
    public void A_sound_request_is_answered_afterwards(int status, string? actual)
    {
        var judged = new Judged(new Scene(), BearsHostileMessage.JudgeSound("SPR-1", "it", status));
        if (actual is null) judged.Passes("SPR-1", "a sound request is answered after it");
        else judged.Fails("SPR-1", "an answer to a sound request after it", actual);
    }

    [Test]
    public void Hostile_input_of_other_protocols_has_outcomes_too()
    {
        Judge("401 or closed", "closed").Passes("SPR-1", "what comes it is answered as it may be");
        Judge("401", "200").Fails("SPR-1", "401 for what comes it", "200");

        static Judged Judge(string may, string outcome) =>
            new(new Scene(), BearsHostileInput.Judge("SPR-1", "it", may, outcome));
    }
}
