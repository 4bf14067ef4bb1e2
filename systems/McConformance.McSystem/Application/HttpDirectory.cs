using System.Net;
using McConformance.Wire;
using McConformance.Wire.Http.Transport;

namespace McConformance.McSystem.Application;

/// <summary>Where host names lead to, seen from where one stands: there is no DNS among the bundled systems.</summary>
/// <param name="isProtected">By TLS.</param>
/// <param name="certificates">Of all nodes.</param>
/// <param name="detours">Relays between servers of one MC system; null where none stand there.</param>
internal sealed class HttpDirectory(bool isProtected, Certificates certificates, Detours? detours = null)
{
    private readonly Dictionary<string, (string System, Func<IPEndPoint> At)> servers = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, HttpProxySides> proxies = [];

    public void Add(string host, string system, Func<IPEndPoint> at) => servers[host] = (system, at);

    public void Add(string system, HttpProxySides proxy) => proxies[system] = proxy;

    /// <summary>Whether it is known where a server listens.</summary>
    public bool Knows(string host) => servers.ContainsKey(host);

    /// <summary>Takes the servers of an MC system that another process runs.</summary>
    public void Add(IMcSystem system) => Add(system.Options.Domain, system.Endpoints);

    /// <summary>Takes servers that another process runs.</summary>
    public void Add(string system, IEnumerable<NodeEndpoint> endpoints)
    {
        var http = endpoints.Where(e => e.Protocol == WireProtocol.Http).ToArray();
        foreach (var server in http.Where(e => e.Side is null)) Add(server.Node, system, () => server.At);
        var edge = http.FirstOrDefault(e => e.Side == "otherSystems");
        if (edge is null) return;
        var users = http.FirstOrDefault(e => e.Side == "userEquipment") ?? edge;
        var inner = http.FirstOrDefault(e => e.Side == "inner") ?? edge;
        Add(system, new HttpProxySides(() => users.At, () => edge.At, () => inner.At));
    }

    /// <summary>Where a server itself listens.</summary>
    public IPEndPoint At(string host) => servers[host].At();

    /// <summary>From a UE: through the proxy of the MC system, where it has one (HTTP-1).</summary>
    public HttpRoute? FromUserEquipment(string ue, string host)
    {
        if (!servers.TryGetValue(host, out var server)) return null;
        return Route(proxies.TryGetValue(server.System, out var proxy) ? proxy.UserEquipment() : server.At(), ue, [host, ProxyHost(server.System)]);
    }

    /// <summary>From a server of an MC system: within it directly, out of it through the own proxy (HTTP-2), or to the other's edge.</summary>
    public HttpRoute? FromServer(string self, string system, string host)
    {
        if (!servers.TryGetValue(host, out var server)) return null;
        if (server.System != system && Agent is { } agent) return new HttpRoute(agent, null);
        if (server.System == system) return Route(Way(self, server.At()), self, [host]);
        return proxies.TryGetValue(system, out var own) ? new HttpRoute(Way(self, own.Inner()), null) : ToEdge(self, server.System, host);
    }

    /// <summary>An HTTP proxy between the MC systems that somebody else runs; null for none.</summary>
    public IPEndPoint? Agent { get; set; }

    /// <summary>Every server, for such a proxy.</summary>
    public IReadOnlyList<(string Host, IPEndPoint At)> Hosts => [.. servers.Select(s => (s.Key, s.Value.At()))];

    /// <summary>From the HTTP proxy of an MC system: inwards to the server, outwards to the other's edge (HTTP-3).</summary>
    public HttpRoute? FromProxy(string system, string host)
    {
        if (!servers.TryGetValue(host, out var server)) return null;
        var self = ProxyHost(system);
        return server.System == system ? Route(Way(self, server.At()), self, [host]) : ToEdge(self, server.System, host);
    }

    public static string ProxyHost(string system) => $"http-proxy.{system}";

    private IPEndPoint Way(string self, IPEndPoint at) => detours?.Way(self, Carrier.Tcp, at) ?? at;

    private HttpRoute ToEdge(string self, string system, string host) =>
        Route(proxies.TryGetValue(system, out var proxy) ? proxy.OtherSystems() : servers[host].At(), self, [host, ProxyHost(system)]);

    private HttpRoute Route(IPEndPoint at, string self, string[] peers) =>
        new(at, isProtected ? certificates.ClientOptions(self, () => peers) : null);
}

/// <summary>Where an HTTP proxy takes connections, once it runs.</summary>
internal sealed record HttpProxySides(Func<IPEndPoint> UserEquipment, Func<IPEndPoint> OtherSystems, Func<IPEndPoint> Inner);
