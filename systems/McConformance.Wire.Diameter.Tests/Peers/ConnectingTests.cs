using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using McConformance.Wire.Diameter.Peers;
using McConformance.Wire.Identities;

namespace McConformance.Wire.Diameter.Tests.Peers;

/// <summary>Connections that take their time.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class ConnectingTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Test]
    public async Task No_time_passes_while_a_connection_is_made_and_secured()
    {
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        silent.Listen();
        await using var world = new World();
        var one = world.Add("one.example", o => o with
        {
            TlsClient = _ => new SslClientAuthenticationOptions { TargetHost = "other.example" },
        });
        one.Node.AddPeer(new DiameterPeerOptions
        {
            Host = new DiameterIdentity("other.example"),
            Address = (IPEndPoint)silent.LocalEndPoint!,
            Initiates = true,
            IsProtected = true,
        });
        SpinWait.SpinUntil(() => world.Links.Held == 1, Limit).Should().BeTrue("it is connecting");

        using (await silent.AcceptAsync())
        {
            world.Links.Held.Should().Be(1, "the other one has not said a word of TLS yet");
        }

        SpinWait.SpinUntil(() => world.Links.Held == 0, Limit).Should().BeTrue("the other one is gone");
    }
}
