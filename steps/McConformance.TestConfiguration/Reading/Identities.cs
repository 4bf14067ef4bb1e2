using McConformance.Wire.Identities;

namespace McConformance.TestConfiguration.Reading;

/// <summary>Reads identities and the keys behind them.</summary>
internal static class Identities
{
    private const string PrivateForm = "a private user identity, user@realm";
    private const string PublicForm = "a public user identity, sip:user@realm or tel:number";

    /// <summary>Stands in where a set is missing.</summary>
    public static SipIdentitySet NoSet { get; } = new(new PrivateUserIdentity(""), new PublicUserIdentity(""));

    /// <summary>Stands in where a key is missing; never seen outside, since the file is then refused.</summary>
    public static KeyMaterial NoKey { get; } = new(default, null, null, default, 0);

    /// <summary>Two members that make up a set.</summary>
    public static SipIdentitySet Set(ObjectReader o, string privateName, string publicName) =>
        new(Private(o, privateName), new PublicUserIdentity(Checked(o, publicName, PublicForm, IsPublic)));

    /// <summary>A private user identity (TS 23.003 13.3).</summary>
    public static PrivateUserIdentity Private(ObjectReader o, string name) =>
        new(Checked(o, name, PrivateForm, IsPrivate));

    /// <summary>Public user identities, one or more (TS 23.003 13.4).</summary>
    public static List<PublicUserIdentity> Publics(ObjectReader o, string name)
    {
        var texts = o.Texts(name, PublicForm, required: true);
        for (var i = 0; i < texts.Count; i++)
        {
            if (!IsPublic(texts[i]) && o.Value.Member(name)?.Member($"{i}") is { } at)
                o.Refuse(at, PublicForm, $"\"{texts[i]}\"", "write the scheme, the user and the realm");
        }

        return texts.ConvertAll(t => new PublicUserIdentity(t));
    }

    /// <summary>Key material; null where there is none and none is required.</summary>
    public static KeyMaterial? Key(ObjectReader o, bool required)
    {
        var (k, op, opc) = (o.Optional("k"), o.Optional("op"), o.Optional("opc"));
        var (amf, sqn) = (o.Hex("amf", 4, required: false), o.Hex("sqn", 12, required: false));
        if (k is null && op is null && opc is null && !required) return null;
        if ((op is null) == (opc is null))
        {
            o.Refuse(opc ?? o.Value, "either \"op\" or \"opc\"", op is null ? "neither" : "both",
                "keep the one that the SIP database was given");
        }

        return new KeyMaterial(
            o.Hex("k", 32, required: true), op is null ? null : o.Hex("op", 32, required: true),
            opc is null ? null : o.Hex("opc", 32, required: true), amf ?? [0x80, 0x00], ToNumber(sqn));
    }

    /// <summary>The part of a private identity that names the realm.</summary>
    public static string RealmOf(string identity)
    {
        var at = identity.LastIndexOf('@');
        var realm = at < 0 ? "" : identity[(at + 1)..];
        return realm.IndexOfAny([';', ':', '?']) is var end && end >= 0 ? realm[..end] : realm;
    }

    private static string Checked(ObjectReader o, string name, string form, Func<string, bool> accepts)
    {
        var text = o.Text(name, form);
        if (text.Length > 0 && !accepts(text)) o.Refuse(o.Value.Member(name)!, form, $"\"{text}\"", "mend its form");
        return text;
    }

    private static bool IsPrivate(string text) =>
        text.IndexOf('@') is > 0 and var at && at == text.LastIndexOf('@') && at < text.Length - 1
        && !text.Contains(':') && !text.Any(char.IsWhiteSpace);

    private static bool IsPublic(string text)
    {
        if (text.Any(char.IsWhiteSpace)) return false;
        bool Begins(string scheme) => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase);
        if (Begins("tel:")) return text.Length > 4;
        var scheme = Begins("sip:") ? 4 : Begins("sips:") ? 5 : 0;
        return scheme > 0 && text.IndexOf('@') is var at && at > scheme && at < text.Length - 1;
    }

    private static ulong ToNumber(byte[]? octets)
    {
        var number = 0UL;
        foreach (var octet in octets ?? []) number = (number << 8) | octet;
        return number;
    }
}
