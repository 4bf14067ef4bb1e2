using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;

namespace McConformance.Entities.SipCore;

/// <summary>What a Cx answer means to a SIP request: OWN SPR failure mapping, after TS 24.229 5.3.1.2 and 5.4.1.2.1.</summary>
internal readonly record struct CxResult(uint Code, bool IsExperimental)
{
    public bool IsSuccess => Code is >= 2000 and < 3000;

    public static CxResult Of(DiameterMessage answer)
    {
        if (answer.TryFind(Rfc6733.ResultCodeCode, 0, out var result)) return new CxResult(result.Uint32, false);
        return answer.TryFind(Rfc6733.ExperimentalResultGroupCode, 0, out var group) &&
            group.TryFind(Rfc6733.ExperimentalResultCodeCode, 0, out var code)
                ? new CxResult(code.Uint32, true)
                : new CxResult(0, false);
    }

    /// <summary>The response to a REGISTER.</summary>
    public (int Status, byte[] Reason) Registering => (Code, IsExperimental) switch
    {
        ( >= 5001 and <= 5006, true) => (403, "Forbidden"u8.ToArray()),
        (Rfc6733.DIAMETER_AUTHORIZATION_REJECTED, false) => (403, "Forbidden"u8.ToArray()),
        (Rfc6733.DIAMETER_TOO_BUSY, false) => (480, "Temporarily Unavailable"u8.ToArray()),
        ( >= 3000 and < 4000, false) => (504, "Server Time-out"u8.ToArray()),
        _ => (500, "Server Internal Error"u8.ToArray()),
    };

    /// <summary>The response to any other request.</summary>
    public (int Status, byte[] Reason) Calling => (Code, IsExperimental) switch
    {
        (Ts29229.DIAMETER_ERROR_USER_UNKNOWN, true) => (404, "Not Found"u8.ToArray()),
        (Ts29229.DIAMETER_ERROR_IDENTITY_NOT_REGISTERED, true) => (480, "Temporarily Unavailable"u8.ToArray()),
        _ => Registering,
    };
}
