using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;
using McConformance.Wire.Diameter.Peers;
using McConformance.Wire.Identities;

namespace McConformance.Entities.MigrationManagement;

/// <summary>
/// Migration management server (TS 23.280 7.4.2.2.11) on the Diameter proxy of AAA-2 (TS 23.280 7.4.3.1.4). What the own SIP core asks goes to the
/// SIP database, but for authentication information of an inbound migrated UE, which comes from the primary over CSC-18. What another
/// MC system's server asks over CSC-18 is checked and then asked of the SIP database. Its node's gate guards everything.
/// </summary>
public sealed class MigrationManagementServer : IDiameterUser, IAsyncDisposable
{
    private readonly DiameterIdentity realm;
    private readonly PartnerSide partnerSide;
    private readonly PrimarySide primarySide;

    /// <summary>Makes a server on a Diameter node of its own.</summary>
    /// <param name="options">The node; its routes lead to the SIP database and over CSC-18.</param>
    /// <param name="policy">Identity sets and permissions.</param>
    /// <param name="database">The SIP database's own Diameter identity.</param>
    public MigrationManagementServer(DiameterNodeOptions options, MigrationPolicy policy, DiameterIdentity database)
    {
        realm = options.Realm;
        Policy = policy;
        Node = new DiameterNode(options, this);
        partnerSide = new PartnerSide(policy, options.Host);
        primarySide = new PrimarySide(policy, options.Realm, database);
    }

    /// <summary>Identity sets and permissions; changed under the node's gate.</summary>
    public MigrationPolicy Policy { get; }

    /// <summary>Its Diameter node.</summary>
    public DiameterNode Node { get; }

    /// <summary>A SIP database in the same node (TS 23.280 7.4.2.2.11 NOTE 2): gets what would go to it over AAA-2. Null where it is another node.</summary>
    public IDiameterUser? CollocatedDatabase { get; set; }

    /// <inheritdoc/>
    public void OnRequest(DiameterServerTransaction transaction)
    {
        // a proxy agent understands what it passes on, and refuses what is faulty (RFC 6733 2.8.2 and 4.1)
        if (transaction.AnswerFault()) return;
        var request = transaction.Request;
        request.TryFind(Rfc6733.OriginRealmCode, 0, out var origin);
        var asker = new DiameterIdentity(origin.Text);
        if (asker != realm)
        {
            if (primarySide.Admits(transaction, asker)) ToDatabase(transaction, primarySide);
        }
        else if (request.Command != Ts29229.MultimediaAuth || !partnerSide.Handles(transaction))
        {
            ToDatabase(transaction, null);
        }
    }

    /// <inheritdoc/>
    public void OnForwardedAnswer(DiameterServerTransaction transaction, DiameterMessage answer)
    {
        if (transaction.State is InboundBinding binding) partnerSide.Answer(transaction, answer, binding);
        else transaction.PassBack(answer, null);
    }

    /// <summary>Ends migration with a set of primary SIP identities at once (TS 23.280 7.4.2.2.11 EXAMPLE).</summary>
    /// <returns>False where no such set is configured.</returns>
    public bool Withdraw(PrivateUserIdentity identity) => Switch(identity, false);

    /// <summary>Allows migration with a withdrawn set again.</summary>
    public bool Restore(PrivateUserIdentity identity) => Switch(identity, true);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Node.DisposeAsync();

    private bool Switch(PrivateUserIdentity identity, bool enabled)
    {
        lock (Node.Gate)
        {
            return Policy.Switch(identity, enabled);
        }
    }

    private void ToDatabase(DiameterServerTransaction transaction, PrimarySide? rewriter)
    {
        if (CollocatedDatabase is { } database) database.OnRequest(transaction);
        else transaction.Forward(rewriter);
    }
}
