using System.Buffers.Binary;
using System.Text;

namespace McConformance.Fakes.Hostile;

/// <summary>A sound Diameter answer made faulty in one way, in the words of the features and of
/// Corpus/diameter-answers.tsv.</summary>
public static class FaultyDiameterAnswer
{
    private const int HeaderOctets = 20;
    private const uint ResultCode = 268;
    private const uint ExperimentalResult = 297;
    private const uint ServerName = 602;
    private const uint UserData = 606;
    private const uint SipAuthenticate = 609;
    private const uint SipAuthorization = 610;
    private const uint SipAuthDataItem = 612;
    private const uint Vendor3gpp = 10415;

    /// <summary>Makes the fault.</summary>
    /// <param name="sound">An answer as it was sent.</param>
    /// <param name="fault">As <c>without a result</c>.</param>
    /// <exception cref="ArgumentException">There is no such fault.</exception>
    public static byte[] Spoil(ReadOnlyMemory<byte> sound, string fault)
    {
        var header = sound[..HeaderOctets].ToArray();
        var avps = Read(sound.Span[HeaderOctets..]);
        switch (fault)
        {
            case "without a result":
                avps.RemoveAll(a => a.Code is ResultCode or ExperimentalResult);
                break;
            case "with a result of three octets":
                Replace(avps, a => a.Code is ResultCode or ExperimentalResult, a => a with { Data = a.Data[..3] });
                break;
            case "with a result that nobody knows":
                avps.RemoveAll(a => a.Code is ResultCode or ExperimentalResult);
                avps.Insert(0, new RawAvp(ResultCode, 0, 0x40, [0xFF, 0xFF, 0xFF, 0xFF]));
                break;
            case "with a length beyond the end":
                avps[^1] = avps[^1] with { LengthField = 5000 };
                break;
            case "with a length below the header":
                avps[^1] = avps[^1] with { LengthField = 3 };
                break;
            case "with groups 1000 deep":
                avps.Add(RawAvp.Nested(1000));
                break;
            case "of another command":
                header[7] ^= 0x3F;
                break;
            case "to another request":
                header[15] ^= 0xFF;
                break;
            case "that calls itself a request":
                header[4] |= 0x80;
                break;
            case "whose length is too short":
                return Finish(header, avps, -8);
            case "with a server name that is no address":
                avps.RemoveAll(a => a.Code == ServerName);
                avps.Add(new RawAvp(ServerName, Vendor3gpp, 0xC0, "sip:\r\nX-Harm: 1>@[::"u8.ToArray()));
                break;
            case "with user data that is a bomb":
                PutUserData(avps, HostileXml.Spoil(Profile("sip:harm@far.example"), "with an entity bomb"));
                break;
            case "with user data that is cut off":
                PutUserData(avps, Encoding.UTF8.GetBytes(Profile("sip:harm@far.example")[..^40]));
                break;
            case "with an identity that would end its header":
                PutUserData(avps, Encoding.UTF8.GetBytes(
                    Profile("sip:harm@far.example&gt;,&#13;&#10;X-Harm: &lt;sip:harm@far.example")));
                break;
            case "with a vector of three octets":
                ReplaceVector(avps, SipAuthenticate, [1, 2, 3]);
                break;
            case "with an expected answer of 5,000 octets":
                ReplaceVector(avps, SipAuthorization, new byte[5000]);
                break;
            case "with a vector that is no group":
                Replace(avps, a => a.Code == SipAuthDataItem, a =>
                    a with { Data = Encoding.ASCII.GetBytes("no group at all") });
                break;
            default:
                throw new ArgumentException($"no answer is called \"{fault}\"");
        }

        return Finish(header, avps, 0);
    }

    private static void Replace(List<RawAvp> avps, Predicate<RawAvp> which, Func<RawAvp, RawAvp> with)
    {
        var at = avps.FindIndex(which);
        if (at < 0) throw new ArgumentException("the answer has nothing of the kind that could be spoilt");
        avps[at] = with(avps[at]);
    }

    private static void ReplaceVector(List<RawAvp> avps, uint code, byte[] data) =>
        Replace(avps, a => a.Code == SipAuthDataItem, a =>
        {
            var inner = Read(a.Data);
            Replace(inner, i => i.Code == code, i => i with { Data = data });
            var octets = new List<byte>();
            foreach (var one in inner) one.WriteTo(octets);
            return a with { Data = [.. octets] };
        });

    private static void PutUserData(List<RawAvp> avps, byte[] data)
    {
        avps.RemoveAll(a => a.Code == UserData);
        avps.Add(new RawAvp(UserData, Vendor3gpp, 0xC0, data));
    }

    private static string Profile(string identity) =>
        "<IMSSubscription><PrivateID>harm</PrivateID><ServiceProfile><PublicIdentity>" +
        $"<Identity>{identity}</Identity></PublicIdentity></ServiceProfile></IMSSubscription>";

    private static List<RawAvp> Read(ReadOnlySpan<byte> octets)
    {
        var avps = new List<RawAvp>();
        while (octets.Length >= 8)
        {
            var (code, length) = (
                BinaryPrimitives.ReadUInt32BigEndian(octets), (int)(
                BinaryPrimitives.ReadUInt32BigEndian(octets[4..]) & 0xffffff));
            var head = (octets[4] & 0x80) != 0 ? 12 : 8;
            var vendor = head == 12 ? BinaryPrimitives.ReadUInt32BigEndian(octets[8..]) : 0;
            avps.Add(new RawAvp(code, vendor, octets[4], octets[head..length].ToArray()));
            octets = octets[Math.Min((length + 3) & ~3, octets.Length)..];
        }

        return avps;
    }

    private static byte[] Finish(byte[] header, List<RawAvp> avps, int lie)
    {
        var octets = new List<byte>(header);
        foreach (var avp in avps) avp.WriteTo(octets);
        var message = octets.ToArray();
        BinaryPrimitives.WriteUInt32BigEndian(message, 0x01000000u | (uint)(message.Length + lie));
        return message;
    }
}
