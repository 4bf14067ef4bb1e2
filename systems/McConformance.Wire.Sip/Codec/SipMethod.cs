namespace McConformance.Wire.Sip.Codec;

/// <summary>Methods that are known by name.</summary>
public enum SipMethod : byte
{
    /// <summary>Not in this list; look at its name.</summary>
    Unknown,

    /// <summary>REGISTER (RFC 3261 10).</summary>
    Register,

    /// <summary>INVITE (RFC 3261 13).</summary>
    Invite,

    /// <summary>ACK (RFC 3261 17.1.1.3).</summary>
    Ack,

    /// <summary>CANCEL (RFC 3261 9).</summary>
    Cancel,

    /// <summary>BYE (RFC 3261 15).</summary>
    Bye,

    /// <summary>OPTIONS (RFC 3261 11).</summary>
    Options,

    /// <summary>MESSAGE (RFC 3428).</summary>
    Message,

    /// <summary>SUBSCRIBE (RFC 6665).</summary>
    Subscribe,

    /// <summary>NOTIFY (RFC 6665).</summary>
    Notify,

    /// <summary>PUBLISH (RFC 3903).</summary>
    Publish,

    /// <summary>REFER (RFC 3515).</summary>
    Refer,

    /// <summary>PRACK (RFC 3262).</summary>
    Prack,

    /// <summary>UPDATE (RFC 3311).</summary>
    Update,

    /// <summary>INFO (RFC 6086).</summary>
    Info,
}

/// <summary>Names of methods; case matters (RFC 3261 7.1).</summary>
public static class SipMethods
{
    private static readonly byte[][] Names =
    [
        [], "REGISTER"u8.ToArray(), "INVITE"u8.ToArray(), "ACK"u8.ToArray(), "CANCEL"u8.ToArray(), "BYE"u8.ToArray(), "OPTIONS"u8.ToArray(),
        "MESSAGE"u8.ToArray(), "SUBSCRIBE"u8.ToArray(), "NOTIFY"u8.ToArray(), "PUBLISH"u8.ToArray(), "REFER"u8.ToArray(), "PRACK"u8.ToArray(),
        "UPDATE"u8.ToArray(), "INFO"u8.ToArray(),
    ];

    /// <summary>The method of a name.</summary>
    public static SipMethod Find(ReadOnlySpan<byte> name)
    {
        for (var i = 1; i < Names.Length; i++)
            if (name.SequenceEqual(Names[i])) return (SipMethod)i;
        return SipMethod.Unknown;
    }

    /// <summary>The name of a method; empty for an unknown one.</summary>
    public static ReadOnlySpan<byte> NameOf(SipMethod method) => Names[(int)method];
}
