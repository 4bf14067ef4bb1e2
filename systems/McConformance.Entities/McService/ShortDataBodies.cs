using System.Text;
using McConformance.Wire.Documents;
using McConformance.Wire.Sip.Bodies;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Entities.McService;

/// <summary>Bodies of a request with short data (TS 24.282 9.2.2), copied: they outlast the request.</summary>
/// <param name="Targets">Whom it is for, as the client lists them.</param>
/// <param name="Signalling">Signalling payload, as it came.</param>
/// <param name="Payload">Data payload, as it came.</param>
internal sealed record ShortDataBodies(IReadOnlyList<string> Targets, byte[] Signalling, byte[] Payload)
{
    public static ShortDataBodies Of(SipMessage message)
    {
        var bodies = new ShortDataBodies([], [], []);
        if (!message.TryGet(SipHeader.ContentType, out var type)
            || !Multipart.TryRead(type, message.Body, out var parts)) return bodies;
        while (parts.MoveNext())
        {
            if (!parts.TryGetHeader("Content-Type"u8, out var of)) continue;
            var content = parts.Content.ToArray();
            switch (Encoding.ASCII.GetString(of).Split(';')[0].Trim())
            {
                case ResourceLists.ContentType when ResourceLists.TryRead(content, out var lists, []):
                    bodies = bodies with { Targets = [.. lists.AllEntries.Select(e => e.Uri)] };
                    break;
                case ShortData.SignallingContentType:
                    bodies = bodies with { Signalling = content };
                    break;
                case ShortData.PayloadContentType:
                    bodies = bodies with { Payload = content };
                    break;
            }
        }

        return bodies;
    }
}
