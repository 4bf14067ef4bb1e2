using System.Net;

namespace McConformance.Fakes.Peers;

/// <summary>nginx as the HTTP proxy at the edge of MC systems: takes what others send to servers inside (CSC-16,
/// CSC-17 on HTTP-3), and
/// passes it on by host name. Plain text: the whole network is inside one trust domain.</summary>
public static class NginxProxy
{
    /// <summary>Where it connects from: no port there was ever an entity's, so nothing it does is taken for another's.</summary>
    private const string Source = "127.0.0.2";

    /// <summary>Starts it. It listens a moment later.</summary>
    /// <param name="listen">Where it listens, on loopback.</param>
    /// <param name="servers">Host name and address of each server behind it.</param>
    /// <param name="folder">For its files.</param>
    public static PeerProcess Start(IPEndPoint listen, IEnumerable<(string Host, IPEndPoint At)> servers, string folder)
    {
        var file = Path.Combine(folder, "nginx.conf");
        File.WriteAllText(file, Configuration(listen, servers, folder));
        return PeerProcess.Start("nginx", ["-c", file, "-p", folder, "-e", "stderr"], folder);
    }

    /// <summary>Bodies are passed as they come, and nothing is answered from a store: what a server did not do, nginx
    /// must not
    /// say.</summary>
    private static string Configuration(
        IPEndPoint listen, IEnumerable<(string Host, IPEndPoint At)> servers, string folder) => $$"""
        daemon off;
        master_process off;
        pid {{folder}}/nginx.pid;
        error_log stderr notice;
        events { worker_connections 64; }
        http {
          access_log off;
          client_body_temp_path {{folder}};
          proxy_temp_path {{folder}};
          fastcgi_temp_path {{folder}};
          uwsgi_temp_path {{folder}};
          scgi_temp_path {{folder}};
          proxy_http_version 1.1;
          proxy_bind {{Source}};
          proxy_request_buffering off;
          proxy_set_header Host $http_host;
          proxy_set_header Connection close;
          client_max_body_size 4m;
          server_names_hash_bucket_size 128;
        {{string.Join("\n", servers.Select(s => Server(listen, s.Host, s.At)))}}
          server { listen {{listen}} default_server; return 502; }
        }

        """;

    // the request target passes unchanged: XCAP selectors are compared in their escaped form
    private static string Server(IPEndPoint listen, string host, IPEndPoint at) =>
        $"  server {{ listen {listen}; server_name {host}; location / {{ proxy_pass http://{at}; }} }}";
}
