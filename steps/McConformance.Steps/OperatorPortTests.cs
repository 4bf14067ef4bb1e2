using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using McConformance.Steps.ExternalRuns;

namespace McConformance.Steps;

/// <summary>The operator port of <c>mcsystem</c> as it is asked over HTTP, rightly and wrongly
/// (features/operator-port.md).</summary>
[TestFixture, Category("external")]
public sealed class OperatorPortTests : SingleProcessTests
{
    private readonly HttpClient http = new();

    [OneTimeTearDown]
    public void Close() => http.Dispose();

    [Test]
    public async Task A_system_crashes_and_starts_again()
    {
        var id = await ProvisionAsync(mayCrash: true);
        Assert.That(await PostAsync(id, "start", "{}"), Is.EqualTo((HttpStatusCode.OK, "{}")), "it runs");
        Assert.That(await PostAsync(id, "crash", "{}"), Is.EqualTo((HttpStatusCode.OK, "{}")));
        Assert.That(await PostAsync(id, "crash", "{}"), Is.EqualTo((HttpStatusCode.OK, "{}")), "it is down");
        Assert.That(await PostAsync(id, "join", "{}"), Is.EqualTo((HttpStatusCode.ServiceUnavailable,
            "a.example has crashed and does not run: start it again (the action start) before anything else")));
        Assert.That(await PostAsync(id, "start", "{}"), Is.EqualTo((HttpStatusCode.OK, "{}")));
        Assert.That((await PostAsync(id, "join", "{}")).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("crash", "{\"when\": \"now\"}",
        "the request(1): $.when: there is no such member; see features/operator-port.md")]
    [TestCase("start", "", "the request(1): $: expected an object, found nothing; see features/operator-port.md")]
    [TestCase("start", "null", "the request(1): $: expected an object, found null; see features/operator-port.md")]
    [TestCase("clock", "{\"forward\": -1}",
        "$.forward: expected 0 to 86400 s, found -1: a clock only goes forward")]
    public async Task A_wrong_request_is_told_and_changes_nothing(string action, string body, string told)
    {
        var id = await ProvisionAsync(mayCrash: true);
        var (status, error) = await PostAsync(id, action, body);
        Assert.That((status, error), Is.EqualTo((HttpStatusCode.UnprocessableEntity, told)));
        Assert.That((await PostAsync(id, "join", "{}")).Status, Is.EqualTo(HttpStatusCode.OK), "it runs on");
    }

    [TestCase("crash")]
    [TestCase("start")]
    public async Task A_system_that_would_keep_nothing_does_not_crash(string action)
    {
        var id = await ProvisionAsync(mayCrash: false);
        Assert.That(await PostAsync(id, action, "{}"), Is.EqualTo((HttpStatusCode.NotImplemented,
            "a.example was not made to crash: neither its state nor its ports would be kept; give its file mayCrash")));
        Assert.That((await PostAsync(id, "join", "{}")).Status, Is.EqualTo(HttpStatusCode.OK), "it runs on");
    }

    private async Task<string> ProvisionAsync(bool mayCrash)
    {
        var file = new JsonObject
        {
            ["system"] = new JsonObject { ["domain"] = "a.example", ["sipDomain"] = "ims.a.example" },
            ["mayCrash"] = mayCrash,
        };
        using var body = new StringContent(file.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri(Process.OperatorPort, "systems"), body);
        var made = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Created), made);
        return JsonNode.Parse(made)!["id"]!.GetValue<string>();
    }

    private async Task<(HttpStatusCode Status, string Text)> PostAsync(string id, string action, string json)
    {
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri(Process.OperatorPort, $"systems/{id}/{action}"), body);
        var text = await answer.Content.ReadAsStringAsync();
        var error = JsonNode.Parse(text) as JsonObject;
        return (answer.StatusCode, error?["error"]?.GetValue<string>() ?? text);
    }
}
