using McConformance.Wire.Diameter.Codec;

namespace McConformance.Checks.Diameter;

/// <summary>The constants that checks compare with, written down here a second time on purpose: a check that took them from the code
/// that writes the messages could not see a wrong one (TS 29.229 6, RFC 6733 4.5).</summary>
public static class Cx
{
    /// <summary>What <see cref="ResultText"/> says of DIAMETER_SUCCESS (RFC 6733 7.1.2).</summary>
    public const string Success = "result 2001";

    public const uint UserAuthorization = 300;
    public const uint ServerAssignment = 301;
    public const uint LocationInfo = 302;
    public const uint MultimediaAuth = 303;
    private const uint Vendor = 10415;

    public static string? UserName(this DiameterMessage message) => message.TryFind(1, 0, out var avp) ? avp.Text : null;

    public static string? PublicIdentity(this DiameterMessage message) => message.TryFind(601, Vendor, out var avp) ? avp.Text : null;

    public static string? DestinationRealm(this DiameterMessage message) => message.TryFind(283, 0, out var avp) ? avp.Text : null;

    public static string? ServerName(this DiameterMessage message) => message.TryFind(602, Vendor, out var avp) ? avp.Text : null;

    public static uint AssignmentType(this DiameterMessage message) => message.TryFind(614, Vendor, out var avp) ? avp.Uint32 : uint.MaxValue;

    /// <summary>SIP-Auth-Data-Item with all that is in it, as octets; empty where there is none.</summary>
    public static byte[] AuthDataItem(this DiameterMessage message) => message.TryFind(612, Vendor, out var avp) ? avp.Data.ToArray() : [];

    /// <summary>An AVP inside the SIP-Auth-Data-Item; empty where there is none.</summary>
    public static byte[] AuthData(this DiameterMessage message, uint code) =>
        message.TryFind(612, Vendor, out var item) && item.TryFind(code, Vendor, out var avp) ? avp.Data.ToArray() : [];

    /// <summary>RAND and AUTN.</summary>
    public static byte[] Authenticate(this DiameterMessage message) => message.AuthData(609);

    /// <summary>Result-Code or Experimental-Result-Code, as reasons name it.</summary>
    public static string ResultText(this DiameterMessage message)
    {
        var (code, isExperimental) = DiameterResult.Of(message);
        return code == 0 ? "no result" : isExperimental ? $"experimental result {code}" : $"result {code}";
    }

    public static string Identities(this DiameterMessage message) => $"{message.UserName() ?? "none"} / {message.PublicIdentity() ?? "none"}";
}
