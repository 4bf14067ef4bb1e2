using McConformance.Wire.Documents;
using McConformance.Wire.Identities;
using static McConformance.Checks.Tests.Scenes.Messages;
using static McConformance.Checks.Tests.Scenes.Registration;

namespace McConformance.Checks.Tests.Scenes;

/// <summary>A UE asks for connection details, and everybody does as TR 23.781 6.2.1 steps 1 to 13 have it.</summary>
internal static class Connection
{
    public const string User = "sip:alice@primary.example";
    public const string Outbound = "out-0001@ims.primary.example", Inbound = "in-0001@ims.partner.example";

    /// <summary>1 request of the client, 2 and 3 outbound identities, 4 request for access, 5 and 6 inbound
    /// identities, 7
    /// its answer, 8 the client's.</summary>
    public static Scene Details() => new Scene()
        .Http("ue", "cms.primary",
            Body(new PartnerConnectionRequest(new McServiceId(User), new UeLocation("00102", null))))
        .Diameter("cms.primary", "sdb.primary", Asks(2, Isim))
        .Diameter("sdb.primary", "cms.primary", Gives(2, Set(Outbound)))
        .Http("cms.primary", "cms.partner", Wants())
        .Diameter("cms.partner", "sdb.partner", Asks(5, Set(Outbound), "sdb.ims.primary.example"))
        .Diameter("sdb.partner", "cms.partner", Gives(5, Set(Inbound)))
        .Http("cms.partner", "cms.primary", Body(new PartnerAccessResponse(Grant())))
        .Http("cms.primary", "ue", Told("partner.example", Grant()));

    public static byte[] Asks(uint id, SipIdentitySet set, string? server = null) => Request(
        UserData, id, [Avp(1, set.Private.Value), Group(700, Avp(601, set.Public.Value)), .. server is null
            ? (byte[][])[] : [Avp(602, server)]]);

    public static byte[] Gives(uint id, SipIdentitySet set, uint result = 2001) =>
        Gives(id, $"<Sh-Data><sip-identities impi='{set.Private}' impu='{set.Public}'/></Sh-Data>", result);

    public static byte[] Gives(uint id, string data, uint result = 2001) =>
        Answer(UserData, id, Avp(268, result), Avp(702, data));

    public static byte[] Wants(
        string user = User, string database = "sdb.ims.primary.example", SipIdentitySet? set = null,
        bool outbound = true) => Body(
        new PartnerAccessRequest(
            new McServiceId(user), new DiameterIdentity(database), set ?? Set(Outbound), outbound));

    public static byte[] Told(string partner, PartnerGrant grant) =>
        Body(new PartnerConnectionResponse(new McSystemId(partner), grant));

    public static byte[] Body(PartnerAccess body) => Http(
        body is PartnerAccessRequest or PartnerConnectionRequest ? "POST / HTTP/1.1"
            : "HTTP/1.1 200 OK", body.ToOctets(),
        PartnerAccess.ContentType);

    public static PartnerGrant Grant(string domain = "partner.example", string set = Inbound) =>
        new(Set(set), new UeInitialConfiguration
        {
            Domain = domain,
            OnNetwork = new OnNetworkAccess
            {
                Home = new PlmnAccess("00101", new ConnectionReferences("mcptt", "core", "id")),
                Servers =
                new ApplicationServers
                {
                    IdmsAuthorization = "a",
                    IdmsToken = "b",
                    HttpProxy = "c",
                    Gms = "d",
                    Cms = "e",
                    Kms = "f"
                },
                GmsUri = "sip:gms",
                GroupCreationXui = "sip:creator",
                GmsXcapRoot = "g",
                CmsXcapRoot = "h",
            },
        });
}
