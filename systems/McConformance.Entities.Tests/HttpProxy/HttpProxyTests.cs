using System.Net;
using System.Text;
using McConformance.Entities.HttpProxy;
using McConformance.Entities.Ports;
using McConformance.Wire;
using McConformance.Wire.Http.Transport;
using McConformance.Wire.Time;
using Microsoft.AspNetCore.Http;

namespace McConformance.Entities.Tests.HttpProxy;

[Parallelizable(ParallelScope.All)]
internal sealed class HttpProxyTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Test]
    public async Task A_ue_reaches_an_own_server_with_the_target_as_it_stood()
    {
        await using var scene = await Scene.StartAsync();
        var answer = await scene.AskAsync("cms.primary.example", p => p.UserEquipmentSide, "/root/users/sip%3Aalice%40primary.example/x~~/a?b=%2F");
        answer.StatusCode.Should().Be(200);
        Encoding.ASCII.GetString(answer.Body.Span).Should().Be("/root/users/sip%3Aalice%40primary.example/x~~/a?b=%2F");
        answer.Headers!.Via.ToString().Should().Be("1.1 http-proxy.primary.example");
        answer.Headers.Contains("Server").Should().BeFalse("it tells of the inner server");
        answer.Headers.ETag!.ToString().Should().Be("\"1\"");
    }

    [Test]
    public async Task A_ue_may_not_assert_an_identity()
    {
        await using var scene = await Scene.StartAsync();
        var answer = await scene.AskAsync("cms.primary.example", p => p.UserEquipmentSide, "/x", ("X-3GPP-Asserted-Identity", "\"sip:gms@primary.example\""));
        answer.StatusCode.Should().Be(403);
        scene.Served.Should().Be(0);
    }

    [TestCase("gms.primary.example", 200)]
    [TestCase("cms.primary.example", 403)]
    [TestCase("gms.partner.example", 403)]
    public async Task Another_system_reaches_what_is_configured_for_it(string host, int expected)
    {
        await using var scene = await Scene.StartAsync();
        (await scene.AskAsync(host, p => p.OtherSystemsSide, "/x")).StatusCode.Should().Be(expected);
    }

    [TestCase("gms.partner.example", 502)]
    [TestCase("gms.primary.example", 403)]
    [TestCase("elsewhere.example", 403)]
    public async Task Own_servers_are_led_to_configured_systems_only(string host, int expected)
    {
        await using var scene = await Scene.StartAsync();
        (await scene.AskAsync(host, p => p.InnerSide, "/x")).StatusCode.Should().Be(expected);
    }

    [Test]
    public async Task A_body_passes_both_ways()
    {
        await using var scene = await Scene.StartAsync();
        var body = new string('x', 100_000);
        var answer = await scene.AskAsync("gms.primary.example", p => p.OtherSystemsSide, "/echo", body: body);
        Encoding.ASCII.GetString(answer.Body.Span).Should().Be(body);
    }

    private sealed class Scene : IAsyncDisposable
    {
        private readonly LinkBook links;
        private readonly TimerWheel wheel;
        private readonly HttpServer server;
        private readonly HttpProxyServer proxy;
        private int served;

        private Scene()
        {
            var clock = new ShiftableTime();
            links = new LinkBook(clock, new Recording(clock));
            wheel = new TimerWheel(clock);
            var self = links.Add(new Party("cms.primary.example", EntityKind.ConfigurationManagementServer, "primary.example"));
            server = new HttpServer(new HttpServerOptions { Self = self, Links = links, Handler = ServeAsync });
            var ports = new EntityPorts(links.Add(new Party("http-proxy.primary.example", EntityKind.HttpProxy, "primary.example")), links, wheel);
            proxy = new HttpProxyServer(new HttpProxyOptions
            {
                Ports = ports,
                Route = host => host.EndsWith("primary.example", StringComparison.Ordinal)
                    ? new HttpRoute(server.ListeningAt, null)
                    : new HttpRoute(new IPEndPoint(IPAddress.Loopback, 1), null),
                ServesUserEquipment = new HashSet<string> { "cms.primary.example" },
                ServesOtherSystems = new HashSet<string> { "gms.primary.example" },
                LeadsTo = new HashSet<string> { "gms.partner.example" },
            });
        }

        public int Served => Volatile.Read(ref served);

        public static async Task<Scene> StartAsync()
        {
            var scene = new Scene();
            await scene.server.StartAsync(CancellationToken.None);
            await scene.proxy.StartAsync(CancellationToken.None);
            return scene;
        }

        public async Task<HttpAnswer> AskAsync(
            string host, Func<HttpProxyServer, IPEndPoint> side, string target, (string Name, string Value)? field = null, string? body = null)
        {
            using var asker = new HttpRequester(new HttpRequesterOptions
            {
                Self = links.Named("asker"),
                Links = links,
                Route = _ => new HttpRoute(side(proxy), null),
            });
            var uri = new Uri($"http://{host}{target}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
            var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Put, uri);
            if (body is not null) request.Content = new StringContent(body);
            if (field is ({ } name, { } value)) request.Headers.TryAddWithoutValidation(name, value);
            return await asker.SendAsync(request).WaitAsync(Limit);
        }

        public async ValueTask DisposeAsync()
        {
            await proxy.DisposeAsync();
            await server.DisposeAsync();
            wheel.Dispose();
        }

        private async Task ServeAsync(HttpContext context)
        {
            Interlocked.Increment(ref served);
            context.Response.Headers.ETag = "\"1\"";
            context.Response.Headers.Server = "inner/1.0";
            if (context.Request.Path == "/echo") await context.Request.Body.CopyToAsync(context.Response.Body);
            else await context.Response.WriteAsync(context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget);
        }
    }
}
