using System.Text.Json;
using McConformance.Wire.Identities;

namespace McConformance.TestConfiguration.Reading;

/// <summary>Reads who runs an entity, and how an external one is reached and spoken to.</summary>
internal sealed class ReachReader(ErrorList errors)
{
    /// <summary>True where the operator port of the MC system tells where its external entities listen.</summary>
    public bool HasOperatorPort { get; set; }

    public EntityEntry Read(ObjectReader o)
    {
        var mode = ReadMode(o);
        var endpoints = o.Objects("endpoints", "endpoints", required: false, ReadEndpoint);
        CheckNumber(o, mode, endpoints.Count);
        return new EntityEntry(mode, endpoints)
        {
            Credentials = o.ObjectOrDefaults("credentials", ReadCredentials),
            TrustAnchors = TrustAnchors(o),
        };
    }

    public static EntityMode ReadMode(ObjectReader o) => ModeOf(o.Word("mode", "bundled", "external"));

    public static EntityMode ModeOf(string word) => word == "external" ? EntityMode.External : EntityMode.Bundled;

    /// <summary>Certificate files, from the folder of the configuration.</summary>
    public List<string> TrustAnchors(ObjectReader o)
    {
        var named = o.Texts("trustAnchors", "a file name (PEM)", required: false);
        var authorities = new AuthorityReader(errors);
        foreach (var item in o.Value.Member("trustAnchors")?.Items ?? [])
            if (item is { Type: JsonTokenType.String, Text.Length: > 0 }) authorities.Look(item);
        return named.ConvertAll(errors.FullPath);
    }

    private EndpointEntry ReadEndpoint(ObjectReader o)
    {
        var node = o.Text("node", "the host name it calls itself by");
        var endpoint = new EndpointEntry(
            new DiameterIdentity(node), o.Word("protocol", "sip", "diameter", "http"),
            o.Word("transport", "udp", "tcp", "tls"),
            o.Text("address", "an IP address or host name"), o.Number("port", 1, 65535, ""))
        {
            Path = o.OptionalText("path", "a path that begins with /") ?? "/",
            ServerName = o.OptionalText("serverName", "the name in its certificate") ?? node,
        };
        if (endpoint.Transport == "udp" && endpoint.Protocol != "sip")
        {
            var clause = endpoint.Protocol == "http" ? "RFC 9112 9" : "RFC 6733 2.1";
            o.Refuse(o.Value.Member("transport")!, $"tcp or tls for {endpoint.Protocol}", "\"udp\"",
                $"choose one ({clause})");
        }

        if (endpoint.Path is not ['/', ..] and not "")
        {
            o.Refuse(o.Value.Member("path")!, "a path that begins with /", $"\"{endpoint.Path}\"",
                "leave scheme and host out: they are in the other members");
        }

        return endpoint;
    }

    private CredentialsEntry ReadCredentials(ObjectReader o)
    {
        string? File(string name) =>
            o.OptionalText(name, "a file name (PEM)") is { Length: > 0 } named ? errors.FullPath(named) : null;
        var credentials = new CredentialsEntry
        {
            ClientCertificate = File("clientCertificate"),
            ClientKey = File("clientKey"),
            AccessToken = o.OptionalText("accessToken", "an access token"),
            DiameterIdentity = o.OptionalText("diameterIdentity", "a Diameter identity"),
        };
        if ((credentials.ClientCertificate is null) == (credentials.ClientKey is null)) return credentials;
        var missing = credentials.ClientKey is null ? "clientKey" : "clientCertificate";
        o.Refuse(o.Value, "\"clientCertificate\" and \"clientKey\" together", $"no \"{missing}\"",
            $"add \"{missing}\"");
        return credentials;
    }

    private void CheckNumber(ObjectReader o, EntityMode mode, int count)
    {
        var given = o.Optional("endpoints");
        if (mode == EntityMode.External && count == 0 && !HasOperatorPort
            && given?.Type is null or JsonTokenType.StartArray)
        {
            o.Refuse(given ?? o.Value.Member("mode")!, "at least one endpoint of an external entity",
                given is null ? "no \"endpoints\"" : "an empty array",
                "say where it is reached, give its MC system an \"operatorPort\" that tells, "
                + "or set \"mode\" to \"bundled\"");
        }
        else if (mode == EntityMode.Bundled && count > 0)
        {
            o.Refuse(given!, "no endpoints of a bundled entity", $"{count}",
                "take them out (the system chooses free ports), or set \"mode\" to \"external\"");
        }
    }
}
