using System.Text;
using McConformance.Entities.UserEquipment;
using McConformance.Wire;
using McConformance.Wire.Identities;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transactions;
using McConformance.Wire.Sip.Transport;
using McConformance.Wire.Time;

namespace McConformance.McSystem.Tests;

/// <summary>The way of requests other than REGISTER through the SIP core: UE, P-CSCF, S-CSCF, application server, and back.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class UserRequestTests
{
    private const string Psi = "sip:mcptt-psi@home.example";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly SipIdentitySet Alice = new(new PrivateUserIdentity("alice@ims.home.example"), new PublicUserIdentity("sip:alice@ims.home.example"));

    [TestCase(10)]
    [TestCase(3000)]
    [TestCase(60_000)]
    public async Task A_request_of_a_registered_UE_reaches_the_application_server_whatever_its_size(int octets)
    {
        await using var scene = await Scene.StartAsync(registers: true);
        var answer = await scene.SendAsync(octets, ("P-Asserted-Identity", "<sip:boss@ims.home.example>"), ("Event", "poc-settings"));

        answer.StatusCode.Should().Be(200);
        answer.Header(SipHeader.SipETag).Should().Be("e1");
        var got = scene.Received.Should().ContainSingle().Subject;
        got.Body.Length.Should().Be(octets);
        got.TryGet(SipHeader.PAssertedIdentity, out var asserted).Should().BeTrue();
        Encoding.ASCII.GetString(asserted).Should().Be("<sip:alice@ims.home.example>", "only the network asserts");
        got.Count(SipHeader.PAssertedIdentity).Should().Be(1);
        got.Count(SipHeader.PPreferredIdentity).Should().Be(0);
        got.Count(SipHeader.Route).Should().Be(0);
    }

    [Test]
    public async Task A_UE_that_is_not_registered_sends_nothing()
    {
        await using var scene = await Scene.StartAsync(registers: false);
        (await scene.SendAsync(10)).StatusCode.Should().Be(0);
        scene.Received.Should().BeEmpty();
    }

    [Test]
    public async Task An_identity_that_nobody_has_is_not_found()
    {
        await using var scene = await Scene.StartAsync(registers: true);
        (await scene.SendAsync(10, to: "sip:nobody@elsewhere.example")).StatusCode.Should().Be(404);
        (await scene.SendAsync(10, to: "sip:nobody@ims.home.example")).StatusCode.Should().Be(480);
    }

    [TestCase(10)]
    [TestCase(3000)]
    public async Task An_application_server_reaches_a_registered_UE(int octets)
    {
        await using var scene = await Scene.StartAsync(registers: true);
        var got = new TaskCompletionSource<int>();
        scene.Alice.Clients = m =>
        {
            got.TrySetResult(m.Body.Length);
            return 200;
        };
        (await scene.TellAliceAsync(octets)).Should().Be(200);
        (await got.Task.WaitAsync(Limit)).Should().Be(octets);
    }

    private sealed class Scene : ISipUser, ISipClientUser, IAsyncDisposable
    {
        private readonly TimerWheel wheel = new(TimeProvider.System);
        private readonly LinkBook links = new(TimeProvider.System);
        private readonly BundledNetwork network;
        private readonly SipEndpoint server;
        private readonly TaskCompletionSource<int> told = new();

        private Scene()
        {
            var key = new byte[16];
            var home = new McSystemOptions("home.example", "ims.home.example") { Subscriptions = [new SubscriptionOptions(UserRequestTests.Alice.Private, [UserRequestTests.Alice.Public], key, key, [0x80, 0], 32)] };
            network = new BundledNetwork(new NetworkOptions { Systems = [home] }, links, wheel);
            server = new SipEndpoint(new SipEndpointOptions
            {
                Self = links.Add(new Party("mcptt.home.example", EntityKind.McServiceServer, "home.example")),
                Links = links,
                Wheel = wheel,
                Gate = new Lock(),
                TcpPort = 0,
            }, this);
        }

        public BundledUserEquipment Alice { get; private set; } = null!;

        public List<SipMessage> Received { get; } = [];

        public static async Task<Scene> StartAsync(bool registers)
        {
            var scene = new Scene();
            using var limit = new CancellationTokenSource(Limit);
            await scene.network.StartAsync(limit.Token);
            scene.server.Start();
            var home = scene.network.Bundled("home.example");
            home.AddApplicationServer(Psi, new SipDestination(Carrier.Udp, scene.server.AddressOf(Carrier.Udp)));
            scene.Alice = scene.network.AddUserEquipment("alice-ue", UserRequestTests.Alice, new byte[16], new byte[16], 0);
            if (registers)
            {
                (await scene.Alice.RegisterOverStreamAsync(home, UserRequestTests.Alice, TimeSpan.FromMinutes(10)).WaitAsync(Limit)).IsRegistered.Should().BeTrue();
            }

            return scene;
        }

        public Task<UserAnswer> SendAsync(int octets, params (string, string)[] headers) => SendAsync(octets, Psi, headers);

        public Task<UserAnswer> SendAsync(int octets, string to, params (string, string)[] headers) => Alice.SendAsync(
            network["home.example"], new UserRequest(SipMethod.Publish, to, headers, "text/plain", new byte[octets])).WaitAsync(Limit);

        public Task<int> TellAliceAsync(int octets)
        {
            var to = network.Bundled("home.example").Serving with { Carrier = octets > 1000 ? Carrier.Tcp : Carrier.Udp };
            var draft = server.NewRequest(SipMethod.Message, "sip:alice@ims.home.example"u8, to);
            draft.Line(SipHeader.MaxForwards).Put(70).Line(SipHeader.From).Put($"<{Psi}>;tag=1").Line(SipHeader.To).Put("<sip:alice@ims.home.example>")
                .Line(SipHeader.CallId).Put("c").Line(SipHeader.CSeq).Put("1 MESSAGE");
            server.SendRequest(draft.Finish("text/plain"u8, new byte[octets]), to, this, null);
            return told.Task.WaitAsync(Limit);
        }

        public void OnRequest(SipServerTransaction transaction)
        {
            var copy = new SipMessage();
            copy.TryIndex(transaction.Request.Octets.ToArray(), stream: false, out _);
            Received.Add(copy);
            transaction.Respond(transaction.NewResponse(200, "OK"u8).Line(SipHeader.SipETag).Put("e1").Finish());
        }

        public void OnAck(SipMessage ack, SipFlow flow) { }

        public void OnStrayResponse(SipMessage response, SipFlow flow) { }

        public void OnResponse(SipClientTransaction transaction, SipMessage response) => told.TrySetResult(response.StatusCode);

        public void OnFailure(SipClientTransaction transaction, SipFailure why) => told.TrySetResult(0);

        public async ValueTask DisposeAsync()
        {
            await server.DisposeAsync();
            await network.DisposeAsync();
            wheel.Dispose();
        }
    }
}
