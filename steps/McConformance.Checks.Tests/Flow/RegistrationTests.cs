using McConformance.Checks.Flow;
using McConformance.Checks.Tests.Scenes;
using static McConformance.Checks.Tests.Scenes.Registration;

namespace McConformance.Checks.Tests.Flow;

/// <summary>TS 23.280 10.1.6.2 steps 1 to 5: who asks whom, with which identities.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class RegistrationTests
{
    private const string Database = "a request for SIP authentication information at the primary's SIP database";

    [Test]
    public void Ue_registers_with_partner_identities()
    {
        Judge(Scene()).Passes("SPR-1", "the UE registers with the partner identities", 9);
        Judge(Scene().Without(1, 9)).Misses("SPR-1", "a REGISTER from the UE to the partner's SIP core");
        Judge(Scene().Sent(1, to: "pcscf.primary").Sent(9, from: "ue2"))
            .Misses("SPR-1", "a REGISTER from the UE to the partner's SIP core");
        Judge(Scene().With(9, "in-0001@ims.partner.example", "alice-ue@ims.primary.example"))
            .Fails("SPR-1", "no ISIM default identity", "alice-ue@ims.primary.example", 9);
        Judge(Scene().With(9, "REGISTER sip:ims.partner", "REGISTER sip:ims.third"))
            .Fails("SPR-1", "sip:ims.partner.example", "sip:ims.third.example", 9);
        Judge(Scene().With(1, "To: <sip:in-0001", "To: <sip:in-0002"))
            .Fails("SPR-1", "sip:in-0001@ims.partner.example", "sip:in-0002@ims.partner.example", 1);
        Judge(Scene().With(1, "From: <sip:in-0001", "From: <sip:in-0002"))
            .Fails("SPR-1", "sip:in-0001@ims.partner.example", "sip:in-0002@ims.partner.example", 1);
        Judge(Scene().With(1, "From: ", "X: ")).Fails("SPR-1", "sip:in-0001@ims.partner.example", "nothing", 1);
        Judge(Scene().With(1, "From: <sip:in-0001@ims.partner.example>", "From: <x"))
            .Fails("SPR-1", "sip:in-0001@ims.partner.example", "nothing", 1);
        Judge(Scene().With(1, "username=\"in-0001", "username=\"in-0002"))
            .Fails("SPR-1", "in-0001@ims.partner.example", "in-0002@ims.partner.example", 1);
        Judge(Scene().With(1, "Authorization", "X")).Fails("SPR-1", "in-0001@ims.partner.example", "nothing", 1);
        Judge(Scene().With(1, "Digest", "Basic")).Fails("SPR-1", "in-0001@ims.partner.example", "nothing", 1);

        static Judged Judge(Scene scene) => scene.Judge(s => RegistersWithPartnerIdentities.Judge(s, Facts));
    }

    [Test]
    public void Sip_core_asks_its_migration_management_server()
    {
        const string claim = "the partner's SIP core asks its migration management server with the partner identities";
        Judge(Scene()).Passes("SPR-2", claim, 2);
        Judge(Scene().Sent(2, to: "sdb.partner")).Passes("SPR-2", claim, 2);
        Judge(Scene().Sent(2, to: "dpx.transit"))
            .Fails("SPR-2", "the migration management server as receiver", "dpx.transit.example", 2);
        Judge(Scene().With(2, Asked(1, Isim, "ims.partner.example")))
            .Fails("SPR-2", $"{Partner}", $"{Isim}", 2);
        Judge(Scene().With(2, Messages.Request(Messages.MultimediaAuth, 1)))
            .Fails("SPR-2", $"{Partner}", "none / none", 2);
        const string missing = "a request for SIP authentication information from the partner's SIP core";
        Judge(Scene().Without(2)).Misses("SPR-2", missing);
        Judge(Scene().Sent(2, from: "scscf.primary")).Misses("SPR-2", missing);

        static Judged Judge(Scene scene) => scene.Judge(s => AsksWithPartnerIdentities.Judge(s, Facts));
    }

    [Test]
    public void Partner_asks_the_primary()
    {
        Judge(Scene()).Passes("SPR-4", "the request on CSC-18 carries the primary identities", 3);
        Judge(Scene().Without(3)).Misses("SPR-3", "a request for SIP authentication information on CSC-18")
            .Of("the partner's migration management server asks the primary's");
        Judge(Scene().Sent(3, to: "sdb.partner"))
            .Misses("SPR-3", "a request for SIP authentication information on CSC-18");
        Judge(Scene().Sent(3, to: "dpx.transit"))
            .Misses("SPR-3", "the request at the primary's migration management server");
        Judge(Scene().With(3, Asked(2, Primary, "ims.third.example")))
            .Fails("SPR-3", "ims.primary.example", "ims.third.example", 3);
        Judge(Scene().With(3, Messages.Request(Messages.MultimediaAuth, 1)))
            .Fails("SPR-3", "ims.primary.example", "nothing", 3);
        Judge(Scene().With(3, Asked(2, Partner, "ims.primary.example"))).Fails("SPR-4", $"{Primary}", $"{Partner}", 3);

        // another UE's request came first
        Judge(Another().Diameter("mms.partner", "mms.primary", Asked(12, Primary, "ims.primary.example")))
            .Passes("SPR-4", "the request on CSC-18 carries the primary identities", 2);

        static Judged Judge(Scene scene) => scene.Judge(s => AsksThePrimary.Judge(s, Facts));
        static Scene Another() => new Scene().Diameter("mms.partner", "mms.primary", Asked(11, Isim, "x"));
    }

    [Test]
    public void Primary_asks_its_database_after_it_was_asked()
    {
        const string claim =
            "the primary's migration management server asks the SIP database with the primary identities";
        Judge(Scene()).Passes("SPR-5", claim, 4);
        Judge(Scene().Without(3)).Passes("SPR-5", claim, 4);
        Judge(Scene().Without(4)).Misses("SPR-5", Database);
        Judge(Scene().Sent(4, to: "sdb.partner")).Misses("SPR-5", Database);
        Judge(Scene().Swapped(3, 4))
            .Fails("SPR-5", "the request on CSC-18 first", "the SIP database was asked before", 3);
        Judge(Scene().With(4, Asked(3, Partner, "ims.primary.example"))).Fails("SPR-5", $"{Primary}", $"{Partner}", 4);
        Judge(Scene().Diameter("mms.primary", "sdb.primary", Asked(13, Isim, "x")).Swapped(4, 11))
            .Passes("SPR-5", claim, 11);

        static Judged Judge(Scene scene) => scene.Judge(s => AsksTheDatabase.Judge(s, Facts));
    }
}
