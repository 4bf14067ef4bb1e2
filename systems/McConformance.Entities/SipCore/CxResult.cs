using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;

namespace McConformance.Entities.SipCore;

/// <summary>What a Cx answer means to a SIP request: OWN SPR failure mapping, after TS 24.229 5.3.1.2 and 5.4.1.2.1.</summary>
internal readonly struct CxResult(DiameterResult result)
{
    public bool IsSuccess => result.IsSuccess;

    public static CxResult Of(DiameterMessage answer) => new(DiameterResult.Of(answer));

    /// <summary>The response to a REGISTER.</summary>
    public (int Status, byte[] Reason) Registering => (result.Code, result.IsExperimental) switch
    {
        ( >= 5001 and <= 5006, true) => (403, "Forbidden"u8.ToArray()),
        (Rfc6733.DIAMETER_AUTHORIZATION_REJECTED, false) => (403, "Forbidden"u8.ToArray()),
        (Rfc6733.DIAMETER_TOO_BUSY, false) => (480, "Temporarily Unavailable"u8.ToArray()),
        ( >= 3000 and < 4000, false) => (504, "Server Time-out"u8.ToArray()),
        _ => (500, "Server Internal Error"u8.ToArray()),
    };

    /// <summary>The response to any other request.</summary>
    public (int Status, byte[] Reason) Calling => (result.Code, result.IsExperimental) switch
    {
        (Ts29229.DIAMETER_ERROR_USER_UNKNOWN, true) => (404, "Not Found"u8.ToArray()),
        (Ts29229.DIAMETER_ERROR_IDENTITY_NOT_REGISTERED, true) => (480, "Temporarily Unavailable"u8.ToArray()),
        _ => Registering,
    };
}
