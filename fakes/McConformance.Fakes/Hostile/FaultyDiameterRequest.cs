using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;
using McConformance.Wire.Diameter.Dictionary;
using McConformance.Wire.Identities;

namespace McConformance.Fakes.Hostile;

/// <summary>A Diameter request that is sound but for what a scenario says of it, in the scenario's words.</summary>
public sealed partial class FaultyDiameterRequest
{
    private const uint Cx = 16777216;
    private const uint Sh = 16777217;
    private const uint Vendor3gpp = 10415;
    private const uint UnknownCode = 9999;
    private const int HeaderOctets = 20;
    private readonly List<RawAvp> avps = [];
    private uint command;
    private uint application = Cx;
    private byte flags = 0xC0;

    private FaultyDiameterRequest()
    {
    }

    /// <summary>Who asks whom.</summary>
    /// <param name="Host">Origin-Host, the peer's own.</param>
    /// <param name="Realm">Origin-Realm.</param>
    /// <param name="ToRealm">Destination-Realm.</param>
    /// <param name="About">User-Name and Public-Identity.</param>
    public sealed record Ends(string Host, string Realm, string ToRealm, SipIdentitySet About);

    /// <summary>The octets of a request.</summary>
    /// <param name="name">As <c>authentication information</c>.</param>
    /// <param name="fault">As <c>without User-Name</c>; <c>that is sound</c> for none.</param>
    /// <param name="ends">Who asks whom.</param>
    /// <param name="number">Hop-by-hop and end-to-end identifier, and the last part of Session-Id.</param>
    /// <exception cref="ArgumentException">There is no such request, or no such fault.</exception>
    public static byte[] Write(string name, string fault, Ends ends, uint number)
    {
        var request = new FaultyDiameterRequest();
        request.Fill(name, ends, number);
        request.Spoil(fault);
        return request.ToOctets(number);
    }

    private void Fill(string name, Ends ends, uint number)
    {
        if (name == "watchdog")
        {
            (command, application, flags) = (280, 0, 0x80);
            avps.AddRange([RawAvp.Of("Origin-Host", ends.Host), RawAvp.Of("Origin-Realm", ends.Realm)]);
            return;
        }

        avps.AddRange(Head(ends, number));
        (command, var own) = name switch
        {
            "authentication information" => (303u, Authentication(ends.About)),
            "user authorization" => (300u, Authorization(ends.About)),
            "server assignment" => (301u, Assignment(ends.About)),
            "location information" => (302u, [RawAvp.Of("Public-Identity", ends.About.Public.Value)]),
            "user data" => (306u, Data(ends.About)),
            _ => throw new ArgumentException($"no request is called \"{name}\""),
        };
        avps.AddRange(own);
        if (command == 306) application = Sh;
    }

    private static RawAvp[] Head(Ends ends, uint number) =>
    [
        RawAvp.Of("Session-Id", $"{ends.Host};1;{number}"),
        RawAvp.Of("Vendor-Specific-Application-Id",
            RawAvp.Of("Vendor-Id", Vendor3gpp), RawAvp.Of("Auth-Application-Id", Cx)),
        RawAvp.Of("Auth-Session-State", 1u),
        RawAvp.Of("Origin-Host", ends.Host), RawAvp.Of("Origin-Realm", ends.Realm),
        RawAvp.Of("Destination-Realm", ends.ToRealm),
    ];

    private static RawAvp[] Authentication(SipIdentitySet about) =>
    [
        RawAvp.Of("User-Name", about.Private.Value), RawAvp.Of("Public-Identity", about.Public.Value),
        RawAvp.Of("SIP-Number-Auth-Items", 1u),
        RawAvp.Of("SIP-Auth-Data-Item", RawAvp.Of("SIP-Authentication-Scheme", "Digest-AKAv1-MD5")),
        RawAvp.Of("Server-Name", "sip:permitted.peer.example"),
    ];

    private static RawAvp[] Authorization(SipIdentitySet about) =>
    [
        RawAvp.Of("User-Name", about.Private.Value), RawAvp.Of("Public-Identity", about.Public.Value),
        RawAvp.Of("Visited-Network-Identifier", "visited.example"),
    ];

