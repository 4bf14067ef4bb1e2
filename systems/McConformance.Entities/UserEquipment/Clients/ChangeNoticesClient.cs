using McConformance.Wire.Documents;
using McConformance.Wire.Sip.Bodies;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Entities.UserEquipment.Clients;

using McService = McConformance.Wire.Documents.McService;

/// <summary>Configuration management client, the part that is told of changes (RFC 5875, TS 24.484 6.3.13): the user's
/// access token says
/// who asks.</summary>
/// <param name="service">The service whose token it is.</param>
public sealed class ChangeNoticesClient(McService service)
{
    private const string Life = "3600";

    /// <summary>Writes a subscription to documents.</summary>
    /// <param name="server">Public service identity of the configuration management server.</param>
    /// <param name="token">Access token of its MC system.</param>
    /// <param name="selectors">From the AUID on, escaped.</param>
    public UserRequest Subscribe(string server, string token, params string[] selectors)
    {
        var info = new McServiceInfo { Service = service, AccessToken = token };
        var body = new MultipartBody()
            .Add(info.ContentType, info.ToOctets())
            .Add(ResourceLists.ContentType, ResourceLists.Of(selectors).ToOctets());
        return new UserRequest(
            SipMethod.Subscribe, server, [("Event", "xcap-diff"), ("Expires", Life), ("Accept", XcapDiff.ContentType)],
            body.ContentType, body.ToOctets());
    }

    /// <summary>Documents that a notice tells of, and that are there; none where it is another request.</summary>
    public static IReadOnlyList<XcapChange> Read(SipMessage notice) =>
        notice.Method == SipMethod.Notify && XcapDiff.TryRead(notice.Body.ToArray(), out var diff, [])
            ? [.. diff.Documents.Where(d => d.NewEtag is not null)]
            : [];
}
