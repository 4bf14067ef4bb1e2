using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace McConformance.TestConfiguration.Reading;

/// <summary>Reads whose certificates the harness shows, and looks into the files at once: a run without them would fail
/// in the middle.</summary>
internal sealed class AuthorityReader(ErrorList errors)
{
    private const string Remedy = "write the name of such a file, relative to this one";

    /// <summary>Null where the file has none, or a mistake is on the list.</summary>
    public AuthorityEntry? Read(ObjectReader root) =>
        root.Optional("authority") is null
            ? null : root.Object("authority", "certificate and key of an authority", ReadFiles);

    private AuthorityEntry ReadFiles(ObjectReader o)
    {
        const string Certificate = "a file with the certificate of an authority (PEM)";
        const string Key = "a file with its private key (PEM, no passphrase)";
        var files = new AuthorityEntry(
            errors.FullPath(o.Text("certificate", Certificate)), errors.FullPath(o.Text("key", Key)));
        if (o.Value.Member("certificate") is not { Text.Length: > 0 } certificate
            || o.Value.Member("key") is not { Text.Length: > 0 } key) return files;
        try
        {
            using var authority = X509CertificateLoader.LoadCertificateFromFile(files.Certificate);
            if (!authority.Extensions.OfType<X509BasicConstraintsExtension>().Any(e => e.CertificateAuthority))
            {
                o.Refuse(certificate, Certificate, $"that of {authority.Subject}, which is no authority",
                    "name one whose basic constraints say CA (RFC 5280 4.2.1.9)");
            }
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            o.Refuse(certificate, Certificate, $"\"{certificate.Text}\" ({e.Message.TrimEnd('.')})", Remedy);
            return files;
        }

        try
        {
            using var whole = X509Certificate2.CreateFromPemFile(files.Certificate, files.Key);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            o.Refuse(key, Key, $"\"{key.Text}\" ({e.Message.TrimEnd('.')})", Remedy);
        }

        return files;
    }

    /// <summary>Trust anchors are looked into for a run only: <c>-Check</c> says of each endpoint what is wrong
    /// there.</summary>
    public void Look(LocatedValue named)
    {
        try
        {
            var found = new X509Certificate2Collection();
            found.ImportFromPemFile(errors.FullPath(named.Text));
            if (found.Count > 0) return;
            errors.Obstruct(
                named, "a file with certificates (PEM)", $"\"{named.Text}\" (no certificate in it)", Remedy);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            errors.Obstruct(
                named, "a file with certificates (PEM)", $"\"{named.Text}\" ({e.Message.TrimEnd('.')})", Remedy);
        }
    }

    private static bool IsUnreadable(Exception e) =>
        e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException;
}
