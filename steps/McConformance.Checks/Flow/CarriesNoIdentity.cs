using System.Text;
using McConformance.Wire.Identities;

namespace McConformance.Checks.Flow;

/// <summary>Identities do not appear where they are not known: no partner identity towards the primary, no primary identity on the partner's
/// SIP-1 and AAA-2 (TS 23.280 10.1.6.2 steps 4 and 9). Looks for the text anywhere in the octets.</summary>
public static class CarriesNoIdentity
{
    /// <summary>Judges all messages that the condition selects.</summary>
    /// <param name="requirement">Id in the catalogue.</param>
    /// <param name="seen">What was seen.</param>
    /// <param name="where">Which messages.</param>
    /// <param name="place">The same in words: <c>CSC-18</c>.</param>
    /// <param name="foreign">The set that must not be there.</param>
    public static Judgement Judge(string requirement, Observation seen, Func<ObservedMessage, bool> where, string place, SipIdentitySet foreign)
    {
        var claim = new Claim(requirement, $"no message on {place} carries {foreign}");
        byte[][] secrets = [Encoding.UTF8.GetBytes(foreign.Private.Value), Encoding.UTF8.GetBytes(WithoutScheme(foreign.Public.Value))];
        var looked = 0;
        foreach (var message in seen.All.Where(where))
        {
            looked++;
            foreach (var secret in secrets)
                if (message.Holds(secret)) return claim.Fail(message, $"nothing of {foreign}", Encoding.UTF8.GetString(secret));
        }

        return looked > 0 ? claim.Pass() : claim.Missing($"at least one message on {place} to look at");
    }

    private static string WithoutScheme(string uri) => uri[(uri.IndexOf(':') + 1)..];
}
