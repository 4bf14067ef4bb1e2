using System.Net;
using McConformance.Entities.HttpProxy;
using McConformance.Wire.Http.Transport;

namespace McConformance.McSystem.Application;

/// <summary>Where host names lead to, seen from where one stands: there is no DNS among the bundled systems.</summary>
internal sealed class HttpDirectory(bool isProtected)
{
    private readonly Dictionary<string, (string System, Func<IPEndPoint> At)> servers = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, HttpProxyServer> proxies = [];

    public void Add(string host, string system, Func<IPEndPoint> at) => servers[host] = (system, at);

    public void Add(string system, HttpProxyServer proxy) => proxies[system] = proxy;

    /// <summary>Where a server itself listens.</summary>
    public IPEndPoint At(string host) => servers[host].At();

    /// <summary>From a UE: through the proxy of the MC system, where it has one (HTTP-1).</summary>
    public HttpRoute? FromUserEquipment(string ue, string host)
    {
        if (!servers.TryGetValue(host, out var server)) return null;
        return Route(proxies.TryGetValue(server.System, out var proxy) ? proxy.UserEquipmentSide : server.At(), ue, [host, ProxyHost(server.System)]);
    }

    /// <summary>From a server of an MC system: within it directly, out of it through the own proxy (HTTP-2), or to the other's edge.</summary>
    public HttpRoute? FromServer(string self, string system, string host)
    {
        if (!servers.TryGetValue(host, out var server)) return null;
        if (server.System != system && Agent is { } agent) return new HttpRoute(agent, null);
        if (server.System == system) return Route(server.At(), self, [host]);
        return proxies.TryGetValue(system, out var own) ? new HttpRoute(own.InnerSide, null) : ToEdge(self, server.System, host);
    }

    /// <summary>An HTTP proxy between the MC systems that somebody else runs; null for none.</summary>
    public IPEndPoint? Agent { get; set; }

    /// <summary>Every server, for such a proxy.</summary>
    public IReadOnlyList<(string Host, IPEndPoint At)> Hosts => [.. servers.Select(s => (s.Key, s.Value.At()))];

    /// <summary>From the HTTP proxy of an MC system: inwards to the server, outwards to the other's edge (HTTP-3).</summary>
    public HttpRoute? FromProxy(string system, string host)
    {
        if (!servers.TryGetValue(host, out var server)) return null;
        return server.System == system ? Route(server.At(), ProxyHost(system), [host]) : ToEdge(ProxyHost(system), server.System, host);
    }

    public static string ProxyHost(string system) => $"http-proxy.{system}";

    private HttpRoute ToEdge(string self, string system, string host) =>
        Route(proxies.TryGetValue(system, out var proxy) ? proxy.OtherSystemsSide : servers[host].At(), self, [host, ProxyHost(system)]);

    private HttpRoute Route(IPEndPoint at, string self, string[] peers) =>
        new(at, isProtected ? Certificates.Shared.ClientOptions(self, () => peers) : null);
}
