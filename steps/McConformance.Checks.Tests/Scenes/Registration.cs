using McConformance.Checks.Flow;
using McConformance.Wire.Identities;

namespace McConformance.Checks.Tests.Scenes;

/// <summary>A migrating UE registers with the partner, and everybody does as TS 23.280 10.1.6.2 has it.</summary>
internal static class Registration
{
    public static readonly SipIdentitySet Isim = Set("alice-ue@ims.primary.example");
    public static readonly SipIdentitySet Primary = Set("mig-0001@ims.primary.example");
    public static readonly SipIdentitySet Partner = Set("in-0001@ims.partner.example");

    public static readonly MigrationFacts Facts = new(
        "ue", "primary.example", "partner.example", "ims.primary.example", "ims.partner.example", Isim, Primary,
            Partner);

    /// <summary>RAND and AUTN of the vector, as a nonce carries them.</summary>
    public static readonly string Nonce = Convert.ToBase64String(Messages.Octets(32, 1));

    /// <summary>A private identity, and the public one of the same name.</summary>
    public static SipIdentitySet Set(string name) =>
        new(new PrivateUserIdentity(name), new PublicUserIdentity($"sip:{name}"));

    /// <summary>The scene: 1 REGISTER, 2 to 4 requests for authentication information, 5 to 7 the answers, 8 challenge,
    /// 9 REGISTER, 10 success.</summary>
    public static Scene Scene() => new Scene()
        .Sip("ue", "pcscf.partner", Register(""))
        .Diameter("scscf.partner", "mms.partner", Asked(1, Partner, "ims.partner.example"))
        .Diameter("mms.partner", "mms.primary", Asked(2, Primary, "ims.primary.example"))
        .Diameter("mms.primary", "sdb.primary", Asked(3, Primary, "ims.primary.example"))
        .Diameter("sdb.primary", "mms.primary", Answered(3, Primary))
        .Diameter("mms.primary", "mms.partner", Answered(2, Primary))
        .Diameter("mms.partner", "scscf.partner", Answered(1, Partner))
        .Sip("pcscf.partner", "ue", Challenge(Nonce))
        .Sip("ue", "pcscf.partner", Register("0123456789abcdef0123456789abcdef"))
        .Sip("pcscf.partner", "ue", Confirmed);

    public static byte[] Asked(uint id, SipIdentitySet set, string realm) => Messages.Request(
        Messages.MultimediaAuth, id, [Messages.Avp(263, "session;1"), Messages.Avp(283, realm),
            .. Messages.Identities(set)]);

    public static byte[] Answered(uint id, SipIdentitySet set, uint result = 2001, byte[]? vector = null) =>
        Messages.Answer(
        Messages.MultimediaAuth, id,
        [Messages.Avp(268, result), .. Messages.Identities(set), vector ?? Messages.Vector()]);

    public static string Register(string response, string auts = "") => $"""
        REGISTER sip:ims.partner.example SIP/2.0
        Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1
        From: <{Partner.Public}>;tag=1
        To: <{Partner.Public}>
        Call-ID: 1
        CSeq: 1 REGISTER
        Authorization: Digest username="{Partner.Private}",realm="ims.partner.example",nonce="",
         response="{response}"{auts}
        Content-Length: 0


        """;

    public static string Challenge(string nonce) => $"""
        SIP/2.0 401 Unauthorized
        CSeq: 1 REGISTER
        WWW-Authenticate: Digest realm="ims.partner.example",nonce="{nonce}",algorithm=AKAv1-MD5
        Content-Length: 0


        """;

    private static string Confirmed => $"""
        SIP/2.0 200 OK
        CSeq: 2 REGISTER
        Contact: <sip:192.0.2.1>
        Service-Route: <sip:scscf.partner.example;lr>
        P-Associated-URI: <{Partner.Public}>
        Content-Length: 0


        """;
}
