using System.Collections.Concurrent;
using System.Net;
using System.Text;
using McConformance.Fakes.Playback;
using McConformance.Fakes.Transport;
using McConformance.Wire;
using McConformance.Wire.Diameter.Codec;

namespace McConformance.Fakes.Tests;

/// <summary>A stand-in that answers from a script: the request finds the answer that the recorded entity gave, and
/// what must follow the request
/// follows it.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
internal sealed class PlaybackTests
{
    private readonly ConcurrentQueue<string> log = new();

    [Test]
    public async Task A_sip_answer_follows_the_request_in_via_call_id_cseq_and_from()
    {
        await using var peer = await PlayAsync(
            Sip("ue", "cscf", Register("1", "a1", "")), Sip("cscf", "ue", Challenge("1", "a1")),
            Sip("ue", "cscf", Register("2", "a2", "abc")), Sip("cscf", "ue", "SIP/2.0 200 OK", "2", "a2"));

        var refused = await AskAsync(peer, Register("7", "b7", ""));
        var granted = await AskAsync(peer, Register("8", "b8", "xyz"));

        refused.Should().StartWith("SIP/2.0 401 ").And.Contain("branch=z9hG4bKb7").And.Contain("CSeq: 7 REGISTER")
            .And.Contain("Call-ID: call-b7").And.Contain("nonce=\"n0nce\"");
        granted.Should().StartWith("SIP/2.0 200 ").And.Contain("branch=z9hG4bKb8").And.Contain("CSeq: 8 REGISTER");
        peer.Refused.Should().BeEmpty();
    }

    [Test]
    public async Task What_the_script_has_no_answer_for_is_refused_and_told()
    {
        await using var peer = await PlayAsync(
            Sip("ue", "cscf", Register("1", "a1", "")), Sip("cscf", "ue", "SIP/2.0 200 OK", "1", "a1"));

        var answer = await AskAsync(peer, Register("1", "c1", "").Replace("REGISTER", "MESSAGE",
            StringComparison.Ordinal));

        answer.Should().StartWith("SIP/2.0 501 ");
        log.Should().Contain(l => l.StartsWith("cscf has no answer for SIP MESSAGE sip:ims.example",
            StringComparison.Ordinal) &&
            l.Contains("the recording holds SIP REGISTER sip:ims.example", StringComparison.Ordinal));
    }

    [Test]
    public async Task Http_requests_find_their_answers_by_method_target_and_condition()
    {
        await using var peer = await PlayAsync(
            Http("ue", "gms", "GET /groups/one HTTP/1.1\r\nHost: gms\r\n\r\n"), Http("gms", "ue", Answer("one")),
            Http("ue", "gms", "GET /groups/two HTTP/1.1\r\nHost: gms\r\n\r\n"), Http("gms", "ue", Answer("two")));

        using var client = new HttpClient { BaseAddress = new Uri($"http://{At(peer, WireProtocol.Http)}") };
        using var two = await client.GetAsync(new Uri("/groups/two", UriKind.Relative));
        (await two.Content.ReadAsStringAsync()).Should().Be("two");
        two.Headers.ETag!.Tag.Should().Be("\"e-two\"");
        (await client.GetStringAsync(new Uri("/groups/one", UriKind.Relative))).Should().Be("one");
        using var none = await client.GetAsync(new Uri("/groups/three", UriKind.Relative));
        none.StatusCode.Should().Be(HttpStatusCode.NotImplemented);
        (await none.Content.ReadAsStringAsync()).Should().Contain("no answer for HTTP GET /groups/three");
    }

    [Test]
    public async Task A_server_that_asked_another_before_it_answered_does_so_again()
    {
        await using var other = await PlayAsync(
            Http("front", "back", "GET /token?of=11112222 HTTP/1.1\r\nHost: back\r\n\r\n"), Http("back", "front",
                Answer("fresh")));
        var script = new PlaybackScript
        {
            Node = "front",
            Messages =
            [
                Http("ue", "front", "GET /a?of=old-mark HTTP/1.1\r\nHost: front\r\n\r\n"),
                Http("front", "back", "GET /token?of=old-mark HTTP/1.1\r\nHost: back\r\n\r\n"), Http("back", "front",
                    Answer("stale")),
                Http("front", "ue", Answer("you get stale")),
            ],
        };
        await using var peer = new PlaybackPeer(script, new PlaybackOptions
        {
            Log = log.Enqueue,
            PeerAt = (name, protocol) => name == "back" ? At(other, protocol) : null,
        });
        await peer.StartAsync();

        using var client = new HttpClient { BaseAddress = new Uri($"http://{At(peer, WireProtocol.Http)}") };
        (await client.GetStringAsync(new Uri("/a?of=new-mark", UriKind.Relative))).Should().Be("you get fresh");
        log.Should().Contain("asked HTTP GET /token to back");
    }

