using McConformance.Checks.Migration;
using McConformance.Checks.Tests.Scenes;
using McConformance.Wire;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;
using static McConformance.Checks.Tests.Scenes.Messages;
using static McConformance.Checks.Tests.Scenes.Registration;

namespace McConformance.Checks.Tests.Migration;

/// <summary>TR 23.781 6.2.1: identities are allocated, passed on and registered with.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ConnectionTests
{
    private const string User = "sip:alice@primary.example";
    private const string Outbound = "out-0001@ims.primary.example", Inbound = "in-0001@ims.partner.example";

    [Test]
    public void Primary_asks_for_outbound_identities_and_passes_them_on()
    {
        const string request = "the access request names user, SIP database and outbound identities";
        Judge(Details()).Passes("SOL2-7", request, 4);
        Judge(Details().Without(2)).Misses("SOL2-4", "a request for outbound identities")
            .Of("the SIP database is asked with the user's identities");
        Judge(Details().Sent(2, from: "mcptt.primary")).Misses("SOL2-4", "a request for outbound identities");
        Judge(Details().Sent(2, from: "cms.partner")).Misses("SOL2-4", "a request for outbound identities");
        Judge(Details().Sent(2, to: "sdb.partner")).Misses("SOL2-4", "a request for outbound identities");
        Judge(Details().With(2, Asks(2, Set(Outbound)))).Fails("SOL2-4", $"{Isim}", $"{Set(Outbound)}", 2);
        foreach (var about in (byte[][])[Request(UserData, 2), Request(UserData, 2, Avp(1, "x")),
            Request(UserData, 2, Avp(1, "x"), Avp(700, "")),
            Request(UserData, 2, Group(700, Avp(601, "sip:x")))])
            Judge(Details().With(2, about)).Fails("SOL2-4", $"{Isim}", "", 2);
        Judge(Details().Without(3)).Misses("SOL2-6", "an answer with outbound identities")
            .Of("the SIP database returns the outbound identities");
        Judge(Details().Sent(3, from: "sdb.partner")).Misses("SOL2-6", "an answer with outbound identities");
        Judge(Details().Sent(3, to: "mcptt.primary")).Misses("SOL2-6", "an answer with outbound identities");
        Judge(Details().Sent(3, to: "cms.partner")).Misses("SOL2-6", "an answer with outbound identities");
        foreach (var given in (byte[][])[Answer(UserData, 2), Gives(2, "<"), Gives(2, "<x/>"),
            Gives(2, "<sip-identities impi='a'/>"),
            Gives(2, "<sip-identities impu='a'/>")])
            Judge(Details().With(3, given)).Fails("SOL2-6", "outbound identities", "none", 3);
        Judge(Details().Without(4)).Misses("SOL2-7", "a partner access request");
        Judge(Details().Sent(4, to: "cms.third")).Misses("SOL2-7", "a partner access request");
        var half = new SipIdentitySet(Set(Outbound).Private, Set(Inbound).Public);
        var other = new SipIdentitySet(Set(Inbound).Private, Set(Outbound).Public);
        foreach (var set in (SipIdentitySet[])[Set(Inbound), half, other])
            Judge(Details().With(3, Gives(2, set))).Fails("SOL2-5", "identities of ims.primary.example", $"{set}", 3);
        Judge(Details().With(3, Gives(2, Isim))).Fails("SOL2-5", "other identities than the user's", $"{Isim}", 3)
            .Of("outbound identities of the primary are allocated in place of the user's");
        Judge(Details().With(4, Wants(user: "sip:bob@primary.example")))
            .Fails("SOL2-7", User, "sip:bob@primary.example", 4);
        Judge(Details().With(4, Wants(database: "hss.example")))
            .Fails("SOL2-7", "sdb.ims.primary.example", "hss.example", 4);
        Judge(Details().With(4, Wants(set: Isim))).Fails("SOL2-7", $"outbound {Set(Outbound)}", $"outbound {Isim}", 4);
        Judge(Details().With(4, Wants(outbound: false)))
            .Fails("SOL2-7", $"outbound {Set(Outbound)}", $"the user's {Set(Outbound)}", 4);

        static Judged Judge(Scene scene) =>
            scene.Judge(s =>
                PassesIdentitiesOn.AtPrimary(new ConnectionDetails(s, "primary.example", "partner.example"), User,
                Facts));
    }

    [Test]
    public void Partner_allocates_inbound_identities_and_gives_them()
    {
        Judge(Details()).Passes("SOL2-13", "the client gets what the partner gave", 8);
        Judge(Details().Without(4)).Misses("SOL2-7", "a partner access request");
        Judge(Details().Without(5)).Misses("SOL2-9", "a request for inbound identities")
            .Of("the partner's SIP database is asked with what the primary named");
        Judge(Details().Without(6)).Misses("SOL2-11", "an answer with inbound identities")
            .Of("the partner's SIP database returns the inbound identities");
        Judge(Details().With(6, Answer(UserData, 5))).Fails("SOL2-11", "inbound identities", "none", 6);
        Judge(Details().Without(7)).Misses("SOL2-12", "a partner access response")
            .Of("the partner answers with inbound identities and initial configuration");
        Judge(Details().Without(8)).Misses("SOL2-13", "a response to the client");
        Judge(Details().Sent(8, to: "cms.third")).Misses("SOL2-13", "a response to the client");
        Judge(Details().With(5, Asks(5, Isim, "sdb.ims.primary.example")))
            .Fails("SOL2-9", $"{Set(Outbound)}", $"{Isim}", 5);
        Judge(Details().With(5, Asks(5, Set(Outbound), "x"))).Fails("SOL2-9", "sdb.ims.primary.example", "x", 5);
        Judge(Details().With(5, Asks(5, Set(Outbound)))).Fails("SOL2-9", "sdb.ims.primary.example", "nothing", 5);
        Judge(Details().With(6, Gives(5, Set(Outbound))))
            .Fails("SOL2-10", "identities of ims.partner.example", $"{Set(Outbound)}", 6)
            .Of("inbound identities of the partner are allocated");
        Judge(Details().With(7, Body(new PartnerAccessResponse(Grant(set: Outbound)))))
            .Fails("SOL2-12", $"{Set(Inbound)}", $"{Set(Outbound)}", 7);
        Judge(Details().With(7, Body(new PartnerAccessResponse(Grant("third.example")))))
            .Fails("SOL2-12", "partner.example", "third.example", 7);
        Judge(Details().With(7, Body(new PartnerAccessResponse(PartnerAccessCause.UserNotAuthorized))))
            .Fails("SOL2-12", $"{Set(Inbound)}", "", 7);
        Judge(Details().With(8, Told("third.example", Grant())))
            .Fails("SOL2-13", "partner.example", "third.example", 8);
        Judge(Details().With(8, Body(new PartnerConnectionResponse(PartnerAccessCause.UserNotAuthorized))))
            .Fails("SOL2-13", "partner.example", "nothing", 8);
        Judge(Details().With(8, Told("partner.example", Grant(set: Outbound))))
            .Fails("SOL2-13", $"{Set(Inbound)}", $"{Set(Outbound)}", 8);
        Judge(Details().With(8, Told("partner.example", Grant("third.example")))).Fails(
            "SOL2-13", $"{Grant().Configuration.ToXml()}", $"{Grant("third.example").Configuration.ToXml()}", 8);

        static Judged Judge(Scene scene) =>
            scene.Judge(s =>
                PassesIdentitiesOn.AtPartner(new ConnectionDetails(s, "primary.example", "partner.example"), Facts));
    }

    [Test]
    public void Every_step_is_found_where_it_passes()
    {
        var seen = Details().Http("cms.primary", "ue", Told("partner.example", Grant())).Seen;
        var details = new ConnectionDetails(seen, "primary.example", "partner.example");
        (details.ClientRequest!.Number, details.OutboundRequest!.Number, details.OutboundAnswer!.Number,
            details.AccessRequest!.Number)
            .Should().Be((1, 2, 3, 4));
        (details.InboundRequest!.Number, details.InboundAnswer!.Number, details.AccessResponse!.Number)
            .Should().Be((5, 6, 7));
        details.ClientResponses.Select(m => m.Number).Should().Equal(8, 9);
        var none = new ConnectionDetails(new Scene().Seen, "primary.example", "partner.example");
        (none.ClientRequest, none.OutboundRequest, none.OutboundAnswer, none.AccessRequest, none.InboundRequest,
            none.InboundAnswer, none.AccessResponse)
            .Should().Be((null, null, null, null, null, null, null));
    }

    [Test]
    public void Registration_asks_by_the_steps_of_solution_2()
    {
        Judge(Scene()).Passes("SOL2-18", "the request on CSC-18 carries the primary identities", 3);
        Judge(Scene().Without(1, 9)).Misses("SOL2-15", "a REGISTER from the UE to the partner's SIP core");
        Judge(Scene().Without(2))
            .Misses("SOL2-16", "a request for SIP authentication information from the partner's SIP core");
        Judge(Scene().Without(3)).Misses("SOL2-17", "a request for SIP authentication information on CSC-18");

        static Judged Judge(Scene scene) => scene.Judge(s => RegistersAsAllocated.OfRequest(s, Facts));
    }

    [Test]
    public void Registration_is_answered_by_the_steps_of_solution_2()
    {
        Judge(Scene()).Passes("SOL2-21", "the SIP core gets the partner identities and the vector unchanged", 7);
        Judge(Scene().Without(3)).Misses("SOL2-19", "an answer of the primary")
            .Of("the primary answers with its identities and a vector");
        Judge(Scene().Without(6)).Misses("SOL2-19", "an answer of the primary");
        Judge(Scene().With(6, Answered(2, Isim))).Fails("SOL2-19", $"{Primary}", $"{Isim}", 6);
        Judge(Scene().With(6, Answered(2, Primary, vector: Vector(31))))
            .Fails("SOL2-19", "RAND and AUTN", "31 octets", 6);
        Judge(Scene().With(7, Answered(1, Isim))).Fails("SOL2-20", $"{Partner}", $"{Isim}", 7);

        static Judged Judge(Scene scene) => scene.Judge(s => RegistersAsAllocated.OfResponse(s, Facts));
    }

    [Test]
    public void Ue_is_challenged_by_the_steps_of_solution_2()
    {
        Judge(Scene()).Passes("SOL2-24", "the SIP core confirms the registration after the challenge was answered", 10);
        Judge(Scene().Without(2)).Misses("SOL2-22", "a vector at the SIP core")
            .Of("the SIP core challenges the UE with the vector that came");
        Judge(Scene().Without(7)).Misses("SOL2-22", "a vector at the SIP core");
        foreach (var scene in (Scene[])[Scene().Without(8), Scene().Sent(8, to: "ue2"), Scene().Swapped(7, 8)])
            Judge(scene).Misses("SOL2-22", "a challenge to the UE");
        Judge(Scene().With(8, "nonce=\"", "nonce=\"x")).Fails("SOL2-22", Nonce, $"x{Nonce}", 8);
        Judge(Scene().With(8, "WWW-Authenticate", "X")).Fails("SOL2-22", Nonce, "", 8);
        Judge(Scene().With(8, "Digest", "Basic")).Fails("SOL2-22", Nonce, "", 8);
        foreach (var scene in (Scene[])[Scene().Without(9), Scene().Sent(9, from: "ue2"), Scene().Swapped(8, 9),
            Scene().With(9, Messages.Sip(Register(""))), Scene().With(9, "Authorization", "X"), Scene()
                .With(9, "Digest", "Basic")])
            Judge(scene).Misses("SOL2-23", "an answer of the UE");
        Judge(Scene().With(9, "username=\"in-0001", "username=\"in-0002"))
            .Fails("SOL2-23", Inbound, "in-0002@ims.partner.example", 9)
            .Of("the UE answers the challenge by its ISIM");
        Judge(Scene().Without(10)).Misses("SOL2-24", "a 200 to the UE's REGISTER");

        static Judged Judge(Scene scene) => scene.Judge(s => RegistersAsAllocated.OfChallenge(s, Facts));
    }

    [Test]
    public void Ue_registers_by_REGISTER()
    {
        Judge(Scene()).Passes("SOL2-T", "the UE registers by REGISTER and never by INVITE", 1);
        Judge(Scene().Sip("ue", "pcscf.partner", "INVITE sip:a SIP/2.0\n\n")).Fails("SOL2-T", "REGISTER", "INVITE", 11);
        Judge(Scene().Without(1, 9)).Misses("SOL2-T", "a REGISTER of the UE");
        Judge(Scene().Without(9).Sent(1, from: "ue2")).Misses("SOL2-T", "a REGISTER of the UE");
        Judge(Scene().Without(9).Sent(1, to: "pcscf.primary")).Misses("SOL2-T", "a REGISTER of the UE");

        static Judged Judge(Scene scene) => scene.Judge(s => RegistersAsAllocated.ByRegister(s, Facts));
    }

    /// <summary>1 request of the client, 2 and 3 outbound identities, 4 request for access, 5 and 6 inbound
    /// identities, 7
    /// its answer, 8 the client's.</summary>
    private static Scene Details() => new Scene()
        .Http("ue", "cms.primary",
            Body(new PartnerConnectionRequest(new McServiceId(User), new UeLocation("00102", null))))
        .Diameter("cms.primary", "sdb.primary", Asks(2, Isim))
        .Diameter("sdb.primary", "cms.primary", Gives(2, Set(Outbound)))
        .Http("cms.primary", "cms.partner", Wants())
        .Diameter("cms.partner", "sdb.partner", Asks(5, Set(Outbound), "sdb.ims.primary.example"))
        .Diameter("sdb.partner", "cms.partner", Gives(5, Set(Inbound)))
        .Http("cms.partner", "cms.primary", Body(new PartnerAccessResponse(Grant())))
        .Http("cms.primary", "ue", Told("partner.example", Grant()));

    private static byte[] Asks(uint id, SipIdentitySet set, string? server = null) => Request(
        UserData, id, [Avp(1, set.Private.Value), Group(700, Avp(601, set.Public.Value)), .. server is null
            ? (byte[][])[] : [Avp(602, server)]]);

    private static byte[] Gives(uint id, SipIdentitySet set) =>
        Gives(id, $"<Sh-Data><sip-identities impi='{set.Private}' impu='{set.Public}'/></Sh-Data>");

    private static byte[] Gives(uint id, string data) => Answer(UserData, id, Avp(702, data));

    private static byte[] Wants(
        string user = User, string database = "sdb.ims.primary.example", SipIdentitySet? set = null,
        bool outbound = true) => Body(
        new PartnerAccessRequest(
            new McServiceId(user), new DiameterIdentity(database), set ?? Set(Outbound), outbound));

    private static byte[] Told(string partner, PartnerGrant grant) =>
        Body(new PartnerConnectionResponse(new McSystemId(partner), grant));

    private static byte[] Body(PartnerAccess body) =>
        Http("POST / HTTP/1.1", body.ToOctets(), PartnerAccess.ContentType);

    private static PartnerGrant Grant(string domain = "partner.example", string set = Inbound) =>
        new(Set(set), new UeInitialConfiguration
    {
        Domain = domain,
        OnNetwork = new OnNetworkAccess
        {
            Home = new PlmnAccess("00101", new ConnectionReferences("mcptt", "core", "id")),
            Servers =
                new ApplicationServers { IdmsAuthorization = "a", IdmsToken = "b", HttpProxy = "c", Gms = "d",
                Cms = "e", Kms = "f" },
            GmsUri = "sip:gms",
            GroupCreationXui = "sip:creator",
            GmsXcapRoot = "g",
            CmsXcapRoot = "h",
        },
    });
}
