using McConformance.McSystem.Configuration;

namespace McConformance.McSystem.Tests;

internal sealed class McSystemFileTests
{
    private const string Good = """
        {
          "system": {
            "domain": "a.example", "sipDomain": "ims.a.example",
            "subscriptions": [ { "private": "u@ims.a.example", "public": ["sip:u@ims.a.example"], "key": "000102030405060708090a0b0c0d0e0f", "opc": "000102030405060708090a0b0c0d0e0f", "amf": "8000", "sqn": 32 } ],
            "application": { "users": [ { "name": "u", "password": "p", "mcServiceId": "sip:u@a.example" } ] }
          },
          "peers": [ { "domain": "b.example", "sipDomain": "ims.b.example" } ]
        }
        """;

    private const string GoodUserEquipment = """
        {"name": "a-ue", "home": "a.example", "isim": {"private": "a@ims.a.example", "public": "sip:a@ims.a.example",
        "key": "000102030405060708090a0b0c0d0e0f", "opc": "000102030405060708090a0b0c0d0e0f"},
        "connectivity": [], "users": [{"name": "a", "password": "p", "mcServiceId": "sip:a@a.example"}], "systems": [
        """;

    [Test]
    public void Reads_what_it_writes()
    {
        var read = McSystemJson.Read("good", Good);
        McSystemJson.Write(McSystemJson.Read("again", McSystemJson.Write(read))).Should().Be(McSystemJson.Write(read));
        read.System.Subscriptions[0].Key.Should().HaveCount(16);
        read.System.Application!.Users[0].Profiles.Should().ContainSingle("what is left out has its default");
        read.ToNetwork().Systems.Select(s => s.Domain).Should().Equal("a.example", "b.example");
    }

    [TestCase("\"sqn\": 32", "\"sqn\": \"much\"", "bad(4): $.system.subscriptions[0].sqn: *")]
    [TestCase("\"amf\"", "\"afm\"", "bad(4): $.system.subscriptions[0]*afm*")]
    [TestCase("u@ims.a.example\", \"public", "nobody\", \"public", "bad(4): $.system.subscriptions[0].private: expected private user identity, user@realm, found \"nobody\"*")]
    [TestCase("000102030405060708090a0b0c0d0e0f\", \"opc", "xyz\", \"opc", "bad(4): $.system.subscriptions[0].key: expected octets in hexadecimal*")]
    [TestCase("b.example", "a.example", "bad: two MC systems have the same domain")]
    [TestCase("}", "", "bad(*)*")]
    public void Refuses_with_line_and_path(string part, string wrong, string told)
    {
        var at = Good.IndexOf(part, StringComparison.Ordinal);
        var text = Good.Remove(at, part.Length).Insert(at, wrong);
        FluentActions.Invoking(() => McSystemJson.Read("bad", text)).Should().Throw<InvalidDataException>().WithMessage(told);
    }

    [Test]
    public void Refuses_a_key_that_is_none() =>
        FluentActions.Invoking(() => McSystemJson.Read("bad", Good.Replace("\"peers\"", "\"tokenKey\": \"no\", \"peers\"", StringComparison.Ordinal)))
            .Should().Throw<InvalidDataException>().WithMessage("bad: $.tokenKey: expected PEM*");

    [Test]
    public void Schema_is_the_published_one() => Published("mc-system.schema.json")
        .Should().Be(McSystemJson.Schema(), "mcsystem --schema > features/mc-system.schema.json writes it anew");

    [Test]
    public void Schema_of_UEs_is_the_published_one() => Published("user-equipment.schema.json").Should().Be(
        McSystemJson.SchemaOfUserEquipment(),
        "mcsystem --schema --only userEquipment > features/user-equipment.schema.json writes it anew");

    [TestCase("{\"name\": \"a-ue\"}", "ue(*): $*home*see features/user-equipment.schema.json")]
    [TestCase("{\"nmae\": \"a-ue\"}", "ue(1): $.nmae*see features/user-equipment.schema.json")]
    [TestCase(GoodUserEquipment + "]}", "ue: $.home: a.example is not among the systems*")]
    public void Refuses_a_UE_with_its_place(string text, string told) => FluentActions.Invoking(
        () => McSystemJson.ReadUserEquipment("ue", text)).Should().Throw<InvalidDataException>().WithMessage(told);

    private static string Published(string file)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "McConformance.sln"))) folder = folder.Parent!;
        return File.ReadAllText(Path.Combine(folder.FullName, "features", file));
    }
}
