using System.Net;
using McConformance.Wire.Identities;

namespace McConformance.Fakes.Peers;

/// <summary>SIPp as a UE: registers with AKAv1-MD5. Its keys must be printable, and it takes OP, not OPc.</summary>
public static class SippRegistration
{
    /// <summary>Starts one registration.</summary>
    /// <param name="edge">The P-CSCF.</param>
    /// <param name="port">SIPp's own UDP port on loopback.</param>
    /// <param name="domain">SIP domain.</param>
    /// <param name="set">Whom to register.</param>
    /// <param name="key">K, 16 printable characters.</param>
    /// <param name="op">OP, 16 printable characters.</param>
    /// <param name="amf">AMF, 2 printable characters.</param>
    /// <param name="folder">For its files.</param>
    public static PeerProcess Start(IPEndPoint edge, int port, string domain, SipIdentitySet set, string key, string op, string amf, string folder)
    {
        var scenario = Path.Combine(folder, "register.xml");
        File.WriteAllText(scenario, Scenario(domain, set, key, op, amf));
        return PeerProcess.Start(
            "sipp",
            [edge.ToString(), "-sf", scenario, "-m", "1", "-i", "127.0.0.1", "-p", $"{port}", "-nostdin", "-timeout", "8s", "-timeout_error", "-trace_err", "-default_behaviors", "all,-bye,abortunexp"],
            folder);
    }

    private static string Scenario(string domain, SipIdentitySet set, string key, string op, string amf) => $"""
        <?xml version="1.0" encoding="ISO-8859-1" ?>
        <scenario name="IMS-AKA registration">
          <send retrans="500"><![CDATA[
        {Register(domain, set, 1, $"Authorization: Digest username=\"{set.Private}\",realm=\"{domain}\",uri=\"sip:{domain}\",nonce=\"\",response=\"\"")}
          ]]></send>
          <recv response="401" auth="true" />
          <send retrans="500"><![CDATA[
        {Register(domain, set, 2, $"[authentication username={set.Private} aka_K={key} aka_OP={op} aka_AMF={amf}]")}
          ]]></send>
          <recv response="200" />
        </scenario>
        """;

    private static string Register(string domain, SipIdentitySet set, int cseq, string authorization) => $"""
        REGISTER sip:{domain} SIP/2.0
        Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
        From: <{set.Public}>;tag=[pid]SIPpTag00[call_number]
        To: <{set.Public}>
        Call-ID: [call_id]
        CSeq: {cseq} REGISTER
        Contact: <sip:[local_ip]:[local_port]>;expires=3600
        Max-Forwards: 70
        Supported: path
        {authorization}
        Content-Length: 0


        """;
}
