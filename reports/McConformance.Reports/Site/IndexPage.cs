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

    public static void Write(RunRecord run, IReadOnlyList<Coverage> coverage, Stream to)
    {
        var data = new ReadOnlyMemory<byte>[run.Scenarios.Count];
        Parallel.For(0, data.Length, i => data[i] = ScenarioData.Write(run, run.Scenarios[i]));
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
        for (var i = 0; i < data.Length; i++)
        {
            var scenario = run.Scenarios[i];
            html.Append("<template id=\"chart-").Append(scenario.Id).Append("\">")
                .Append(SequenceChart.Draw(scenario, run.PrimarySystem, run.PartnerSystem, page: "", standsAlone: false))
                .Append("</template><script type=\"application/json\" id=\"data-").Append(scenario.Id).Append("\">");
            Put(to, html);
            to.Write(data[i].Span);
            html.Append("</script>\n");
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
