using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;

namespace McConformance.Wire.Diameter;

/// <summary>What benchmarks measure of the codec: one MAR written, and read as a SIP database reads it. No
/// allocation.</summary>
public static class MarBenchmark
{
    private static readonly DiameterMessage Message = new();

    /// <summary>Writes a MAR of 296 octets: hop-by-hop identifier 1, end-to-end identifier 2.</summary>
    public static DiameterDraft Encode(DiameterDraft draft) =>
        draft.Start(0xC0, Ts29229.MultimediaAuth, Ts29229.Application, 1, 2)
            .Put(Rfc6733.SessionId, "scscf.b.example;1;1"u8)
            .BeginGroup(Rfc6733.VendorSpecificApplicationId).Put(Rfc6733.VendorId, Ts29229.Vendor)
            .Put(Rfc6733.AuthApplicationId, Ts29229.Application).EndGroup()
            .Put(Rfc6733.AuthSessionState, 1).Put(Rfc6733.OriginHost, "scscf.b.example"u8)
                .Put(Rfc6733.OriginRealm, "b.example"u8)
            .Put(Rfc6733.DestinationRealm, "b.example"u8).Put(Rfc6733.UserName, "v1@b.example"u8)
            .Put(Ts29229.PublicIdentity, "sip:v1@b.example"u8)
            .BeginGroup(Ts29229.SipAuthDataItem).Put(Ts29229.SipAuthenticationScheme, "Digest-AKAv1-MD5"u8).EndGroup()
            .Put(Ts29229.SipNumberAuthItems, 1).Put(Ts29229.ServerName, "sip:scscf.b.example:6060"u8).Finish();

    /// <summary>Takes a message and looks up what a SIP database needs of a MAR. Not thread safe.</summary>
    /// <returns>A number that depends on all that was read; 0 where something is missing.</returns>
    public static int Decode(ReadOnlyMemory<byte> octets)
    {
        if (Message.TryIndex(octets, out var length) != System.Buffers.OperationStatus.Done) return 0;
        if (!Message.TryFind(Rfc6733.SessionIdCode, 0, out var session) ||
            !Message.TryFind(Rfc6733.UserNameCode, 0, out var name)) return 0;
        if (!Message.TryFind(Ts29229.PublicIdentityCode, Ts29229.Vendor, out var identity)) return 0;
        if (!Message.TryFind(Ts29229.SipAuthDataItemCode, Ts29229.Vendor, out var item)) return 0;
        if (!item.TryFind(Ts29229.SipAuthenticationSchemeCode, Ts29229.Vendor, out var scheme)) return 0;
        return length + session.Data.Length + name.Data.Length + identity.Data.Length + scheme.Data.Length;
    }
}
