using System.Net;
using McConformance.Wire.Identities;

namespace McConformance.McSystem;

/// <summary>A UE with its ISIM, whoever runs it, as its user handles it. It is switched off when it is disposed
/// of.</summary>
public interface IUserEquipment : IAsyncDisposable
{
    /// <summary>Where it takes datagrams.</summary>
    /// <exception cref="External.NotOfferedException">Nobody has told.</exception>
    IPEndPoint At { get; }

    /// <summary>Registers with an MC system's SIP core, or leaves it where <paramref name="expires"/> is zero.
    /// Completes when the user is told.</summary>
    /// <param name="system">The MC system.</param>
    /// <param name="identities">As whom; null where the UE has no connectivity information for it.</param>
    /// <param name="expires">Wanted life of the binding; whole seconds.</param>
    Task<RegistrationTold> RegisterAsync(IMcSystem system, SipIdentitySet? identities, TimeSpan expires);
}
