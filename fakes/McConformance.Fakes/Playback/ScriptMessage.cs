using System.Net;
using System.Text;
using System.Text.Json.Serialization;
using McConformance.Wire;

namespace McConformance.Fakes.Playback;

/// <summary>One message of a script. SIP and HTTP are written as text, Diameter in hexadecimal.</summary>
public sealed record ScriptMessage
{
    /// <summary>Host name of the sender, or its address where the recording knows no name.</summary>
    public required string From { get; init; }

    /// <summary>The same of the receiver.</summary>
    public required string To { get; init; }

    /// <summary>What is spoken.</summary>
    public required WireProtocol Protocol { get; init; }

    /// <summary>Over what.</summary>
    public Carrier Transport { get; init; }

    /// <summary>Where it came from: <c>127.0.0.1:5060</c>.</summary>
    public string Source { get; init; } = "0.0.0.0:0";

    /// <summary>Where it went to.</summary>
    public string Destination { get; init; } = "0.0.0.0:0";

    /// <summary>The message as text: null for Diameter, and for what is no text.</summary>
    public string? Text
    {
        get => IsText ? Encoding.UTF8.GetString(Octets) : null;
        init
        {
            if (value is not null) Octets = Encoding.UTF8.GetBytes(value);
        }
    }

    /// <summary>The message in hexadecimal, where it is no text.</summary>
    public string? Hex
    {
        get => IsText ? null : Convert.ToHexString(Octets);
        init
        {
            if (value is not null) Octets = Convert.FromHexString(value);
        }
    }

    /// <summary>The message.</summary>
    [JsonIgnore]
    public byte[] Octets { get; init; } = [];

    internal IPEndPoint SourceAt => IPEndPoint.Parse(Source);

    internal IPEndPoint DestinationAt => IPEndPoint.Parse(Destination);

    private bool IsText => Protocol != WireProtocol.Diameter &&
        Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Octets)).AsSpan().SequenceEqual(Octets);
}
