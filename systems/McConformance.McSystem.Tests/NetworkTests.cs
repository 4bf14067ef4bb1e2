using McConformance.Wire;
using McConformance.Wire.Identities;
using McConformance.Wire.Time;

namespace McConformance.McSystem.Tests;

[Parallelizable(ParallelScope.All)]
internal sealed class NetworkTests
{
    [Test]
    public void A_plain_link_between_systems_needs_a_trust_domain() => FluentActions
        .Invoking(() => new NetworkOptions { ProtectsCsc18 = false, IsOneTrustDomain = false }.Validate())
        .Should().Throw<ArgumentException>().WithMessage("*CSC-18*trust domain*");

    [Test]
    public void Two_systems_of_one_domain_are_refused() => FluentActions
        .Invoking(() => new NetworkOptions { Systems = [new McSystemOptions("a", "ims.a"), new McSystemOptions("a", "ims.b")] }.Validate())
        .Should().Throw<ArgumentException>().WithMessage("*same domain*");

    [Test]
    public async Task Two_systems_come_up_and_leave_nothing_behind()
    {
        var links = new LinkBook(TimeProvider.System);
        using var wheel = new TimerWheel(TimeProvider.System);
        var network = new BundledNetwork(new NetworkOptions { Systems = [System("a", "b"), System("b", "a")] }, links, wheel);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await network.StartAsync(limit.Token);
        var edge = network["a"].StreamEdge();
        await network.DisposeAsync();
        FluentActions.Invoking(() => new global::System.Net.Sockets.TcpListener(edge).Start()).Should().NotThrow("the port is free again");
    }

    [Test]
    public void Two_inbound_sets_that_share_an_identity_are_refused()
    {
        var system = System("a", "b");
        system.InboundBindings.Add(new InboundBindingOptions(Set("in-1", "ims.a"), Set("mig-1", "ims.b"), "ims.b"));
        system.InboundBindings.Add(new InboundBindingOptions(Set("in-1", "ims.a"), Set("mig-2", "ims.b"), "ims.b"));
        using var wheel = new TimerWheel(TimeProvider.System);
        FluentActions.Invoking(() => new BundledNetwork(new NetworkOptions { Systems = [system] }, new LinkBook(TimeProvider.System), wheel))
            .Should().Throw<ArgumentException>().WithMessage("*in-1@ims.a*twice*");
    }

    private static McSystemOptions System(string domain, string other) => new(domain, $"ims.{domain}") { PermittedSipDomains = [$"ims.{other}"] };

    private static SipIdentitySet Set(string user, string domain) =>
        new(new PrivateUserIdentity($"{user}@{domain}"), new PublicUserIdentity($"sip:{user}@{domain}"));
}
