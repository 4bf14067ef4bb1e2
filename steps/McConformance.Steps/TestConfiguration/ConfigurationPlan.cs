using McConformance.McSystem;
using McConformance.McSystem.Application;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;

namespace McConformance.Steps.TestConfiguration;

/// <summary>What the Given steps of a scenario agree on about configuration management.</summary>
public sealed partial class ScenarioPlan
{
    /// <summary>Adds a user who may write configuration documents of an MC system.</summary>
    public void AddAdministrator(string name, string role)
    {
        var domain = DomainOf(role);
        Application(role).Users.Add(
            new ApplicationUserOptions(name, $"secret of {name}",
            new McServiceId($"sip:{name}@{domain}"))
            { IsAdministrator = true });
        if (!Users.ContainsKey(name)) AddUser(name, role);
    }

    /// <summary>Adds a user who stays at home.</summary>
    public void AddLocalUser(string name, string role)
    {
        Application(role).Users.Add(
            new ApplicationUserOptions(name, $"secret of {name}", new McServiceId($"sip:{name}@{DomainOf(role)}")));
        if (!Users.ContainsKey(name)) AddUser(name, role);
    }

    /// <summary>The user administers the MC system no more, or never did.</summary>
    public void Appoint(string name, string role, bool isAdministrator) =>
        Application(role).Users.First(u => u.Name == name).IsAdministrator = isAdministrator;

    /// <summary>A functional alias of an MC system.</summary>
    public static string AliasOf(string name, string role) => $"sip:{name}@{DomainOf(role)}";

    /// <summary>The identity of a user in an MC system: of an own user, or of one who migrates to it.</summary>
    public static McServiceId IdentityIn(string user, string role, string home = "primary") =>
        new(role == home ? $"sip:{user}@{DomainOf(role)}" : $"sip:{user}.guest@{DomainOf(role)}");

    /// <summary>Defines a functional alias that a user may activate.</summary>
    public void DefineAlias(string alias, string role, string user)
    {
        var aliases = Application(role).FunctionalAliases;
        aliases.Add(new FunctionalAlias(AliasOf(alias, role)) { ActivationsMax = 1, Users = [IdentityIn(user, role)] });
    }

    /// <summary>Group that is at home in the partner.</summary>
    public static McGroupId Harbour => new($"sip:harbour@{DomainOf("partner")}");

    /// <summary>The group has this member in place of another.</summary>
    public void OpenHarbour(McServiceId member)
    {
        Application("partner").Groups.RemoveAll(g => g.Id == Harbour);
        AddHarbour(member);
    }

    /// <summary>Adds that group, with this member besides one of the partner.</summary>
    public void AddHarbour(McServiceId member) =>
        Application("partner").Groups.Add(GroupDocument.Create(new GroupDescription
        {
            Id = Harbour,
            DisplayName = "Harbour",
            Members = [new GroupMember(member), new GroupMember(new McServiceId($"sip:zoe@{DomainOf("partner")}"))],
            Interconnection = new GroupInterconnection(
            new McSystemId(DomainOf("partner")), [new GroupPartner(new McSystemId(DomainOf("primary")))]),
        }));

    /// <summary>The partner's profile of a user allows private calls.</summary>
    public void AllowPrivateCalls(string user, bool isAllowed)
    {
        foreach (var profile in Application("partner").Guests.First(g =>
            g.McServiceId == IdentityIn(user, "partner")).Profiles)
        {
            if (isAllowed) profile.Allowed.Add("allow-private-call");
            else profile.Allowed.Remove("allow-private-call");
        }
    }

    /// <summary>The partner's profile of a user says whether the user may send data.</summary>
    public void AllowTransmission(string user, bool isAllowed) =>
        Application("partner").Guests.First(g => g.McServiceId == IdentityIn(user, "partner")).Profiles.ForEach(p =>
            p.AllowsTransmission = isAllowed);

    /// <summary>One MC system has configuration for the other after all.</summary>
    public void KeepAgreement(string role, string other) =>
        Application(role).Agreements.Add(
            new AgreementOptions(DomainOf(other)) { Areas = [$"area of {DomainOf(other)}"] });

    /// <summary>The profiles of a user list the partner after all.</summary>
    public void ListPartner(string user)
    {
        var migration = Application("primary").Users.First(u => u.Name == user).Migration;
        migration[0] = migration[0] with { IsListed = true };
    }

    /// <summary>The migration management server of an MC system maps a user's inbound set after all.</summary>
    public void RestoreMapping(string user, string role) => System(role).InboundBindings.Add(new InboundBindingOptions(
        InboundOf(user, role), Users[user].PrimarySets[DomainOf(role)],
            Network.Systems.First(s => s.Domain == Users[user].Home).SipDomain));

    /// <summary>Turns switches of the service configuration that one MC system holds for another.</summary>
    public void Turn(string role, string other, InterconnectionPermissions switches, bool isOn)
    {
        var agreement = Agreement(role, other);
        agreement.Interconnection = isOn ? agreement.Interconnection | switches : agreement.Interconnection & ~switches;
    }

    /// <summary>The same for switches of migration.</summary>
    public void Turn(string role, string other, MigrationPermissions switches, bool isOn)
    {
        var agreement = Agreement(role, other);
        agreement.WithheldFromMigrated = isOn ? agreement.WithheldFromMigrated & ~switches
            : agreement.WithheldFromMigrated | switches;
    }
}
