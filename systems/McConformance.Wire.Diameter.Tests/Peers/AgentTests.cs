using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;
using McConformance.Wire.Diameter.Peers;
using McConformance.Wire.Identities;

namespace McConformance.Wire.Diameter.Tests.Peers;

/// <summary>The rules of a proxy agent: RFC 6733 6.1.3, 6.1.8, 6.1.9 and 6.2.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public class AgentTests
{
    private readonly World world = new();

    [TearDown]
    public async Task End() => await world.DisposeAsync();

    [Test]
    public async Task A_proxy_in_the_middle_keeps_the_rules()
    {
        var (a, p, b) = await ThreeAsync();
        var answer = await a.AskAsync("b.example");
        var (before, after) = (world.Sent(a, p, 303, true).Single(), world.Sent(p, b, 303, true).Single());
        (before.Texts(282).Length, string.Join(' ', after.Texts(282))).Should().Be((0, "scscf.a.example"));
        (after.EndToEnd, after.Text(263), after.Flags).Should().Be((before.EndToEnd, before.Text(263), (byte)0xC0));
        var (from, back) = (world.Sent(b, p, 303, false).Single(), world.Sent(p, a, 303, false).Single());
        (from.HopByHop, back.HopByHop).Should().Be((after.HopByHop, before.HopByHop));
        back.Span[16..].ToArray().Should().Equal(from.Span[16..]
            .ToArray(), "a proxy that changes nothing changes nothing but the hop-by-hop identifier");
        back.Texts(282).Should().BeEmpty();
        answer.Text(264).Should().Be("hss.b.example");
    }

    [Test]
    public async Task Two_proxies_leave_two_Route_Records()
    {
        var (a, p, b) = (world.Add("scscf.a.example"), world.Add("p.transit.example", Relay),
            world.Add("hss.b.example"));
        var q = world.Add("q.transit.example", Relay);
        await JoinAsync((a, p), (p, q), (q, b));
        (p.Handles, q.Handles) = (Forwards, Forwards);
        (await a.AskAsync("b.example")).ResultCode().Should().Be(2001);
        world.Sent(q, b, 303, true).Single().Texts(282).Should().Equal("scscf.a.example", "p.transit.example");
    }

    [Test]
    public async Task A_loop_is_answered_with_3005_and_E_bit()
    {
        var (a, p, q) = (world.Add("scscf.a.example"), world.Add("p.transit.example", Relay),
            world.Add("q.transit.example", Relay));
        await JoinAsync((a, p), (p, q));
        q.Routes("b.example", p);
        (p.Handles, q.Handles) = (Forwards, Forwards);
        var answer = await a.AskAsync("b.example");
        (answer.ResultCode(), answer.Flags).Should().Be((3005u, (byte)0x60));
        answer.Text(264).Should().Be("p.transit.example");
    }

    [TestCase("unknown.example", 3003u)]
    [TestCase("b.example", 3002u)]
    public async Task A_proxy_that_cannot_deliver_says_so(string realm, uint result)
    {
        var (a, p) = (world.Add("scscf.a.example"), world.Add("p.transit.example", Relay));
        await JoinAsync((a, p));
        a.Routes("unknown.example", p);
        p.Node.AddRoute(new DiameterRoute(new DiameterIdentity("b.example"), [new DiameterIdentity("hss.b.example")]));
        p.Handles = Forwards;
        var answer = await a.AskAsync(realm);
        (answer.ResultCode(), answer.IsError, answer.Text(264)).Should().Be((result, true, "p.transit.example"));
    }

    [Test]
    public async Task A_request_without_P_bit_is_not_forwarded()
    {
        var (a, _, b) = await ThreeAsync();
        var draft = DiameterDraft.Rent();
        var mar = Samples.Message(a.Mar("b.example").Octets.ToArray());
        draft.Start(0x80, 303, 16777216, 0, 77);
        foreach (var avp in mar.Avps) draft.Copy(avp);
        (await a.AskAsync(draft.Finish())).ResultCode().Should().Be(3002);
        b.Handled.Should().Be(0);
    }

    [Test]
    public async Task Proxy_Info_is_put_last_and_taken_out_again()
    {
        var (a, p, b) = (world.Add("scscf.a.example"),
            world.Add("p.transit.example", o => Relay(o) with { AddsProxyInfo = true }), world.Add("hss.b.example"));
        var q = world.Add("q.transit.example", o => Relay(o) with { AddsProxyInfo = true });
        await JoinAsync((a, p), (p, q), (q, b));
        (p.Handles, q.Handles) = (Forwards, Forwards);
        var answer = await a.AskAsync("b.example");
        Hosts(world.Sent(q, b, 303, true).Single()).Should().Equal("p.transit.example", "q.transit.example");
        Hosts(world.Sent(b, q, 303, false).Single()).Should().Equal("p.transit.example", "q.transit.example");
        Hosts(world.Sent(q, p, 303, false).Single()).Should().Equal("p.transit.example");
        Hosts(answer).Should().BeEmpty();
    }

    [Test]
    public async Task A_proxy_rewrites_what_it_is_told_and_nothing_else()
    {
        var (a, p, b) = await ThreeAsync();
        p.Handles = t => t.Forward(new RenamesUser());
        var extra = a.Node.NewRequest(303, 16777216, new DiameterIdentity("b.example"), null)
            .Put(Rfc6733.UserName, "v1@b.example").Avp(0xabcde, 99999, 0x80, [1, 2, 3])
                .Put(Ts29229.PublicIdentity, "sip:v1@b.example").Finish();
        await a.AskAsync(extra);
        var (before, after) = (world.Sent(a, p, 303, true).Single(), world.Sent(p, b, 303, true).Single());
        after.Text(1).Should().Be("home@a.example");
        after.TryFind(0xabcde, 99999, out var unknown).Should().BeTrue("unknown AVPs are kept");
        Convert.ToHexString(unknown.Octets).Should().Be("000ABCDE8000000F0001869F010203");
        Codes(after).Should().Equal([.. Codes(before), 282u]);
    }

    [Test]
    public async Task What_waits_for_a_lost_peer_goes_to_another_with_T_bit()
    {
        var (a, b) = (world.Add("scscf.a.example"), world.Add("hss.b.example"));
        var (p, q) = (world.Add("p.transit.example", Relay), world.Add("q.transit.example", Relay));
        await JoinAsync((a, p), (a, q), (q, b));
        q.Handles = Forwards;
        p.Handles = Station.Keeps;
        var asked = p.NextRequestAsync();
        var answer = a.AskAsync("b.example");
        await World.Within(asked, "the first proxy has the request");
        await p.Node.DisposeAsync();
        (await answer).ResultCode().Should().Be(2001);
        var (first, second) = (world.Sent(a, p, 303, true).Single(), world.Sent(a, q, 303, true).Single());
        (first.Flags, second.Flags).Should().Be(((byte)0xC0, (byte)0xD0));
        second.EndToEnd.Should().Be(first.EndToEnd);
        world.Sent(q, b, 303, true).Single().IsRetransmitted.Should().BeTrue("an agent keeps the T bit");
    }

    [Test]
    public async Task A_request_that_comes_twice_is_handled_once_and_answered_alike()
    {
        var (a, b) = (world.Add("scscf.a.example"), world.Add("hss.b.example"));
        var (p, q) = (world.Add("p.transit.example", Relay),
            world.Add("q.transit.example", o => Relay(o) with { AddsProxyInfo = true }));
        await JoinAsync((a, p), (p, b), (a, q), (q, b));
        (p.Handles, q.Handles) = (Forwards, Forwards);
        world.Link(p, a).Disturb(Drops.Of(303));
        var answer = a.AskAsync("b.example");
        await world.SeesAsync("the answer is lost", (r, m) => r.Fate == Fate.Lost && m.Command == 303);
        await p.Node.DisposeAsync();
        (await answer).ResultCode().Should().Be(2001);
        b.Handled.Should().Be(1);
        world.Sent(q, b, 303, true).Should().ContainSingle();
        var (first, second) = (world.Sent(b, p, 303, false).Single(), world.Sent(b, q, 303, false).Single());
        second.Text(263).Should().Be(first.Text(263));
        Hosts(second).Should().Equal(["q.transit.example"], "the way back is that of the second arrival");
    }

    [Test]
    public async Task A_request_that_comes_twice_before_its_answer_is_answered_twice()
    {
        var (a, b) = (world.Add("scscf.a.example"), world.Add("hss.b.example"));
        a.Routes("b.example", b);
        await World.JoinAsync(a, b);
        b.Handles = Station.Keeps;
        var asked = b.NextRequestAsync();
        var octets = a.Mar("b.example").Octets.ToArray();
        var answers = new[] { a.AskAsync(Again(octets)), a.AskAsync(Again(octets)) };
        var kept = await World.Within(asked, "the request is there");
        await world.SeesAsync("both requests", (r, m) =>
            m is { Command: 303, IsRequest: true } && world.Sent(a, b, 303, true).Length == 2);
        lock (b.Node.Gate) kept.Answer(kept.NewAnswer(2001).Finish());
        (await Task.WhenAll(answers)).Should().OnlyContain(m => m.ResultCode() == 2001);
        b.Handled.Should().Be(1);
    }

    private static void Forwards(DiameterServerTransaction transaction) => transaction.Forward(null);

    private static DiameterNodeOptions Relay(DiameterNodeOptions options) =>
        options with { Applications = [0xffffffff] };

    private static DiameterDraft Again(byte[] octets)
    {
        var message = Samples.Message(octets);
        var draft = DiameterDraft.Rent().Start(message.Flags, message.Command, message.Application, 0,
            message.EndToEnd);
        foreach (var avp in message.Avps) draft.Copy(avp);
        return draft.Finish();
    }

    private static uint[] Codes(DiameterMessage message)
    {
        var codes = new List<uint>();
        foreach (var avp in message.Avps) codes.Add(avp.Code);
        return [.. codes];
    }

    private static string[] Hosts(DiameterMessage message)
    {
        var hosts = new List<string>();
        foreach (var info in message.FindAll(284, 0))
            if (info.TryFind(280, 0, out var host)) hosts.Add(host.Text);
        return [.. hosts];
    }

    private static async Task JoinAsync(params (Station From, Station To)[] way)
    {
        foreach (var (from, to) in way)
        {
            from.Routes("b.example", to);
            await World.JoinAsync(from, to);
        }
    }

    private async Task<(Station A, Station P, Station B)> ThreeAsync()
    {
        var (a, p, b) = (world.Add("scscf.a.example"), world.Add("p.transit.example", Relay),
            world.Add("hss.b.example"));
        await JoinAsync((a, p), (p, b));
        p.Handles = Forwards;
        return (a, p, b);
    }

    private sealed class RenamesUser : IAvpRewriter
    {
        public AvpAction Visit(in Avp avp, DiameterDraft into)
        {
            if (avp is not { Code: 1, Vendor: 0 }) return AvpAction.Keep;
            into.Put(Rfc6733.UserName, "home@a.example");
            return AvpAction.Replaced;
        }
    }
}