    [Test]
    public async Task A_diameter_answer_bears_the_identifiers_and_the_session_of_its_request()
    {
        await using var peer = await PlayAsync(
            Diameter("icscf", "hss", Request(7, "s;1", "alice")), Diameter("hss", "icscf", Answered(7, "s;1", 2001)),
            Diameter("icscf", "hss", Request(8, "s;2", "bob")), Diameter("hss", "icscf", Answered(8, "s;2", 5030)));

        await using var socket = await RawDiameterPeer.ConnectAsync(
            At(peer, WireProtocol.Diameter), "icscf.example", "example", RelayTests.Patience);
        var answer = new DiameterMessage();
        answer.TryIndex(await socket.AskAsync(Request(99, "s;99", "bob"), RelayTests.Patience), out _);

        (answer.HopByHop, answer.EndToEnd).Should().Be((99u, 99u));
        answer.TryFind(263, 0, out var session).Should().BeTrue();
        session.Text.Should().Be("s;99");
        answer.TryFind(268, 0, out var result).Should().BeTrue();
        result.Uint32.Should().Be(5030);
    }

    [Test]
    public void A_capture_of_this_project_is_read_as_it_was_recorded()
    {
        var messages = SampleCapture(out var file);
        var script = Write(file, path => PlaybackScript.Read(path, "hss.b.example"));
        script.Messages.Select(m => m.Text ?? m.Hex).Should().Equal(messages.Select(m => m.Text ?? m.Hex));
        script.Messages.Select(m => (m.From, m.To, m.Transport)).Should().AllBeEquivalentTo(("x", "y", Carrier.Udp),
            o => o
            .Using<(string, string, Carrier)>(c => c.Subject.Should().BeOneOf(
                ("cscf.a.example", "hss.b.example", Carrier.Tcp), ("hss.b.example", "cscf.a.example", Carrier.Tcp)))
            .WhenTypeIs<(string, string, Carrier)>());
        var again = Write(Encoding.UTF8.GetBytes(script.ToJson()), path => PlaybackScript.Read(path, null));
        again.Messages.Select(m => Convert.ToHexString(m.Octets)).Should().Equal(script.Messages.Select(m =>
            Convert.ToHexString(m.Octets)));
    }

    [TestCase("nonsense", "n", "octet 0: expected a pcapng section header")]
    [TestCase("{\"node\": \"n\", \"mesages\": []}", null, "line 1")]
    [TestCase("{\"node\": \"n\", \"messages\": [{\"from\": \"a\", \"to\": \"b\", \"protocol\": \"sip\"}]}", null,
        "$.messages[0]: neither from nor to is n")]
    [TestCase(
        "{\"node\": \"n\", \"messages\": [{\"from\": \"a\", \"to\": \"n\", \"protocol\": \"sip\", \"text\": \"x\"}]}",
        null, "no Sip message")]
    [TestCase(
        "{\"node\": \"n\", \"messages\": [{\"from\": \"a\", \"to\": \"n\", \"protocol\": \"diameter\", \"hex\": \"0g\"}]}", null, "hex")]
    public void A_file_that_cannot_be_used_is_refused_with_the_place(string text, string? node, string told) =>
        FluentActions.Invoking(() => Write(Encoding.UTF8.GetBytes(text.PadRight(12)), p => PlaybackScript.Read(p,
            node)))
            .Should().Throw<InvalidDataException>().Which.Message.Should().Contain(told);

    [Test]
    public void A_capture_is_asked_whose_part_to_play()
    {
        SampleCapture(out var file);
        FluentActions.Invoking(() => Write(file, p => PlaybackScript.Read(p, null))).Should()
            .Throw<InvalidDataException>()
            .WithMessage("*say whose part to play: one of cscf.a.example, hss.b.example");
        FluentActions.Invoking(() => Write(file, p => PlaybackScript.Read(p, "nobody"))).Should()
            .Throw<InvalidDataException>()
            .WithMessage("*nobody is called nobody; there are cscf.a.example, hss.b.example");
    }

    private static ScriptMessage[] SampleCapture(out byte[] file)
    {
        var recording = new Recording(TimeProvider.System);
        var book = new LinkBook(TimeProvider.System, recording);
        var a = book.Add(new Party("cscf.a.example", EntityKind.InterrogatingCscf, "a.example", IsBundled: false));
        var b = book.Add(new Party("hss.b.example", EntityKind.SipDatabase, "b.example", IsBundled: false));
        ScriptMessage[] messages =
        [
            Diameter("a", "b", Request(7, "s;1", "alice")), Diameter("b", "a", Answered(7, "s;1", 2001)),
            Diameter("a", "b", Request(8, "s;2", new string('x', 70_000))), Diameter("b", "a", Answered(8, "s;2",
                5001)),
        ];
        foreach (var message in messages)
        {
            var isForward = message.From == "a";
            var (source, destination) = isForward ? (4000, 3868) : (3868, 4000);
            var link = isForward ? book.Between(a, b, WireProtocol.Diameter) : book.Between(b, a,
                WireProtocol.Diameter);
            link.Send(message.Octets, new Nowhere(new(IPAddress.Loopback, source), new(IPAddress.Loopback,
                destination)));
        }

        file = Pcapng.Write(recording.Messages, recording.StartedAt, "test").ToArray();
        return messages;
    }

