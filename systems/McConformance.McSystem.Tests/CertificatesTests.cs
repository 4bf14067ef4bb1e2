using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

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

    [Test]
    public void A_certificate_of_an_authority_that_is_trusted_besides_is_accepted_as_the_own_are()
    {
        var other = new Certificates("another");
        var both = authority.Trusting([other.ToPem().Certificate]);
        both.WhyNot(other.Of("mms.a.example"), ["mms.a.example"]).Should().BeNull();
        both.WhyNot(authority.Of("mms.a.example"), ["mms.a.example"]).Should().BeNull();
        both.WhyNot(other.Of("mms.a.example"), ["mms.b.example"]).Should().Be(
            "its certificate (CN=mms.a.example) is not for mms.b.example");
        both.WhyNot(other.ExpiredOf("mms.a.example"), ["mms.a.example"]).Should().Be(
            "its certificate (CN=mms.a.example), or the authority of it, is not valid today");
        both.WhyNot(new Certificates("a third").Of("mms.a.example"), ["mms.a.example"]).Should().Be(
            "no trust anchor vouches for its certificate, which CN=a third issued");
    }

    [Test]
    public void An_authority_with_an_RSA_key_serves_as_well()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=a vendor", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var made = request.CreateSelfSigned(
            DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(150));
        var given = Certificates.FromPem(made.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
        given.Accepts(given.Of("mms.a.example"), ["mms.a.example"]).Should().BeTrue();
        Certificates.FromPem(given.ToPem().Certificate, given.ToPem().Key)
            .Accepts(given.Of("mms.a.example"), ["mms.a.example"]).Should().BeTrue();
    }

    [Test]
    public void A_trust_anchor_that_holds_no_certificate_is_refused()
    {
        var act = () => authority.Trusting(["nothing"]);
        act.Should().Throw<CryptographicException>().WithMessage("no certificate stands in it");
    }
}
