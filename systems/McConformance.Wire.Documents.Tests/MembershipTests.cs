using System.Text;
using System.Xml.Linq;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Identities;

namespace McConformance.Wire.Documents.Tests;

[Parallelizable(ParallelScope.All)]
internal sealed class MembershipTests
{
    private static readonly McSystemId A = new("a.example"), B = new("b.example");
    private static readonly McGroupId Group = new("sip:joint-ops@a.example");
    private static readonly GroupMember Zoe = new(new McServiceId("sip:zoe@b.example")) { DisplayName = "Zoe" };
    private static readonly GroupMember Yann = new(new McServiceId("sip:yann@b.example"));
    private static readonly GroupMember Alice = new(new McServiceId("sip:alice@a.example")) { UserPriority = 9 };

    private static readonly Membership[] Messages =
    [
        new InterconnectionGroups(A, B,
        [
            new ProposableGroup(Group, "Joint ops", MembershipChanges.AfterApproval),
            new ProposableGroup(new McGroupId("sip:fire-1@a.example"), null, MembershipChanges.Direct),
        ]),
        new MembershipProposal("urn:uuid:1", Group, B, [Zoe, Yann]),
        new MembershipProposal("urn:uuid:2", Group, B, []),
        new MembershipDecision("urn:uuid:1", Group, ApprovalState.Rejected, "not now"),
        new MembershipDecision("urn:uuid:1", Group, ApprovalState.Pending),
        new MembershipDecision("urn:uuid:1", Group, ApprovalState.Approved),
    ];

    [TestCase(0, "interconnection-groups")]
    [TestCase(1, "membership-proposal")]
    [TestCase(2, "membership-proposal")]
    [TestCase(3, "membership-decision")]
    [TestCase(4, "membership-decision")]
    [TestCase(5, "membership-decision")]
    public void Writes_what_the_schema_accepts_and_reads_it_back(int message, string root)
    {
        var written = Messages[message];
        Schema.Of(written.ToOctets()).Should().BeEmpty();
        XNamespace ns = "urn:mcconformance:ns:membership:1.0";
        written.ToXml().Root!.Name.Should().Be(ns + root);
        var findings = new List<DocumentFinding>();
        Membership.TryRead(written.ToOctets(), out var read, findings).Should().BeTrue();
        findings.Should().BeEmpty();
        read.Should().BeOfType(written.GetType()).And.BeEquivalentTo(written, o => o.RespectingRuntimeTypes());
    }

    [TestCase(0, "home-system=\"a.example\"", "", "interconnection-groups@home-system", DocumentFault.Missing)]
    [TestCase(0, "membership=\"direct\"", "membership=\"x\"", "group@membership", DocumentFault.Malformed)]
    [TestCase(1, "id=\"urn:uuid:1\"", "", "membership-proposal@id", DocumentFault.Missing)]
    [TestCase(1, "uri=\"sip:yann@b.example\"", "", "member@uri", DocumentFault.Missing)]
    [TestCase(1, "uri=\"sip:yann@b.example\"", "uri=\"yann\"", "member@uri", DocumentFault.Malformed)]
    [TestCase(3, "state=\"rejected\"", "state=\"\"", "membership-decision@state", DocumentFault.Empty)]
    public void Names_what_is_wrong(int message, string old, string instead, string label, DocumentFault fault)
    {
        var text = Encoding.UTF8.GetString(Messages[message].ToOctets());
        text.Should().Contain(old);
        var octets = Encoding.UTF8.GetBytes(text.Replace(old, instead));
        var findings = new List<DocumentFinding>();
        Membership.TryRead(octets, out _, findings).Should().BeFalse();
        findings.Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { Fault = fault, Element = label, Clause = new Clause("TR 23.781", "5.1.12") });
        Schema.Of(octets).Should().NotBeEmpty();
    }

    [Test]
    public void A_partner_sees_the_groups_that_name_it_and_no_others()
    {
        GroupDescription[] groups =
        [
            Described("sip:joint-ops@a.example", new GroupPartner(B, MembershipChanges.Direct)),
            Described("sip:other@a.example", new GroupPartner(new McSystemId("c.example"))),
            new GroupDescription { Id = new McGroupId("sip:inner@a.example") },
        ];
        InterconnectionGroups.For(A, B, groups).Groups.Should()
            .Equal(new ProposableGroup(Group, "G", MembershipChanges.Direct));
    }

    [Test]
    public void A_proposal_changes_the_members_of_its_partner_alone()
    {
        var group = GroupDocument.Create(new GroupDescription { Id = Group, Members = [Alice, Zoe] });
        var proposal = new MembershipProposal("urn:uuid:1", Group, B,
            [Yann, new GroupMember(new McServiceId("sip:bob@a.example"))]);
        var after = proposal.ApplyTo(group);
        after.Description.Members.Should().Equal(Alice, Yann);
        Schema.Of(after.ToOctets()).Should().BeEmpty();
    }

    [Test]
    public void A_proposal_leaves_a_member_that_stays_as_it_was()
    {
        var ranked = Zoe with { UserPriority = 77 };
        var group = GroupDocument.Create(new GroupDescription { Id = Group, Members = [ranked] });
        new MembershipProposal("urn:uuid:1", Group, B, [Zoe]).ApplyTo(group).Description.Members.Should().Equal(ranked);
    }

    [Test]
    public void The_schema_finds_a_wrong_order()
    {
        var document = Messages[1].ToXml();
        document.Root!.AddFirst(new XElement("{urn:x}y"));
        SchemaSet.Validate(document).Should().NotBeEmpty();
    }

    [Test]
    public void Another_binding_profile_changes_the_names()
    {
        var binding = MembershipBinding.Load("{ \"proposal\": \"ask\", \"member\": \"user\" }");
        var octets = Messages[1].ToOctets(binding);
        Encoding.UTF8.GetString(octets).Should().ContainAll("<ask ", "<user ");
        Membership.TryRead(octets, out var read, [], binding).Should().BeTrue();
        read.Should().BeEquivalentTo(Messages[1], o => o.RespectingRuntimeTypes());
    }

    [TestCase(91, 0)]
    [TestCase(92, 1)]
    [TestCase(93, 3)]
    public void Mutations_never_throw(int seed, int message) =>
        DocumentMutations.Run(seed, Messages[message].ToOctets(), octets =>
        {
            var findings = new List<DocumentFinding>();
            if (!Membership.TryRead(octets, out var read, findings)) findings.Should().NotBeEmpty();
            if (read is not null) Membership.TryRead(read.ToOctets(), out _, findings).Should().BeTrue();
        }, forms: 3);

    private static GroupDescription Described(string id, GroupPartner partner) => new()
    {
        Id = new McGroupId(id),
        DisplayName = "G",
        Interconnection = new GroupInterconnection(A, [partner]),
    };
}
