using System.Net;
using System.Net.Sockets;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;
using McConformance.Wire.Identities;

namespace McConformance.Wire.Diameter.Templates;

/// <summary>How the messages of a connection are written (RFC 6733 5.3 to 5.5). Each method starts the draft and
/// finishes it.
/// Answers take over the identifiers of their request.</summary>
public static class Rfc6733Messages
{
    /// <summary>Disconnect-Cause: the node goes down and will be back (RFC 6733 5.4.3).</summary>
    public const uint REBOOTING = 0;

    /// <summary>Disconnect-Cause: it is short of resources.</summary>
    public const uint BUSY = 1;

    /// <summary>Disconnect-Cause: the connection is not wanted; the peer must not come back by itself.</summary>
    public const uint DO_NOT_WANT_TO_TALK_TO_YOU = 2;

    /// <summary>CER: who we are and what we support (RFC 6733 5.3.1).</summary>
    public static DiameterDraft CapabilitiesExchangeRequest(DiameterDraft draft, Capabilities own, uint hopByHop,
        uint endToEnd) =>
        Put(Request(draft, Rfc6733.CapabilitiesExchange, own, hopByHop, endToEnd), own).Finish();

    /// <summary>CEA (RFC 6733 5.3.2).</summary>
    public static DiameterDraft CapabilitiesExchangeAnswer(
        DiameterDraft draft, Capabilities own, DiameterMessage request, uint resultCode, string? errorMessage = null,
        DiameterFault? fault = null)
    {
        Answer(draft, own.Host, own.Realm, request, resultCode);
        if (errorMessage is not null) draft.Put(Rfc6733.ErrorMessage, errorMessage);
        fault?.PutFailedAvp(draft, request.Span);
        return Put(draft, own).Finish();
    }

    /// <summary>DWR: are you there? (RFC 6733 5.5.1).</summary>
    public static DiameterDraft DeviceWatchdogRequest(DiameterDraft draft, Capabilities own, uint hopByHop,
        uint endToEnd) =>
        Request(draft, Rfc6733.DeviceWatchdog, own, hopByHop, endToEnd).Finish();

    /// <summary>DWA (RFC 6733 5.5.2).</summary>
    public static DiameterDraft DeviceWatchdogAnswer(DiameterDraft draft, Capabilities own, DiameterMessage request) =>
        Answer(draft, own.Host, own.Realm, request, Rfc6733.DIAMETER_SUCCESS).Finish();

    /// <summary>DPR: the connection is about to be closed (RFC 6733 5.4.1).</summary>
    public static DiameterDraft DisconnectPeerRequest(DiameterDraft draft, Capabilities own, uint hopByHop,
        uint endToEnd, uint cause) =>
        Request(draft, Rfc6733.DisconnectPeer, own, hopByHop, endToEnd).Put(Rfc6733.DisconnectCause, cause).Finish();

    /// <summary>DPA (RFC 6733 5.4.2).</summary>
    public static DiameterDraft DisconnectPeerAnswer(DiameterDraft draft, Capabilities own, DiameterMessage request) =>
        Answer(draft, own.Host, own.Realm, request, Rfc6733.DIAMETER_SUCCESS).Finish();

    /// <summary>The beginning of an answer: header with E bit where the result is a protocol error (RFC 6733 6.2 and
    /// 7.1.3),
    /// Session-Id where the request has one, Result-Code, origin. Not finished.</summary>
    public static DiameterDraft Answer(
        DiameterDraft draft, DiameterIdentity host, DiameterIdentity realm, DiameterMessage request, uint resultCode)
    {
        var flags = (byte)((request.Flags & 0x40) | (resultCode is >= 3000 and < 4000 ? 0x20 : 0));
        draft.Start(flags, request.Command, request.Application, request.HopByHop, request.EndToEnd);
        if (request.TryFind(Rfc6733.SessionIdCode, 0, out var session)) draft.Copy(session);
        return draft.Put(Rfc6733.ResultCode, resultCode).Put(Rfc6733.OriginHost, host.Value)
            .Put(Rfc6733.OriginRealm, realm.Value);
    }

    private static DiameterDraft Request(DiameterDraft draft, uint command, Capabilities own, uint hopByHop,
        uint endToEnd) =>
        draft.Start(0x80, command, 0, hopByHop, endToEnd)
            .Put(Rfc6733.OriginHost, own.Host.Value).Put(Rfc6733.OriginRealm, own.Realm.Value);

    private static DiameterDraft Put(DiameterDraft draft, Capabilities own)
    {
        Span<byte> address = stackalloc byte[18];
        address[0] = 0;
        address[1] = (byte)(own.Address.AddressFamily == AddressFamily.InterNetwork ? 1 : 2);
        own.Address.TryWriteBytes(address[2..], out var written);
        draft.Put(Rfc6733.HostIPAddress, address[..(2 + written)])
            .Put(Rfc6733.VendorId, own.VendorId).Put(Rfc6733.ProductName, own.ProductName);
        if (own.Applications.Any(a => a != Rfc6733.RelayApplication)) draft
            .Put(Rfc6733.SupportedVendorId, Ts29229.Vendor);
        foreach (var application in own.Applications)
        {
            if (application == Rfc6733.RelayApplication)
            {
                draft.Put(Rfc6733.AuthApplicationId, application);
                continue;
            }

            draft.BeginGroup(Rfc6733.VendorSpecificApplicationId).Put(Rfc6733.VendorId, Ts29229.Vendor)
                .Put(Rfc6733.AuthApplicationId, application).EndGroup();
        }

        return draft;
    }
}

/// <summary>What a node says of itself in CER and CEA.</summary>
/// <param name="Host">Origin-Host.</param>
/// <param name="Realm">Origin-Realm.</param>
/// <param name="Address">Host-IP-Address.</param>
/// <param name="ProductName">Product-Name.</param>
/// <param name="Applications">3GPP applications, or 0xffffffff for a relay.</param>
/// <param name="VendorId">Of the maker; 0 is the reserved value that RFC 6733 5.3.3 allows.</param>
public sealed record Capabilities(
    DiameterIdentity Host, DiameterIdentity Realm, IPAddress Address, string ProductName,
        IReadOnlyList<uint> Applications, uint VendorId = 0);
