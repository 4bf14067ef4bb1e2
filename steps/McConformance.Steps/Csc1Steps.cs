using System.Text;
using McConformance.Checks.Flow;
using McConformance.Steps.TestConfiguration;
using McConformance.Steps.World;
using McConformance.Wire;
using McConformance.Wire.Http.Oidc;

namespace McConformance.Steps;

/// <summary>CSC-1: credentials that a user presents.</summary>
[Binding]
public sealed class Csc1Steps(ScenarioWorld world)
{
    [Then(@"^the credential that (\w+) presents is the primary's, and for the partner$")]
    public async Task CredentialIsThePrimarys(string user)
    {
        var seen = await world.ObserveAsync();
        var claim = new Claim("KI-2.2", "the user presents a credential that the primary made for this partner");
        var presented = seen.All.LastOrDefault(m =>
            m.From.Name == SystemsUnderTest.PartyOf(user) && m.To.Kind == EntityKind.IdentityManagementServer &&
            m.To.System == ScenarioPlan.DomainOf("partner") && m.Http is { Method: "POST" });
        if (presented is null) world.Judge(claim.Missing("a token request to the partner"));
        var claims = Claims(Encoding.ASCII.GetString(presented!.Http!.Body.Span));
        var issuer = $"idms.{ScenarioPlan.DomainOf("primary")}";
        var audience = $"idms.{ScenarioPlan.DomainOf("partner")}";
        var isRight = claims?.Issuer.EndsWith(issuer, StringComparison.Ordinal) == true &&
            claims.Audience.Any(a => a.EndsWith(audience, StringComparison.Ordinal));
        var actual = claims is null ? "nothing that can be read"
            : $"by {claims.Issuer} for {string.Join(", ", claims.Audience)}";
        world.Judge(isRight ? claim.Pass(presented) : claim.Fail(presented, $"by {issuer} for {audience}", actual));
    }

    /// <summary>What the assertion of a form says, believed or not; null where it cannot be read.</summary>
    private static TokenClaims? Claims(string form)
    {
        var field = form.Split('&').FirstOrDefault(f => f.StartsWith("assertion=", StringComparison.Ordinal));
        var parts = Uri.UnescapeDataString(field?["assertion=".Length..] ?? "").Split('.');
        return parts.Length == 3 && System.Buffers.Text.Base64Url.IsValid(parts[1])
            ? TokenClaims.Read(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1]))
            : null;
    }
}
