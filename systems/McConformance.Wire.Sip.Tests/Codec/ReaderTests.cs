using McConformance.Wire.Sip.Codec;

namespace McConformance.Wire.Sip.Tests.Codec;

[Parallelizable(ParallelScope.All)]
internal sealed class ReaderTests
{
    [TestCase("<sip:a@b;lr>;tag=1", "", "sip:a@b;lr", "1")]
    [TestCase("\"A <B>; \\\"C\" <sip:a@b>;TAG = 2", "A <B>; \\\"C", "sip:a@b", "2")]
    [TestCase("Alice Smith <sips:a@b>", "Alice Smith", "sips:a@b", null)]
    [TestCase("sip:a@b;tag=3", "", "sip:a@b", "3")]
    [TestCase("tel:+4670 ;tag=4", "", "tel:+4670", "4")]
    [TestCase("<sip:a@[2001:db8::1]:5060>;x;tag=\"q;r\"", "", "sip:a@[2001:db8::1]:5060", "q;r")]
    public void Reads_a_name_address(string text, string name, string uri, string? tag)
    {
        NameAddress.TryRead(Samples.Octets(text), out var address).Should().BeTrue();
        Samples.Text(address.DisplayName).Should().Be(name);
        Samples.Text(address.Uri).Should().Be(uri);
        address.TryGetParameter("tag"u8, out var value).Should().Be(tag is not null);
        Samples.Text(value).Should().Be(tag ?? "");
    }

    [TestCase("")]
    [TestCase("alice")]
    [TestCase("<sip:a@b")]
    [TestCase("<>")]
    [TestCase("\"<sip:a@b>")]
    public void Refuses_what_is_no_name_address(string text) => NameAddress.TryRead(Samples.Octets(text), out _).Should().BeFalse();

    [TestCase("sip:home.example", "sip", "", "home.example", 0)]
    [TestCase("SIP:a@b:5060;transport=tcp?subject=x", "SIP", "a", "b", 5060)]
    [TestCase("sips:a:secret@b", "sips", "a", "b", 0)]
    [TestCase("sip:[2001:db8::10]:5070;lr", "sip", "", "[2001:db8::10]", 5070)]
    [TestCase("sip:a@[::1]", "sip", "a", "[::1]", 0)]
    [TestCase("sip:+1;phone-context=x@b;user=phone", "sip", "+1;phone-context=x", "b", 0)]
    [TestCase("tel:+358-555", "tel", "+358-555", "", 0)]
    public void Reads_a_uri(string text, string scheme, string user, string host, int port)
    {
        SipUri.TryRead(Samples.Octets(text), out var uri).Should().BeTrue();
        Samples.Text(uri.Scheme).Should().Be(scheme);
        Samples.Text(uri.User).Should().Be(user);
        Samples.Text(uri.Host).Should().Be(host);
        uri.Port.Should().Be(port);
    }

    [TestCase("")]
    [TestCase("a@b")]
    [TestCase(":a")]
    [TestCase("sip:")]
    [TestCase("sip:a@")]
    [TestCase("sip::5060")]
    [TestCase("sip:b:")]
    [TestCase("sip:b:x")]
    [TestCase("sip:b:+5060")]
    [TestCase("sip:b:0")]
    [TestCase("sip:b:65536")]
    [TestCase("sip:[::1")]
    [TestCase("sip:[::1]5060")]
    [TestCase("tel:")]
    public void Refuses_what_is_no_uri(string text) => SipUri.TryRead(Samples.Octets(text), out _).Should().BeFalse();

    [TestCase("SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1;rport", "UDP", "192.0.2.1", 5060, "z9hG4bK1")]
    [TestCase("SIP/2.0/TLS [2001:db8::9]:5061;branch=z9hG4bK2", "TLS", "[2001:db8::9]", 5061, "z9hG4bK2")]
    [TestCase("SIP / 2.0\n / TCP     h.example ;branch=x", "TCP", "h.example", 0, "x")]
    [TestCase("SIP/2.0/UDP h.example: 4000;ttl=16 ;branch=y", "UDP", "h.example", 4000, "y")]
    [TestCase("SIP/2.0/UDP h.example : 4000", "UDP", "h.example", 4000, "")]
    public void Reads_a_via(string text, string transport, string host, int port, string branch)
    {
        ViaValue.TryRead(Samples.Octets(text), out var via).Should().BeTrue();
        Samples.Text(via.Transport).Should().Be(transport);
        Samples.Text(via.Host).Should().Be(host);
        via.Port.Should().Be(port);
        Samples.Text(via.Branch).Should().Be(branch);
    }

