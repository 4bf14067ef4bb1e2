using System.Xml;
using McConformance.Checks.Flow;
using McConformance.Wire;
using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Documents;
using McConformance.Wire.Http.Codec;
using McConformance.Wire.Sip.Codec;

namespace McConformance.Steps.World;

/// <summary>Messages under the names that features use, as conditions on octets.</summary>
public static class Messages
{
    /// <summary>A condition, and how many messages that meet it pass first.</summary>
    public static (Func<ReadOnlyMemory<byte>, bool> Selects, int Spares) Selector(string name) => name switch
    {
        "registration request" => (o => Sip(o, m => m.IsRequest && m.Method == SipMethod.Register && !IsAnswer(m)), 0),
        "challenge answer" => (o => Sip(o, m => m.IsRequest && m.Method == SipMethod.Register && IsAnswer(m)), 0),
        "challenge" => (o => Sip(o, m => !m.IsRequest && m.StatusCode == 401), 0),
        "registration success" => (o => Sip(o, m => !m.IsRequest && m.StatusCode == 200), 0),
        "location information response" => (o => Diameter(o, 302, false), 0),
        "registration refusal" => (o => Sip(o, m => !m.IsRequest && m.StatusCode >= 400 && m.StatusCode != 401), 0),
        "answer to the probe" => (o => Sip(o, m => !m.IsRequest && m.Method == SipMethod.Options), 0),
        "SIP response" => (o => Sip(o, m => !m.IsRequest), 0),
        "octets" => (_ => true, 0),
        "capabilities exchange request" => (o => Diameter(o, 257, true), 0),
        "capabilities exchange answer" => (o => Diameter(o, 257, false), 0),
        "watchdog request" => (o => Diameter(o, 280, true), 0),
        "watchdog answer" => (o => Diameter(o, 280, false), 0),
        "authentication information request" => (o => Diameter(o, 303, true), 0),
        "authentication information response" => (o => Diameter(o, 303, false), 0),
        "user authorization request" => (o => Diameter(o, 300, true), 0),
        "user authorization response" => (o => Diameter(o, 300, false), 0),
        "server assignment request" => (o => Diameter(o, 301, true), 0),
        "server assignment response" => (o => Diameter(o, 301, false), 0),
        "migration request" => (o => Info(o, BindingSet.InUse.Migration.AuthorizationRequest), 0),
        "migration response" => (o => Info(o, BindingSet.InUse.Migration.AuthorizationResponse), 0),
        "end of migration" => (o => Info(o, BindingSet.InUse.Migration.DeauthorizationNotification), 0),
        "word of verification" => (o => Info(o, BindingSet.InUse.Migration.VerificationNotification), 0),
        "service request" => (o => Sip(o, m => m.IsRequest && m.Method == SipMethod.Publish), 0),
        "service answer" => (o => Sip(o, m => !m.IsRequest && m.Method == SipMethod.Publish && m.StatusCode >= 200), 0),
        "acceptance" => (o => Sip(o, m => !m.IsRequest && m.Method == SipMethod.Message && m.StatusCode >= 200), 0),
        "group information" => (o => Http(o, m => m.Method == "PUT" && m.MediaType != Membership.ContentType), 0),
        "group information request" => (o => Http(o, m => m.Method == "GET"), 0),
        "group information response" => (o => Http(o, m => !m.IsRequest), 0),
        "overview request" => (o => Http(o, m => m.Method == "GET" && AsksForOverview(m)), 0),
        "overview" => (o => Http(o, m => !m.IsRequest && Holds(m, Member.Overview)), 0),
        "membership proposal" => (o => Http(o, m => m.Method == "PUT" && Holds(m, Member.Proposal)), 0),
        "proposal shown" => (o => Http(o, m => !m.IsRequest && Holds(m, Member.Proposal)), 0),
        "membership answer" => (o => Http(o, m => !m.IsRequest && Holds(m, Member.Decision)), 0),
        "membership decision" => (o => Http(o, m => m.Method == "PUT" && Holds(m, Member.Decision)), 0),
        "membership refusal" => (o => Http(o, m => m.StatusCode >= 400), 0),
        "receipt" => (o => Http(o, m => m.StatusCode == 200 && m.Body.IsEmpty && m["ETag"] is null), 0),
        "group deletion" => (o => Http(o, m => m.Method == "DELETE"), 0),
        "profile" => (o => Http(o, m => m.StatusCode == 200 && m.MediaType.EndsWith("user-profile+xml", StringComparison.Ordinal)), 0),
        "profile request" => (o => Http(o, m => m.Method == "GET" && m.Path.Contains("user-profile", StringComparison.Ordinal)), 0),
        "functional aliases" => (o =>
            Http(o, m => m.StatusCode == 200 && m.MediaType == FunctionalAliases.ContentType), 0),
        "functional aliases request" =>
            (o => Http(o, m => m.Method == "GET" && m.Path.Contains(FunctionalAliases.Auid, StringComparison.Ordinal)),
            0),
        "document stored" => (o =>
            Http(o, m => m.StatusCode is 200 or 201 && m.Body.IsEmpty && m["ETag"] is not null), 0),
        "document refused" => (o => Http(o, m => m.StatusCode == 409), 0),
        "document" => (o => Http(o, m => m.Method == "PUT"), 0),
        "service configuration" =>
            (o => Http(o, m => m.StatusCode == 200
            && m.MediaType.EndsWith("service-config+xml", StringComparison.Ordinal)), 0),
        "service configuration request" =>
            (o => Http(o, m => m.Method == "GET" && m.Path.Contains("service-config", StringComparison.Ordinal)), 0),
        "affiliation" => (o => Sip(o, m => m.IsRequest && m.Method == SipMethod.Publish && IsPresence(m)), 0),
        "invitation" => (o => Sip(o, m => m.IsRequest && m.Method == SipMethod.Invite), 0),
        "answer to the invitation" =>
            (o => Sip(o, m => !m.IsRequest && m.Method == SipMethod.Invite && m.StatusCode >= 200), 0),
        "short data" => (o => Info(o, ShortData.OneToOne), 0),
        "credential" => (o => Http(o, m => m.Method == "POST" && m.Body.Span.IndexOf("assertion="u8) >= 0), 0),
        "notice" => (o => Sip(o, m => m.IsRequest && m.Method == SipMethod.Notify), 0),
        "partner access request" => (o => Http(o, m => m.Method == "POST"), 0),
        "partner access response" => (o => Http(o, m => !m.IsRequest), 0),
        "identities request" => (o => Diameter(o, 306, true), 0),
        "identities response" => (o => Diameter(o, 306, false), 0),
        _ => throw new ArgumentException($"no message is called \"{name}\""),
    };

