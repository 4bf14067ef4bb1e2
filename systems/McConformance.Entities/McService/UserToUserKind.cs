using System.Text;
using McConformance.Wire.Documents;
using McConformance.Wire.Sip.Bodies;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Entities.McService;

/// <summary>What users of a service send each other, one to one, and what has to permit it (TR 23.781 6.1.1).</summary>
/// <param name="Method">Of the request.</param>
/// <param name="Out">Switch of the MC system that serves the sender.</param>
/// <param name="In">Switch of the MC system that serves the other.</param>
/// <param name="Migrated">Switch for those who have migrated to here.</param>
/// <param name="Action">What the sender's profile has to allow (TS 24.484).</param>
/// <param name="NotAllowed">Warning where it does not.</param>
/// <param name="NoTarget">Warning where the other cannot be told.</param>
internal sealed record UserToUserKind(
    SipMethod Method, InterconnectionPermissions Out, InterconnectionPermissions In, MigrationPermissions Migrated,
    string Action, string NotAllowed, string NoTarget)
{
    private const string NotAllowedToCall = "107 user not authorised to make private calls";
    private const string NoCalledParty = "145 unable to determine called party";

    // in the order of the services
    private static readonly UserToUserKind[] All =
    [
        new(SipMethod.Invite, InterconnectionPermissions.McpttPrivateCallsOut,
            InterconnectionPermissions.McpttPrivateCallsIn,
            MigrationPermissions.McpttPrivateCalls, "allow-private-call", NotAllowedToCall, NoCalledParty),
        new(SipMethod.Invite, InterconnectionPermissions.McVideoCallsOut, InterconnectionPermissions.McVideoCallsIn,
            MigrationPermissions.McVideo, "allow-private-call", NotAllowedToCall, NoCalledParty),
        new(SipMethod.Message, InterconnectionPermissions.McDataOut, InterconnectionPermissions.McDataIn,
            MigrationPermissions.McData, "allow-transmit-data", "200 user not authorised to transmit data",
            "204 unable to determine targeted user for one-to-one SDS"),
    ];

    /// <summary>The kind of a service: private calls, or short data.</summary>
    public static UserToUserKind Of(Wire.Documents.McService service) => All[(int)service];

    /// <summary>Whether an info body asks for this.</summary>
    public bool Is(McServiceInfo info) =>
        Method == SipMethod.Message ? info.RequestType == ShortData.OneToOne : info.SessionType == "private";

    /// <summary>The info body towards the other.</summary>
    public McServiceInfo Info(McServiceInfo about) =>
        Method == SipMethod.Message ? about with { RequestType = ShortData.OneToOne }
            : about with { SessionType = "private" };
}

/// <summary>Bodies of such a request, copied: they outlast the request.</summary>
/// <param name="Targets">Whom it is for, as the client lists them.</param>
/// <param name="Content">What is handed on as it came, with its types.</param>
internal sealed record UserToUserBodies(IReadOnlyList<string> Targets,
    IReadOnlyList<(string Type, byte[] Octets)> Content)
{
    public static UserToUserBodies Of(SipMessage message, McServiceNames names)
    {
        List<string> targets = [];
        List<(string, byte[])> content = [];
        if (message.TryGet(SipHeader.ContentType, out var type) && Multipart.TryRead(type, message.Body, out var parts))
        {
            while (parts.MoveNext())
            {
                if (!parts.TryGetHeader("Content-Type"u8, out var of)) continue;
                var name = Encoding.ASCII.GetString(of);
                if (name.StartsWith(ResourceLists.ContentType, StringComparison.OrdinalIgnoreCase))
                {
                    if (ResourceLists.TryRead(parts.Content.ToArray(), out var lists, []))
                        targets.AddRange(lists.AllEntries.Select(e => e.Uri));
                }
                else if (!name.StartsWith(names.InfoContentType, StringComparison.OrdinalIgnoreCase))
                {
                    content.Add((name, parts.Content.ToArray()));
                }
            }
        }

        return new UserToUserBodies(targets, content);
    }
}
