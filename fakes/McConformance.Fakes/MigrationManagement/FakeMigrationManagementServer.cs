using System.Net;
using System.Net.Security;
using McConformance.Wire;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;
using McConformance.Wire.Diameter.Peers;
using McConformance.Wire.Identities;
using McConformance.Wire.Time;

namespace McConformance.Fakes.MigrationManagement;

/// <summary>Stands in for a migration management server of another MC system on CSC-18: connects as a step says, and asks for what a step says.</summary>
public sealed class FakeMigrationManagementServer : IDiameterUser, IDiameterClientUser, IAsyncDisposable
{
    private readonly DiameterNode node;
    private readonly DiameterIdentity peer;
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Makes it; <see cref="ConnectAsync"/> connects.</summary>
    /// <param name="links">Address book of the scenario.</param>
    /// <param name="wheel">Timers of the scenario.</param>
    /// <param name="host">Origin-Host to show.</param>
    /// <param name="realm">Origin-Realm to show, right or wrong.</param>
    /// <param name="peer">Whom to connect to.</param>
    /// <param name="address">Where.</param>
    /// <param name="system">Domain of the MC system it stands in for.</param>
    /// <param name="tls">How to open TLS; null for a plain connection.</param>
    public FakeMigrationManagementServer(
        LinkBook links, TimerWheel wheel, string host, string realm, string peer, IPEndPoint address, string system, SslClientAuthenticationOptions? tls)
    {
        this.peer = new DiameterIdentity(peer);
        var self = links.Add(new Party(host, EntityKind.MigrationManagementServer, system));
        node = new DiameterNode(
            new DiameterNodeOptions
            {
                Self = self,
                Links = links,
                Wheel = wheel,
                Gate = new Lock(),
                Host = new DiameterIdentity(host),
                Realm = new DiameterIdentity(realm),
                TlsClient = tls is null ? null : _ => tls,
            },
            this);
        node.Disconnected += _ => ended.TrySetResult();
        node.AddPeer(new DiameterPeerOptions { Host = this.peer, Address = address, Initiates = true, IsProtected = tls is not null });
        node.AddRoute(new DiameterRoute(new DiameterIdentity(peer[(peer.IndexOf('.') + 1)..]), [this.peer]));
    }

    /// <summary>Connects once.</summary>
    /// <returns>True where the peer let it in; false where the connection ended before.</returns>
    public async Task<bool> ConnectAsync(CancellationToken cancellation)
    {
        var opened = node.WhenConnectedAsync(peer, cancellation);
        node.Start();
        return await Task.WhenAny(opened, ended.Task) == opened && opened.IsCompletedSuccessfully;
    }

    /// <summary>Asks for something about a set of identities of the peer's realm.</summary>
    /// <returns>What came: <c>result 2001</c>, <c>experimental result 5001</c>, or why nothing did.</returns>
    public Task<string> AskAsync(uint command, SipIdentitySet set)
    {
        var request = node.NewRequest(command, Ts29229.Application, new DiameterIdentity(peer.Value[(peer.Value.IndexOf('.') + 1)..]), null)
            .Put(Rfc6733.UserName, set.Private.Value).Put(Ts29229.PublicIdentity, set.Public.Value);
        switch (command)
        {
            case Ts29229.MultimediaAuth:
                request.Put(Ts29229.SipNumberAuthItems, 1u).BeginGroup(Ts29229.SipAuthDataItem)
                    .Put(Ts29229.SipAuthenticationScheme, "Digest-AKAv1-MD5"u8).EndGroup().Put(Ts29229.ServerName, "sip:fake");
                break;
            case Ts29229.ServerAssignment:
                request.Put(Ts29229.ServerName, "sip:fake").Put(Ts29229.ServerAssignmentType, 1u).Put(Ts29229.UserDataAlreadyAvailable, 0u);
                break;
            case Ts29229.UserAuthorization:
                request.Put(Ts29229.VisitedNetworkIdentifier, "fake");
                break;
        }

        var source = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        node.Send(request.Finish(), this, source);
        return source.Task;
    }

    /// <inheritdoc/>
    public void OnRequest(DiameterServerTransaction transaction) => transaction.AnswerError(Rfc6733.DIAMETER_COMMAND_UNSUPPORTED, null);

    /// <inheritdoc/>
    public void OnAnswer(DiameterClientTransaction transaction, DiameterMessage answer)
    {
        var text = DiameterResult.Of(answer) switch
        {
            { Code: 0 } => "no result",
            { IsExperimental: true, Code: var code } => $"experimental result {code}",
            { Code: var code } => $"result {code}",
        };
        ((TaskCompletionSource<string>)transaction.State!).TrySetResult(text);
    }

    /// <inheritdoc/>
    public void OnFailure(DiameterClientTransaction transaction, DiameterFailure why) =>
        ((TaskCompletionSource<string>)transaction.State!).TrySetResult($"{why}");

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => node.DisposeAsync();
}
