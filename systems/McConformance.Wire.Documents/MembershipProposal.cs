using System.Diagnostics.CodeAnalysis;
using System.Xml.Linq;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Documents.Writing;
using McConformance.Wire.Identities;

namespace McConformance.Wire.Documents;

/// <summary>What became of a proposal.</summary>
public enum ApprovalState
{
    /// <summary>The group's administrator has not decided yet; the group is as before.</summary>
    Pending,

    /// <summary>The group has the proposed members.</summary>
    Approved,

    /// <summary>The group is as before, and stays so.</summary>
    Rejected,
}

/// <summary>A group for which a partner can propose users.</summary>
/// <param name="Id">The group.</param>
/// <param name="DisplayName">Name for people.</param>
/// <param name="Changes">How proposals take effect.</param>
public sealed record ProposableGroup(McGroupId Id, string? DisplayName, MembershipChanges Changes);

/// <summary>A body about members from a partner in an interconnection group (TR 23.781 5.1.12, OWN MEM): one of three.
/// The names are those of <see cref="MembershipBinding"/>.</summary>
/// <remarks><code>
/// interconnection-groups @home-system @partner-system    group @uri @display-name? @membership   home to partner
/// membership-proposal @id @group @partner-system         member @uri @display-name?              partner to home
/// membership-decision @id @group @state                  reason?                                 home to partner
/// </code></remarks>
public abstract record Membership
{
    /// <summary>Content type of these octets.</summary>
    public const string ContentType = "application/vnd.mcconformance.membership+xml";

    private protected Membership()
    {
    }

    /// <summary>Reads one of the three. False where it is no XML, another document, or lacks something mandatory; the
    /// findings say what. An entry that cannot be read makes the whole unreadable: half a list of members would
    /// take the others out of the group.</summary>
    /// <param name="octets">The body.</param>
    /// <param name="message">One of the three types below.</param>
    /// <param name="findings">Grows by what is wrong.</param>
    /// <param name="binding">Names; null for the own ones.</param>
    public static bool TryRead(
        ReadOnlyMemory<byte> octets, [NotNullWhen(true)] out Membership? message, List<DocumentFinding> findings,
        MembershipBinding? binding = null)
    {
        message = null;
        return new ElementReader(findings, MembershipReader.Clause).TryXml(octets, out var document)
            && TryRead(document, out message, findings, binding);
    }

    /// <summary>The same of XML.</summary>
    public static bool TryRead(
        XDocument document, [NotNullWhen(true)] out Membership? message, List<DocumentFinding> findings,
        MembershipBinding? binding = null)
    {
        message = new MembershipReader(findings, binding ?? BindingSet.InUse.Membership).Read(document);
        return message is not null;
    }

    /// <summary>The body, UTF-8, elements in the order of the schema.</summary>
    /// <param name="binding">Names; null for the own ones.</param>
    public byte[] ToOctets(MembershipBinding? binding = null) =>
        XmlOctets.Write(ToElement(binding ?? BindingSet.InUse.Membership));

    /// <summary>The body as XML.</summary>
    public XDocument ToXml(MembershipBinding? binding = null) => new(ToElement(binding ?? BindingSet.InUse.Membership));

    private protected abstract XElement ToElement(MembershipBinding names);
}

/// <summary>The groups of one MC system for which a partner can propose users.</summary>
/// <param name="HomeSystem">The MC system that defines the groups.</param>
/// <param name="Partner">The one that may propose.</param>
/// <param name="Groups">Those that name this partner, and no others.</param>
public sealed record InterconnectionGroups(
    McSystemId HomeSystem, McSystemId Partner, IReadOnlyList<ProposableGroup> Groups) : Membership
{
    /// <summary>The overview for a partner out of all groups of an MC system.</summary>
    public static InterconnectionGroups For(
        McSystemId home, McSystemId partner, IEnumerable<GroupDescription> groups) => new(home, partner,
        [
            .. from g in groups
               let entry = g.Interconnection?.Partners.FirstOrDefault(p => p.Id == partner)
               where entry is not null
               select new ProposableGroup(g.Id, g.DisplayName, entry.Changes),
        ]);

    private protected override XElement ToElement(MembershipBinding names) => new(names.Xml + names.Overview,
        new XAttribute("home-system", HomeSystem.Value), new XAttribute("partner-system", Partner.Value),
        Groups.Select(g => new XElement(names.Xml + names.Group, new XAttribute("uri", g.Id.Value),
            XmlOctets.Attribute("display-name", g.DisplayName),
            new XAttribute("membership", names.Text(g.Changes)))));
}

/// <summary>The list of users whom a partner proposes: all of its members of that group, so that who is left out goes.
/// An update is the next list.</summary>
/// <param name="Id">Names the proposal; a URN, given by the partner.</param>
/// <param name="Group">The group.</param>
/// <param name="Partner">Who proposes.</param>
/// <param name="Members">Whom; users of that partner.</param>
public sealed record MembershipProposal(
    string Id, McGroupId Group, McSystemId Partner, IReadOnlyList<GroupMember> Members) : Membership
{
    private protected override XElement ToElement(MembershipBinding names) => new(names.Xml + names.Proposal,
        new XAttribute("id", Id), new XAttribute("group", Group.Value), new XAttribute("partner-system", Partner.Value),
        Members.Select(m => new XElement(names.Xml + names.Member, new XAttribute("uri", m.Id.Value),
            XmlOctets.Attribute("display-name", m.DisplayName))));

    /// <summary>The group as it is when the proposal has taken effect: members of the partner who are not in the list
    /// go, those who are new come, all others stay as they are. Users of another MC system are not taken from this
    /// partner's list. Whether the partner may propose is for the caller to know.</summary>
    public GroupDocument ApplyTo(GroupDocument group)
    {
        if (group.Id != Group)
            throw new ArgumentException($"a proposal for {Group}, not for {group.Id}", nameof(group));
        var proposed = Members.Where(m => m.Id.System == Partner).ToArray();
        var stay = proposed.Select(m => m.Id).ToHashSet();
        return group.With(new GroupChanges
        {
            Members = m => m.Id.System != Partner || stay.Contains(m.Id),
            NewMembers = proposed,
        });
    }
}

/// <summary>What became of a proposal; also the answer to it, where changes take effect at once.</summary>
/// <param name="ProposalId">Which.</param>
/// <param name="Group">The group.</param>
/// <param name="State">What became of it.</param>
/// <param name="Reason">In words.</param>
public sealed record MembershipDecision(string ProposalId, McGroupId Group, ApprovalState State, string? Reason = null)
    : Membership
{
    private protected override XElement ToElement(MembershipBinding names) => new(names.Xml + names.Decision,
        new XAttribute("id", ProposalId), new XAttribute("group", Group.Value),
        new XAttribute("state", names.Text(State)),
        XmlOctets.Text(names.Xml + names.Reason, Reason));
}
