using McConformance.Checks.Flow;
using McConformance.Fakes.Transport;
using McConformance.Steps.TestConfiguration;

namespace McConformance.Steps.World;

/// <summary>Requests to servers of the application plane that no proper client sends.</summary>
internal static class RawServers
{
    extension(ScenarioWorld world)
    {
        /// <summary>Asks a server of an MC system.</summary>
        /// <param name="role">Of the MC system.</param>
        /// <param name="server"><c>gms</c>, <c>cms</c> or <c>idms</c>.</param>
        /// <param name="line">Method and target.</param>
        /// <param name="headers">Header lines.</param>
        /// <param name="body">Body.</param>
        public async Task<RawHttpAnswer> AskServerAsync(
            string role, string server, string line, string[] headers, byte[]? body = null)
        {
            var systems = await world.SystemsAsync();
            var octets = RawHttp.Request(line, $"{server}.{ScenarioPlan.DomainOf(role)}", headers, body ?? []);
            return await world.WaitForAsync(RawHttp.AskAsync(systems.ServerOf(role, server), octets, world.Patience));
        }

        /// <summary>Asks for alice's profile of an MC system.</summary>
        public Task<RawHttpAnswer> FetchProfileAsync(string role, string token)
        {
            var (primary, partner) = world.Running.IdentitiesOf("alice");
            var user = Uri.EscapeDataString(role == "partner" ? partner! : primary);
            var target = $"/xcap-root/org.3gpp.mcptt.user-profile/users/{user}/mcptt-user-profile-1.xml";
            return world.AskServerAsync(role, "cms", "GET " + target, [$"Authorization: Bearer {token}"]);
        }

        /// <summary>An answer that does not come is an empty one: the next step judges it.</summary>
        public async Task<RawHttpAnswer> WaitForAsync(Task<RawHttpAnswer> asking)
        {
            try
            {
                return await asking;
            }
            catch (TimeoutException)
            {
                return new RawHttpAnswer("");
            }
        }

        /// <summary>Judges an answer by its status, and by its error code where one is expected.</summary>
        /// <param name="claim">What is claimed.</param>
        /// <param name="answer">What came.</param>
        /// <param name="expected"><c>409</c>, <c>400 invalid_grant</c>, or several with <c>or</c> between.</param>
        public void JudgeAnswer(Claim claim, RawHttpAnswer? answer, string expected)
        {
            var status = answer is not { StatusCode: > 0 } ? "no answer" : $"{answer.StatusCode}";
            var seen = $"{status} {answer?.Error}".Trim();
            var isRight = expected.Split(" or ").Any(e => e == status || e == seen);
            world.Judge(claim.Seen(isRight, expected, seen));
        }
    }
}
