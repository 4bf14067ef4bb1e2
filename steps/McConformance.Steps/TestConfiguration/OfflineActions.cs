using McConformance.Wire;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;

namespace McConformance.Steps.TestConfiguration;

/// <summary>Failure of all links to an MC system, and what users and administrators do about migration meanwhile (TR
/// 23.781 5.2.10).</summary>
public sealed partial class SystemsUnderTest
{
    private Func<Link, bool>? isCut;

    /// <summary>Nothing passes any more between an MC system and all others, on whichever reference point.</summary>
    /// <param name="role">The MC system.</param>
    /// <param name="fromUserEquipment">UEs cannot reach it either.</param>
    /// <exception cref="InconclusiveException">A link to it is not in the harness's hand.</exception>
    public void CutOff(string role, bool fromUserEquipment)
    {
        Rejoin();
        var domain = ScenarioPlan.DomainOf(role);
        if (Unseen.FirstOrDefault(l => l.From.System == domain != (l.To.System == domain)) is { } beyond)
            throw new InconclusiveException($"{domain} cannot be cut off: {beyond.Reason}");
        isCut = l => (l.From.System == domain) != (l.To.System == domain) &&
            (fromUserEquipment || (l.From.System.Length > 0 && l.To.System.Length > 0));
        foreach (var link in Links.Links) SeverIfCut(link);
        Links.Linked += SeverIfCut;
    }

    /// <summary>All of it passes again.</summary>
    public void Rejoin()
    {
        if (isCut is not { } was) return;
        Links.Linked -= SeverIfCut;
        isCut = null;
        foreach (var link in Links.Links.Where(was)) link.Join();
    }

    /// <summary>The primary's administrator changes the key by which tokens are signed.</summary>
    public Task ChangeKeyAsync() => External.OfferedAsync(() => AdministratorsOf("primary").ChangeTokenKeyAsync());

    /// <summary>The primary's administrator withdraws a user's permission to migrate to the partner.</summary>
    /// <returns>False where there is no such user.</returns>
    public Task<bool> WithdrawMigrationAsync(string user) => External.OfferedAsync(() =>
        AdministratorsOf("primary").WithdrawMigrationAsync(user, new McSystemId(ScenarioPlan.DomainOf("partner"))));

    /// <summary>What a user's client was last told of verification; null where nothing.</summary>
    public MigrationExtension? VerificationOf(string user) =>
        External.Offered(() => McUser(user).Verification);

    /// <summary>Actions that the partner's profile in use allows.</summary>
    public IReadOnlyCollection<string> PartnerActionsOf(string user) =>
        External.Offered(() => McUser(user).PartnerActions);

    /// <summary>Actions that the primary's profile in use allows.</summary>
    public IReadOnlyCollection<string> HomeActionsOf(string user) =>
        External.Offered(() => McUser(user).HomeActions);

    /// <summary>Ends service at home.</summary>
    public async Task<ServiceSeen> EndAtHomeAsync(string user) =>
        Seen(await External.OfferedAsync(McUser(user).EndAtHomeAsync()));

    /// <summary>Presents the credential for the partner in another MC system.</summary>
    public async Task<StepSeen> PresentElsewhereAsync(string user, string role)
    {
        var told = await External.OfferedAsync(McUser(user).PresentElsewhereAsync(ScenarioPlan.DomainOf(role)));
        return new StepSeen(told.IsDone, told.StatusCode, told.Reason);
    }

    private void SeverIfCut(Link link)
    {
        if (isCut?.Invoke(link) == true) link.Sever();
    }
}
