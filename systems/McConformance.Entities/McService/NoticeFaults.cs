using System.Text;
using McConformance.Wire.Documents;
using McConformance.Wire.Sip.Codec;
using McConformance.Wire.Sip.Transactions;

namespace McConformance.Entities.McService;

/// <summary>Notices that say nothing of a document (RFC 6665 4.1.3, RFC 5875 4.4).</summary>
internal static class NoticeFaults
{
    private const string ContentType = "application/xcap-diff+xml";

    /// <summary>Reads a notice; one without a body tells of no change, and is sound.</summary>
    /// <returns>Null where it was refused, and answered: 489, 415 or 400.</returns>
    public static IReadOnlyList<XcapChange>? ReadOrRefuse(SipServerTransaction notice)
    {
        var request = notice.Request;
        if (!request.TryGet(SipHeader.Event, out var package) || !package.StartsWith("xcap-diff"u8))
        {
            notice.Respond(489, "Bad Event"u8);
            return null;
        }

        if (request.Body.IsEmpty) return [];
        if (!request.TryGet(SipHeader.ContentType, out var type) || !Encoding.ASCII.GetString(type).Split(';')[0].Trim()
            .Equals(ContentType, StringComparison.OrdinalIgnoreCase))
        {
            notice.Respond(415, "Unsupported Media Type"u8);
            return null;
        }

        if (XcapDiff.TryRead(request.Body.ToArray(), out var diff, [])) return diff.Documents;
        notice.Respond(400, "Bad Request"u8);
        return null;
    }
}
