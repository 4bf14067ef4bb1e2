using System.Net.Sockets;
using McConformance.Probes.Protocols;
using McConformance.Probes.Transport;
using McConformance.TestConfiguration;
using McConformance.Wire.Identities;

namespace McConformance.Probes;

/// <summary>Connects to every endpoint of the external entities of a test configuration, all of them at the same
/// time.</summary>
/// <param name="ixit">The test configuration.</param>
/// <param name="deadline">For each endpoint, from looking up its name to its answer. More than 0.</param>
public sealed class EndpointCheck(Ixit ixit, TimeSpan deadline)
{
    /// <summary>What came of each, in the order of the configuration. Empty where no entity is external.</summary>
    public Task<EndpointVerdict[]> RunAsync(CancellationToken cancellation) => Task.WhenAll(
        from system in ixit.Systems
        from entity in system.Entities
        where entity.Entity.Mode == EntityMode.External
        from endpoint in entity.Entity.Endpoints
        select CheckAsync(new ProbeTarget(ixit, system, entity.Name, entity.Entity, endpoint), cancellation));

    /// <summary>What came of the operator ports of external UEs: whether they take connections. Nothing is asked, so
    /// that nothing is changed there.</summary>
    public Task<EndpointVerdict[]> RunOperatorPortsAsync(CancellationToken cancellation) => Task.WhenAll(
        from ue in ixit.UserEquipment
        where ue.Mode == EntityMode.External && ue.OperatorPort is not null
        select CheckPortAsync(ue.Name, ue.OperatorPort!, cancellation));

    private async Task<EndpointVerdict> CheckPortAsync(string user, Uri port, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(deadline);
        const string Mend = "start whoever presses its buttons, or mend \"operatorPort\"";
        var at = new EndpointEntry(new DiameterIdentity(port.Host), "http", "tcp", port.Host, port.Port);
        EndpointVerdict Verdict(bool works, string says) =>
            new("", $"{user}'s UE", at, works, says, works ? "" : Mend);
        try
        {
            await Knock.AtAsync(port.Host, port.Port, limit.Token).ConfigureAwait(false);
            return Verdict(true, "its operator port takes connections");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Verdict(false, $"its operator port takes no connection within {deadline.TotalSeconds:0.##} s");
        }
        catch (SocketException e)
        {
            return Verdict(false, $"its operator port takes no connection: {OneLine(e.Message)}");
        }
    }

    private async Task<EndpointVerdict> CheckAsync(ProbeTarget target, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(deadline);
        var doing = new Doing();
        try
        {
            return target.Verdict(true, await ProbeAsync(target, doing, limit.Token).ConfigureAwait(false), "");
        }
        catch (ProbeException e)
        {
            return target.Verdict(false, e.Message, e.Mend);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return target.Verdict(false, $"no answer within {deadline.TotalSeconds:0.##} s while {doing.What}",
                doing.MendOfSilence);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return target.Verdict(false, $"the connection broke while {doing.What}: {OneLine(e.Message)}",
                "look into the entity's log");
        }
    }

    private static async Task<string> ProbeAsync(ProbeTarget target, Doing doing, CancellationToken cancellation)
    {
        var address = await Reach.ResolveAsync(target.Endpoint, doing, cancellation).ConfigureAwait(false);
        if (target.Endpoint.Transport == "udp")
            return await SipProbe.OverUdpAsync(target, address, doing, cancellation).ConfigureAwait(false);
        var connection = await Reach.ConnectAsync(target, address, doing, cancellation).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var told = target.Endpoint.Protocol switch
            {
                "sip" => await SipProbe.OverStreamAsync(target, connection, doing, cancellation).ConfigureAwait(false),
                "diameter" => await DiameterProbe.RunAsync(target, connection, doing, cancellation).ConfigureAwait(
                    false),
                _ => await HttpProbe.RunAsync(target, connection, doing, cancellation).ConfigureAwait(false),
            };
            return connection.Security.Length > 0 ? $"{told}; {connection.Security}" : told;
        }
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim().TrimEnd('.');
}

/// <summary>What a probe is waiting for, so that silence can be told.</summary>
internal sealed class Doing
{
    /// <summary>Goes on from "while".</summary>
    public string What { get; private set; } = "looking up its name";

    /// <summary>What to do where nothing comes.</summary>
    public string MendOfSilence { get; private set; } = "mend \"address\", or the name service of this machine";

    /// <summary>The next thing to wait for.</summary>
    public void Begin(string what, string mendOfSilence) => (What, MendOfSilence) = (what, mendOfSilence);
}
