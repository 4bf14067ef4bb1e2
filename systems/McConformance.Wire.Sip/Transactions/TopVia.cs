using System.Text;
using System.Buffers.Text;
using System.Globalization;
using System.Net;
using McConformance.Wire.Sip.Transport;

namespace McConformance.Wire.Sip.Transactions;

/// <summary>The topmost value of a Via line, as far as the transport and transaction layers need it:
/// <c>SIP/2.0/UDP host:port;branch=...;rport, further values</c> (RFC 3261 20.42, RFC 3581 3).</summary>
internal readonly ref struct TopVia
{
    private const int PortWhenNone = 5060;
    private const int PortWhenNoneTls = 5061;
    private readonly ReadOnlySpan<byte> value;

    private TopVia(ReadOnlySpan<byte> line)
    {
        var end = EndOf(line);
        (value, Rest) = (line[..end], line[end..]);
        var parameters = value.IndexOf((byte)';');
        Parameters = parameters < 0 ? [] : value[parameters..];
        Head = parameters < 0 ? value : value[..parameters];
        // the sent-by is the last word; LWS may stand around each part
        var head = Head.TrimEnd(" \t\r\n"u8);
        SentBy = head[(head.LastIndexOfAny(" \t\r\n"u8) + 1)..];
    }

    /// <summary>Protocol and sent-by, as they stand.</summary>
    public ReadOnlySpan<byte> Head { get; }

    /// <summary>Host and port.</summary>
    public ReadOnlySpan<byte> SentBy { get; }

    /// <summary>From the first semicolon on.</summary>
    public ReadOnlySpan<byte> Parameters { get; }

    /// <summary>What follows on the line: empty, or a comma and further values.</summary>
    public ReadOnlySpan<byte> Rest { get; }

    /// <summary>The sent-by's host, IPv6 without brackets.</summary>
    public ReadOnlySpan<byte> Host
    {
        get
        {
            if (SentBy.Length > 0 && SentBy[0] == '[')
                return SentBy.IndexOf((byte)']') is > 0 and var close ? SentBy[1..close] : SentBy[1..];
            return SentBy.IndexOf((byte)':') is >= 0 and var colon ? SentBy[..colon] : SentBy;
        }
    }

    /// <summary>The branch, or empty.</summary>
    public ReadOnlySpan<byte> Branch => Parameter("branch"u8, out var branch) ? branch : [];

    public static TopVia Of(ReadOnlySpan<byte> line) => new(line);

    /// <summary>The sent-by's port, or the carrier's usual one (RFC 3261 18.2.2, 19.1.2).</summary>
    public int Port(Carrier carrier)
    {
        var after = SentBy[(SentBy.LastIndexOf((byte)']') + 1)..];
        var colon = after.LastIndexOf((byte)':');
        if (colon >= 0 && Utf8Parser.TryParse(after[(colon + 1)..], out ushort port, out _) && port > 0) return port;
        return carrier == Carrier.Tls ? PortWhenNoneTls : PortWhenNone;
    }

    /// <summary>Looks a parameter up.</summary>
    public bool Parameter(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> found)
    {
        var rest = Parameters;
        while (TryTake(ref rest, out var parameter))
        {
            var equals = parameter.IndexOf((byte)'=');
            var own = (equals < 0 ? parameter : parameter[..equals]).Trim(" \t\r\n"u8);
            if (!Ascii.EqualsIgnoreCase(own, name)) continue;
            found = equals < 0 ? [] : parameter[(equals + 1)..].Trim(" \t\r\n"u8);
            return true;
        }

        found = [];
        return false;
    }

    /// <summary>Writes the line as it is to be sent back: <c>received</c> where the sent-by is not the source address or rport is
    /// asked for, and the source port in <c>rport</c> (RFC 3261 18.2.1, RFC 3581 4).</summary>
    /// <param name="to">At least as long as the line and 96 octets.</param>
    /// <param name="source">Where the request came from.</param>
    /// <returns>Octets written.</returns>
    public int WriteMarked(Span<byte> to, IPEndPoint source)
    {
        Span<byte> address = stackalloc byte[64];
        source.Address.TryFormat(address, out var addressOctets);
        address = address[..addressOctets];
        var asks = Parameter("rport"u8, out _);
        var used = Put(to, 0, Head);
        var rest = Parameters;
        while (TryTake(ref rest, out var parameter))
        {
            var name = parameter[..(parameter.IndexOf((byte)'=') is >= 0 and var equals ? equals : parameter.Length)].Trim(" \t\r\n"u8);
            if (Ascii.EqualsIgnoreCase(name, "received"u8)) continue;
            if (Ascii.EqualsIgnoreCase(name, "rport"u8))
            {
                used = Put(to, used, ";rport="u8);
                source.Port.TryFormat(to[used..], out var digits, default, CultureInfo.InvariantCulture);
                used += digits;
                continue;
            }

            to[used++] = (byte)';';
            used = Put(to, used, parameter);
        }

        if (asks || !Host.SequenceEqual(address))
        {
            used = Put(to, used, ";received="u8);
            used = Put(to, used, address);
        }

        return Put(to, used, Rest);
    }

    private static int Put(Span<byte> to, int used, ReadOnlySpan<byte> what)
    {
        what.CopyTo(to[used..]);
        return used + what.Length;
    }

    private static bool TryTake(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> parameter)
    {
        parameter = [];
        if (rest.IsEmpty) return false;
        rest = rest[1..];
        var end = EndOf(rest, (byte)';');
        parameter = rest[..end];
        rest = rest[end..];
        return true;
    }

    private static int EndOf(ReadOnlySpan<byte> text, byte separator = (byte)',')
    {
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (quoted && text[i] == '\\') i++;
            else if (text[i] == '"') quoted = !quoted;
            else if (!quoted && text[i] == separator) return i;
        }

        return text.Length;
    }
}