    /// <summary>The end of a registration: done in spite of its fault, it would be seen.</summary>
    private static RawAvp[] Assignment(SipIdentitySet about) =>
    [
        RawAvp.Of("User-Name", about.Private.Value), RawAvp.Of("Public-Identity", about.Public.Value),
        RawAvp.Of("Server-Name", "sip:permitted.peer.example"), RawAvp.Of("Server-Assignment-Type", 5u),
        RawAvp.Of("User-Data-Already-Available", 0u),
    ];

    private static RawAvp[] Data(SipIdentitySet about) =>
    [
        RawAvp.Of("User-Identity", RawAvp.Of("Public-Identity", about.Public.Value)),
        RawAvp.Of("Data-Reference", 0u), RawAvp.Of("User-Name", about.Private.Value),
    ];

    private void Spoil(string fault)
    {
        if (SpoilHeader(fault)) return;
        var match = Fault().Match(fault);
        if (!match.Success) throw new ArgumentException($"no fault is called \"{fault}\"");
        var name = match.Groups["avp"].Value;
        var at = avps.FindIndex(a => a.Code == DiameterDictionary.Find(name)?.Code);
        if (at < 0) throw new ArgumentException($"the request has no {name} that could be spoilt");
        var avp = avps[at];
        switch (match.Groups["how"].Value)
        {
            case "without ":
                avps.RemoveAt(at);
                break;
            case "with two ":
                avps.Insert(at + 1, avp);
                break;
            case "with an unknown value of ":
                avps[at] = avp with { Data = [0, 0, 0, 99] };
                break;
            case "with a byte too few in ":
                avps[at] = avp with { Data = avp.Data[..^1] };
                break;
            case "with octets that are no text in ":
                avps[at] = avp with { Data = [0xC3, 0x28, .. avp.Data] };
                break;
            case "without the M bit of ":
                avps[at] = avp with { Flags = (byte)(avp.Flags & ~0x40) };
                break;
            case "with reserved bits in ":
                avps[at] = avp with { Flags = (byte)(avp.Flags | 0x1f) };
                break;
            case "with a length beyond the end in ":
                avps.RemoveAt(at);
                avps.Add(avp with { LengthField = 5000 });
                break;
            case "with a length below the header in ":
                avps[at] = avp with { LengthField = 3 };
                break;
        }
    }

    private bool SpoilHeader(string fault)
    {
        switch (fault)
        {
            case "that is sound":
                break;
            case "with an unknown AVP that must be understood":
                avps.Add(new RawAvp(UnknownCode, 0, 0x40, [1, 2, 3]));
                break;
            case "with an unknown AVP that may be ignored":
                avps.Add(new RawAvp(UnknownCode, 0, 0, [1, 2, 3]));
                break;
            case "with an unknown vendor's AVP that must be understood":
                avps.Add(new RawAvp(UnknownCode, 99_999, 0xC0, [1, 2, 3]));
                break;
            case "with Result-Code":
                avps.Add(RawAvp.Of("Result-Code", 2001u));
                break;
            case "with another command":
                command = 399;
                break;
            case "for another application":
                application = 16_777_999;
                break;
            case "with the E bit":
                flags |= 0x20;
                break;
            case "without the P bit":
                flags &= 0xBF;
                break;
            case "with a reserved bit":
                flags |= 0x01;
                break;
            default:
                return false;
        }

        return true;
    }

    private byte[] ToOctets(uint number)
    {
        var octets = new List<byte>(new byte[HeaderOctets]);
        foreach (var avp in avps) avp.WriteTo(octets);
        var message = octets.ToArray();
        BinaryPrimitives.WriteUInt32BigEndian(message, 0x01000000u | (uint)message.Length);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(4), command | ((uint)flags << 24));
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(8), application);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(12), number);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(16), number);
        return message;
    }

    [GeneratedRegex("^(?<how>without the M bit of |without |with two |with an unknown value of |" +
        "with a byte too few in |with octets that are no text in |with reserved bits in |" +
        "with a length beyond the end in |" +
        "with a length below the header in )(?<avp>[A-Z][A-Za-z-]+)$")]
    private static partial Regex Fault();
}
