using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using McConformance.Fakes.Disturbances;
using McConformance.Fakes.Relays;
using McConformance.Fakes.Relays.Transport;
using McConformance.Wire;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Time;

namespace McConformance.Fakes.Tests;

/// <summary>Two entities of somebody else with a relay between them: what one sends arrives at the other octet for
/// octet, stands in
/// the recording message by message, and can be disturbed.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
internal sealed class RelayTests
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly ShiftableTime clock = new();
    private Recording recording = null!;
    private LinkBook book = null!;
    private Party client = null!;
    private Party server = null!;

    [SetUp]
    public void MakeBook()
    {
        recording = new Recording(clock);
        book = new LinkBook(clock, recording);
        client = book.Add(new Party("mms.a.example", EntityKind.MigrationManagementServer, "a.example",
            IsBundled: false));
        server = book.Add(new Party("mms.b.example", EntityKind.MigrationManagementServer, "b.example",
            IsBundled: false));
    }

    [TestCase(WireProtocol.Sip)]
    [TestCase(WireProtocol.Diameter)]
    [TestCase(WireProtocol.Http)]
    public async Task Octets_one_at_a_time_become_the_same_messages(WireProtocol protocol)
    {
        await using var far = new Far();
        await using var relay = new StreamRelay(Options(protocol, far));
        var (one, two) = (Message(protocol, "one"), Message(protocol, "two, which is longer"));
        using var near = await ConnectAsync(relay.ListeningAt);
        foreach (var octet in one.Concat(two)) await near.SendAsync(new[] { octet });

        (await far.TakeAsync(one.Length + two.Length)).Should().Equal([.. one, .. two]);
        recording.Messages.Select(m => m.Octets.ToArray()).Should().BeEquivalentTo([one, two], o =>
            o.WithStrictOrdering());
        var first = recording.Messages[0];
        (first.Link.From, first.Link.To, first.Link.ReferencePoint, first.Link.Protocol)
            .Should().Be((client, server, ReferencePoint.Csc18, protocol));
        (first.Source, first.Destination).Should().Be(((IPEndPoint)near.LocalEndPoint!, far.At));
        first.Carrier.Should().Be(Carrier.Tcp);
    }

    [Test]
    public async Task Answers_come_back_and_two_messages_in_one_segment_are_two()
    {
        await using var far = new Far();
        await using var relay = new StreamRelay(Options(WireProtocol.Sip, far));
        using var near = await ConnectAsync(relay.ListeningAt);
        var (one, two, answer) = (Message(WireProtocol.Sip, "1"), Message(WireProtocol.Sip, "2"), Message(
            WireProtocol.Sip, "answer"));
        await near.SendAsync(new byte[] { 13, 10, 13, 10 }.Concat(one).Concat(two).ToArray());
        (await far.TakeAsync(one.Length + two.Length + 4)).Should().StartWith([13, 10, 13, 10]);
        await far.SendAsync(answer);

        (await ReadAsync(near, answer.Length)).Should().Equal(answer);
        recording.Messages.Select(m => m.Link.From).Should().Equal([client, client, server],
            "keep-alives are no messages");
    }

    [Test]
    public async Task A_response_to_HEAD_has_no_body_and_the_end_of_a_stream_ends_a_response()
    {
        await using var far = new Far();
        await using var relay = new StreamRelay(Options(WireProtocol.Http, far));
        using var near = await ConnectAsync(relay.ListeningAt);
        byte[] head = [.. "HEAD / HTTP/1.1\r\n\r\n"u8], answer =
            [.. "HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n"u8];
        byte[] last = [.. "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nuntil the end"u8];
        await near.SendAsync(head);
        await far.TakeAsync(head.Length);
        await far.SendAsync(answer);
        (await ReadAsync(near, answer.Length)).Should().Equal(answer);
        await near.SendAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
        await far.TakeAsync(head.Length + 18);
        await far.SendAsync(last);
        far.Close();

        (await ReadAsync(near, last.Length)).Should().Equal(last);
        (await ReadAsync(near, 1)).Should().BeEmpty("the end is passed on");
        recording.Messages.Should().HaveCount(4);
    }

    [TestCase(WireProtocol.Sip)]
    [TestCase(WireProtocol.Diameter)]
    [TestCase(WireProtocol.Http)]
    public async Task What_is_no_message_passes_and_is_recorded(WireProtocol protocol)
    {
        await using var far = new Far();
        await using var relay = new StreamRelay(Options(protocol, far));
        using var near = await ConnectAsync(relay.ListeningAt);
        byte[] garbage = protocol == WireProtocol.Http
            ? [.. "GET / HTTP/1.1\r\nContent-Length: many\r\n\r\n"u8] : [1, 0, 0, 1, 2, 3, 10, 10, 13, 10, 13, 10];
        await near.SendAsync(garbage);
        (await far.TakeAsync(garbage.Length)).Should().Equal(garbage);
        recording.Messages.SelectMany(m => m.Octets.ToArray()).Should().Equal(garbage);
    }

    [Test]
    public async Task Tls_ends_on_both_sides_and_the_recording_is_plain()
    {
        using var certificate = SelfSigned("relay.example");
        await using var far = new Far(certificate);
        await using var relay = new StreamRelay(Options(WireProtocol.Sip, far) with
        {
            TlsToClient = new SslServerAuthenticationOptions { ServerCertificate = certificate },
            TlsToServer = Trusting(),
        });
        using var socket = await ConnectAsync(relay.ListeningAt);
        await using var near = new SslStream(new NetworkStream(socket));
        await near.AuthenticateAsClientAsync(Trusting());
        var message = Message(WireProtocol.Sip, "secret");
        await near.WriteAsync(message);

        (await far.TakeAsync(message.Length)).Should().Equal(message);
        recording.Messages.Should().ContainSingle().Which.Carrier.Should().Be(Carrier.Tls);
        recording.Messages[0].Octets.ToArray().Should().Equal(message);
    }

    [TestCase("drop", "2 3")]
    [TestCase("duplicate", "1 1 2 3")]
    [TestCase("reorder", "2 1 3")]
    [TestCase("delay", "2 3 1")]
    [TestCase("alter", "9 2 3")]
    public async Task Each_disturbance_does_what_it_says_over_TCP_and_UDP(string what, string arrives)
    {
        foreach (var isStream in (bool[])[true, false])
        {
            await using var far = new Far(datagrams: !isStream);
            var options = Options(WireProtocol.Sip, far);
            var link = options.Links.Between(client, server, WireProtocol.Sip);
            link.Heal();
            link.Disturb(Disturb(what));
            await using var tcp = isStream ? new StreamRelay(options) : null;
            await using var udp = isStream ? null : new DatagramRelay(options);
            using var near = await ConnectAsync(tcp?.ListeningAt ?? udp!.ListeningAt, isStream);
            foreach (var name in (string[])["1", "2", "3"]) await near.SendAsync(Message(WireProtocol.Sip, name));

            if (what == "delay")
            {
                await far.TakeAsync(2 * Message(WireProtocol.Sip, "1").Length);
                clock.Advance(TimeSpan.FromSeconds(6));
            }

            var expected = arrives.Split(' ').SelectMany(n => Message(WireProtocol.Sip, n)).ToArray();
            (await far.TakeAsync(expected.Length)).Should().Equal(expected, $"{what}, {(isStream ? "TCP" : "UDP")}");
        }
    }

    [Test]
    public async Task A_severed_link_ends_both_connections_and_a_new_one_works_once_it_is_healed()
    {
        await using var far = new Far();
        await using var relay = new StreamRelay(Options(WireProtocol.Diameter, far));
        var link = book.Between(client, server, WireProtocol.Diameter);
        var message = Message(WireProtocol.Diameter, "x");
        using var near = await ConnectAsync(relay.ListeningAt);
        await near.SendAsync(message);
        await far.TakeAsync(message.Length);
        link.Sever();
        await near.SendAsync(message);
        (await ReadAsync(near, 1)).Should().BeEmpty("the connection is cut");
        await far.EndedAsync();
        recording.Messages[^1].Fate.Should().Be(Fate.Lost);

        link.Heal();
        using var again = await ConnectAsync(relay.ListeningAt);
        await again.SendAsync(message);
        (await far.TakeAsync(2 * message.Length)).Should().Equal([.. message, .. message]);
    }

    [Test]
    public async Task A_server_that_is_away_ends_the_clients_connection()
    {
        var far = new Far();
        var options = Options(WireProtocol.Sip, far);
        await far.DisposeAsync();
        await using var relay = new StreamRelay(options);
        using var near = await ConnectAsync(relay.ListeningAt);
        (await ReadAsync(near, 1)).Should().BeEmpty();
    }

    [Test]
    public async Task Datagrams_come_back_to_where_the_client_is_and_a_strangers_do_not()
    {
        await using var far = new Far(datagrams: true);
        await using var relay = new DatagramRelay(Options(WireProtocol.Sip, far));
        using var near = await ConnectAsync(relay.ListeningAt, isStream: false);
        var (request, answer) = (Message(WireProtocol.Sip, "request"), Message(WireProtocol.Sip, "answer"));
        await near.SendAsync(request);
        (await far.TakeAsync(request.Length)).Should().Equal(request);
        using var stranger = await ConnectAsync(relay.SendingFrom, isStream: false);
        await stranger.SendAsync(request);
        await far.SendAsync(answer);

        (await ReadAsync(near, answer.Length)).Should().Equal(answer);
        recording.Messages.Select(m => m.Link.From).Should().Equal(client, server);
        recording.Messages[1].Source.Should().Be(far.At);
    }

    private RelayOptions Options(WireProtocol protocol, Far far) =>
        new() { Links = book, Client = client, Server = server, Protocol = protocol, Target = far.At };

    private static Disturbance Disturb(string what) => what switch
    {
        "drop" => new Drops { Times = 1 },
        "duplicate" => new Duplicates { Times = 1 },
        "reorder" => new Swaps(),
        "delay" => new Delays(TimeSpan.FromSeconds(5)) { Times = 1 },
        _ => new Alters("its name", m => Alterations.Replace(m, "name=1"u8, "name=9"u8)) { Times = 1 },
    };

    private static byte[] Message(WireProtocol protocol, string name)
    {
        if (protocol == WireProtocol.Diameter)
            return DiameterDraft.Rent().Start(0x80, 300, 16777216, 1, 2).Avp(1, 0, 0x40, Encoding.ASCII.GetBytes(
                name)).Finish().Octets.ToArray();
        var start = protocol == WireProtocol.Http ? "PUT /x HTTP/1.1" : "MESSAGE sip:b.example SIP/2.0";
        var body = $"name={name}";
        return Encoding.ASCII.GetBytes($"{start}\r\nContent-Length: {body.Length}\r\n\r\n{body}");
    }

    private static async Task<Socket> ConnectAsync(IPEndPoint to, bool isStream = true)
    {
        var socket = isStream
            ? new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }
            : new Socket(to.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(to);
        return socket;
    }

    private static async Task<byte[]> ReadAsync(Socket socket, int length)
    {
        using var limit = new CancellationTokenSource(Patience);
        var (buffer, got) = (new byte[length], 0);
        try
        {
            while (got < length && await socket.ReceiveAsync(buffer.AsMemory(got), SocketFlags.None,
                limit.Token) is var n and > 0) got += n;
        }
        catch (SocketException)
        {
            // cut: an end as well
        }

        return buffer[..got];
    }

    private static SslClientAuthenticationOptions Trusting() => new()
    {
        TargetHost = "relay.example",
        RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=relay.example",
    };

    private static X509Certificate2 SelfSigned(string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var bare = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(150));
        return X509CertificateLoader.LoadPkcs12(bare.Export(X509ContentType.Pfx), null);
    }
}
