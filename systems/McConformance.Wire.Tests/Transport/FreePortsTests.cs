using System.Net;
using System.Net.Sockets;
using McConformance.Wire.Transport;

namespace McConformance.Wire.Tests.Transport;

[Parallelizable(ParallelScope.All)]
internal sealed class FreePortsTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [TestCase(SocketType.Stream, ProtocolType.Tcp)]
    [TestCase(SocketType.Dgram, ProtocolType.Udp)]
    public async Task A_port_that_somebody_still_holds_is_waited_for(SocketType type, ProtocolType protocol)
    {
        var port = FreePorts.Next(IPAddress.Loopback);
        using var holder = new Socket(AddressFamily.InterNetwork, type, protocol);
        holder.Bind(new IPEndPoint(IPAddress.Loopback, port));
        if (type == SocketType.Stream) holder.Listen();

        var free = FreePorts.WhenFreeAsync(IPAddress.Loopback, [port], CancellationToken.None);
        free.IsCompleted.Should().BeFalse("it is held");
        holder.Dispose();
        await free.WaitAsync(Limit);
    }

    [Test]
    public async Task A_port_that_nobody_gives_up_is_waited_for_until_the_caller_ends_it()
    {
        using var holder = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        var port = FreePorts.Next(IPAddress.Loopback);
        holder.Bind(new IPEndPoint(IPAddress.Loopback, port));
        holder.Listen();
        using var enough = new CancellationTokenSource();
        var free = FreePorts.WhenFreeAsync(IPAddress.Loopback, [port], enough.Token);
        await enough.CancelAsync();
        await FluentActions.Awaiting(() => free.WaitAsync(Limit)).Should().ThrowAsync<OperationCanceledException>();
    }
}
