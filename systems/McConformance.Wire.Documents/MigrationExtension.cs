using System.Globalization;
using System.Xml.Linq;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Documents.Writing;
using McConformance.Wire.Identities;

namespace McConformance.Wire.Documents;

/// <summary>Which message a service info is the body of, in migration service authorization.</summary>
public enum MigrationForm
{
    /// <summary>Client to partner (TS 23.280 10.6.3.3 step 1).</summary>
    ClientRequest,

    /// <summary>Partner's server to primary's (TS 23.280 10.6.3.3 step 3 to 5).</summary>
    ServerRequest,

    /// <summary>Primary's server to partner's (TS 23.280 10.6.3.3 step 8 to 10).</summary>
    ServerResponse,

    /// <summary>Partner to client (TS 23.280 10.6.3.3 step 11).</summary>
    ClientResponse,

    /// <summary>Between the servers, when migrated service ends (OWN MIG-DEAUTH).</summary>
    DeauthorizationNotification,

    /// <summary>Partner to client, when the primary has spoken about an offline migration (OWN MIG-OFF-6).</summary>
    VerificationNotification,
}

/// <summary>The migration block in the anyExt of a service info; all names are those of <see cref="MigrationBinding"/>.
/// What is null was absent, or could not be read.</summary>
public sealed record MigrationExtension
{
    internal static readonly Clause Clause = new("OWN", "MIG-BLOCK");

    /// <summary>Identity of the user in the partner.</summary>
    public McServiceId? PartnerMcServiceId { get; init; }

    /// <summary>Identity of the user in the primary; its domain says which system that is.</summary>
    public McServiceId? PrimaryMcServiceId { get; init; }

    /// <summary>Primary's profile by which the user migrates.</summary>
    public ProfileIndex? UserProfileIndex { get; init; }

    /// <summary>Joins request and response.</summary>
    public string? TransactionId { get; init; }

    /// <summary>The partner that asks.</summary>
    public McSystemId? PartnerSystem { get; init; }

    /// <summary>Service that the authorization is for.</summary>
    public McService? Service { get; init; }

    /// <summary>True for success, false for failure.</summary>
    public bool? Success { get; init; }

    /// <summary>Why it failed.</summary>
    public MigrationCause? Cause { get; init; }

    /// <summary>Identity to which calls to the primary's identity are redirected.</summary>
    public McServiceId? MigratedMcServiceId { get; init; }

    /// <summary>False while the primary has not verified an offline migration, true when it has; null where that is
    /// not said.</summary>
    public bool? IsVerified { get; init; }

    /// <summary>Since when the partner serves a user who migrated offline.</summary>
    public DateTimeOffset? ServedSince { get; init; }

    /// <summary>Until when it does so without verification.</summary>
    public DateTimeOffset? ServedUntil { get; init; }

    /// <summary>The block of an anyExt; null where no element of the binding's namespace is in it.</summary>
    internal static MigrationExtension? Read(XElement anyExt, ElementReader reader, MigrationBinding names)
    {
        var ns = names.Xml;
        if (!anyExt.Elements().Any(e => e.Name.Namespace == ns)) return null;
        var own = reader.At(Clause);
        return new MigrationExtension
        {
            PartnerMcServiceId = own.Value<McServiceId>(anyExt, ns + names.PartnerMcServiceId, McServiceId.TryRead),
            PrimaryMcServiceId = own.Value<McServiceId>(anyExt, ns + names.PrimaryMcServiceId, McServiceId.TryRead),
            UserProfileIndex = own.Value<ProfileIndex>(anyExt, ns + names.UserProfileIndex, ProfileIndex.TryRead),
            TransactionId = own.Text(anyExt, ns + names.TransactionId),
            PartnerSystem = own.Value<McSystemId>(anyExt, ns + names.PartnerSystem, McSystemId.TryRead),
            Service = own.Value<McService>(anyExt, ns + names.Service, McServiceNames.TryRead),
            Success = own.Value<bool>(anyExt, ns + names.Result, (string text, out bool success) =>
            {
                success = text == names.Success;
                return success || text == names.Failure;
            }),
            Cause = own.Value<MigrationCause>(anyExt, ns + names.Cause, names.TryRead),
            MigratedMcServiceId = own.Value<McServiceId>(anyExt, ns + names.MigratedMcServiceId, McServiceId.TryRead),
            IsVerified = own.Value<bool>(anyExt, ns + names.Verification, (string text, out bool isVerified) =>
            {
                isVerified = text == names.Verified;
                return isVerified || text == names.Pending;
            }),
            ServedSince = own.Value<DateTimeOffset>(anyExt, ns + names.ServedSince, TryTime),
            ServedUntil = own.Value<DateTimeOffset>(anyExt, ns + names.ServedUntil, TryTime),
        };
    }

    internal IEnumerable<XElement?> ToXml(MigrationBinding names)
    {
        var ns = names.Xml;
        return
        [
            XmlOctets.Text(ns + names.TransactionId, TransactionId),
            XmlOctets.Text(ns + names.PartnerSystem, PartnerSystem?.Value),
            XmlOctets.Text(ns + names.Service, Service is { } service ? McServiceNames.Of(service).Token : null),
            XmlOctets.Text(ns + names.PartnerMcServiceId, PartnerMcServiceId?.Value),
            XmlOctets.Text(ns + names.PrimaryMcServiceId, PrimaryMcServiceId?.Value),
            XmlOctets.Text(ns + names.UserProfileIndex, UserProfileIndex?.ToString()),
            XmlOctets.Text(ns + names.MigratedMcServiceId, MigratedMcServiceId?.Value),
            XmlOctets.Text(ns + names.Result, Success is { } success ? success ? names.Success : names.Failure : null),
            XmlOctets.Text(ns + names.Cause, Cause is { } cause ? names.Text(cause) : null),
            XmlOctets.Text(ns + names.Verification,
                IsVerified is { } verified ? verified ? names.Verified : names.Pending : null),
            XmlOctets.Text(ns + names.ServedSince, Time(ServedSince)),
            XmlOctets.Text(ns + names.ServedUntil, Time(ServedUntil)),
        ];
    }

    /// <summary>xs:dateTime in UTC to the millisecond.</summary>
    private static string? Time(DateTimeOffset? time) =>
        time?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>A time without a zone says nothing between two MC systems.</summary>
    private static bool TryTime(string text, out DateTimeOffset time)
    {
        time = default;
        return text.Contains('T') && (text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T')) &&
            DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
    }
}
