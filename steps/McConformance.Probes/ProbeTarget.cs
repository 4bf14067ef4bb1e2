using McConformance.TestConfiguration;

namespace McConformance.Probes;

/// <summary>One endpoint, with all that the configuration says about it.</summary>
internal sealed record ProbeTarget(
    Ixit Ixit, McSystemEntry System, string Entity, EntityEntry Settings, EndpointEntry Endpoint)
{
    /// <summary>Certificate files of the authorities to trust; none means those of this machine.</summary>
    public IEnumerable<string> TrustAnchors => System.Trust.TrustAnchors.Concat(Settings.TrustAnchors);

    /// <summary>The Diameter identity to present: the one that the configuration gives, or that of the bundled node
    /// which
    /// stands at the other end of the link when scenarios run.</summary>
    public (string Host, string Realm) OwnDiameterName
    {
        get
        {
            var realm = Entity == "sipDatabase"
                ? System.SipRealm.Value
                : Ixit.Systems.FirstOrDefault(s => s != System)?.SipRealm.Value ?? System.SipRealm.Value;
            if (Settings.Credentials.DiameterIdentity is not { } given) return ($"mms.{realm}", realm);
            var dot = given.IndexOf('.');
            return (given, dot < 0 ? realm : given[(dot + 1)..]);
        }
    }

    /// <summary>Makes the verdict.</summary>
    public EndpointVerdict Verdict(bool works, string says, string mend) =>
        new(System.Domain, Entity, Endpoint, works, says, mend);
}
