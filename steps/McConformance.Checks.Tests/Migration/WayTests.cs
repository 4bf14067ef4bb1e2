using System.Text;
using McConformance.Checks.Migration;
using McConformance.Checks.Tests.Scenes;
using McConformance.Wire;
using static McConformance.Checks.Tests.Scenes.ServiceAuthorization;

namespace McConformance.Checks.Tests.Migration;

/// <summary>Which way messages of the application plane take between MC systems, and what they show.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class WayTests
{
    private const string Partner = "partner.example", Primary = "primary.example";

    [Test]
    public void Requests_pass_both_gateway_servers_in_order()
    {
        const string last =
            "the request goes from the gateway server of primary.example to the mc service server of primary.example";
        Judge(Scene()).Passes("MSA-5", last, 6);
        Judge(Scene().Without(4))
            .Misses("MSA-3", Hop("request", "mc service server", Partner, "gateway server", Partner));
        Judge(Scene().Sent(4, from: "mcptt.primary"))
            .Misses("MSA-3", Hop("request", "mc service server", Partner, "gateway server", Partner));
        Judge(Scene().Sent(4, to: "gw.third"))
            .Misses("MSA-3", Hop("request", "mc service server", Partner, "gateway server", Partner));
        Judge(Scene().Without(5)).Misses("MSA-4", Hop("request", "gateway server", Partner, "gateway server", Primary));
        Judge(Scene().Swapped(4, 5))
            .Misses("MSA-4", Hop("request", "gateway server", Partner, "gateway server", Primary));
        Judge(Scene().Without(6))
            .Misses("MSA-5", Hop("request", "gateway server", Primary, "mc service server", Primary));
        Judge(Scene().Swapped(5, 6))
            .Misses("MSA-5", Hop("request", "gateway server", Primary, "mc service server", Primary));
        Judge(Scene().With(5, Messages.Sip(Response(true))))
            .Misses("MSA-4", Hop("request", "gateway server", Partner, "gateway server", Primary));

        static Judged Judge(Scene scene) => scene.Judge(s => TakesTheWay.OfRequest(s, Facts));
    }

    [Test]
    public void Responses_pass_both_gateway_servers_in_order()
    {
        Judge(Scene()).Passes(
            "MSA-10",
            "the response goes from the gateway server of partner.example to the mc service server of partner.example",
            9);
        Judge(Scene().Without(7))
            .Misses("MSA-8", Hop("response", "mc service server", Primary, "gateway server", Primary));
        Judge(Scene().Without(8))
            .Misses("MSA-9", Hop("response", "gateway server", Primary, "gateway server", Partner));
        Judge(Scene().Without(9))
            .Misses("MSA-10", Hop("response", "gateway server", Partner, "mc service server", Partner));

        static Judged Judge(Scene scene) => scene.Judge(s => TakesTheWay.OfResponse(s, Facts));
    }

    [Test]
    public void Where_nobody_sees_a_hop_nothing_is_judged() => FluentActions
        .Invoking(() => Scene().Without(5).Unseen("gw.partner", "gw.primary", WireProtocol.Sip)
            .Judge(s => TakesTheWay.OfRequest(s, Facts)))
        .Should().Throw<Checks.Flow.UnobservableException>();

    [Test]
    public void Without_gateway_servers_messages_go_from_server_to_server()
    {
        const string claim = "without topology hiding the request goes from server to server";
        Judge(Direct()).Passes("MSA-N3", claim, 4);
        Judge(Direct().Without(4)).Misses("MSA-N3", "the request from partner.example to primary.example");
        Judge(Direct().Sent(4, from: "mcptt.third"))
            .Misses("MSA-N3", "the request from partner.example to primary.example");
        Judge(Direct().Sent(4, to: "mcptt.third"))
            .Misses("MSA-N3", "the request from partner.example to primary.example");
        Judge(Direct().Sent(4, from: "pcscf.partner"))
            .Misses("MSA-N3", "the request from partner.example to primary.example");
        Judge(Direct().Sent(4, to: "pcscf.primary"))
            .Misses("MSA-N3", "the request from partner.example to primary.example");
        Judge(Direct().Sent(4, to: "gw.primary")).Fails("MSA-N3", "no gateway server on the way", "MESSAGE", 4);
        Judge(Direct().Sent(4, from: "gw.partner")).Fails("MSA-N3", "no gateway server on the way", "MESSAGE", 4);
        Direct().Judge(s => TakesTheWay.OfResponse(s, Facts with { HasGateways = false }))
            .Passes("MSA-N3", "without topology hiding the response goes from server to server", 5);
        Direct().Without(5).Judge(s => TakesTheWay.OfResponse(s, Facts with { HasGateways = false }))
            .Misses("MSA-N3", "the response from primary.example to partner.example");

        static Judged Judge(Scene scene) => scene
            .Judge(s => TakesTheWay.OfRequest(s, Facts with { HasGateways = false }));
        static Scene Direct() => Scene().Without(6, 7, 8, 9).Sent(4, to: "mcptt.primary")
            .Sent(5, "mcptt.primary", "mcptt.partner").With(5, Messages.Sip(Response(true)));
    }

    [Test]
    public void Messages_of_the_procedure_are_told_apart()
    {
        var ending = Ending();
        var seen = Scene().Sip("mcptt.partner", "gw.partner", ending)
            .Sip("mcptt.partner", "gw.partner", "MESSAGE sip:a SIP/2.0\n\n").Seen;
        Numbers(seen.ClientRequests()).Should().Equal(3);
        Numbers(seen.ServerRequests()).Should().Equal(4, 5, 6);
        Numbers(seen.ServerResponses()).Should().Equal(7, 8, 9);
        Numbers(seen.Endings()).Should().Equal(12);
        Numbers(seen.ClientResponses()).Should().Equal(10);

        var unseen = new Scene().Unseen("mcptt.partner", "gw.partner", WireProtocol.Sip)
            .Unseen("gw.partner", "mcptt.partner", WireProtocol.Sip)
            .Unseen("mcptt.partner", "pcscf.partner", WireProtocol.Sip)
                .Unseen("pcscf.partner", "mcptt.partner", WireProtocol.Sip)
            .Unseen("pcscf.partner", "scscf.partner", WireProtocol.Sip).Seen;
        unseen.ServerRequests().Should().Equal(unseen.All.Take(2));
        unseen.ServerResponses().Should().Equal(unseen.All.Take(2));
        unseen.Endings().Should().Equal(unseen.All.Take(2));
        unseen.ClientResponses().Should().Equal(unseen.All[2]);
        unseen.Endings().SeenElseUnseen().Should().Equal(unseen.All.Take(2));
        static IEnumerable<int> Numbers(IEnumerable<Checks.Flow.ObservedMessage> messages) => messages
            .Select(m => m.Number);
    }

    [Test]
    public void Sip_between_systems_shows_no_inner_node()
    {
        Judge(Scene()).Passes("KI-1.10", "partner.example shows no inner node to other MC systems", 5);
        Judge(Scene().Without(5)).Misses("KI-1.10", "a message to another MC system");
        Judge(Scene().With(5, Messages.Http("GET / HTTP/1.1"))).Misses("KI-1.10", "a message to another MC system");
        Judge(Scene().With(11, "200 X", "200 mcptt.partner.example")).Passes(
            "KI-1.10", "partner.example shows no inner node to other MC systems", 5);
        Judge(Scene().With(5, "MESSAGE sip:", "MESSAGE sip:10.0.0.7/"))
            .Fails("KI-1.10", "no name or address of an inner node", "10.0.0.7", 5);
        Judge(Scene().With(8, "MESSAGE sip:", "MESSAGE sip:10.0.0.7/")).Passes(
            "KI-1.10", "partner.example shows no inner node to other MC systems", 5);

        static Judged Judge(Scene scene) => scene.Judge(
            s => ShowsNoInnerNode.Judge("KI-1.10", s, Partner, ["mcptt.partner.example", "10.0.0.7"]));
    }

    [Test]
    public void Http_crosses_by_the_proxies()
    {
        const string claim = "partner.example shows its HTTP proxy to other MC systems, and no server";
        Judge(Crossing()).Passes("GCI-OV-4", claim, 1);
        Judge(Crossing().Without(1)).Misses("GCI-OV-4", "a message over HTTP to another MC system");
        Judge(Crossing().Sent(1, to: "gms.partner")).Misses("GCI-OV-4", "a message over HTTP to another MC system");
        Judge(Crossing().Sent(1, to: "ue")).Misses("GCI-OV-4", "a message over HTTP to another MC system");
        Judge(Crossing().Sent(1, from: "proxy.primary", to: "proxy.third"))
            .Misses("GCI-OV-4", "a message over HTTP to another MC system");
        Judge(Crossing().With(1, [1])).Misses("GCI-OV-4", "a message over HTTP to another MC system");
        Judge(Crossing().Sent(1, from: "gms.partner"))
            .Fails("GCI-OV-4", "sent by the HTTP proxy", "gms.partner.example", 1);
        foreach (var server in (string[])["gms", "cms", "idms", "mcptt", "mcvideo", "mcdata"])
            Judge(Crossing().With(1, Messages.Http("GET / HTTP/1.1", fields: $"Host: {server}.partner.example")))
                .Fails("GCI-OV-4", "no name of a server", $"{server}.partner.example", 1);

        static Judged Judge(Scene scene) => scene.Judge(s => HttpCrossesByProxies.Judge(s, "GCI-OV-4", Partner));
        static Scene Crossing() => new Scene().Http("proxy.partner", "proxy.primary", Messages.Http("GET / HTTP/1.1"))
            .Sip("gw.partner", "gw.primary", Request());
    }

    [Test]
    public void Documents_follow_their_schemas()
    {
        const string asked = "a document that follows its schema";
        const string group = "application/vnd.oma.poc.groups+xml";
        const string access =
            """<get-partner-connection-details-response xmlns="urn:mcconformance:ns:partner-access:1.0"/>""";
        Judge(Document("<unknown/>", group)).IsSilent();
        Judge(Document("", group)).IsSilent();
        Judge(Document("<", "application/json")).IsSilent();
        Judge(Document("<", group).Fated(1, Fate.Altered)).IsSilent();
        Judge(Document("<", group).Sent(1, from: "ue")).IsSilent();
        Judge(Scene()).IsSilent();
        Judge(Scene().With(4, Messages.Sip("MESSAGE sip:a SIP/2.0\nContent-Type: text/plain\n\n<"))).IsSilent();
        Reason(Document("<", group)).Should()
            .Be($"XML 1.0 2.1: expected {asked}, received text that is no well-formed XML" +
                " in message 1 on CSC-16 gms.partner.example -> gms.primary.example");
        Reason(Document("<unknown/>", group).Http("cms.primary", "ue", Body(access, group)))
            .Should().StartWith(
                $"deviates from binding profile own-1 (OWN NAMES): expected {asked}, received The element")
            .And.EndWith(" in message 2 on CSC-4 cms.primary.example -> ue");
        Reason(Document("<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\"><x/></resource-lists>", group))
            .Should().StartWith(
                $"RFC 4826 3.2: expected {asked}, received The element 'resource-lists'");
        Reason(Document("<!DOCTYPE x><x/>", group)).Should()
            .Contain($"expected {asked}, received a document type definition in message 1");
        Reason(Document(Nested(100), group)).Should()
            .Contain($"expected {asked}, received more octets, or elements within elements, than a reader takes");
        Reason(Scene().With(4, "</mcptt-Params>", "</mcptt-Params><mcptt-Params/>")).Should()
            .StartWith($"TS 24.379 F.1.2: expected {asked}, received The element 'mcpttinfo'");
        Reason(Scene().With(4, "index>2<", "index>x<"))
            .Should().StartWith("deviates from binding profile own-1 (OWN NAMES): expected a document")
            .And.EndWith(" in message 4 on MCPTT-3 mcptt.partner.example -> gw.partner.example");
        Reason(Scene().With(4, "</mcpttinfo>", "")).Should()
            .StartWith("XML 1.0 2.1: expected a document");

        // not theirs: the UE's, passed on by the SIP core; the other MC system's, passed on by the gateway server
        foreach (var number in (int[])[2, 3, 5, 6]) Judge(Scene().With(number, "index>2<", "index>x<")).IsSilent();

        static Judged Judge(Scene scene) => scene.Judge(DocumentsFollowTheirSchemas.Judge);
        static string Reason(Scene scene)
        {
            var judged = DocumentsFollowTheirSchemas.Judge(scene.Seen)!;
            (judged.Verdict, judged.Claim).Should().Be((Verdict.Fail, "XML documents follow their schemas"));
            return judged.Reason;
        }

        static string Nested(int depth) => string.Concat(Enumerable.Repeat("<x>", depth));
        static Scene Document(string text, string type) => new Scene()
            .Http("gms.partner", "gms.primary", Body(text, type));
        static byte[] Body(string text, string type) => Messages
            .Http("PUT / HTTP/1.1", Encoding.UTF8.GetBytes(text), type);
    }

    [Test]
    public void Another_dissector_names_every_message()
    {
        const string claim = "another dissector names every SIP and HTTP message";
        const string printed =
            "REGISTER,PUBLISH;;;;x\nMESSAGE;200;;;x\n;;GET,POST;200,302;x\r\n;;PUT;;eth:mime_multipart\n";
        Judge(Played(), printed).Passes("MSA-1", claim);
        foreach (var missing in (string[])["REGISTER", "PUBLISH", "MESSAGE"])
            Judge(Played(), printed.Replace(missing, "")).Fails("MSA-1", $"sip {missing}", "no such message");
        foreach (var missing in (string[])["GET", "POST", "PUT", "302"])
            Judge(Played(), printed.Replace(missing, "")).Fails("MSA-1", $"http {missing}", "no such message");
        Judge(Played(), printed.Replace("MESSAGE;200", "MESSAGE;")).Fails("MSA-1", "sip 200", "no such message");
        Judge(Played(), printed.Replace(";200,302", ";302")).Fails("MSA-1", "http 200", "no such message");
        Judge(Played(), printed.Replace("mime_multipart", "")).Fails("MSA-1", "bodies of many parts", "none");
        Judge(Played(), printed.Replace("x\n", "mime_multipart\n").Replace("eth:mime_multipart", ""))
            .Passes("MSA-1", claim);
        Judge(Played().Sip("ue", "pcscf.partner", "OPTIONS sip:a SIP/2.0\n\n"), printed)
            .Fails("MSA-1", "sip OPTIONS", "another name, or none", 5);
        Judge(Played().Sip("pcscf.partner", "ue", "SIP/2.0 404 X\n\n"), printed)
            .Fails("MSA-1", "sip 404", "another name, or none", 5);
        Judge(Played().Http("gms.partner", "ue", Messages.Http("DELETE / HTTP/1.1")), printed)
            .Fails("MSA-1", "http DELETE", "another name, or none", 5);
        Judge(Played().Http("gms.partner", "ue", Messages.Http("HTTP/1.1 404 X")), printed)
            .Fails("MSA-1", "http 404", "another name, or none", 5);
        Judge(Played().Diameter("mms.partner", "mms.primary", Messages.Watchdog(0x80, 1)), printed)
            .Passes("MSA-1", claim);
        foreach (var (protocol, missing) in new[] { (WireProtocol.Sip, "PUBLISH"), (WireProtocol.Http, "POST") })
            FluentActions
                .Invoking(() =>
                Judge(Played().Unseen("mcptt.partner", "gw.partner", protocol), printed.Replace(missing, "")))
                .Should().Throw<Checks.Flow.UnobservableException>();
        Judge(Played().Unseen("mcptt.partner", "gw.partner", WireProtocol.Sip), printed.Replace("POST", ""))
            .Fails("MSA-1", "http POST", "no such message");
        Judge(Played().Unseen("gms.partner", "gms.primary", WireProtocol.Http), printed.Replace("PUBLISH", ""))
            .Fails("MSA-1", "sip PUBLISH", "no such message");

        static Judged Judge(Scene scene, string printed) => scene
            .Judge(s => TsharkReadsApplicationPlane.Judge(s, printed));
        static Scene Played() => new Scene().Sip("ue", "pcscf.partner", "MESSAGE sip:a SIP/2.0\n\n")
            .Sip("pcscf.partner", "ue", "SIP/2.0 200 OK\n\n")
                .Http("gms.partner", "ue", Messages.Http("HTTP/1.1 302 Found"))
            .Http("gms.partner", "ue", []);
    }

    private static string Hop(string what, string from, string of, string to, string at) =>
        $"the {what} from the {from} of {of} to the {to} of {at}";
}
