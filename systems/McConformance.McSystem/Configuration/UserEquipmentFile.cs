using System.Text.Json.Serialization;
using McConformance.Wire;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;

namespace McConformance.McSystem.Configuration;

/// <summary>A UE file: a UE with its ISIM, its users, and what it must know of MC systems. What is left out has a
/// default.</summary>
public sealed record UserEquipmentFile
{
    /// <summary>The schema of this file, for editors.</summary>
    [JsonPropertyName("$schema")]
    public string? SchemaFile { get; init; }

    /// <summary>Name of the UE, unique among UEs: <c>alice-ue</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Domain of the primary MC system of its users.</summary>
    public required string Home { get; init; }

    /// <summary>Its ISIM (TS 33.203 8).</summary>
    public required IsimSettings Isim { get; init; }

    /// <summary>Connectivity information: the identities that it registers with, by MC system (TS 23.280
    /// 10.1.6.1).</summary>
    public List<ConnectivitySettings> Connectivity { get; init; } = [];

    /// <summary>Users who sign in on it, each with the same service; none for a UE that registers and does no
    /// more.</summary>
    public List<UserSettings> Users { get; init; } = [];

    /// <summary>Their MC service.</summary>
    public McService Service { get; init; } = McService.Mcptt;

    /// <summary>MC systems that it can reach: the P-CSCF (SIP over UDP and TCP), and the HTTP servers or HTTP
    /// proxy.</summary>
    public List<PeerSystem> Systems { get; init; } = [];

    /// <summary>Its own address; loopback where it is left out, and then a loopback address that no other UE
    /// has.</summary>
    public ListenSettings Listen { get; init; } = new();

    /// <summary>What is protected by TLS, and by whose certificates.</summary>
    public ProtectionSettings Protection { get; init; } = new();

    /// <summary>Its timers.</summary>
    public TimerSettings Timers { get; init; } = new();

    /// <summary>Refuses what cannot be meant.</summary>
    /// <exception cref="InvalidDataException">Says what, where, and how to mend it.</exception>
    public void Validate()
    {
        if (Isim.Key.Length != 16 || Isim.Opc.Length != 16)
            throw new InvalidDataException("$.isim: expected 16 octets of key and 16 of opc, "
                + $"found {Isim.Key.Length} and {Isim.Opc.Length}; write 32 hexadecimal digits each");
        if (Systems.DistinctBy(s => s.Domain).Count() < Systems.Count)
            throw new InvalidDataException("$.systems: two MC systems have the same domain; write each once");
        foreach (var (domain, i) in Connectivity.Select((c, i) => (c.System, i)))
        {
            if (Systems.Find(s => s.Domain == domain) is not { } system)
                throw new InvalidDataException(
                    $"$.connectivity[{i}].system: {domain} is not among the systems; add it there");
            if (!system.Endpoints.Exists(e => e.Kind == EntityKind.ProxyCscf))
                throw new InvalidDataException(
                    $"$.systems: {domain} has no endpoint of a P-CSCF, and the UE is to register there; add it");
        }

        if (Users.Count > 0 && Systems.TrueForAll(s => s.Domain != Home))
            throw new InvalidDataException(
                $"$.home: {Home} is not among the systems; users could not sign in: add it there");
    }
}

/// <summary>An ISIM.</summary>
/// <param name="Private">Private user identity.</param>
/// <param name="Public">Public user identity.</param>
/// <param name="Key">K, 16 octets.</param>
/// <param name="Opc">OPc, 16 octets.</param>
/// <param name="Sqn">Highest sequence number that it has seen, 48 bits.</param>
public sealed record IsimSettings(
    PrivateUserIdentity Private, PublicUserIdentity Public, byte[] Key, byte[] Opc, ulong Sqn = 0);

/// <summary>Identities for one MC system.</summary>
/// <param name="System">Its domain.</param>
/// <param name="Private">Private user identity.</param>
/// <param name="Public">Public user identity.</param>
public sealed record ConnectivitySettings(string System, PrivateUserIdentity Private, PublicUserIdentity Public);

/// <summary>A user.</summary>
/// <param name="Name">Login name at the identity management server.</param>
/// <param name="Password">Password there.</param>
/// <param name="McServiceId">Identity at home.</param>
public sealed record UserSettings(string Name, string Password, McServiceId McServiceId);
