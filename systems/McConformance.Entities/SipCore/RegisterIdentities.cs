using System.Buffers.Text;
using System.Text;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Entities.SipCore;

/// <summary>The identities in a REGISTER: public from To, private from Authorization, or derived where there is none (TS 24.229 5.3.1.2).</summary>
internal sealed record RegisterIdentities(byte[] Private, byte[] Public)
{
    /// <summary>Null where the request names none.</summary>
    public static RegisterIdentities? Of(SipMessage request)
    {
        if (!request.TryGet(SipHeader.To, out var value) || !NameAddress.TryRead(value, out var to)) return null;
        var identity = WithoutParameters(to.Uri).ToArray();
        if (request.TryGet(SipHeader.Authorization, out var header) && DigestValues.TryRead(header, out var digest) && !digest.Username.IsEmpty)
            return new RegisterIdentities(digest.Username.ToArray(), identity);
        return SipUri.TryRead(to.Uri, out var uri)
            ? new RegisterIdentities(Encoding.ASCII.GetBytes($"{Encoding.UTF8.GetString(uri.User)}@{Encoding.UTF8.GetString(uri.Host)}"), identity)
            : null;
    }

    /// <summary>A URI as an identity: no parameters, no headers (TS 23.003 13.4).</summary>
    public static ReadOnlySpan<byte> WithoutParameters(ReadOnlySpan<byte> uri)
    {
        var end = uri.IndexOfAny((byte)';', (byte)'?');
        return end < 0 ? uri : uri[..end];
    }
}

/// <summary>How long a contact wants to be bound (RFC 3261 10.2.1.1).</summary>
internal static class Expiry
{
    /// <summary>What a registrar takes where nothing is asked (RFC 3261 10.2).</summary>
    private const int Default = 3600;

    /// <summary>Seconds; the value of the first contact, else of Expires.</summary>
    public static int OfRequest(SipMessage request)
    {
        foreach (var value in request.Values(SipHeader.Contact)) return OfContact(request, value);
        return OfHeader(request);
    }

    /// <summary>Seconds for one contact.</summary>
    public static int OfContact(SipMessage request, ReadOnlySpan<byte> contact) =>
        NameAddress.TryRead(contact, out var address) && address.TryGetParameter("expires"u8, out var text)
            ? Read(text)
            : OfHeader(request);

    private static int OfHeader(SipMessage request) => request.TryGet(SipHeader.Expires, out var text) ? Read(text) : Default;

    /// <summary>A malformed value counts as 3600 (RFC 3261 20.19); a large one is cut, 2^32-1 is lawful.</summary>
    private static int Read(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out ulong seconds, out var used) && used == text.Length ? (int)Math.Min(seconds, int.MaxValue) : Default;
}
