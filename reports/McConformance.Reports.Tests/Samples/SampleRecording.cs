using System.Net;
using McConformance.Wire;

namespace McConformance.Reports.Tests.Samples;

/// <summary>Recordings as links would have made them.</summary>
internal sealed class SampleRecording
{
    private readonly LinkBook book = new(TimeProvider.System);
    private readonly List<RecordedMessage> messages = [];
    private readonly Dictionary<string, IPEndPoint> places = [];
    private TimeSpan now;

    public SampleRecording()
    {
        Add("ue-1", EntityKind.SignallingUserAgent, "", 5062);
        Add("pcscf.partner.example", EntityKind.ProxyCscf, "partner.example", 40_001);
        Add("scscf.partner.example", EntityKind.ServingCscf, "partner.example", 40_002);
        Add("mms.partner.example", EntityKind.MigrationManagementServer, "partner.example", 40_003);
        Add("mms.primary.example", EntityKind.MigrationManagementServer, "primary.example", 40_004);
        Add("sdb.primary.example", EntityKind.SipDatabase, "primary.example", 40_005);
        Add("proxy.transit.example", EntityKind.DiameterProxy, "", 40_006);
    }

    public IReadOnlyList<RecordedMessage> Messages => messages;

    public SampleRecording Wait(double milliseconds)
    {
        now += TimeSpan.FromMilliseconds(milliseconds);
        return this;
    }

    public SampleRecording Sip(string from, string to, byte[] octets, Fate fate = Fate.Delivered, string? note = null, Carrier carrier = Carrier.Udp) =>
        Put(from, to, WireProtocol.Sip, carrier, octets, fate, note);

    public SampleRecording Diameter(string from, string to, byte[] octets, Fate fate = Fate.Delivered, string? note = null) =>
        Put(from, to, WireProtocol.Diameter, Carrier.Tcp, octets, fate, note);

    /// <summary>The whole of TS 23.280 10.1.6.2 for one user: 16 messages.</summary>
    public SampleRecording Registration(string user = "in-0001", uint id = 1, uint result = 2001)
    {
        var (partner, primary) = ($"{user}@ims.partner.example", $"mig-0001@ims.primary.example");
        Sip("ue-1", "pcscf.partner.example", SampleOctets.Register(1, user, false));
        Sip("pcscf.partner.example", "scscf.partner.example", SampleOctets.Register(1, user, false));
        Diameter("scscf.partner.example", "mms.partner.example", SampleOctets.Mar(id, partner, "partner.example", "scscf.partner.example", "mms.partner.example"));
        Diameter("mms.partner.example", "mms.primary.example", SampleOctets.Mar(id + 1, primary, "primary.example", "mms.partner.example", "mms.primary.example"));
        Diameter("mms.primary.example", "sdb.primary.example", SampleOctets.Mar(id + 2, primary, "primary.example", "mms.primary.example", "sdb.primary.example"));
        Diameter("sdb.primary.example", "mms.primary.example", SampleOctets.Maa(id + 2, primary, "sdb.primary.example", result));
        Diameter("mms.primary.example", "mms.partner.example", SampleOctets.Maa(id + 1, primary, "mms.primary.example", result));
        Diameter("mms.partner.example", "scscf.partner.example", SampleOctets.Maa(id, partner, "mms.partner.example", result));
        if (result != 2001)
        {
            Sip("scscf.partner.example", "pcscf.partner.example", SampleOctets.Answer("403 Forbidden", 1, user, ""));
            return Sip("pcscf.partner.example", "ue-1", SampleOctets.Answer("403 Forbidden", 1, user, ""));
        }

        Sip("scscf.partner.example", "pcscf.partner.example", SampleOctets.Challenge(1, user));
        Sip("pcscf.partner.example", "ue-1", SampleOctets.Challenge(1, user)).Wait(35);
        Sip("ue-1", "pcscf.partner.example", SampleOctets.Register(2, user, true));
        Sip("pcscf.partner.example", "scscf.partner.example", SampleOctets.Register(2, user, true));
        Sip("scscf.partner.example", "pcscf.partner.example", SampleOctets.Accepted(2, user));
        return Sip("pcscf.partner.example", "ue-1", SampleOctets.Accepted(2, user));
    }

    private SampleRecording Put(
        string from, string to, WireProtocol protocol, Carrier carrier, byte[] octets, Fate fate, string? note)
    {
        now += TimeSpan.FromMicroseconds(340 + messages.Count % 7 * 55);
        var link = book.Between(book.Named(from), book.Named(to), protocol);
        messages.Add(new RecordedMessage(messages.Count + 1, now, link, carrier, Place(from, protocol), Place(to, protocol), octets, fate, note));
        return this;
    }

    private IPEndPoint Place(string name, WireProtocol protocol)
    {
        var at = places.TryGetValue(name, out var known) ? known : new IPEndPoint(IPAddress.Loopback, 41_000);
        return protocol == WireProtocol.Sip ? at : new IPEndPoint(at.Address, at.Port + 1000);
    }

    public void Add(string name, EntityKind kind, string system, int port, string address = "127.0.0.1")
    {
        book.Add(new Party(name, kind, system));
        places[name] = new IPEndPoint(IPAddress.Parse(address), port);
    }
}
