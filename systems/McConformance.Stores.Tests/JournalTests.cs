using FluentAssertions;
using McConformance.Wire.State;

namespace McConformance.Stores.Tests;

[TestFixture]
public sealed class JournalTests
{
    private string path = "";

    [SetUp]
    public void Make() => path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.journal");

    [TearDown]
    public void Clear() => File.Delete(path);

    [Test]
    public void Holds_what_was_written_when_it_is_opened_again()
    {
        Write(("groups", "a", "1"), ("groups", "b", "2"), ("groups", "a", "3"), ("tags", "a", "x"), ("groups", "b", null));

        Read("groups").Should().Equal(new StateChange("a", "3"));
        Read("tags").Should().Equal(new StateChange("a", "x"));
    }

    [Test]
    public void Tells_news_once()
    {
        Write(("groups", "a", "1"));
        using var journal = new Journal(path);
        var table = journal.Open("groups");

        table.News().Should().HaveCount(1);
        table.Write("b", "2");
        table.News().Should().BeEmpty("who wrote it knows it");
    }

    [Test]
    public void Leaves_out_a_write_that_was_cut_off_anywhere_and_tells()
    {
        Write(("groups", "a", "1"));
        var whole = new FileInfo(path).Length;
        Write(("groups", "b", "a longer value than the first"));
        var octets = File.ReadAllBytes(path);

        for (var length = whole + 1; length < octets.Length; length++)
        {
            File.WriteAllBytes(path, octets[..(int)length]);
            List<string> told = [];
            using (var journal = new Journal(path, told.Add))
                journal.Open("groups").News().Should().Equal(new StateChange("a", "1"));
            told.Should().ContainSingle(t => t.Contains("cut off"));
            new FileInfo(path).Length.Should().Be(whole, "the next write follows the last whole one");
        }
    }

    [Test]
    public void Leaves_out_zeros_that_a_file_system_left_behind()
    {
        Write(("groups", "a", "1"));
        File.AppendAllBytes(path, new byte[100].AsSpan());
        Read("groups").Should().Equal(new StateChange("a", "1"));
    }

    [Test]
    public void Refuses_a_journal_that_is_damaged_before_its_end([Range(8, 60)] int at)
    {
        Write(("groups", "a", "the first value, which somebody was told is kept"), ("groups", "b", "2"));
        var octets = File.ReadAllBytes(path);
        octets[at] ^= 0x40;
        File.WriteAllBytes(path, octets);

        var opening = () => new Journal(path).Dispose();
        opening.Should().Throw<InvalidDataException>().WithMessage($"{path} is damaged at octet 8 of *bring back a copy*");
    }

    [Test]
    public void Refuses_what_is_no_journal()
    {
        File.WriteAllText(path, "something else");
        var opening = () => new Journal(path).Dispose();
        opening.Should().Throw<InvalidDataException>().WithMessage("* is no journal*");
    }

    [Test]
    public void Is_for_one_at_a_time()
    {
        using var first = new Journal(path);
        var opening = () => new Journal(path).Dispose();
        opening.Should().Throw<IOException>().WithMessage("*does another process use the same state?*");
    }

    [Test]
    public void Is_written_anew_when_most_of_it_is_outdated()
    {
        using (var journal = new Journal(path))
        {
            var table = journal.Open("groups");
            for (var i = 0; i < 3 * Journal.OutdatedMax; i++) table.Write("a", $"{i}");
            journal.Length.Should().BeLessThan(Journal.OutdatedMax * 64, "outdated records go");
        }

        Read("groups").Should().Equal(new StateChange("a", $"{3 * Journal.OutdatedMax - 1}"));
    }

    [Test]
    public void Acknowledges_nothing_that_it_cannot_write()
    {
        var journal = new Journal(path);
        var table = journal.Open("groups");
        journal.Dispose();
        var writing = () => table.Write("a", "1");
        writing.Should().Throw<StateLostException>();
    }

    private void Write(params ReadOnlySpan<(string Table, string Key, string? Value)> entries)
    {
        using var journal = new Journal(path);
        foreach (var (table, key, value) in entries) journal.Open(table).Write(key, value);
    }

    private IReadOnlyList<StateChange> Read(string table)
    {
        using var journal = new Journal(path);
        return journal.Open(table).News();
    }
}
