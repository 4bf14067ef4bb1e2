using McConformance.Entities.MigrationManagement;
using McConformance.Wire.Identities;

namespace McConformance.Entities.Tests;

/// <summary>TS 23.280 7.4.2.2.11: every possible inbound UE has a set of its own.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class MigrationPolicyTests
{
    [TestCase("in-1", "in-1", "mig-2", "private")]
    [TestCase("in-2", "in-1", "mig-2", "public")]
    [TestCase("in-2", "in-2", "mig-1", "primary")]
    public void A_second_binding_that_shares_something_is_refused_and_changes_nothing(string priv, string pub, string primary, string named)
    {
        var policy = new MigrationPolicy();
        policy.Add(Binding("in-1", "in-1", "mig-1"));
        FluentActions.Invoking(() => policy.Add(Binding(priv, pub, primary))).Should().Throw<ArgumentException>().WithMessage($"*{named}*");
        policy.TryGetInbound("in-1@p", out var kept).Should().BeTrue();
        kept.Primary.Private.Value.Should().Be("mig-1@h");
        policy.TryGetInbound("in-2@p", out _).Should().BeFalse();
    }

    [Test]
    public void A_configured_peer_speaks_for_its_own_realm_only()
    {
        var policy = new MigrationPolicy();
        policy.RealmOfPeer[new DiameterIdentity("mms.a")] = new DiameterIdentity("A");
        policy.MaySpeakFor(new DiameterIdentity("MMS.a"), new DiameterIdentity("a")).Should().BeTrue("names are compared without case");
        policy.MaySpeakFor(new DiameterIdentity("mms.a"), new DiameterIdentity("b")).Should().BeFalse();
        policy.MaySpeakFor(new DiameterIdentity("dpx.transit"), new DiameterIdentity("b")).Should().BeTrue("a proxy in transit passes on what others ask");
    }

    private static InboundBinding Binding(string priv, string pub, string primary) => new(
        new SipIdentitySet(new PrivateUserIdentity($"{priv}@p"), new PublicUserIdentity($"sip:{pub}@p")),
        new SipIdentitySet(new PrivateUserIdentity($"{primary}@h"), new PublicUserIdentity($"sip:{primary}@h")),
        new DiameterIdentity("h"), new DiameterIdentity("mms.h"));
}
