using System.Security.Cryptography;
using System.Text;
using McConformance.Reports.Charts;
using McConformance.Reports.Files;
using McConformance.Reports.Model;

namespace McConformance.Reports.Site;

/// <summary><c>index.html</c>: one page, nothing loaded from elsewhere. What a reader sees first stands in it as HTML;
/// the inside
/// of a scenario as data, which the page's script turns into HTML when the scenario is opened.</summary>
internal static class IndexPage
{
    private static readonly string Css = Resource("page.css");
    private static readonly string Script = Resource("page.js");

    // only this script runs: what a peer sent could not, were it ever to stand in the page unescaped
    private static readonly string Policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-" +
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Script))) + "'; base-uri 'none'; form-action 'none'";

    /// <summary>Writes the page.</summary>
    /// <param name="run">The run.</param>
    /// <param name="coverage">Its requirements.</param>
    /// <param name="insides">The inside of each scenario, in the order of the run: <see cref="ScenarioData.Pack"/>.</param>
    /// <param name="to">Where to.</param>
    public static void Write(RunRecord run, IReadOnlyList<Coverage> coverage, IReadOnlyList<string> insides, Stream to)
    {
        var html = new StringBuilder(64 * 1024);
        html.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"")
            .Append(Policy)
            .Append("\">\n<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<title>")
            .AppendEscaped($"{run.Product} {run.Id}").Append("</title>\n<style>").Append(Css).Append(ChartStyle.Css)
            .Append("</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#scenarios\">To the scenarios</a>\n");
        var head = new HeadSection(html, run, coverage);
        head.Write();
        new ScenarioList(html, run).Write();
        html.Append("</main>\n<script type=\"application/json\" id=\"catalogue\">");
        Put(to, html);
        to.Write(ScenarioData.WriteCatalogue(coverage).Span);
        html.Append("</script>\n");
        for (var i = 0; i < insides.Count; i++)
        {
            html.Append("<script type=\"text/plain\" id=\"data-").Append(run.Scenarios[i].Id).Append("\">")
                .Append(insides[i]).Append("</script>\n");
            Put(to, html);
        }

        html.Append("<script>").Append(Script).Append("</script>\n</body>\n</html>\n");
        Put(to, html);
    }

    private static void Put(Stream to, StringBuilder html)
    {
        to.Write(Encoding.UTF8.GetBytes(html.ToString()));
        html.Clear();
    }

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(IndexPage).Assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
        return reader.ReadToEnd().Replace("\r\n", "\n"); // as the browser reads it, or the hash would differ
    }
}
