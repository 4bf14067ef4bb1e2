using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using McConformance.Fakes.Transport;

namespace McConformance.Fakes.Peers;

/// <summary>Kamailio as S-CSCF: registrar with AKAv1-MD5 challenges, vectors and profiles over Cx (modules ims_auth,
/// ims_registrar_scscf,
/// ims_usrloc_scscf and cdp).</summary>
public sealed class KamailioServingCscf : IAsyncDisposable
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(15);
    private readonly PeerProcess process;

    private KamailioServingCscf(PeerProcess process, IPEndPoint sip, IPEndPoint cx) => (this.process, Sip, Cx) =
        (process, sip, cx);

    /// <summary>Modules that come in packages of their own. It is presence that ims_usrloc_scscf does not start
    /// without.</summary>
    public static IReadOnlyList<(string Module, string Package)> Modules { get; } =
        [("ims_registrar_scscf", "kamailio-ims-modules"), ("presence", "kamailio-presence-modules")];

    /// <summary>Where it takes SIP over UDP.</summary>
    public IPEndPoint Sip { get; }

    /// <summary>Where it takes Diameter connections.</summary>
    public IPEndPoint Cx { get; }

    /// <summary>What it has printed.</summary>
    public string Output => process.Output;

    /// <summary>Whether a module is on this machine.</summary>
    public static bool HasModule(string name) => Directory.Exists("/usr/lib") &&
        Directory.EnumerateDirectories("/usr/lib").Any(d => File.Exists(Path.Combine(d, "kamailio", "modules",
            $"{name}.so")));

    /// <summary>Starts it; <see cref="UntilReadyAsync"/> tells when it listens.</summary>
    /// <param name="host">Its host name and Diameter identity.</param>
    /// <param name="domain">SIP domain and Diameter realm.</param>
    /// <param name="cxPeer">Diameter identity of whom it speaks Cx with, and who connects to it.</param>
    /// <param name="folder">For its files.</param>
    public static KamailioServingCscf Start(string host, string domain, string cxPeer, string folder)
    {
        var (sip, cx) = (FreePort.Udp(), FreePort.Tcp());
        File.WriteAllText(Path.Combine(folder, "cdp.xml"), Diameter(host, domain, cxPeer, cx));
        var file = Path.Combine(folder, "kamailio.cfg");
        File.WriteAllText(file, Configuration(host, domain, sip, folder));
        var process = PeerProcess.Start("/usr/sbin/kamailio", ["-DD", "-E", "-f", file, "-Y", folder, "-w", folder,
            "-m", "64"], folder);
        return new KamailioServingCscf(process, sip, cx);
    }

    /// <summary>Waits until it takes connections.</summary>
    /// <exception cref="TimeoutException">It does not; says what it printed.</exception>
    public async Task UntilReadyAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var begun = Stopwatch.GetTimestamp(); !process.HasEnded && Stopwatch.GetElapsedTime(begun) < StartsWithin;)
        {
            try
            {
                await using var peer = await RawPeer.ConnectAsync(Cx);
                return;
            }
            catch (SocketException)
            {
                await timer.WaitForNextTickAsync();
            }
        }

        var why = process.HasEnded ? "Kamailio ended"
            : $"waited {StartsWithin.TotalSeconds} s for Kamailio to take Diameter connections";
        throw new TimeoutException($"{why}; it printed:\n{Output}");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => process.DisposeAsync();

    /// <summary>No peer stands here that it would connect to: it would look its name up in the DNS.</summary>
    private static string Diameter(string host, string domain, string cxPeer, IPEndPoint cx) => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <DiameterPeer FQDN="{host}" Realm="{domain}" Vendor_Id="10415" Product_Name="Kamailio"
            AcceptUnknownPeers="1" DropUnknownOnDisconnect="1" Tc="30" Workers="2" QueueLength="32" TransactionTimeout="5"
            SessionsHashSize="128" DefaultAuthSessionTimeout="3600" MaxAuthSessionTimeout="3600">
          <Acceptor port="{cx.Port}" bind="{cx.Address}"/>
          <Auth id="16777216" vendor="10415"/>
          <SupportedVendor vendor="10415"/>
          <DefaultRoute FQDN="{cxPeer}" metric="10"/>
        </DiameterPeer>

        """;

    private static string Configuration(string host, string domain, IPEndPoint sip, string folder) => $$"""
        #!KAMAILIO
        debug=2
        log_stderror=yes
        children=2
        disable_tcp=yes
        auto_aliases=no
        dns=no
        rev_dns=no
        listen=udp:{{sip}}
        alias="{{host}}"
        alias="{{domain}}"
        loadmodule "tm.so"
        loadmodule "tmx.so"
        loadmodule "pv.so"
        loadmodule "sl.so"
        loadmodule "rr.so"
        loadmodule "textops.so"
        loadmodule "siputils.so"
        loadmodule "maxfwd.so"
        loadmodule "xlog.so"
        loadmodule "cdp.so"
        loadmodule "cdp_avp.so"
        loadmodule "presence.so"
        loadmodule "ims_dialog.so"
        loadmodule "ims_usrloc_scscf.so"
        loadmodule "ims_registrar_scscf.so"
        loadmodule "ims_auth.so"
        modparam("ims_dialog", "dlg_flag", 2)
        modparam("cdp", "config_file", "{{folder}}/cdp.xml")
        modparam("ims_auth", "name", "sip:{{host}}:{{sip.Port}}")
        modparam("ims_auth", "cxdx_dest_realm", "{{domain}}")
        modparam("ims_auth", "registration_default_algorithm", "AKAv1-MD5")
        modparam("ims_auth", "registration_qop", "auth")
        modparam("ims_auth", "av_request_at_once", 1)
        modparam("ims_auth", "av_request_at_sync", 1)
        modparam("ims_registrar_scscf", "scscf_name", "sip:{{host}}:{{sip.Port}}")
        modparam("ims_registrar_scscf", "cxdx_dest_realm", "{{domain}}")
        modparam("ims_registrar_scscf", "min_expires", 60)
        modparam("ims_registrar_scscf", "max_expires", 604800)
        modparam("ims_registrar_scscf", "use_path", 1)

        request_route {
          if (!mf_process_maxfwd_header("70")) { sl_send_reply("483", "Too Many Hops"); exit; }
          if (t_precheck_trans()) { t_check_trans(); exit; }
          t_check_trans();
          if (!is_method("REGISTER")) {
            if (!lookup("location")) { sl_send_reply("404", "Not Found"); exit; }
            t_relay();
            exit;
          }
          # save of four parameters: that of two crashes in version 5.6.3, for it reads the fourth
          if (ims_www_authenticate("{{domain}}")) { save("SAVED", "location", "0", "0"); exit; }
          switch ($retcode) {
            case -2: sl_send_reply("403", "Authentication Failed"); break;
            case -3: sl_send_reply("400", "Bad Request"); break;
            case -9: ims_www_resync_auth("RESYNCHRONIZED", "{{domain}}"); break;
            default: ims_www_challenge("CHALLENGED", "{{domain}}", "AKAv1-MD5");
          }
          exit;
        }

        route[CHALLENGED] {
          if ($avp(s:maa_return_code) != 1 && $avp(s:maa_return_code) != -1) t_reply("500", "MAR Failed");
          exit;
        }

        route[RESYNCHRONIZED] { ims_www_challenge("CHALLENGED", "{{domain}}", "AKAv1-MD5"); exit; }

        route[SAVED] { exit; }

        """;
}
