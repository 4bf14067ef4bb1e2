using McConformance.Wire.Identities;

namespace McConformance.Wire.Tests.Identities;

[Parallelizable(ParallelScope.All)]
internal sealed class McIdentityTests
{
    [TestCase("sip:alice@a.example", "a.example")]
    [TestCase("sip:alice@A.example:5060;transport=tcp", "a.example")]
    [TestCase("sips:alice@[2001:db8::1]:5061", "[2001:db8::1]")]
    [TestCase("tel:+441632960000", "")]
    public void Reads_an_identity_and_its_system(string text, string system)
    {
        McServiceId.TryRead(text, out var id).Should().BeTrue();
        id.System.Should().Be(new McSystemId(system));
        McGroupId.TryRead(text, out var group).Should().BeTrue();
        group.System.Should().Be(new McSystemId(system));
    }

    [TestCase("")]
    [TestCase("alice")]
    [TestCase("sip:")]
    [TestCase("sip:alice")]
    [TestCase("sip:@a.example")]
    [TestCase("sip:alice@")]
    [TestCase("sip:al ice@a.example")]
    [TestCase("sip:al<ice@a.example")]
    [TestCase("1sip:alice@a.example")]
    public void Refuses_what_is_no_identity(string text)
    {
        McServiceId.TryRead(text, out _).Should().BeFalse();
        McGroupId.TryRead(text, out _).Should().BeFalse();
    }

    [TestCase("a.example", true)]
    [TestCase("", false)]
    [TestCase("a..example", false)]
    [TestCase("-a.example", false)]
    [TestCase("a b.example", false)]
    public void Reads_a_system_by_its_domain(string text, bool expected) =>
        McSystemId.TryRead(text, out _).Should().Be(expected);

    [TestCase("0", 0)]
    [TestCase("255", 255)]
    public void Reads_a_profile_index(string text, int expected)
    {
        ProfileIndex.TryRead(text, out var index).Should().BeTrue();
        ((int)index.Value).Should().Be(expected);
    }

    [TestCase("256")]
    [TestCase("-1")]
    [TestCase(" 1")]
    [TestCase("")]
    public void Refuses_a_profile_index_out_of_range(string text) =>
        ProfileIndex.TryRead(text, out _).Should().BeFalse();
}
