using McConformance.Checks.Flow;
using McConformance.Checks.Tests.Scenes;
using McConformance.Wire.Identities;
using static McConformance.Checks.Tests.Scenes.Registration;

namespace McConformance.Checks.Tests.Flow;

/// <summary>TS 23.280 10.1.6.2 steps 6 to 9: identities and vector on their way back.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class AuthenticationTests
{
    private const string NoDatabase = "an answer of the primary's SIP database";

    private static readonly string Data = Convert.ToHexString(Messages.Vector().AsSpan(12));
    private static readonly string OtherData = Convert.ToHexString(Messages.Vector(first: 9).AsSpan(12));

    [Test]
    public void Database_answers_with_a_vector()
    {
        Judge(Scene())
            .Passes("SPR-6", "the SIP database answers with the primary identities and an authentication vector", 5);
        Judge(Scene().Without(5)).Misses("SPR-6", NoDatabase);
        Judge(Scene().Without(4)).Misses("SPR-6", NoDatabase);
        Judge(Scene().With(5, Answered(4, Primary))).Misses("SPR-6", NoDatabase);
        Judge(Scene().Sent(5, from: "sdb.partner")).Misses("SPR-6", NoDatabase);
        Judge(Scene().Sent(5, to: "mms.partner")).Misses("SPR-6", NoDatabase);
        Judge(Scene().Swapped(4, 5)).Misses("SPR-6", NoDatabase);
        Judge(Scene().With(5, Asked(3, Primary, "x"))).Misses("SPR-6", NoDatabase);
        Judge(Scene().With(5, Answered(3, Primary, 5012))).Fails("SPR-6", "result 2001", "result 5012", 5);
        Judge(Scene().With(5, Messages.Answer(Messages.MultimediaAuth, 3)))
            .Fails("SPR-6", "result 2001", "no result", 5);
        Judge(Scene()
            .With(5, Messages.Answer(Messages.MultimediaAuth, 3, Messages.Group(297, Messages.Avp(298, 5001)))))
            .Fails("SPR-6", "result 2001", "experimental result 5001", 5);
        Judge(Scene().With(5, Answered(3, Partner))).Fails("SPR-6", $"{Primary}", $"{Partner}", 5);
        Judge(Scene().With(5, Answered(3, Primary, vector: Messages.Vector(scheme: "Digest-MD5"))))
            .Fails("SPR-6", "Digest-AKAv1-MD5", "Digest-MD5", 5);
        Judge(Scene().With(5, Answered(3, Primary, vector: []))).Fails("SPR-6", "Digest-AKAv1-MD5", "nothing", 5);

        static Judged Judge(Scene scene) => scene.Judge(s => AnswersWithVector.Judge(s, Facts));
    }

    [TestCase(31, 8, 16, 16, "SIP-Authenticate of 32 octets", "31 octets")]
    [TestCase(33, 8, 16, 16, "SIP-Authenticate of 32 octets", "33 octets")]
    [TestCase(32, 3, 16, 16, "SIP-Authorization of 4 to 16 octets", "3 octets")]
    [TestCase(32, 17, 16, 16, "SIP-Authorization of 4 to 16 octets", "17 octets")]
    [TestCase(32, 4, 15, 16, "Confidentiality-Key of 16 octets", "15 octets")]
    [TestCase(32, 16, 17, 16, "Confidentiality-Key of 16 octets", "17 octets")]
    [TestCase(32, 8, 16, 15, "Integrity-Key of 16 octets", "15 octets")]
    [TestCase(32, 8, 16, 0, "Integrity-Key of 16 octets", "0 octets")]
    public void Database_answers_with_a_vector_of_the_right_lengths(
        int authenticate, int authorization, int ck, int ik, string expected, string actual)
    {
        var vector = Messages.Group(
            612, Messages.Avp(608, "Digest-AKAv1-MD5"), Messages.Avp(609, new byte[authenticate]),
            Messages.Avp(610, new byte[authorization]), Messages.Avp(625, new byte[ck]), Messages.Avp(626,
                new byte[ik]));
        Scene().With(5, Answered(3, Primary, vector: vector)).Judge(s => AnswersWithVector.Judge(s, Facts))
            .Fails("SPR-6", expected, actual, 5);
    }

    [Test]
    public void Primary_passes_the_vector_on()
    {
        const string claim = "the primary's migration management server passes identities and vector on over CSC-18";
        Judge(Scene()).Passes("SPR-7", claim, 6);
        Judge(Scene().Without(4)).Misses("SPR-7", NoDatabase);
        Judge(Scene().Without(5)).Misses("SPR-7", NoDatabase);
        Judge(Scene().Without(3)).Misses("SPR-7", "an answer on CSC-18");
        Judge(Scene().Without(6)).Misses("SPR-7", "an answer on CSC-18");
        Judge(Scene().Swapped(5, 6)).Fails("SPR-7", "the SIP database's answer first", "CSC-18 was answered before", 5);
        Judge(Scene().With(6, Answered(2, Partner))).Fails("SPR-7", $"{Primary}", $"{Partner}", 6);
        Judge(Scene().With(6, Answered(2, Primary, 5012))).Fails("SPR-7", "result 2001", "result 5012", 6);
        Judge(Scene().With(6, Answered(2, Primary, vector: Messages.Vector(first: 9))))
            .Fails("SPR-7", Data, OtherData, 6);
        Judge(Scene().With(6, Answered(2, Primary, vector: []))).Fails("SPR-7", Data, "nothing", 6);

        // a proxy stands between, and keeps the answer, or loses the request
        Judge(ByProxy().Diameter("dpx.transit", "mms.partner", Answered(2, Primary))).Passes("SPR-7", claim, 12);
        Judge(ByProxy()).Misses("SPR-7", "the answer at the partner's migration management server");
        Judge(ByProxy().Without(3)).Misses("SPR-7", "the answer at the partner's migration management server");

        static Judged Judge(Scene scene) => scene.Judge(s => PassesVectorOn.Judge(s, Facts));
        static Scene ByProxy() => Scene().Sent(3, to: "dpx.transit").Sent(6, to: "dpx.transit")
            .Diameter("dpx.transit", "mms.primary", Asked(2, Primary, "ims.primary.example")).Swapped(4, 11)
                .Swapped(5, 11)
            .Swapped(6, 11);
    }

    [Test]
    public void Partner_maps_the_identities_back()
    {
        const string noPartner = "an answer to the partner's SIP core";
        Judge(Scene()).Passes("SPR-9", "the SIP core gets the partner identities and the vector unchanged", 7);
        Judge(Scene().Without(3)).Misses("SPR-9", "an answer on CSC-18");
        Judge(Scene().Without(6)).Misses("SPR-9", "an answer on CSC-18");
        Judge(Scene().Without(2)).Misses("SPR-9", noPartner);
        Judge(Scene().Without(7)).Misses("SPR-9", noPartner);
        Judge(Scene().Sent(2, from: "scscf.primary")).Misses("SPR-9", noPartner);
        Judge(Scene().Sent(2, from: "mms.primary").Sent(7, to: "mms.primary")).Misses("SPR-9", noPartner);
        Judge(Scene().Sent(2, from: "sdb.partner").Sent(7, to: "sdb.partner")).Misses("SPR-9", noPartner);
        Judge(Scene().With(2, Asked(1, Isim, "x"))).Misses("SPR-9", noPartner);
        Judge(Scene().Swapped(6, 7))
            .Fails("SPR-9", "the answer on CSC-18 first", "the SIP core was answered before", 6);
        Judge(Scene().With(7, Answered(1, Primary))).Fails("SPR-8", "no primary identity", Primary.Private.Value, 7)
            .Of("the partner's migration management server maps the primary identities back");
        Judge(Scene().With(7, Answered(1, Isim))).Fails("SPR-8", $"{Partner}", $"{Isim}", 7);
        Judge(Scene().With(7, Answered(1, Partner, vector: Messages.Vector(first: 9))))
            .Fails("SPR-9", Data, OtherData, 7);
        Judge(Scene().With(7, Answered(1, Partner, 2002))).Fails("SPR-9", "result 2001", "result 2002", 7);

        static Judged Judge(Scene scene) => scene.Judge(s => AnswersWithPartnerIdentities.Judge(s, Facts));
    }

    [Test]
    public void Partner_asks_for_the_set_it_was_given()
    {
        Judge(Scene()).Passes("MMS-1", "a partner asks for the set it was given and for no other", 3);
        Judge(Scene().Without(3)).Misses("MMS-1", "a request from partner.example on CSC-18");
        Judge(Scene().Sent(3, from: "mms.third")).Misses("MMS-1", "a request from partner.example on CSC-18");
        Judge(Scene().Diameter("mms.partner", "mms.primary", Asked(9, Partner, "x")))
            .Fails("MMS-1", $"{Primary}", $"{Partner}", 11);

        static Judged Judge(Scene scene) => scene.Judge(s => AsksForOneSetOnly.Judge(s, "partner.example", Primary));
    }

    [Test]
    public void No_other_system_sees_the_set()
    {
        Judge(Scene()).Passes("SPR-3", $"{Primary} is sent to primary.example only", 3);
        Judge(Scene().Without(3, 6)).Misses("SPR-3", "a message on CSC-18 that carries the set");
        Judge(Scene().Diameter("mms.partner", "mms.third", Asked(9, Primary, "x")))
            .Fails("SPR-3", "primary.example", "mms.third.example", 11);

        static Judged Judge(Scene scene) =>
            scene.Judge(s => SentToOneSystemOnly.Judge("SPR-3", s, Primary, "primary.example"));
    }

    [Test]
    public void No_message_carries_a_foreign_identity()
    {
        const string claim = "no message on SIP-1 carries mig-0001@ims.primary.example / sip:other@ims.primary.example";
        var foreign = new SipIdentitySet(Primary.Private, new PublicUserIdentity("sip:other@ims.primary.example"));
        Judge(Scene()).Passes("SPR-9", claim);
        Judge(Scene().Without(1, 8, 9, 10)).Misses("SPR-9", "at least one message on SIP-1 to look at");
        Judge(Scene().With(1, "in-0001@ims.partner", "mig-0001@ims.primary"))
            .Fails("SPR-9", $"nothing of {foreign}", "mig-0001@ims.primary.example", 1);
        Judge(Scene().With(1, "sip:in-0001@ims.partner", "sips:other@ims.primary"))
            .Fails("SPR-9", $"nothing of {foreign}", "other@ims.primary.example", 1);

        Judged Judge(Scene scene) =>
            scene.Judge(s => CarriesNoIdentity.Judge("SPR-9", s, m => m.ReferencePoint == "SIP-1", "SIP-1", foreign));
    }
}