    /// <summary>In which protocol a message of the application plane is; null for one of the signalling control plane, where the ends tell.</summary>
    public static WireProtocol? ProtocolOf(string name) => name switch
    {
        "migration request" or "migration response" or "end of migration" or "word of verification" => WireProtocol.Sip,
        "service request" or "service answer" or "acceptance" => WireProtocol.Sip,
        "group information" or "group information request" or "group information response" or "partner access request" or "partner access response" => WireProtocol.Http,
        "overview request" or "overview" or "membership proposal" or "membership answer" => WireProtocol.Http,
        "membership decision" or "receipt" => WireProtocol.Http,
        "identities request" or "identities response" => WireProtocol.Diameter,
        _ => null,
    };

    /// <summary>By what the document says, however it is written; by its text where it cannot be read.</summary>
    private static bool Info(ReadOnlyMemory<byte> octets, string type) =>
        Sip(octets, m => m.IsRequest && m.Method == SipMethod.Message
            && (octets.Span.IndexOf(System.Text.Encoding.ASCII.GetBytes($">{type}<")) >= 0
            || m.Bodies("-info+xml").Exists(b => McServiceInfo.TryRead(b, out var info, [])
                && (info.RequestType == type || info.ResponseType == type))));

    private static MembershipBinding Member => BindingSet.InUse.Membership;

    private static bool AsksForOverview(HttpMessage message) =>
        message.Path.EndsWith(BindingSet.InUse.Membership.OverviewDocument, StringComparison.Ordinal);

    private static bool Holds(HttpMessage message, string root) =>
        message.MediaType == Membership.ContentType && RootOf(message.Body) == root;

    /// <summary>Local name of the document element; empty where there is none.</summary>
    private static string RootOf(ReadOnlyMemory<byte> octets)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(octets.ToArray()));
            return reader.MoveToContent() == XmlNodeType.Element ? reader.LocalName : "";
        }
        catch (XmlException)
        {
            return "";
        }
    }

    private static bool Http(ReadOnlyMemory<byte> octets, Func<HttpMessage, bool> condition) => HttpMessage.Read(octets) is { } message && condition(message);

    private static bool Sip(ReadOnlyMemory<byte> octets, Func<SipMessage, bool> condition)
    {
        var message = new SipMessage();
        return message.TryIndex(octets, stream: false, out _) == System.Buffers.OperationStatus.Done && condition(message);
    }

    private static bool IsPresence(SipMessage message) =>
        message.TryGet(SipHeader.Event, out var package) && package.StartsWith("presence"u8);

    private static bool IsAnswer(SipMessage message) =>
        message.TryGet(SipHeader.Authorization, out var value) && DigestValues.TryRead(value, out var digest) && !digest.Nonce.IsEmpty;

    private static bool Diameter(ReadOnlyMemory<byte> octets, uint command, bool isRequest)
    {
        var message = new DiameterMessage();
        return message.TryIndex(octets, out _) == System.Buffers.OperationStatus.Done && message.Command == command && message.IsRequest == isRequest;
    }
}
