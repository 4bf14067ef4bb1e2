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

    [Test]
    public void A_limit_may_be_reached_and_not_passed()
    {
        var octets = "<a><b><c/></b></a>"u8.ToArray();
        XmlRefusal Of(XmlLimits limits)
        {
            SafeXml.TryRead(octets, out var document, out var refusal, limits).Should().Be(document is not null);
            return refusal;
        }

        Of(new XmlLimits(octets.Length)).Should().Be(XmlRefusal.None);
        Of(new XmlLimits(octets.Length - 1)).Should().Be(XmlRefusal.TooLarge);
        Of(new XmlLimits(DepthMax: 2)).Should().Be(XmlRefusal.None, "the root is at depth 0");
        Of(new XmlLimits(DepthMax: 1)).Should().Be(XmlRefusal.TooDeep);
    }

    [Test]
    public void Keeps_what_is_no_element_as_well()
    {
        const string Text = "<?p q?><!--before--><a x=\"1\"> <![CDATA[<raw>]]><!--in--><?r s?><b />t</a>";
        SafeXml.TryRead(Encoding.UTF8.GetBytes(Text), out var document, out _).Should().BeTrue();
        document!.ToString(System.Xml.Linq.SaveOptions.DisableFormatting).Should().Be(Text);
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Finds_a_document_type_in_two_octets_a_character(bool bigEndian)
    {
        var encoding = new UnicodeEncoding(bigEndian, byteOrderMark: true);
        byte[] octets = [.. encoding.GetPreamble(), .. encoding.GetBytes("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>")];
        SafeXml.TryRead(octets, out _, out var refusal).Should().BeFalse();
        refusal.Should().Be(XmlRefusal.DocumentType);
        octets = [.. encoding.GetPreamble(), .. encoding.GetBytes("<a>&x;</a>")];
        SafeXml.TryRead(octets, out _, out refusal).Should().BeFalse();
        refusal.Should().Be(XmlRefusal.NotWellFormed);
    }
}
