using System.Text;
using McConformance.Wire.Documents.Reading;

namespace McConformance.Wire.Documents.Tests.Reading;

[Parallelizable(ParallelScope.All)]
internal sealed class SafeXmlTests
{
    [Test]
    public void Reads_a_document()
    {
        SafeXml.TryRead("<a xmlns='urn:x'><b/></a>"u8.ToArray(), out var document, out var refusal).Should().BeTrue();
        refusal.Should().Be(XmlRefusal.None);
        document!.Root!.Name.NamespaceName.Should().Be("urn:x");
    }

    [TestCase("<!DOCTYPE a><a/>", XmlRefusal.DocumentType)]
    [TestCase("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", XmlRefusal.DocumentType)]
    [TestCase("<!DOCTYPE a [<!ENTITY x 'y'><!ENTITY z '&x;&x;&x;'>]><a>&z;</a>", XmlRefusal.DocumentType)]
    [TestCase("<a>&unknown;</a>", XmlRefusal.NotWellFormed)]
    [TestCase("<a><b></a>", XmlRefusal.NotWellFormed)]
    [TestCase("", XmlRefusal.NotWellFormed)]
    [TestCase("<a/><b/>", XmlRefusal.NotWellFormed)]
    [TestCase("<a b='1' b='2'/>", XmlRefusal.NotWellFormed)]
    [TestCase("<p:a/>", XmlRefusal.NotWellFormed)]
    public void Refuses_what_is_not_to_be_read(string text, XmlRefusal expected)
    {
        SafeXml.TryRead(Encoding.UTF8.GetBytes(text), out var document, out var refusal).Should().BeFalse();
        refusal.Should().Be(expected);
        document.Should().BeNull();
    }

    [TestCase("utf-7")]
    [TestCase("utf-16")]
    [TestCase("utf-32")]
    [TestCase("ebcdic-cp-us")]
    [TestCase("none-such")]
    [TestCase("us-ascii")]
    [TestCase("iso-8859-1")]
    public void Declared_encodings_never_throw(string encoding)
    {
        var octets = Encoding.UTF8.GetBytes($"<?xml version='1.0' encoding='{encoding}'?><a>\u00e9</a>");
        var read = SafeXml.TryRead(octets, out var document, out var refusal);
        read.Should().Be(document is not null).And.Be(refusal == XmlRefusal.None);
    }

    [Test]
    public void Refuses_ten_thousand_levels_without_walking_them_all()
    {
        var text = string.Concat(Enumerable.Repeat("<a>", 10_000)) + string.Concat(Enumerable.Repeat("</a>", 10_000));
        SafeXml.TryRead(Encoding.UTF8.GetBytes(text), out _, out var refusal).Should().BeFalse();
        refusal.Should().Be(XmlRefusal.TooDeep);
    }

    [Test]
    public void Refuses_ten_megabytes_unread()
    {
        var octets = new byte[10 << 20];
        SafeXml.TryRead(octets, out _, out var refusal).Should().BeFalse();
        refusal.Should().Be(XmlRefusal.TooLarge);
    }
}
