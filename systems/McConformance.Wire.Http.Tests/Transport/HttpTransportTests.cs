using System.Text;
using McConformance.Wire.Http.Transport;
using Microsoft.AspNetCore.Http;

namespace McConformance.Wire.Http.Tests.Transport;

[Parallelizable(ParallelScope.All)]
internal sealed class HttpTransportTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_request_and_its_answer_cross_their_links_octet_for_octet(bool isProtected)
    {
        await using var pair = await HttpPair.StartAsync(Echo, isProtected);
        var answer = await pair.GetAsync("/doc", HttpMethod.Put, new StringContent("hello")).WaitAsync(Limit);

        answer.StatusCode.Should().Be(201);
        answer.ETag.Should().Be("\"7\"");
        Encoding.ASCII.GetString(answer.Body.Span).Should().Be("hello");
        var (request, response) = (pair.Recording.Messages[0], pair.Recording.Messages[1]);
        Text(request).Should().StartWith("PUT /doc HTTP/1.1\r\n").And.Contain("\r\nHost: gms.partner.example\r\n").And.EndWith("\r\n\r\nhello");
        Text(response).Should().StartWith("HTTP/1.1 201 Created\r\n").And.Contain("\r\nETag: \"7\"\r\n");
        request.Link.ReferencePoint.Should().Be("CSC-16");
        request.Carrier.Should().Be(isProtected ? Carrier.Tls : Carrier.Tcp);
        SpinWait.SpinUntil(() => pair.Links.InFlight == 0, Limit).Should().BeTrue("nothing is under way any more");
    }

    [Test]
    public async Task One_connection_serves_many_requests()
    {
        await using var pair = await HttpPair.StartAsync(Echo);
        for (var i = 0; i < 5; i++) (await pair.GetAsync("/doc", HttpMethod.Put, new StringContent($"{i}")).WaitAsync(Limit)).StatusCode.Should().Be(201);
        pair.Recording.Messages.Where(m => m.Link == pair.Requests).Select(m => m.Source.Port).Distinct().Should().ContainSingle();
    }

    [Test]
    public async Task A_lost_request_times_out_in_the_systems_time()
    {
        await using var pair = await HttpPair.StartAsync(Echo);
        pair.Requests.Disturb(new Loses());
        var asking = pair.GetAsync();
        SpinWait.SpinUntil(() => pair.Recording.Count == 1, Limit).Should().BeTrue("the request was sent");
        pair.Clock.Advance(TimeSpan.FromSeconds(6));
        (await asking.WaitAsync(Limit)).Failure.Should().Be(HttpFailure.TimedOut);
        pair.Recording.Messages.Single().Fate.Should().Be(Fate.Lost);
    }

    [Test]
    public async Task No_time_passes_between_an_answer_and_who_waits_for_it()
    {
        await using var pair = await HttpPair.StartAsync(Echo);
        var asking = Enumerable.Range(0, 20).Select(_ => pair.GetAsync()).ToList();
        foreach (var one in asking) (await one.WaitAsync(Limit)).StatusCode.Should().NotBe(0);
        SpinWait.SpinUntil(() => pair.Links is { Held: 0, InFlight: 0 }, Limit)
            .Should().BeTrue("all have their answers");

        pair.Requests.Disturb(new Loses());
        var lost = pair.GetAsync();
        SpinWait.SpinUntil(() => pair.Recording.Messages[^1].Fate == Fate.Lost, Limit)
            .Should().BeTrue("the request was sent");
        SpinWait.SpinUntil(() => pair.Links.Held == 0, Limit)
            .Should().BeTrue("an answer that does not come is waited for in the systems' time");
        pair.Clock.Advance(TimeSpan.FromSeconds(6));
        (await lost.WaitAsync(Limit)).Failure.Should().Be(HttpFailure.TimedOut);
        SpinWait.SpinUntil(() => pair.Links.Held == 0, Limit).Should().BeTrue("nothing is being done any more");
    }

    [Test]
    public async Task No_time_passes_until_a_request_is_on_the_wire()
    {
        await using var pair = await HttpPair.StartAsync(Echo);
        pair.Requests.Disturb(new Loses());
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = pair.GetAsync("/doc", HttpMethod.Put, new SlowContent(written.Task));
        var second = pair.GetAsync("/doc", HttpMethod.Put, new SlowContent(written.Task));
        SpinWait.SpinUntil(() => pair.Links.Held == 2, Limit).Should().BeTrue("connected, and neither is written");
        pair.Recording.Count.Should().Be(0);

        written.SetResult();
        SpinWait.SpinUntil(() => pair.Links.Held == 0, Limit).Should().BeTrue("both wait for their answers");
        pair.Recording.Count.Should().Be(2);
        pair.Clock.Advance(TimeSpan.FromSeconds(6));
        foreach (var one in new[] { first, second })
            (await one.WaitAsync(Limit)).Failure.Should().Be(HttpFailure.TimedOut);
    }

    [Test]
    public async Task A_severed_link_is_unreachable()
    {
        await using var pair = await HttpPair.StartAsync(Echo);
        pair.Requests.Sever();
        (await pair.GetAsync().WaitAsync(Limit)).Failure.Should().Be(HttpFailure.Unreachable);
    }

    [Test]
    public async Task An_untrusted_certificate_is_told_from_an_unreachable_server()
    {
        await using var pair = await HttpPair.StartAsync(Echo, isProtected: true, isTrusted: false);
        (await pair.GetAsync().WaitAsync(Limit)).Failure.Should().Be(HttpFailure.NotTrusted);
    }

    [Test]
    public async Task A_host_without_a_route_is_not_looked_for()
    {
        await using var pair = await HttpPair.StartAsync(Echo);
        var answer = await pair.Client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "http://elsewhere.example/")).WaitAsync(Limit);
        answer.Failure.Should().Be(HttpFailure.NoRoute);
    }

    [Test]
    public async Task A_body_over_the_limit_is_answered_413()
    {
        await using var pair = await HttpPair.StartAsync(Echo);
        var answer = await pair.GetAsync("/doc", HttpMethod.Put, new ByteArrayContent(new byte[(1 << 20) + 1])).WaitAsync(Limit);
        (answer.StatusCode == 413 || answer.Failure == HttpFailure.Unreachable).Should().BeTrue($"status {answer.StatusCode}, {answer.Failure}");
        (await pair.GetAsync("/doc", HttpMethod.Put, new StringContent("x")).WaitAsync(Limit)).StatusCode.Should().Be(201);
    }

    [Test]
    public async Task An_answer_to_head_has_no_body_and_the_next_request_is_answered()
    {
        await using var pair = await HttpPair.StartAsync(Echo);
        (await pair.GetAsync("/doc", HttpMethod.Head).WaitAsync(Limit)).StatusCode.Should().Be(201);
        (await pair.GetAsync("/doc", HttpMethod.Put, new StringContent("x")).WaitAsync(Limit)).StatusCode.Should().Be(201);
        pair.Recording.Count.Should().Be(4);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_doubled_message_does_not_answer_the_next_request(bool isRequest)
    {
        await using var pair = await HttpPair.StartAsync(Echo, keeps: false);
        (isRequest ? pair.Requests : pair.Answers).Disturb(new Doubles());
        for (var i = 0; i < 4; i++)
        {
            var answer = await pair.GetAsync("/doc", HttpMethod.Put, new StringContent($"number {i}")).WaitAsync(Limit);
            Encoding.ASCII.GetString(answer.Body.Span).Should().Be($"number {i}");
        }
    }

    [Test]
    public async Task A_server_whose_handler_breaks_answers_500_and_goes_on()
    {
        var broken = true;
        await using var pair = await HttpPair.StartAsync(c => broken ? throw new InvalidOperationException("broken") : Echo(c));
        (await pair.GetAsync().WaitAsync(Limit)).StatusCode.Should().Be(500);
        broken = false;
        (await pair.GetAsync().WaitAsync(Limit)).StatusCode.Should().Be(201);
    }

    private static async Task Echo(HttpContext context)
    {
        context.Response.StatusCode = 201;
        context.Response.Headers.ETag = "\"7\"";
        await context.Request.Body.CopyToAsync(context.Response.Body);
    }

    private static string Text(RecordedMessage message) => Encoding.ASCII.GetString(message.Octets.Span);

    private sealed class Doubles : Disturbance
    {
        public override string Description => "doubles everything";

        protected override void Apply(Link link, ReadOnlyMemory<byte> octets, IOctetSink sink)
        {
            link.Forward(octets.Span, sink);
            link.Forward(octets.Span, sink, Fate.Delivered, "again");
        }
    }

    private sealed class Loses : Disturbance
    {
        public override string Description => "loses everything";

        protected override void Apply(Link link, ReadOnlyMemory<byte> octets, IOctetSink sink) => link.Lose(octets.Span, sink, "lost");
    }

    private sealed class SlowContent(Task until) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            await until;
            await stream.WriteAsync("hello"u8.ToArray());
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 5;
            return true;
        }
    }
}