    [TestCase("")]
    [TestCase("SIP/2.0")]
    [TestCase("SIP/2.0/UDP")]
    [TestCase("SIP/2.0/UDP ;branch=x")]
    [TestCase("SIP/2.0/UDP h:port")]
    public void Refuses_what_is_no_via(string text) => ViaValue.TryRead(Samples.Octets(text), out _).Should().BeFalse();

    [TestCase("1 REGISTER", 1u, "REGISTER")]
    [TestCase("0009\n \t INVITE", 9u, "INVITE")]
    [TestCase("4294967295 X", 4294967295u, "X")]
    public void Reads_a_cseq(string text, uint number, string method)
    {
        CSeqValue.TryRead(Samples.Octets(text), out var cseq).Should().BeTrue();
        cseq.Number.Should().Be(number);
        Samples.Text(cseq.Method).Should().Be(method);
    }

    [TestCase("")]
    [TestCase("1")]
    [TestCase("1 ")]
    [TestCase("-1 INVITE")]
    [TestCase("4294967296 INVITE")]
    [TestCase("1INVITE")]
    [TestCase("INVITE 1")]
    public void Refuses_what_is_no_cseq(string text) => CSeqValue.TryRead(Samples.Octets(text), out _).Should().BeFalse();

    [Test]
    public void Reads_digest_values_with_commas_in_quotes()
    {
        var text = Samples.Octets("Digest realm=\"a, b\",\n nonce = \"n=\" , qop=\"auth,auth-int\", STALE=TRUE,algorithm=AKAv1-MD5, ck=\"0\", ik=\"1\"");
        DigestValues.TryRead(text, out var digest).Should().BeTrue();
        Samples.Text(digest.Realm).Should().Be("a, b");
        Samples.Text(digest.Nonce).Should().Be("n=");
        Samples.Text(digest.Qop).Should().Be("auth,auth-int");
        Samples.Text(digest.Stale).Should().Be("TRUE");
        Samples.Text(digest.Algorithm).Should().Be("AKAv1-MD5");
        Samples.Text(digest.Ck).Should().Be("0");
        Samples.Text(digest.Ik).Should().Be("1");
    }

    [TestCase("Basic abc")]
    [TestCase("Digest")]
    [TestCase("Digestive x=y")]
    [TestCase("")]
    public void Refuses_other_schemes(string text) => DigestValues.TryRead(Samples.Octets(text), out _).Should().BeFalse();

    [TestCase("Contact: \"a, b\" <sip:a@b?x=1,2>, <sip:c@d>\nContact: sip:e@f", "\"a, b\" <sip:a@b?x=1,2>|<sip:c@d>|sip:e@f")]
    [TestCase("Contact: <sip:a@b>,\n <sip:c@d>", "<sip:a@b>|<sip:c@d>")]
    [TestCase("Contact: \"x\\\", y\" <sip:a@b>", "\"x\\\", y\" <sip:a@b>")]
    [TestCase("Contact:", "")]
    public void Takes_lists_apart(string lines, string expected)
    {
        var found = new List<string>();
        foreach (var value in Samples.Read($"OPTIONS sip:a SIP/2.0\n{lines}\n\n").Values(SipHeader.Contact)) found.Add(Samples.Text(value));
        string.Join('|', found).Should().Be(expected);
    }

    [Test]
    public void Does_not_take_a_single_value_apart()
    {
        var values = Samples.Read("OPTIONS sip:a SIP/2.0\nSubject: a, b\n\n").Values(SipHeader.Subject);
        values.MoveNext().Should().BeTrue();
        Samples.Text(values.Current).Should().Be("a, b");
        values.MoveNext().Should().BeFalse();
    }
}
