using System.Xml.Linq;
using McConformance.Wire.Documents;

namespace McConformance.Steps.World;

/// <summary>A migration service authorization request with one element that is not as it must be.</summary>
public static class IncompleteRequest
{
    /// <summary>Writes it.</summary>
    /// <param name="good">The request as it should be.</param>
    /// <param name="element">In the words of the features.</param>
    /// <param name="how">absent, empty, malformed or foreign.</param>
    /// <exception cref="ArgumentException">No element is called so.</exception>
    public static byte[] Write(McServiceInfo good, string element, string how)
    {
        var names = BindingSet.InUse.Migration;
        var (name, foreign) = element switch
        {
            "partner's MC service ID" => (names.PartnerMcServiceId, "sip:somebody.else@partner.example"),
            "primary's MC service ID" => (names.PrimaryMcServiceId, "sip:alice@elsewhere.example"),
            "profile index" => (names.UserProfileIndex, "7"),
            _ => throw new ArgumentException($"no element is called \"{element}\""),
        };
        var document = good.ToXml();
        var found = document.Descendants(XNamespace.Get(names.Namespace) + name).Single();
        switch (how)
        {
            case "absent":
                found.Remove();
                break;
            case "empty":
                found.Value = "";
                break;
            case "malformed":
                found.Value = "not one of these";
                break;
            default:
                found.Value = foreign;
                break;
        }

        return System.Text.Encoding.UTF8.GetBytes(document.ToString(SaveOptions.DisableFormatting));
    }
}
