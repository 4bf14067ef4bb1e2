namespace McConformance.McSystem.Tests;

[Parallelizable(ParallelScope.All)]
internal sealed class CertificatesTests
{
    private readonly Certificates authority = new("test authority");

    [Test]
    public void A_certificate_is_accepted_for_its_own_host_only()
    {
        var certificate = authority.Of("mms.a.example");
        authority.Accepts(certificate, ["mms.a.example"]).Should().BeTrue();
        authority.Accepts(certificate, ["mms.b.example"]).Should().BeFalse();
    }

    [Test]
    public void A_certificate_of_another_authority_is_refused() =>
        authority.Accepts(new Certificates("another").Of("mms.a.example"), ["mms.a.example"]).Should().BeFalse();

    [Test]
    public void An_expired_certificate_is_refused() =>
        authority.Accepts(authority.ExpiredOf("mms.a.example"), ["mms.a.example"]).Should().BeFalse();

    [Test]
    public void No_certificate_is_refused() => authority.Accepts(null, ["mms.a.example"]).Should().BeFalse();
}
