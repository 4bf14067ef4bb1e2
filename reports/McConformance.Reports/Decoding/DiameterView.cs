using System.Buffers.Binary;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;

namespace McConformance.Reports.Decoding;

/// <summary>What lists and charts need of a Diameter message: the header and a few AVPs, read straight from the octets
/// so that a message that is wrong elsewhere still has its line. Never throws.</summary>
internal readonly ref struct DiameterView
{
    private readonly ReadOnlySpan<byte> octets;

    public DiameterView(ReadOnlySpan<byte> octets) => this.octets = octets;

    /// <summary>False where not even the header is there.</summary>
    public bool HasHeader => IsWhole(octets) && octets[0] == 1;

    /// <summary>R bit.</summary>
    public bool IsRequest => (octets[4] & 0x80) != 0;

    /// <summary>Capabilities exchange, watchdog or disconnection: between neighbours, not part of a
    /// procedure.</summary>
    public bool IsHousekeeping =>
        HasHeader && Command is Rfc6733.CapabilitiesExchange or Rfc6733.DeviceWatchdog or Rfc6733.DisconnectPeer;

    /// <summary>The abbreviation of the command, for example <c>MAR</c>.</summary>
    public string Abbreviation => DiameterDictionary.Command(Command)?.Abbreviation(IsRequest)
        ?? $"command {Command} {(IsRequest ? "request" : "answer")}";

    /// <summary>User-Name, or where that is absent Public-Identity.</summary>
    public ReadOnlySpan<byte> User =>
        Avps.TryFind(Rfc6733.UserNameCode, 0, out var name) && !name.Data.IsEmpty ? name.Data
        : Avps.TryFind(Ts29229.PublicIdentityCode, Ts29229.Vendor, out var identity) ? identity.Data
        : default;

    /// <summary>Result-Code, or the code in Experimental-Result; 0 where neither is there.</summary>
    public uint Result =>
        Avps.TryFind(Rfc6733.ResultCodeCode, 0, out var result) && result.Data.Length == 4 ? result.Uint32
        : Avps.TryFind(Rfc6733.ExperimentalResult.Code, 0, out var group) &&
          group.TryFind(Rfc6733.ExperimentalResultCodeCode, 0, out var code) ? code.Uint32
        : 0;

    private uint Command => BinaryPrimitives.ReadUInt32BigEndian(octets[4..]) & 0xffffff;

    private AvpSequence Avps => new(octets[DiameterMessage.HeaderLength..]);

    /// <summary>Whether there are octets enough for a header.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> octets) => octets.Length >= DiameterMessage.HeaderLength;
}
