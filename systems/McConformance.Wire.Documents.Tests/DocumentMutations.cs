using System.Text;
using System.Xml.Linq;

namespace McConformance.Wire.Documents.Tests;

/// <summary>Seeded mutations of a valid document. Half of them work on octets (most are then no XML), half on the tree
/// (well formed, and wrong in meaning): dropped, doubled, swapped and renamed elements, changed texts and
/// attributes.</summary>
internal sealed class DocumentMutations(int seed)
{
    private const int CountOfDocument = 100_000;

    private static readonly string[] Texts =
    [
        "", " ", "x", "-1", "256", "4294967296", "true", "sip:", "sip:a@", "\u00e9\u4e16", "&<>\"'", "\t\r\n",
        new('9', 500),
    ];

    private readonly Random random = new(seed);

    /// <summary>Calls the reader with each mutation; what it throws comes through.</summary>
    /// <param name="seed">Fixed, so that a failure comes again.</param>
    /// <param name="valid">What is mutated.</param>
    /// <param name="read">What is tested.</param>
    /// <param name="forms">Forms of the document that share its mutations.</param>
    public static void Run(int seed, byte[] valid, Action<ReadOnlyMemory<byte>> read, int forms = 1)
    {
        var mutations = new DocumentMutations(seed);
        var tree = XDocument.Parse(Encoding.UTF8.GetString(valid));
        for (var i = 0; i < CountOfDocument / forms; i++)
        {
            var octets = i % 2 == 0 ? mutations.Octets(valid) : mutations.Tree(tree);
            try
            {
                read(octets);
            }
            catch (Exception e)
            {
                throw new AssertionException($"mutation {i}: {e.Message}\n{Encoding.UTF8.GetString(octets)}", e);
            }
        }
    }

    private byte[] Octets(byte[] valid)
    {
        var octets = valid.ToArray();
        for (var n = random.Next(1, 4); n > 0 && octets.Length > 0; n--)
        {
            var at = random.Next(octets.Length);
            var length = Math.Min(random.Next(1, 40), octets.Length - at);
            switch (random.Next(5))
            {
                case 0: octets[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: octets = octets[..at]; break;
                case 2: octets[at] = "<>/\"'&= :\0\xff"u8[random.Next(12)]; break;
                case 3: octets = [.. octets[..(at + length)], .. octets[at..]]; break;
                default: octets = [.. octets[..at], .. octets[(at + length)..]]; break;
            }
        }

        return octets;
    }

    private byte[] Tree(XDocument valid)
    {
        var document = new XDocument(valid);
        for (var n = random.Next(1, 4); n > 0; n--)
        {
            var all = document.Descendants().ToArray();
            Change(all[random.Next(all.Length)], all[random.Next(all.Length)]);
        }

        return Encoding.UTF8.GetBytes(document.ToString(SaveOptions.DisableFormatting));
    }

    private void Change(XElement element, XElement other)
    {
        var isRoot = element.Parent is null;
        switch (random.Next(8))
        {
            case 0 when !isRoot: element.Remove(); break;
            case 1 when !isRoot: element.AddAfterSelf(new XElement(element)); break;
            case 2 when !isRoot && element.PreviousNode is { } before:
                element.Remove();
                before.AddBeforeSelf(element);
                break;
            case 3: element.Value = Texts[random.Next(Texts.Length)]; break;
            case 4:
                // a default namespace that stays behind would contradict the new name
                element.Attributes("xmlns").Remove();
                element.Name = other.Name;
                break;
            case 5: element.Add(new XElement(other)); break;
            case 6 when Attributes(element) is { Length: > 0 } some: some[random.Next(some.Length)].Remove(); break;
            case 7 when Attributes(element) is { Length: > 0 } some:
                some[random.Next(some.Length)].Value = Texts[random.Next(Texts.Length)];
                break;
            default: element.RemoveNodes(); break;
        }
    }

    private static XAttribute[] Attributes(XElement element) =>
        [.. element.Attributes().Where(a => !a.IsNamespaceDeclaration)];
}
