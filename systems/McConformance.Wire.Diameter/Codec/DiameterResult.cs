using McConformance.Wire.Diameter.Dictionary;

namespace McConformance.Wire.Diameter.Codec;

/// <summary>How an answer says that the request ended (RFC 6733 7).</summary>
/// <param name="Code">Result-Code, or Experimental-Result-Code; 0 where there is neither.</param>
/// <param name="IsExperimental">From Experimental-Result (RFC 6733 7.6).</param>
public readonly record struct DiameterResult(uint Code, bool IsExperimental)
{
    /// <summary>2xxx (RFC 6733 7.1.2).</summary>
    public bool IsSuccess => Code is >= 2000 and < 3000;

    /// <summary>Reads it.</summary>
    public static DiameterResult Of(DiameterMessage answer)
    {
        if (answer.TryFind(Rfc6733.ResultCodeCode, 0, out var result)) return new DiameterResult(result.Uint32, false);
        return answer.TryFind(Rfc6733.ExperimentalResultGroupCode, 0, out var group) &&
            group.TryFind(Rfc6733.ExperimentalResultCodeCode, 0, out var code)
                ? new DiameterResult(code.Uint32, true)
                : default;
    }
}
