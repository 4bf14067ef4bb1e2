using System.Collections.Concurrent;
using System.Globalization;
using McConformance.McSystem.Configuration;
using McConformance.McSystem.External;
using McConformance.Wire.Time;

namespace McConformance.Host;

/// <summary>The UEs that run side by side in this process, each with an id. Thread safe.</summary>
/// <param name="log">Log.</param>
internal sealed class HostedUserEquipment(Log log) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ServedUserEquipment> equipment = new();
    private int last;

    /// <summary>What each tells of itself.</summary>
    public IReadOnlyList<ProvisionedUserEquipment> All => [.. equipment.Select(e => e.Value.Describe(e.Key))];

    /// <summary>Makes the UE of the configuration file, under its own name.</summary>
    public void AddConfigured(UserEquipmentFile file) => Add(file.Name, file);

    /// <summary>Makes a UE, and binds its sockets.</summary>
    /// <exception cref="InvalidDataException">The file holds what cannot be used.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">Its address is none of this machine.</exception>
    public ProvisionedUserEquipment Add(UserEquipmentFile file) =>
        Add(Interlocked.Increment(ref last).ToString(CultureInfo.InvariantCulture), file);

    /// <summary>One of them; null where none has the id.</summary>
    public ServedUserEquipment? Find(string id) => equipment.GetValueOrDefault(id);

    /// <summary>Switches one off, without a word to anybody.</summary>
    /// <returns>False where none has the id.</returns>
    public async Task<bool> RemoveAsync(string id)
    {
        if (!equipment.TryRemove(id, out var ue)) return false;
        await ue.DisposeAsync();
        log.Write("disposed", ("id", id), ("userEquipment", ue.Name));
        return true;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var ue in equipment.Values) await ue.DisposeAsync();
    }

    private ProvisionedUserEquipment Add(string id, UserEquipmentFile file)
    {
        var ue = new ServedUserEquipment(file, new ShiftableTime());
        equipment[id] = ue;
        log.Write("provisioned", ("id", id), ("userEquipment", ue.Name));
        return ue.Describe(id);
    }
}
