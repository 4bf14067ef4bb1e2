using McConformance.Entities.Ports;
using McConformance.Wire.Documents;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Identities;
using McConformance.Wire.State;

namespace McConformance.Entities.ConfigurationManagement;

/// <summary>
/// Which users of other MC systems, who came by a credential for offline migration, their primary has verified
/// since: for each service, as
/// its MC service server says on CSC-5 (TR 23.781 5.2.10, OWN MIG-OFF-7). Thread safe.
/// </summary>
internal sealed class MigrationVerification(IStateStore? store)
{
    private static MigrationBinding Names => BindingSet.InUse.Migration;
    /// <summary>Media type of a notice.</summary>
    public const string ContentType = "application/vnd.mcconformance.migration+xml";

    private readonly Lock gate = new();
    private readonly KeptTable<(string UserProfileAuid, string User), bool> verified = new(store, "verified");

    /// <summary>Takes a notice. False where it cannot be read.</summary>
    public bool Take(ReadOnlyMemory<byte> octets)
    {
        var ns = System.Xml.Linq.XNamespace.Get(Names.Namespace);
        if (!SafeXml.TryRead(octets, out var document, out _) ||
            document!.Root!.Name != ns + Names.MigrationVerification ||
            SchemaSet.Validate(document).Count > 0) return false;
        var root = document.Root;
        var (user, state) = (
            (string?)root.Element(ns + Names.PartnerMcServiceId), (string?)root.Element(ns + Names.Verification));
        if (!McServiceNames.TryRead((string?)root.Element(ns + Names.Service) ?? "", out var service) ||
            !McServiceId.TryRead(user ?? "", out _)) return false;
        var entry = (McServiceNames.Of(service).UserProfileAuid, user!.Trim());
        lock (gate) verified[entry] = state == Names.Verified;
        return true;
    }

    /// <summary>Whether a profile is replaced by the restricted one.</summary>
    /// <param name="application">Application usage of the document.</param>
    /// <param name="user">Its owner.</param>
    /// <param name="isOffline">It is asked for by a token that came of a credential for offline migration.</param>
    /// <param name="isServer">It is asked for by an MC service server, for a user who has service.</param>
    public bool Restricts(string application, string user, bool isOffline, bool isServer)
    {
        lock (gate)
        {
            var isKnown = verified.TryGetValue((application, user), out var isVerified);
            return (isOffline && !isVerified) || (isServer && isKnown && !isVerified);
        }
    }
}
