using System.Text;
using McConformance.Wire.Identities;

namespace McConformance.Wire.Diameter.Peers;

/// <summary>Finds Diameter identities by the octets of a message, without a string for each look. Case does not
/// matter.</summary>
internal sealed class IdentityComparer :
    IEqualityComparer<DiameterIdentity>, IAlternateEqualityComparer<ReadOnlySpan<byte>, DiameterIdentity>
{
    public static readonly IdentityComparer Instance = new();

    public bool Equals(DiameterIdentity a, DiameterIdentity b) => a.Equals(b);

    public int GetHashCode(DiameterIdentity identity)
    {
        var hash = 2166136261u;
        foreach (var c in identity.Value) hash = (hash ^ (c | 0x20u)) * 16777619u;
        return (int)hash;
    }

    public bool Equals(ReadOnlySpan<byte> octets, DiameterIdentity identity) =>
        System.Text.Ascii.EqualsIgnoreCase(octets, identity.Value);

    public int GetHashCode(ReadOnlySpan<byte> octets)
    {
        var hash = 2166136261u;
        foreach (var octet in octets) hash = (hash ^ (octet | 0x20u)) * 16777619u;
        return (int)hash;
    }

    public DiameterIdentity Create(ReadOnlySpan<byte> octets) => new(Encoding.UTF8.GetString(octets));
}
