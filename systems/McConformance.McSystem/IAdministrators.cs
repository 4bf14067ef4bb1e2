using McConformance.McSystem.Application;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;

namespace McConformance.McSystem;

/// <summary>What administrators of one MC system do, whoever runs it, and no wire can trigger.</summary>
/// <remarks>Each throws <see cref="External.NotOfferedException"/> where the servers that must know of it run
/// elsewhere, and nobody there can be asked.</remarks>
public interface IAdministrators
{
    /// <summary>Changes the key that signs tokens.</summary>
    Task ChangeTokenKeyAsync();

    /// <summary>Withdraws a user's permission to migrate to a partner, and with it all credentials that were given (TR
    /// 23.781 5.2.10).</summary>
    /// <param name="user">Name of the user, as its identity management server knows it.</param>
    /// <param name="partner">The partner.</param>
    /// <returns>False where there is no such user.</returns>
    Task<bool> WithdrawMigrationAsync(string user, McSystemId partner);

    /// <summary>Says with which partners a group is interconnected, and how their changes of members take effect (TR
    /// 23.781 5.1.12).</summary>
    /// <returns>200, 404 for an unknown group, 409 for a partner without configuration.</returns>
    Task<int> SetPartnersAsync(McGroupId group, IReadOnlyList<GroupPartner> partners);

    /// <summary>Asks for which groups of another MC system own users can be proposed.</summary>
    /// <returns>What that one answered; 0 where it did not.</returns>
    Task<int> OverviewAsync(McSystemId home);

    /// <summary>Proposes own users for a group of another MC system.</summary>
    Task<MembershipTold> ProposeAsync(MembershipProposal proposal);

    /// <summary>Asks what the group's home MC system holds of the own list, and what became of it.</summary>
    Task<MembershipTold> LookAsync(McGroupId group);

    /// <summary>Lists of partners that wait for a decision.</summary>
    Task<IReadOnlyList<MembershipProposal>> ToReviewAsync();

    /// <summary>Approves or rejects a list of a partner.</summary>
    /// <returns>200, 404 where there is none, 409 where it is another by now or decided.</returns>
    Task<int> DecideAsync(MembershipDecision decision, McSystemId partner);
}
