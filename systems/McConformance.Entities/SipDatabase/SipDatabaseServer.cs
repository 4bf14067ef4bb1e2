using McConformance.Entities.Ports;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;
using McConformance.Wire.Diameter.Peers;
using McConformance.Wire.Identities;
using McConformance.Wire.State;

namespace McConformance.Entities.SipDatabase;

/// <summary>
/// SIP database (TS 23.280 7.4.3.1.2) with the Cx reference point of TS 29.228 and TS 29.229: user authorization, server
/// assignment, location information and authentication vectors. Its node's gate guards everything.
/// </summary>
public sealed class SipDatabaseServer : IDiameterUser, IAsyncDisposable
{
    private readonly Dictionary<string, Subscription> byPrivate = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Subscription> byPublic = new(StringComparer.Ordinal);
    private readonly AuthenticationVectors vectors = new();
    private readonly RegistrationData registrations = new();
    private readonly MigrationIdentities migration;

    private readonly KeptTable<string, ServedBy>? kept;
    private readonly KeptTable<string, ulong>? sequenceNumbers;

    /// <summary>Makes a database on a Diameter node of its own.</summary>
    /// <param name="options">The node.</param>
    /// <param name="store">Where registrations, sequence numbers and allocated identities are kept; null where they
    /// live in memory
    /// alone.</param>
    public SipDatabaseServer(DiameterNodeOptions options, IStateStore? store = null)
        : this(store, options.Realm.Value) => Node = new DiameterNode(options, this);

    /// <summary>Makes a database that shares the node of another entity (TS 23.280 7.4.2.2.11 NOTE 2), which hands it what is meant for it.</summary>
    /// <param name="shared">The node.</param>
    /// <param name="store">As above.</param>
    public SipDatabaseServer(DiameterNode shared, IStateStore? store = null)
        : this(store, shared.Realm.Value) => Node = shared;

    private SipDatabaseServer(IStateStore? store, string realm)
    {
        migration = new MigrationIdentities(byPrivate, Add, realm, store);
        if (store is null) return;
        kept = new KeptTable<string, ServedBy>(store, "registrations");
        sequenceNumbers = new KeptTable<string, ulong>(store, "sequence-numbers");
    }

    /// <summary>Adds the subscriptions that were allocated in an earlier life, and tells of each: called once, when
    /// those that are
    /// provisioned have been added.</summary>
    public void Resume() => migration.Resume();

    /// <summary>Called, with the gate held, for each set that it allocates for migration (TR 23.781 6.2.1 steps 5 and 10).</summary>
    public Action<AllocatedIdentities>? Allocated
    {
        get => migration.Allocated;
        set => migration.Allocated = value;
    }

    /// <summary>Its Diameter node.</summary>
    public DiameterNode Node { get; } = null!;

    /// <summary>Adds a subscription.</summary>
    /// <exception cref="ArgumentException">One of the identities is there already.</exception>
    public void Add(Subscription subscription)
    {
        if (!byPrivate.TryAdd(subscription.PrivateIdentity.Value, subscription))
            throw new ArgumentException($"the private identity {subscription.PrivateIdentity} is there already");
        if (kept is not null) subscription.Keep(kept);
        if (sequenceNumbers is not null) subscription.Authentication?.Keep(sequenceNumbers, subscription.PrivateIdentity.Value);
        foreach (var identity in subscription.PublicIdentities)
            if (!byPublic.TryAdd(identity.Value, subscription))
                throw new ArgumentException($"the public identity {identity} is there already");
    }

    /// <inheritdoc/>
    public void OnRequest(DiameterServerTransaction transaction)
    {
        if (transaction.AnswerFault()) return;
        switch (transaction.Request.Command)
        {
            case Ts29329.UserData:
                migration.Provide(transaction);
                break;
            case Ts29229.LocationInfo:
                registrations.Locate(transaction, Find(transaction.Request, out _));
                break;
            case Ts29229.UserAuthorization or Ts29229.MultimediaAuth or Ts29229.ServerAssignment:
                Serve(transaction);
                break;
            default:
                transaction.AnswerError(Rfc6733.DIAMETER_COMMAND_UNSUPPORTED, null);
                break;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Node.DisposeAsync();

    /// <summary>TS 29.228 6.1: every procedure begins with the check that the identities are known and belong together.</summary>
    private void Serve(DiameterServerTransaction transaction)
    {
        var subscription = Find(transaction.Request, out var pair);
        if (subscription is null) Refuse(transaction, pair ? Ts29229.DIAMETER_ERROR_IDENTITIES_DONT_MATCH : Ts29229.DIAMETER_ERROR_USER_UNKNOWN);
        else if (transaction.Request.Command == Ts29229.UserAuthorization) registrations.Authorize(transaction, subscription);
        else if (transaction.Request.Command == Ts29229.ServerAssignment) registrations.Assign(transaction, subscription);
        else vectors.Provide(transaction, subscription);
    }

    internal static void Refuse(DiameterServerTransaction transaction, uint experimentalCode) =>
        transaction.Answer(transaction.NewExperimentalAnswer(Ts29229.Vendor, experimentalCode).Finish());

    private Subscription? Find(DiameterMessage request, out bool knownButNotPaired)
    {
        knownButNotPaired = false;
        var hasPrivate = request.TryFind(Rfc6733.UserName.Code, 0, out var userName);
        var hasPublic = request.TryFind(Ts29229.PublicIdentity.Code, Ts29229.Vendor, out var publicIdentity);
        if (!hasPrivate) return hasPublic ? byPublic.GetValueOrDefault(publicIdentity.Text) : null;
        // another instance may have allocated the set meanwhile
        if (kept is not null && !byPrivate.ContainsKey(userName.Text)) migration.Resume();
        if (!byPrivate.TryGetValue(userName.Text, out var subscription)) return null;
        if (!hasPublic || subscription.PublicIdentities.Contains(new PublicUserIdentity(publicIdentity.Text))) return subscription;
        knownButNotPaired = byPublic.ContainsKey(publicIdentity.Text);
        return null;
    }
}
