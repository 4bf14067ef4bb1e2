using System.Text;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transactions;
using McConformance.Wire.Sip.Transport;

namespace McConformance.Entities.McService;

/// <summary>Sends MESSAGE requests to the server of another MC system, through the gateway servers where there are any (OWN MIG-1.4).</summary>
internal sealed class MigrationMessages(McServiceOptions options, SipEndpoint endpoint) : ISipClientUser
{
    private readonly McServiceNames names = McServiceNames.Of(options.Service);

    /// <summary>Sends one.</summary>
    /// <param name="to">The MC system.</param>
    /// <param name="info">Body.</param>
    /// <param name="done">Called with the gate held: final status; 0 where none came.</param>
    public void Send(McSystemId to, McServiceInfo info, Action<int> done)
    {
        if (options.NextHop(to) is not { } hop)
        {
            done(0);
            return;
        }

        Send(options.PsiOf(to), hop, info, done);
    }

    private void Send(string target, SipDestination hop, McServiceInfo info, Action<int> done)
    {
        var callId = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(10));
        var draft = endpoint.NewRequest(SipMethod.Message, Encoding.ASCII.GetBytes(target), hop);
        draft.Line(SipHeader.MaxForwards).Put(70)
            .Line(SipHeader.From).Put("<").Put(options.Psi).Put(">;tag=").Put(callId[..8])
            .Line(SipHeader.To).Put("<").Put(target).Put(">")
            .Line(SipHeader.CallId).Put(callId)
            .Line(SipHeader.CSeq).Put("1 MESSAGE")
            .Line(SipHeader.PAssertedIdentity).Put("<").Put(options.Psi).Put(">")
            .Line(SipHeader.PAssertedService).Put(names.Icsi);
        endpoint.SendRequest(draft.Finish(Encoding.ASCII.GetBytes(info.ContentType), info.ToOctets(options.Binding)), hop, this, done);
    }

    /// <summary>Sends one to a client that is registered at the own SIP core. One that cannot be reached sees it at
    /// its next request.</summary>
    public void SendToClient(string publicIdentity, McServiceInfo info)
    {
        if (options.SipCore() is { } serving && publicIdentity.Length > 0)
            Send(publicIdentity, serving, info, _ => { });
    }

    void ISipClientUser.OnResponse(SipClientTransaction transaction, SipMessage response)
    {
        if (response.StatusCode >= 200) ((Action<int>)transaction.State!)(response.StatusCode);
    }

    void ISipClientUser.OnFailure(SipClientTransaction transaction, SipFailure why) => ((Action<int>)transaction.State!)(0);
}
