using System.Text;
using System.Xml;
using McConformance.Wire.Identities;
using McConformance.Wire.Time;

namespace McConformance.Entities.SipCore;

/// <summary>A contact bound to a registered user (RFC 3261 10.3), with the Path that leads to it (RFC 3327).</summary>
internal sealed class ContactBinding(RegisteredUser user, string uri, Action<ContactBinding> expired) : TimerNode
{
    public RegisteredUser User => user;

    /// <summary>The contact's URI.</summary>
    public string Uri => uri;

    /// <summary>The whole Contact value without its expires parameter.</summary>
    public byte[] Value { get; set; } = [];

    public byte[][] Path { get; set; } = [];

    public string CallId { get; set; } = "";

    public uint CSeq { get; set; }

    /// <summary>When the binding ends, as a timestamp of the wheel's clock.</summary>
    public long EndsAt { get; set; }

    protected override void OnTimer() => expired(this);
}

/// <summary>A user registered at this S-CSCF, with the implicit registration set of TS 23.228 5.2.1a.</summary>
internal sealed class RegisteredUser(RegisterIdentities identities)
{
    public RegisterIdentities Identities => identities;

    /// <summary>Public identities that are registered together; the first one is the default.</summary>
    public List<string> AssociatedIdentities { get; } = [];

    public Dictionary<string, ContactBinding> Contacts { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads the implicit registration set from the subscription that the SIP database sent (TS 29.228 Annex B).</summary>
    public void TakeProfile(ReadOnlySpan<byte> userData)
    {
        AssociatedIdentities.Clear();
        try
        {
            using var reader = XmlReader.Create(
                new MemoryStream(userData.ToArray()), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            while (reader.ReadToFollowing("Identity"))
            {
                // goes into P-Associated-URI: what is no URI would write more there than itself
                var identity = reader.ReadElementContentAsString().Trim();
                if (McUri.IsWellFormed(identity)) AssociatedIdentities.Add(identity);
            }
        }
        catch (XmlException)
        {
            // a profile that cannot be read registers the identity it was asked for, and no other
            AssociatedIdentities.Clear();
        }

        if (AssociatedIdentities.Count == 0) AssociatedIdentities.Add(Encoding.UTF8.GetString(identities.Public));
    }
}
