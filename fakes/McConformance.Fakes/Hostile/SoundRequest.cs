using System.Text;

namespace McConformance.Fakes.Hostile;

/// <summary>What a proper peer sends, to see whether somebody still answers.</summary>
public static class SoundRequest
{
    /// <summary>OPTIONS (RFC 3261 11) about nobody in particular.</summary>
    /// <param name="sentBy">Address and port of the sender.</param>
    /// <param name="domain">The receiver's.</param>
    /// <param name="number">Makes identifiers of one sending its own.</param>
    public static byte[] Options(string sentBy, string domain, string number) => Encoding.ASCII.GetBytes(
        $"OPTIONS sip:nobody@{domain} SIP/2.0\r\nVia: SIP/2.0/UDP {sentBy};branch=z9hG4bKsound{number}\r\n" +
        $"Max-Forwards: 0\r\nFrom: <sip:prober@far.example>;tag=sound\r\nTo: <sip:nobody@{domain}>\r\n" +
        $"Call-ID: sound-{number}\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n");
}
