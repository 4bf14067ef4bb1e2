using System.Text.Json.Serialization;
using System.Xml.Linq;
using McConformance.Wire.Documents.Bindings;

namespace McConformance.Wire.Documents;

/// <summary>Every own name of group membership between administrators (TR 23.781 5.1.12). Another profile may take its
/// place, as with <see cref="MigrationBinding"/>.</summary>
public sealed record MembershipBinding
{
    /// <summary>The names of this project.</summary>
    public static MembershipBinding Own { get; } = new();

    /// <summary>Name of the profile, as findings give it.</summary>
    public string Name { get; init; } = "own-1";

    /// <summary>Namespace of all elements.</summary>
    public string Namespace { get; init; } = "urn:mcconformance:ns:membership:1.0";

    /// <summary>Application of the documents in XCAP (RFC 4825 6.2). Everything lies in the tree of the MC system that
    /// asks, under the public service identity of its group management server.</summary>
    public string Auid { get; init; } = "mcconformance.membership";

    /// <summary>Name of the overview in that tree (OWN MEM-OVERVIEW).</summary>
    public string OverviewDocument { get; init; } = "interconnection-groups.xml";

    /// <summary>Folder of proposals, one for a group, named by it (OWN MEM-PROPOSE).</summary>
    public string Proposals { get; init; } = "proposals";

    /// <summary>Folder of decisions, one for a group, named by it (OWN MEM-OUTCOME).</summary>
    public string Decisions { get; init; } = "decisions";

    /// <summary>Root: groups for which a partner can propose users.</summary>
    public string Overview { get; init; } = "interconnection-groups";

    /// <summary>One of them.</summary>
    public string Group { get; init; } = "group";

    /// <summary>Root: users whom a partner proposes.</summary>
    public string Proposal { get; init; } = "membership-proposal";

    /// <summary>One of them.</summary>
    public string Member { get; init; } = "member";

    /// <summary>Root: what became of a proposal.</summary>
    public string Decision { get; init; } = "membership-decision";

    /// <summary>In words.</summary>
    public string Reason { get; init; } = "reason";

    /// <summary>Value: changes take effect at once.</summary>
    public string Direct { get; init; } = "direct";

    /// <summary>Value: changes take effect after approval.</summary>
    public string Approval { get; init; } = "approval";

    /// <summary>Value: nobody has decided yet.</summary>
    public string Pending { get; init; } = "pending";

    /// <summary>Value: the group has changed accordingly.</summary>
    public string Approved { get; init; } = "approved";

    /// <summary>Value: the group stays as it was.</summary>
    public string Rejected { get; init; } = "rejected";

    [JsonIgnore]
    internal XNamespace Xml => Namespace;

    /// <summary>Reads another profile; throws <see cref="FormatException"/> that says label and remedy.</summary>
    public static MembershipBinding Load(string json) => BindingProfile.Load<MembershipBinding>(json);

    internal string Text(MembershipChanges changes) => changes == MembershipChanges.Direct ? Direct : Approval;

    internal string Text(ApprovalState state) => States[(int)state];

    internal bool TryChanges(string text, out MembershipChanges changes)
    {
        changes = text == Direct ? MembershipChanges.Direct : MembershipChanges.AfterApproval;
        return text == Direct || text == Approval;
    }

    internal bool TryState(string text, out ApprovalState state)
    {
        var place = Array.IndexOf(States, text);
        state = place < 0 ? default : (ApprovalState)place;
        return place >= 0;
    }

    // in the order of the enumeration
    private string[] States => [Pending, Approved, Rejected];
}
