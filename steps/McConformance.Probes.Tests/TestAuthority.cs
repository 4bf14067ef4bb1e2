using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace McConformance.Probes.Tests;

/// <summary>An authority of its own, with the file that a configuration names as trust anchor.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly X509Certificate2 authority;

    public TestAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        authority = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(40), DateTimeOffset.UnixEpoch.AddYears(
            150));
        File = Path.Combine(Path.GetTempPath(), $"authority-{Guid.NewGuid():N}.pem");
        System.IO.File.WriteAllText(File, authority.ExportCertificatePem());
    }

    public string File { get; }

    public X509Certificate2 Issue(string host, int fromYear = 2021, int toYear = 2100)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        var (from, to) = (DateTimeOffset.UnixEpoch.AddYears(fromYear - 1970), DateTimeOffset.UnixEpoch.AddYears(
            toYear - 1970));
        using var bare = request.Create(authority, from, to, RandomNumberGenerator.GetBytes(12));
        using var whole = bare.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pfx), null);
    }

    public void Dispose()
    {
        authority.Dispose();
        System.IO.File.Delete(File);
    }
}