    private static T Write<T>(byte[] octets, Func<string, T> use)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, octets);
            return use(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private async Task<PlaybackPeer> PlayAsync(params ScriptMessage[] messages)
    {
        var peer = new PlaybackPeer(new PlaybackScript
        {
            Node = messages[0].To,
            Messages =
            messages
        }, new PlaybackOptions { Log = log.Enqueue });
        await peer.StartAsync();
        return peer;
    }

    private static async Task<string> AskAsync(PlaybackPeer peer, string request)
    {
        await using var socket = RawPeer.Datagrams(At(peer, WireProtocol.Sip));
        await socket.SendAsync(Encoding.UTF8.GetBytes(request));
        return await socket.ReceiveAsync(RelayTests.Patience);
    }

    private static IPEndPoint At(PlaybackPeer peer, WireProtocol protocol) => peer.ListeningAt[protocol];

    private static ScriptMessage Sip(string from, string to, string text) =>
        new() { From = from, To = to, Protocol = WireProtocol.Sip, Text = text };

    private static ScriptMessage Sip(string from, string to, string status, string cseq, string mark) =>
        Sip(from, to, $"{status}\r\n{Common(cseq, mark)};tag=t1\r\nContent-Length: 0\r\n\r\n");

    private static ScriptMessage Http(string from, string to, string text) =>
        new() { From = from, To = to, Protocol = WireProtocol.Http, Transport = Carrier.Tcp, Text = text };

    private static ScriptMessage Diameter(string from, string to, byte[] octets) =>
        new() { From = from, To = to, Protocol = WireProtocol.Diameter, Transport = Carrier.Tcp, Octets = octets };

    private static string Answer(string body) =>
        $"HTTP/1.1 200 OK\r\nETag: \"e-{body[..3]}\"\r\nContent-Type: text/plain\r\nContent-Length: {body.Length}\r\n\r\n{body}";

    private static string Common(string cseq, string mark) =>
        $"Via: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bK{mark};rport\r\nFrom: <sip:ue@ims.example>;tag=f{mark}\r\nCall-ID: call-{mark}\r\n" +
        $"CSeq: {cseq} REGISTER\r\nTo: <sip:ue@ims.example>";

    private static string Register(string cseq, string mark, string response) =>
        $"REGISTER sip:ims.example SIP/2.0\r\n{Common(cseq, mark)}\r\nMax-Forwards: 70\r\n" +
        $"Authorization: Digest username=\"ue\",nonce=\"\",response=\"{response}\"\r\nContent-Length: 0\r\n\r\n";

    private static string Challenge(string cseq, string mark) =>
        $"SIP/2.0 401 Unauthorized\r\n{Common(cseq, mark)};tag=t0\r\nWWW-Authenticate: Digest realm=\"ims.example\",nonce=\"n0nce\"\r\n" +
        "Content-Length: 0\r\n\r\n";

    private static byte[] Request(uint id, string session, string user) => DiameterDraft.Rent()
        .Start(0xC0, 300, 16777216, id, id)
        .Avp(263, 0, 0x40, Encoding.UTF8.GetBytes(session)).Avp(264, 0, 0x40, "icscf.example"u8)
            .Avp(296, 0, 0x40, "example"u8)
        .Avp(283, 0, 0x40, "example"u8).Avp(1, 0, 0x40, Encoding.UTF8.GetBytes(user)).Finish().Span.ToArray();

    private static byte[] Answered(uint id, string session, uint result) => DiameterDraft.Rent()
        .Start(0x40, 300, 16777216, id, id)
        .Avp(263, 0, 0x40, Encoding.UTF8.GetBytes(session)).Avp(264, 0, 0x40, "hss.example"u8)
            .Avp(296, 0, 0x40, "example"u8)
        .Avp(268, 0, 0x40, [0, 0, (byte)(result >> 8), (byte)result]).Finish().Span.ToArray();

    private sealed class Nowhere(IPEndPoint local, IPEndPoint remote) : IOctetSink
    {
        public Carrier Carrier => Carrier.Tcp;

        public IPEndPoint Local => local;

        public IPEndPoint Remote => remote;

        public void Emit(ReadOnlySpan<byte> octets)
        {
        }

        public void Sever()
        {
        }
    }
}
