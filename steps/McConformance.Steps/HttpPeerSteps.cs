using System.Diagnostics;
using System.Net;
using McConformance.Fakes.Peers;
using McConformance.Fakes.Transport;
using McConformance.Steps.World;
using McConformance.Wire;

namespace McConformance.Steps;

/// <summary>nginx from its Debian package as HTTP proxy. Skipped, with the reason, where it is not on the
/// machine.</summary>
[Binding]
public sealed class HttpPeerSteps(ScenarioWorld world) : IDisposable
{
    private const string Name = "nginx.transit.example";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mcconformance-nginx-");
    private readonly IPEndPoint listens = FreePort.Tcp();
    private PeerProcess? nginx;

    [Given("^nginx is the HTTP proxy between the MC systems$")]
    public Task NginxInPlace()
    {
        if (!PeerProcess.IsInstalled("nginx"))
            Assert.Ignore("nginx is not on this machine: peers/install.sh installs it (Debian package nginx-light)");
        world.HasRealPeer = true;
        world.Plan.PutHttpAgent(servers =>
        {
            nginx = world.Keep(NginxProxy.Start(listens, servers, folder.FullName));
            return listens;
        });
        return world.WhenStartedAsync(systems =>
        {
            systems.PlaceHttpAgent(Name, listens);
            return UntilListeningAsync();
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (IOException)
        {
            // it is still ending and holds a file: the system clears its temporary folder
        }
    }

    private async Task UntilListeningAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        for (var begun = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                await using var peer = await RawPeer.ConnectAsync(listens);
                return;
            }
            catch (System.Net.Sockets.SocketException) when (Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(10))
            {
                await timer.WaitForNextTickAsync();
            }
            catch (System.Net.Sockets.SocketException)
            {
                throw new TimeoutException($"waited for nginx to listen at {listens}; it printed:\n{nginx?.Output}");
            }
        }
    }
}
