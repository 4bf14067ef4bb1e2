using McConformance.Checks.Flow;
using McConformance.Wire;
using McConformance.Wire.Documents;
using McConformance.Wire.Identities;

namespace McConformance.Checks.Membership;

/// <summary>Members from a partner, as they are told over CSC-16 (TR 23.781 5.1.12, OWN MEM).</summary>
public static class MembershipMessages
{
    /// <summary>The document about members that an HTTP message carries; null where there is none, or it cannot be
    /// read, and where it comes with an error (RFC 9110 15.5).</summary>
    public static T? Carried<T>(this ObservedMessage message) where T : Wire.Documents.Membership =>
        message.Http is { } http && (http.IsRequest || http.StatusCode is 200 or 201)
        && http.MediaType == Wire.Documents.Membership.ContentType
        && Wire.Documents.Membership.TryRead(http.Body, out var read, []) ? read as T : null;

    /// <summary>Whether a party is the group management server of an MC system.</summary>
    public static bool IsGroupManagementOf(this Party party, string system) =>
        party.Kind == EntityKind.GroupManagementServer && party.System == system;

    /// <summary>Whether a message goes from the group management server of an MC system to that of another one, or to a
    /// proxy on the way: by its ends alone, so that links which nobody sees and which do not matter stay out.</summary>
    public static bool LeavesGroupManagementOf(this ObservedMessage message, string system) =>
        message.From.IsGroupManagementOf(system)
        && message.To.Kind is (EntityKind.GroupManagementServer or EntityKind.HttpProxy);

    /// <summary>Names of users in the order of a list: <c>alice zoe</c>; <c>nobody</c> for none.</summary>
    public static string Names(IEnumerable<McServiceId> users)
    {
        var names = string.Join(' ', users.Select(u => u.Value.Split(':', '@')[1]));
        return names.Length > 0 ? names : "nobody";
    }

    /// <summary>The same of the members of a group.</summary>
    public static string Names(GroupDescription group) => Names(group.Members.Select(m => m.Id));

    /// <summary>A state in the words of the features.</summary>
    public static string Word(ApprovalState state) => state switch
    {
        ApprovalState.Pending => "pending",
        ApprovalState.Approved => "accepted",
        _ => "rejected",
    };
}
