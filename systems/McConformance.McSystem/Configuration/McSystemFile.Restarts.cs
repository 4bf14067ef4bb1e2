using McConformance.Wire.Http.Oidc;
using McConformance.Wire.Transport;

namespace McConformance.McSystem.Configuration;

/// <summary>What an MC system must find again when it is started again.</summary>
public sealed partial record McSystemFile
{
    /// <summary>Fills in what the file leaves to choice, so that the others find it where it was, and still believe
    /// its tokens.</summary>
    /// <param name="before">What was chosen the last time; null where there was none.</param>
    /// <exception cref="IOException">No port is free.</exception>
    public McSystemFile Completed(McSystemFile? before)
    {
        var ports = new Dictionary<string, int>(Listen.Ports);
        foreach (var socket in ListeningAddresses.Sockets)
            if (!ports.ContainsKey(socket))
                ports[socket] = before?.Listen.Ports.GetValueOrDefault(socket) is > 0 and var known ? known
                    : FreePorts.Next(Listen.Address);
        var key = TokenKey ?? before?.TokenKey
            ?? (System.Application is null ? null
                : SigningKey.Create(SignatureAlgorithm.ES256, $"{System.Domain}-1").ToPem(withPrivate: true));
        return this with { Listen = Listen with { Ports = ports }, TokenKey = key };
    }

    /// <summary>With what it was told of others since. What it was told before still holds.</summary>
    public McSystemFile With(JoinRequest request) => this with
    {
        Peers =
        [
            .. Peers.Select(p => request.Peers.Find(r => r.Domain == p.Domain) is { } told
                ? told with { TokenKey = told.TokenKey ?? p.TokenKey } : p),
        ],
        OtherEntities =
        [
            .. OtherEntities.Where(e => request.OtherEntities.All(r =>
                (r.Node, r.Protocol, r.Transport, r.Side) != (e.Node, e.Protocol, e.Transport, e.Side))),
            .. request.OtherEntities,
        ],
        Csc18 = [.. Csc18.Where(n => request.Csc18.All(r => r.Host != n.Host)), .. request.Csc18],
    };
}
