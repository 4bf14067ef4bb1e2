using McConformance.Checks.Migration;
using McConformance.Checks.Tests.Scenes;
using static McConformance.Checks.Tests.Scenes.Messages;
using static McConformance.Checks.Tests.Scenes.Registration;

namespace McConformance.Checks.Tests.Migration;

/// <summary>TR 23.781 6.2.1 steps 15 to 24: registration with identities that were allocated.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class AllocatedRegistrationTests
{
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
        Judge(Scene().With(6, Answered(2, Primary, 5012))).Fails("SOL2-19", "result 2001", "result 5012", 6);
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
        Judge(Scene().With(8, "WWW-Authenticate", "X")).Fails("SOL2-22", Nonce, "nothing", 8);
        Judge(Scene().With(8, "Digest", "Basic")).Fails("SOL2-22", Nonce, "nothing", 8);
        foreach (var scene in (Scene[])[Scene().Without(9), Scene().Sent(9, from: "ue2"), Scene().Swapped(8, 9),
            Scene().With(9, Messages.Sip(Register(""))), Scene().With(9, "Authorization", "X"), Scene()
                .With(9, "Digest", "Basic")])
            Judge(scene).Misses("SOL2-23", "an answer of the UE");
        Judge(Scene().With(9, "username=\"in-0001", "username=\"in-0002"))
            .Fails("SOL2-23", Partner.Private.Value, "in-0002@ims.partner.example", 9)
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
}
