using System.Net;
using System.Text;
using McConformance.Checks.Flow;
using McConformance.Wire;

namespace McConformance.Checks.Tests.Scenes;

/// <summary>
/// A recording that was written by hand: who sent what to whom, in order, so that a check can be shown every case,
/// those
/// too that no system of ours comes to. Parties are named <c>ue</c>, or by entity and MC system: <c>mms.partner</c>.
/// Messages are numbered from 1 as they stand; one that is taken out leaves its number free.
/// </summary>
internal sealed class Scene
{
    private static readonly IPEndPoint Nowhere = new(IPAddress.Loopback, 5060);
    private static readonly Dictionary<string, EntityKind> Kinds = new()
    {
        ["ue"] = EntityKind.SignallingUserAgent,
        ["pcscf"] = EntityKind.ProxyCscf,
        ["icscf"] = EntityKind.InterrogatingCscf,
        ["scscf"] = EntityKind.ServingCscf,
        ["sdb"] = EntityKind.SipDatabase,
        ["mms"] = EntityKind.MigrationManagementServer,
        ["dpx"] = EntityKind.DiameterProxy,
        ["idms"] = EntityKind.IdentityManagementServer,
        ["cms"] = EntityKind.ConfigurationManagementServer,
        ["gms"] = EntityKind.GroupManagementServer,
        ["mcptt"] = EntityKind.McServiceServer,
        ["gw"] = EntityKind.GatewayServer,
        ["proxy"] = EntityKind.HttpProxy,
        ["stranger"] = EntityKind.Unknown,
    };

    private readonly LinkBook book = new(TimeProvider.System);
    private readonly List<Line?> lines = [];
    private readonly List<UnseenLink> unseen = [];

    /// <summary>An empty scene.</summary>
    public Scene() => Catalogue.UseOnce(TheCatalogue.File);

    private sealed record Line(string From, string To, WireProtocol Protocol, byte[] Octets, Fate Fate);

    /// <summary>What checks are given.</summary>
    public Observation Seen =>
        new(lines.Index().Where(l => l.Item is not null).Select(l => Recorded(l.Index + 1)), unseen);

    /// <summary>A party of some scene: <c>mms.partner</c> is mms.partner.example; those of transit and UEs belong to no
    /// MC system; a name that begins with <c>other-</c> is not this process's.</summary>
    public static Party Party(string name)
    {
        var isOther = name.StartsWith("other-", StringComparison.Ordinal);
        var (entity, system) = (isOther ? name[6..] : name).Split('.', 2) is [var e, var s] ? (e, s) : (name, "");
        var kind = Kinds[entity.TrimEnd('1', '2', '3')];
        return new Party(
            system.Length > 0 ? $"{entity}.{system}.example" : entity, kind,
            system is "" or "transit" ? "" : $"{system}.example", !isOther);
    }

    /// <summary>Adds a SIP message: its lines, an empty one before the body.</summary>
    public Scene Sip(string from, string to, string text, Fate fate = Fate.Delivered) =>
        Add(from, to, WireProtocol.Sip, Messages.Sip(text), fate);

    /// <summary>Adds an HTTP message.</summary>
    public Scene Http(string from, string to, byte[] octets, Fate fate = Fate.Delivered) =>
        Add(from, to, WireProtocol.Http, octets, fate);

    /// <summary>Adds a Diameter message.</summary>
    public Scene Diameter(string from, string to, byte[] octets, Fate fate = Fate.Delivered) =>
        Add(from, to, WireProtocol.Diameter, octets, fate);

    /// <summary>Adds a link on which nobody sees what passes.</summary>
    public Scene Unseen(string from, string to, WireProtocol protocol)
    {
        unseen.Add(new UnseenLink(Party(from), Party(to), protocol));
        return this;
    }

    /// <summary>Takes messages out.</summary>
    public Scene Without(params int[] numbers)
    {
        foreach (var number in numbers) lines[number - 1] = null;
        return this;
    }

    /// <summary>The same message, with other octets.</summary>
    public Scene With(int number, byte[] octets) => Change(number, l => l with { Octets = octets });

    /// <summary>The same message, with a text in place of another; both ASCII.</summary>
    public Scene With(int number, string old, string @new) => Change(number, l =>
    {
        var text = Encoding.Latin1.GetString(l.Octets);
        text.Should().Contain(old, "a test that changes nothing shows nothing");
        return l with { Octets = Encoding.Latin1.GetBytes(text.Replace(old, @new, StringComparison.Ordinal)) };
    });

    /// <summary>The same message, from or to somebody else; null leaves an end as it is.</summary>
    public Scene Sent(int number, string? from = null, string? to = null) =>
        Change(number, l => l with { From = from ?? l.From, To = to ?? l.To });

    /// <summary>The same message, with another fate.</summary>
    public Scene Fated(int number, Fate fate) => Change(number, l => l with { Fate = fate });

    /// <summary>Puts one message in the place of another, and that one in its.</summary>
    public Scene Swapped(int one, int other)
    {
        (lines[one - 1], lines[other - 1]) = (lines[other - 1], lines[one - 1]);
        return this;
    }

    /// <summary>Judges.</summary>
    public Judged Judge(Func<Observation, Judgement?> check) => new(this, check(Seen));

    /// <summary>How reasons name the place of a message.</summary>
    public string Place(int number)
    {
        var link = Recorded(number).Link;
        return $" in message {number} on {link.ReferencePoint} {link.From.Name} -> {link.To.Name}";
    }

    /// <summary>Where a message was seen.</summary>
    public RecordedMessage Recorded(int number)
    {
        var line = lines[number - 1]!;
        var link = book.Between(Party(line.From), Party(line.To), line.Protocol);
        return new RecordedMessage(
            number, TimeSpan.FromMilliseconds(
                number), link, Carrier.Tcp, Nowhere, Nowhere, line.Octets, line.Fate, null);
    }

    private Scene Add(string from, string to, WireProtocol protocol, byte[] octets, Fate fate)
    {
        lines.Add(new Line(from, to, protocol, octets, fate));
        return this;
    }

    private Scene Change(int number, Func<Line, Line> change)
    {
        lines[number - 1] = change(lines[number - 1]!);
        return this;
    }
}
