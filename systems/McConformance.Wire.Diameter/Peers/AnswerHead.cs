using McConformance.Wire.Diameter.Codec;
using McConformance.Wire.Diameter.Dictionary;

namespace McConformance.Wire.Diameter.Peers;

/// <summary>What every answer of an application holds besides its result and origin.</summary>
internal static class AnswerHead
{
    private const uint NO_STATE_MAINTAINED = 1;

    /// <summary>Vendor-Specific-Application-Id and Auth-Session-State. Those of Cx and Sh are known (TS 29.229 6.1,
    /// TS 29.329 6.1), so that a request in which they are wrong has a sound answer; others are repeated.</summary>
    public static void PutApplication(DiameterDraft answer, DiameterMessage request)
    {
        if (request.Application is Ts29229.Application or Ts29329.Application)
        {
            answer.BeginGroup(Rfc6733.VendorSpecificApplicationId).Put(Rfc6733.VendorId, Ts29229.Vendor)
                .Put(Rfc6733.AuthApplicationId, request.Application).EndGroup()
                .Put(Rfc6733.AuthSessionState, NO_STATE_MAINTAINED);
            return;
        }

        if (request.TryFind(Rfc6733.VendorSpecificApplicationIdCode, 0, out var application)) answer.Copy(application);
        if (request.TryFind(Rfc6733.AuthSessionStateCode, 0, out var state)) answer.Copy(state);
    }
}
