namespace McConformance.Reports.Charts;

/// <summary>How charts look, in light, in dark and on paper.</summary>
public static class ChartStyle
{
    /// <summary>Stands in each chart that stands alone, and once in a page that has charts in it.</summary>
    public const string Css = """
        .mc-chart{--paper:#fff;--ink:#1c2430;--dim:#667080;--line:#b6bec9;--band:#f3f6fa;--edge:#c6d0dc;--sip:#1d5bb8;--dia:#0b7468;--http:#7a3fb0;--bad:#c4232b;--badbg:#fdecec;--odd:#9a5b00;font-family:"Segoe UI",Roboto,"Helvetica Neue",Arial,"Liberation Sans","DejaVu Sans",sans-serif;font-size:12px}
        .mc-dark .mc-chart{--paper:#161b22;--ink:#e3e8ef;--dim:#97a3b3;--line:#4a5566;--band:#1c232d;--edge:#3a4656;--sip:#79b0ff;--dia:#4fd1bf;--http:#c9a2f2;--bad:#ff7b7f;--badbg:#3a1d22;--odd:#f0b35a}
        @media (prefers-color-scheme:dark){.mc-chart{--paper:#161b22;--ink:#e3e8ef;--dim:#97a3b3;--line:#4a5566;--band:#1c232d;--edge:#3a4656;--sip:#79b0ff;--dia:#4fd1bf;--http:#c9a2f2;--bad:#ff7b7f;--badbg:#3a1d22;--odd:#f0b35a}}
        @media print{.mc-chart{--paper:#fff;--ink:#000;--dim:#444;--line:#888;--band:#f6f7f9;--edge:#999;--sip:#1d5bb8;--dia:#0b7468;--http:#7a3fb0;--bad:#c4232b;--badbg:#fff;--odd:#9a5b00}}
        .mc-chart text{fill:var(--ink);text-anchor:middle}.mc-paper{fill:var(--paper)}
        .mc-system{fill:var(--band);stroke:var(--edge);stroke-dasharray:5 3}.mc-chart .mc-system-name{font-weight:600;fill:var(--dim)}
        .mc-life{stroke:var(--line);stroke-dasharray:2 3}.mc-head{fill:var(--paper);stroke:var(--ink)}.mc-again{fill:var(--band)}
        .mc-chart .mc-kind{font-weight:600;font-size:11px}.mc-chart .mc-name{font-size:10px;fill:var(--dim)}
        .mc-chart a{text-decoration:none}.mc-row{--c:var(--ink)}.mc-sip{--c:var(--sip)}.mc-diameter{--c:var(--dia)}.mc-http{--c:var(--http)}.mc-disturbed,.mc-lost{--c:var(--odd)}.mc-failing{--c:var(--bad)}
        .mc-row line,.mc-loop{stroke:var(--c);stroke-width:1.6;fill:none}.mc-lost line{stroke-dasharray:6 4}.mc-failing line{stroke-width:2.6}
        .mc-tip{fill:var(--c)}.mc-cross{stroke:var(--c);stroke-width:2.4;fill:none}.mc-pill{fill:var(--c)}.mc-chart .mc-number{fill:var(--paper);font-size:10.5px;font-weight:600}
        .mc-label{paint-order:stroke;stroke:var(--band);stroke-width:3px;stroke-linejoin:round}.mc-chart .mc-failing .mc-label{fill:var(--bad);font-weight:700}
        .mc-chart .mc-small{font-size:9.5px;fill:var(--dim);paint-order:stroke;stroke:var(--band);stroke-width:3px}.mc-chart .mc-disturbed .mc-small,.mc-chart .mc-lost .mc-small{fill:var(--odd)}
        .mc-chart .mc-time,.mc-chart .mc-gap-text,.mc-chart .mc-foot{text-anchor:start;font-size:10px;fill:var(--dim);font-variant-numeric:tabular-nums}.mc-chart .mc-gap-text{font-style:italic}
        .mc-gap line{stroke:var(--line);stroke-dasharray:1 5}.mc-gap rect{fill:var(--paper)}
        .mc-reason rect{fill:var(--badbg);stroke:var(--bad)}.mc-chart .mc-reason-text{text-anchor:start;fill:var(--bad)}
        .mc-chart a:hover .mc-label,.mc-chart a:focus .mc-label{text-decoration:underline}
        """;
}
