using FluentAssertions;
using McConformance.Wire.State;

namespace McConformance.Stores.Tests;

[TestFixture]
public sealed class PostgresStoreTests
{
    private PostgresCluster? cluster;

    [OneTimeSetUp]
    public void Start()
    {
        cluster = PostgresCluster.TryStart();
        if (cluster is null) Assert.Ignore("PostgreSQL is not installed: see peers/install.sh");
    }

    [OneTimeTearDown]
    public void End() => cluster?.Dispose();

    [Test]
    public void Holds_what_was_written_when_it_is_opened_again()
    {
        using (var store = new PostgresStore(cluster!.Uri))
        {
            var table = store.StoreOf("gms.a.example").Open("groups");
            table.Write("a", "1");
            table.Write("b", "2");
            table.Write("a", "3");
            table.Write("b", null);
        }

        using var again = new PostgresStore(cluster.Uri);
        again.StoreOf("gms.a.example").Open("groups").News().Where(c => c.Value is not null).Should().Equal(new StateChange("a", "3"));
        again.StoreOf("gms.b.example").Open("groups").News().Should().BeEmpty("another node has a state of its own");
    }

    [Test]
    public void What_one_instance_writes_the_other_sees()
    {
        using var one = new PostgresStore(cluster!.Uri);
        using var other = new PostgresStore(cluster.Uri);
        var (here, there) = (one.StoreOf("mcptt.a.example").Open("served"), other.StoreOf("mcptt.a.example").Open("served"));
        there.News().Should().BeEmpty();

        here.Write("alice", "primary");
        there.News().Should().Equal(new StateChange("alice", "primary"));
        there.News().Should().BeEmpty();
        here.Write("alice", null);
        there.News().Should().Equal(new StateChange("alice", null));
    }

    [Test]
    public void Instances_that_read_and_then_write_take_turns()
    {
        const int Instances = 4, Each = 25;
        Parallel.For(0, Instances, new ParallelOptions { MaxDegreeOfParallelism = Instances }, _ =>
        {
            using var store = new PostgresStore(cluster!.Uri);
            var table = store.StoreOf("sdb.a.example").Open("sequence-numbers");
            var last = 0;
            for (var i = 0; i < Each; i++)
            {
                using var alone = table.Enter();
                foreach (var change in table.News()) last = int.Parse(change.Value!, System.Globalization.CultureInfo.InvariantCulture);
                table.Write("k", $"{last + 1}");
            }
        });

        using var end = new PostgresStore(cluster!.Uri);
        end.StoreOf("sdb.a.example").Open("sequence-numbers").News().Should().Equal(new StateChange("k", $"{Instances * Each}"));
    }

    [Test]
    public void Acknowledges_nothing_when_the_database_is_gone()
    {
        using var own = PostgresCluster.TryStart()!;
        List<string> told = [];
        using var store = new PostgresStore(own.Uri, told.Add);
        var table = store.StoreOf("gms.a.example").Open("groups");
        table.Write("a", "1");
        own.Stop();

        var writing = () => table.Write("a", "2");
        writing.Should().Throw<StateLostException>();
        told.Should().ContainSingle(t => t.StartsWith("the database cannot be used"));
    }

    [TestCase("mysql://mc@localhost/x")]
    [TestCase("postgres://mc@localhost")]
    [TestCase("here")]
    public void Refuses_another_address(string uri)
    {
        var opening = () => new PostgresStore(uri).Dispose();
        opening.Should().Throw<ArgumentException>().WithMessage("expected postgres://user:password@host:port/database, found *");
    }

    [Test]
    public void Says_what_is_wrong_with_a_database_that_is_not_there()
    {
        var opening = () => new PostgresStore("postgres://mc@127.0.0.1:1/x").Dispose();
        opening.Should().Throw<IOException>().WithMessage("the database 127.0.0.1:1/x cannot be used: *");
    }
}
