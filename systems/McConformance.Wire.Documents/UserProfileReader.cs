using System.Xml.Linq;
using McConformance.Wire.Documents.Reading;
using McConformance.Wire.Identities;

namespace McConformance.Wire.Documents;

/// <summary>Reads what a user profile says.</summary>
internal readonly struct UserProfileReader(
    XElement root, ElementReader reader, McServiceNames names, MigrationBinding binding)
{
    private readonly XNamespace ns = names.UserProfileNamespace;

    public UserProfile? Read()
    {
        var xui = reader.NeededAttribute(root, "XUI-URI");
        var index = reader.NeededAttributeValue<ProfileIndex>(root, "user-profile-index", ProfileIndex.TryRead);
        var common = reader.Needed(root, ns + "Common");
        var user = reader.Optional(common, ns + (names.Upper + "UserID"));
        if (common is not null && user is null) reader.Missing(names.Upper + "UserID");
        var id = user is null ? null : reader.NeededValue<McServiceId>(user, ns + "uri-entry", McServiceId.TryRead);
        if (xui is null || index is null || id is null) return null;
        var onNetwork = reader.Optional(root, ns + "OnNetwork");
        var calls = reader.Optional(common, ns + (names.Upper + "-group-call"));
        return new UserProfile
        {
            Service = names.Service,
            XuiUri = xui,
            Index = index.Value,
            Name = reader.Text(root, ns + "ProfileName"),
            Enabled = reader.Value<bool>(root, ns + "Status", Simple.Boolean) ?? true,
            PreSelected = reader.Optional(root, ns + "Pre-selected-indication") is not null,
            UserId = id.Value,
            DisplayName = reader.Text(user, ns + "display-name"),
            Groups = Groups(onNetwork),
            CallableUsers = Callable(common),
            Allowed = Allowed(),
            MaxAffiliations = reader.Value<int>(onNetwork, ns + "MaxAffiliationsN2", Simple.Count),
            MaxSimultaneousCalls = reader.Value<int>(calls, ns + "MaxSimultaneousCallsN6", Simple.Count),
            Priority = reader.Value<ushort>(calls, ns + "Priority", Simple.Short),
            MigrationAllowed = Migration(onNetwork),
        };
    }

    private List<ProfileGroup> Groups(XElement? onNetwork)
    {
        var groups = new List<ProfileGroup>();
        var list = reader.Optional(onNetwork, ns + (names.Upper + "GroupInfo"));
        foreach (var entry in list?.Elements(ns + "entry") ?? [])
        {
            if (reader.NeededValue<McGroupId>(entry, ns + "uri-entry", McGroupId.TryRead) is not { } id) continue;
            var servers = reader.Optional(reader.Optional(entry, ns + "anyExt"), ns + "GroupServerInfo");
            groups.Add(new ProfileGroup(id)
            {
                DisplayName = reader.Text(entry, ns + "display-name"),
                GmsAddress = Server(servers, "GMS-Serv-Id"),
                IdmsTokenEndpoint = Server(servers, "IDMS-token-endpoint"),
                KmsUri = Server(servers, "KMS-URI"),
            });
        }

        return groups;
    }

    /// <summary>The first of the list; a list may be empty, and must be there.</summary>
    private string? Server(XElement? servers, string name)
    {
        if (servers is null || reader.Needed(servers, ns + name) is not { } list) return null;
        return list.Element(ns + "entry") is { } entry ? reader.NeededUri(entry, ns + "uri-entry") : null;
    }

    private List<McServiceId> Callable(XElement? common)
    {
        var users = new List<McServiceId>();
        var list = reader.Optional(reader.Optional(common, ns + "PrivateCall"), ns + "PrivateCallList");
        foreach (var entry in list?.Elements(ns + "PrivateCallURI") ?? [])
            if (reader.NeededValue<McServiceId>(entry, ns + "uri-entry", McServiceId.TryRead) is { } id) users.Add(id);
        return users;
    }

    /// <summary>What any rule allows: a profile is one user's, so that its rules have no condition that matters
    /// here.</summary>
    private HashSet<string> Allowed()
    {
        var allowed = new HashSet<string>();
        var ruleset = reader.Optional(root, GroupNames.Ruleset);
        foreach (var rule in ruleset?.Elements(GroupNames.Policy + "rule") ?? [])
        {
            foreach (var action in rule.Element(GroupNames.Policy + "actions")?.Elements() ?? [])
            {
                if (action.Name.Namespace != ns || action.HasElements) continue;
                var name = action.Name.LocalName;
                if (reader.Parsed<bool>(reader.Content(action), name, Simple.Boolean) == true) allowed.Add(name);
            }
        }

        return allowed;
    }

    /// <summary>The list stands in the extension of the on-network part; that of the root is read as well.</summary>
    private List<MigrationPartner> Migration(XElement? onNetwork)
    {
        var name = binding.Xml + binding.MigrationAllowed;
        var inner = reader.Optional(reader.Optional(onNetwork, ns + "anyExt"), name);
        var list = inner ?? reader.Optional(root.Element(ns + "anyExt"), name);
        return list is null ? [] : MigrationPartner.ReadAll(list, reader, binding);
    }
}
