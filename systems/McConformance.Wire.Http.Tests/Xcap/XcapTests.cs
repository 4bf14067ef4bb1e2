using McConformance.Wire.Http.Xcap;
using Microsoft.AspNetCore.Http;

namespace McConformance.Wire.Http.Tests.Xcap;

[Parallelizable(ParallelScope.All)]
internal sealed class XcapTests
{
    [TestCase("/r/a.b/global/byGroupID/sip%3Ag%40x", "a.b/global/byGroupID/sip:g@x")]
    [TestCase("/r/a.b/global/byGroupID/sip:g@x?q", "a.b/global/byGroupID/sip:g@x")]
    [TestCase("/r/a.b/users/sip%3Aalice%40x/doc.xml", "a.b/users/sip:alice@x/doc.xml")]
    [TestCase("http://cms.example/r/a/global/x", "a/global/x")]
    public void A_selector_is_read(string target, string key) => XcapSelector.Read(target, "/r/")!.Key.Should().Be(key);

    [Test]
    public void A_node_selector_is_told_from_the_document() => XcapSelector.Read("/r/a/global/d/~~/x/y%5b1%5d", "/r/")!.Node.Should().Be("x/y%5b1%5d");

    [TestCase("/elsewhere/a/global/d")]
    [TestCase("/r/a/global")]
    [TestCase("/r/a/global/")]
    [TestCase("/r/a/other/d")]
    [TestCase("/r/a/users/d")]
    [TestCase("/r/a/global/../d")]
    [TestCase("/r/a/global/%2e%2e/d")]
    [TestCase("/r/a/global/x%2Fy")]
    [TestCase("/r/a/global/x%5Cy")]
    [TestCase("/r/a/global/x%00y")]
    [TestCase("/r/a/global/x%252Fy")]
    [TestCase("/r/a//global/d")]
    public void A_selector_that_is_not_plain_is_refused(string target) => XcapSelector.Read(target, "/r/").Should().BeNull();

    [Test]
    public void An_overlong_selector_is_refused() => XcapSelector.Read("/r/a/global/" + new string('x', 3000), "/r/").Should().BeNull();

    [Test]
    public async Task A_failure_of_uniqueness_says_of_what()
    {
        var context = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
        await XcapErrors.AnswerAsync(context, XcapConflict.UniquenessFailure, "<twice>", "a/b/@uri");
        context.Response.StatusCode.Should().Be(409);
        BodyOf(context).Should().Contain(
            "<uniqueness-failure phrase=\"&lt;twice&gt;\"><exists field=\"a/b/@uri\"/></uniqueness-failure>");
    }

    [TestCase(XcapConflict.UniquenessFailure, null)]
    [TestCase(XcapConflict.ConstraintFailure, "a/b")]
    public void A_field_is_told_with_uniqueness_alone(XcapConflict conflict, string? field)
    {
        var answer = () => XcapErrors.AnswerAsync(new DefaultHttpContext(), conflict, "x", field);
        answer.Should().ThrowAsync<ArgumentException>();
    }

    [TestCase("GET", 200, "<auid>xcap-caps</auid><auid>a.b</auid></auids><namespaces>" +
        "<namespace>urn:ietf:params:xml:ns:xcap-caps</namespace><namespace>urn:x</namespace>")]
    [TestCase("HEAD", 200, "")]
    [TestCase("PUT", 405, "")]
    public async Task Capabilities_are_told_to_anybody(string method, int status, string body)
    {
        var context = new DefaultHttpContext
        {
            Request = { Method = method },
            Response = { Body = new MemoryStream() }
        };
        await XcapCapabilities.AnswerAsync(context, ["a.b"], ["urn:x"]);
        context.Response.StatusCode.Should().Be(status);
        if (body.Length > 0) BodyOf(context).Should().Contain(body);
        else BodyOf(context).Should().BeEmpty();
    }

    [TestCase("/r/xcap-caps/global/index", true)]
    [TestCase("/r/xcap-caps/global/other", false)]
    [TestCase("/r/xcap-caps/users/a/index", false)]
    public void Capabilities_are_one_document(string target, bool expected) =>
        XcapCapabilities.AreAt(XcapSelector.Read(target, "/r/")).Should().Be(expected);

    private static string BodyOf(HttpContext context) =>
        System.Text.Encoding.UTF8.GetString(((MemoryStream)context.Response.Body).ToArray());

    [TestCase("PUT", "\"1\"", "", "\"1\"", 0)]
    [TestCase("PUT", "\"1\"", "", "\"2\"", 412)]
    [TestCase("PUT", "\"1\"", "", null, 412)]
    [TestCase("PUT", "*", "", "\"2\"", 0)]
    [TestCase("PUT", "*", "", null, 412)]
    [TestCase("PUT", "", "*", null, 0)]
    [TestCase("PUT", "", "*", "\"1\"", 412)]
    [TestCase("GET", "", "\"1\"", "\"1\"", 304)]
    [TestCase("GET", "", "\"0\", \"1\"", "\"1\"", 304)]
    [TestCase("GET", "", "\"2\"", "\"1\"", 0)]
    [TestCase("PUT", "W/\"1\"", "", "\"1\"", 412)]
    [TestCase("DELETE", "\"1\",\"2\"", "", "\"2\"", 0)]
    public void Conditions_are_kept(string method, string match, string none, string? current, int expected)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        if (match.Length > 0) context.Request.Headers.IfMatch = match;
        if (none.Length > 0) context.Request.Headers.IfNoneMatch = none;
        XcapConditions.Check(context.Request, current).Should().Be(expected);
    }
}
