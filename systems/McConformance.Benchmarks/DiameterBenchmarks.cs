using System.Buffers;
using BenchmarkDotNet.Attributes;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;

namespace McConformance.Benchmarks;

/// <summary>Reading a Multimedia-Auth-Request and writing it anew with other identities, as a migration management server does.</summary>
public class DiameterBenchmarks
{
    private readonly byte[] request = Request();
    private readonly DiameterMessage message = new();
    private readonly DiameterDraft draft = DiameterDraft.Rent();

    /// <summary>One MAR in and out.</summary>
    [Benchmark(Description = "MAR: decode + encode")]
    public int DecodeAndEncode()
    {
        if (message.TryIndex(request, out _) != OperationStatus.Done) throw new InvalidOperationException("the sample does not parse");
        draft.Start(message.Flags, message.Command, message.Application, 7, message.EndToEnd);
        foreach (var avp in message.Avps)
        {
            if (avp is { Code: Rfc6733.UserNameCode, Vendor: 0 }) draft.Put(Rfc6733.UserName, "mig-0001@ims.primary.example"u8);
            else if (avp is { Code: Ts29229.PublicIdentityCode, Vendor: Ts29229.Vendor }) draft.Put(Ts29229.PublicIdentity, "sip:mig-0001@ims.primary.example"u8);
            else draft.Copy(avp);
        }

        return draft.Finish().Span.Length;
    }

    private static byte[] Request() => DiameterDraft.Rent().Start(0xC0, Ts29229.MultimediaAuth, Ts29229.Application, 1, 2)
        .Put(Rfc6733.SessionId, "scscf.ims.partner.example;1;1")
        .BeginGroup(Rfc6733.VendorSpecificApplicationId).Put(Rfc6733.VendorId, Ts29229.Vendor).Put(Rfc6733.AuthApplicationId, Ts29229.Application).EndGroup()
        .Put(Rfc6733.AuthSessionState, 1u).Put(Rfc6733.OriginHost, "scscf.ims.partner.example").Put(Rfc6733.OriginRealm, "ims.partner.example")
        .Put(Rfc6733.DestinationRealm, "ims.partner.example").Put(Rfc6733.UserName, "in-0001@ims.partner.example")
        .Put(Ts29229.PublicIdentity, "sip:in-0001@ims.partner.example").Put(Ts29229.SipNumberAuthItems, 1u)
        .BeginGroup(Ts29229.SipAuthDataItem).Put(Ts29229.SipAuthenticationScheme, "Digest-AKAv1-MD5").EndGroup()
        .Put(Ts29229.ServerName, "sip:127.0.0.1:5060").Finish().Span.ToArray();
}
