using System.Text;
using McConformance.Fakes.Hostile;

namespace McConformance.Fakes.Tests;

/// <summary>Every entry of the corpus can be made, and none is there twice.</summary>
internal sealed class HostileCorpusTests
{
    [TestCase("RFC 4475", 49)]
    [TestCase("RFC 5118", 11)]
    [TestCase("our own", 12)]
    public void Holds_every_message_of(string document, int count)
    {
        var messages = HostileCorpus.Messages(document);
        messages.Should().HaveCount(count);
        messages.Select(m => m.Name).Should().OnlyHaveUniqueItems();
        messages.Should().OnlyContain(m => m.Clause.StartsWith("RFC ", StringComparison.Ordinal) && m.May.Length > 0);
    }

    [TestCase("RFC 4475")]
    [TestCase("RFC 5118")]
    [TestCase("our own")]
    public void Writes_each_whole(string document)
    {
        foreach (var message in HostileCorpus.Messages(document))
        {
            var text = Encoding.Latin1.GetString(message.Write("127.0.0.1:5070", "partner.example", "7"));
            text.Should().NotContain("{{", message.Name).And.Contain("SIP/", message.Name);
            text.Replace("\r\n", "").Should().NotContain("\n", message.Name);
            text.Should().NotContainAny(["example.com", "example.net", "example.org"], "names are our own");
        }
    }

    [Test]
    public void States_lengths_that_are_true()
    {
        var message = HostileCorpus.Messages("RFC 4475").First(m => m.Name == "mpart01");
        var text = Encoding.Latin1.GetString(message.Write("127.0.0.1:5070", "partner.example", "7"));
        var body = text[(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        text.Should().Contain($"Content-Length: {body.Length}\r\n");
        body.Should().Contain("\x30\x82\x01", "octets are written as they are");
    }

    [TestCase("diameter")]
    [TestCase("http")]
    [TestCase("xml")]
    [TestCase("token")]
    public void Makes_every_recipe_once(string family)
    {
        var recipes = HostileCorpus.Recipes(family);
        recipes.Select(r => r.Recipe).Should().OnlyHaveUniqueItems().And.HaveCountGreaterThan(15);
        var made = recipes.Select(r => Convert.ToHexString(Make(family, r.Recipe))).ToArray();
        made.Should().OnlyHaveUniqueItems("each is another attack");
    }

    [Test]
    public void Says_what_it_does_not_know()
    {
        FluentActions.Invoking(() => HostileCorpus.Messages("RFC nowhere")).Should().Throw<ArgumentException>(
            ).WithMessage("*rfcnowhere*");
        FluentActions.Invoking(() => Make("xml", "of no kind")).Should().Throw<ArgumentException>().WithMessage(
            "*of no kind*");
    }

    private static byte[] Make(string family, string recipe)
    {
        const string Token = "eyJhbGciOiJFUzI1NiIsImtpZCI6ImsifQ." +
            "eyJleHAiOjE3MDAwMDAwMDAsImlzcyI6ImkifQ.c2lnbmF0dXJlLXNpZ25hdHVyZQ";
        return family switch
        {
            "diameter" => HostileDiameter.Write(recipe, "mms.ims.primary.example"),
            "http" => HostileHttp.Write(recipe, "cms.partner.example", "/xcap-root/x"),
            "xml" => HostileXml.Spoil("<x u=\"sip:a@b\"><y>1</y><z>sip:c@d</z></x>", recipe),
            _ => Encoding.UTF8.GetBytes(AccessTokens.Change(Token, recipe, "{\"keys\":[{\"x\":\"eHg\"}]}")),
        };
    }
}
