namespace McConformance.Wire.Documents.Tests;

[Parallelizable(ParallelScope.All)]
internal sealed class ShortDataTests
{
    private const string Signalling = "01006955b9006f1d2a403c5b4e7a9b100123456789ab0c9e8f771b2a4d3c8e5ffedcba987654";
    private const string Payload = "0301780008" + "0148454c4c4f2042";

    [Test]
    public void Reads_and_writes_the_octets_of_TS_24_282()
    {
        ShortData.TryRead(Convert.FromHexString(Signalling), Convert.FromHexString(Payload),
            out var data).Should().BeTrue();
        data!.Text.Should().Be("HELLO B");
        data.SentAt.Should().Be(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        data.ConversationId.Should().Be(Guid.Parse("6f1d2a40-3c5b-4e7a-9b10-0123456789ab"));
        Convert.ToHexStringLower(data.ToSignalling()).Should().Be(Signalling);
        Convert.ToHexStringLower(data.ToPayload()).Should().Be(Payload);
    }

    [Test]
    public void Passes_over_optional_elements() =>
        ShortData.TryRead(Convert.FromHexString(Signalling + "81"), Convert.FromHexString(Payload),
            out _).Should().BeTrue();

    [TestCase(Signalling, "", "nothing")]
    [TestCase(Signalling, "03017800", "cut in the length")]
    [TestCase(Signalling, "0301780009" + "0148454c4c4f2042", "longer than it is")]
    [TestCase(Signalling, "0301780000" + "01", "no content type")]
    [TestCase(Signalling, "0301780008" + "0248454c4c4f2042", "binary")]
    [TestCase(Signalling, "0300780008" + "0148454c4c4f2042", "no payloads")]
    [TestCase("0200", Payload, "another message")]
    [TestCase("01006955b900", Payload, "cut in the signalling")]
    public void Refuses_what_is_no_text(string signalling, string payload, string why) =>
        ShortData.TryRead(Convert.FromHexString(signalling), Convert.FromHexString(payload),
            out _).Should().BeFalse(why);
}
