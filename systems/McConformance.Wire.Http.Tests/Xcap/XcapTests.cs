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
