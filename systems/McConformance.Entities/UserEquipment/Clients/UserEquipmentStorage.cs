using McConformance.Wire.Identities;

namespace McConformance.Entities.UserEquipment.Clients;

/// <summary>
/// What a UE keeps of the configuration it was given: by user and by MC system, so that a partner's configuration stands beside the
/// primary's and takes nothing of it away (TR 23.781 6.2.1 NOTE 3), and so that the next user of a shared UE sees nothing of the one
/// before (TR 23.781 5.2.4). Only the user who is signed in is served. Not thread safe.
/// </summary>
public sealed class UserEquipmentStorage
{
    private readonly Dictionary<(string User, string System, string Name), ReadOnlyMemory<byte>> kept = [];

    /// <summary>Who is signed in; null for nobody.</summary>
    public string? User { get; private set; }

    /// <summary>A user signs in: what was kept for this user before is there again.</summary>
    public void SignIn(string user) => User = user;

    /// <summary>The user signs out: nothing is readable any more.</summary>
    public void SignOut() => User = null;

    /// <summary>Keeps a document of an MC system for the user who is signed in.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public void Keep(McSystemId system, string name, ReadOnlyMemory<byte> octets) =>
        kept[(User ?? throw new InvalidOperationException("nobody is signed in"), system.Value, name)] = octets;

    /// <summary>Keeps a document no more.</summary>
    public void Forget(McSystemId system, string name)
    {
        if (User is { } user) kept.Remove((user, system.Value, name));
    }

    /// <summary>A document of the user who is signed in; null where there is none.</summary>
    public ReadOnlyMemory<byte>? Find(McSystemId system, string name)
    {
        // spelled out: in a conditional expression null would become an empty document
        if (User is { } user && kept.TryGetValue((user, system.Value, name), out var octets)) return octets;
        return null;
    }
}
