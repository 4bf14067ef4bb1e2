using System.Net;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Templates;
using McConformance.Wire.Identities;

namespace McConformance.Wire.Diameter.Tests.Templates;

/// <summary>Every template is sound, and holds what TS 29.229 and RFC 6733 ask for.</summary>
[Parallelizable(ParallelScope.All)]
public class TemplateTests
{
    private static readonly Capabilities Own = new(
        new DiameterIdentity("scscf.b.example"), new DiameterIdentity("b.example"), IPAddress.Loopback, "test",
            [16777216]);

    private static readonly SipIdentitySet User = new(new PrivateUserIdentity("v1@b.example"),
        new PublicUserIdentity("sip:v1@b.example"));

    private static readonly RequestHead Head = new(
        "scscf.b.example;1;1", new DiameterIdentity("scscf.b.example"), new DiameterIdentity("b.example"),
            new DiameterIdentity("b.example"),
        HopByHop: 1, EndToEnd: 2);

    private static IEnumerable<TestCaseData> Messages()
    {
        yield return Case("CER", Rfc6733Messages.CapabilitiesExchangeRequest(New, Own, 1, 2),
            "264 296 257 266 269 265 260");
        yield return Case("CER_of_a_relay",
            Rfc6733Messages.CapabilitiesExchangeRequest(New, Own with { Applications = [0xffffffff] }, 1, 2),
            "264 296 257 266 269 258");
        yield return Case("CEA", Rfc6733Messages.CapabilitiesExchangeAnswer(New, Own, Request(257, 0x80), 2001),
            "268 264 296 257 266 269 265 260");
        yield return Case("CEA_3010",
            Rfc6733Messages.CapabilitiesExchangeAnswer(New, Own, Request(257, 0x80), 3010, "who?"),
            "268 264 296 281 257 266 269 265 260");
        yield return Case("DWR", Rfc6733Messages.DeviceWatchdogRequest(New, Own, 1, 2), "264 296");
        yield return Case("DWA", Rfc6733Messages.DeviceWatchdogAnswer(New, Own, Request(280, 0x80)), "268 264 296");
        yield return Case("DPR", Rfc6733Messages.DisconnectPeerRequest(New, Own, 1, 2, Rfc6733Messages.BUSY),
            "264 296 273");
        yield return Case("DPA", Rfc6733Messages.DisconnectPeerAnswer(New, Own, Request(282, 0x80)), "268 264 296");
        const string Begin = "263 260 277 264 296 283 ";
        yield return Case("UAR",
            Ts29229Messages.UserAuthorizationRequest(Ts29229Messages.Start(New, 300, Head), User, "a.example", 1),
            Begin + "1 601 600 623");
        yield return Case("SAR",
            Ts29229Messages.ServerAssignmentRequest(Ts29229Messages.Start(New, 301, Head), User, "sip:s", 1),
            Begin + "1 601 602 614 624");
        yield return Case("LIR",
            Ts29229Messages.LocationInfoRequest(Ts29229Messages.Start(New, 302, Head), User.Public, true),
            Begin + "633 601");
        yield return Case("MAR",
            Ts29229Messages.MultimediaAuthRequest(Ts29229Messages.Start(New, 303, Head), User, "sip:s"),
            Begin + "1 601 612 607 602");
        yield return Case("MAR_resynchronization",
            Ts29229Messages.MultimediaAuthRequest(Ts29229Messages.Start(New, 303, Head), User, "sip:s", new byte[30]),
                Begin + "1 601 612 607 602");
        const string Back = "263 268 264 296 260 277 ";
        yield return Case("UAA", Ts29229Messages.UserAuthorizationAnswer(Answer(300), "sip:s"), Back + "602");
        yield return Case("UAA_capabilities", Ts29229Messages.UserAuthorizationAnswer(Answer(300), [1, 2], [3]),
            Back + "603");
        yield return Case("SAA",
            Ts29229Messages.ServerAssignmentAnswer(Answer(301), User.Private, "<IMSSubscription/>"u8), Back + "1 606");
        yield return Case("LIA", Ts29229Messages.LocationInfoAnswer(Answer(302), "sip:s"), Back + "602");
        var vector = new AkaVector(new byte[16], new byte[16], new byte[8], new byte[16], new byte[16]);
        yield return Case("MAA", Ts29229Messages.MultimediaAuthAnswer(Answer(303), User, vector),
            Back + "1 601 607 612");
    }

    private static DiameterDraft New => new();

    [TestCaseSource(nameof(Messages))]
    public void Is_sound_and_holds(byte[] octets, string codes)
    {
        var findings = new List<Finding>();
        DiameterValidator.Check(octets, findings).IsNone.Should().BeTrue();
        findings.Should().BeEmpty();
        var found = new List<uint>();
        foreach (var avp in Samples.Message(octets).Avps) found.Add(avp.Code);
        string.Join(' ', found).Should().Be(codes);
    }

    [Test]
    public void The_template_writes_the_sample_of_the_wire_bindings()
    {
        var draft = Ts29229Messages.MultimediaAuthRequest(Ts29229Messages.Start(New, 303, Head), User,
            "sip:scscf.b.example:6060");
        draft.Finish().Octets.ToArray().Should().Equal(Samples.Mar);
    }

    private static TestCaseData Case(string name, DiameterDraft draft, string codes) =>
        new TestCaseData(draft.Finish().Octets.ToArray(), codes).SetName(name);

    private static DiameterMessage Request(uint command, byte flags) =>
        Samples.Message(new DiameterDraft().Start(flags, command, command < 300 ? 0 : 16777216u, 1, 2).Finish().Octets
            .ToArray());

    /// <summary>The head that a node writes.</summary>
    private static DiameterDraft Answer(uint command)
    {
        var request = Samples.Message(Ts29229Messages.Start(New, command, Head).Finish().Octets.ToArray());
        var draft = Rfc6733Messages.Answer(New, new DiameterIdentity("hss.b.example"),
            new DiameterIdentity("b.example"), request, 2001);
        request.TryFind(260, 0, out var application);
        request.TryFind(277, 0, out var state);
        return draft.Copy(application).Copy(state);
    }
}
