using McConformance.McSystem;

namespace McConformance.Steps.TestConfiguration;

/// <summary>Authorities for tests of systems whose certificates do not come from the harness's.</summary>
internal static class OwnChain
{
    private static readonly Certificates Vendor = new("Authority of a vendor");
    private static readonly Certificates Handed = new("Authority that the vendor has handed over");

    /// <summary>Of the vendor's product.</summary>
    public static (string Certificate, string Key) OfVendor => Vendor.ToPem();

    /// <summary>What the product trusts besides.</summary>
    public static string HandedOver => Handed.ToPem().Certificate;

    /// <summary>As the test configuration names both, <c>authority</c> and <c>trustAnchors</c>.</summary>
    public static void Use(ScenarioPlan plan) => plan.Network.Certificates = Handed.Trusting([OfVendor.Certificate]);

    /// <summary>As it names the authority alone.</summary>
    public static void UseWithoutAnchor(ScenarioPlan plan) => plan.Network.Certificates = Handed;

    /// <summary>As it names the trust anchor alone: the harness's own authority is one that nobody knows.</summary>
    public static void UseWithoutAuthority(ScenarioPlan plan) =>
        plan.Network.Certificates = Certificates.Shared.Trusting([OfVendor.Certificate]);
}
