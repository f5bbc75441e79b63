internal import ExchangeRules
internal import Presentation

/// Writes a report as one page for browsers and printers: it needs no network, runs nothing, and says so
/// to the browser.
enum HTMLReport {
  static func text(of report: Report) -> String {
    var page = "<!DOCTYPE html>\n"
    Markup.element(
      "html", ["lang": report.language == .chinese ? "zh-CN" : "en"],
      [head(of: report), .parent("body", [.leaf("h1", [:], report.title)] + report.markup)]
    ).write(to: &page)
    return page + "\n"
  }

  private static func head(of report: Report) -> Markup {
    .parent(
      "head",
      [
        .element("meta", ["charset": "utf-8"], []),
        .element(
          "meta",
          [
            "http-equiv": "Content-Security-Policy",
            "content": "default-src 'none'; style-src 'unsafe-inline'",
          ], []),
        .element(
          "meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"], []),
        .leaf("title", [:], report.title), .leaf("style", [:], style),
      ])
  }

  /// Without a sign that would be escaped.
  private static let style = """
    @page { size: A4 landscape; margin: 12mm; }
    body { font-family: Noto Sans CJK SC, Microsoft YaHei, PingFang SC, SimSun, sans-serif; \
    color: #000; background: #fff; font-size: 10.5pt; margin: 1.2em auto; max-width: 1080px; \
    padding: 0 12px; }
    h1 { font-size: 17pt; margin: 0 0 4px; }
    .facts span { display: inline-block; margin-right: 2em; color: #333; }
    .complaint { font-weight: bold; margin: 4px 0; }
    .note { margin: 2px 0; font-size: 9.5pt; }
    table { border-collapse: collapse; width: 100%; margin: 10px 0; font-size: 9pt; }
    td:last-child { min-width: 8.5em; }
    thead { display: table-header-group; }
    tr, figure { break-inside: avoid; }
    th, td { border: 1px solid #555; padding: 2px 5px; text-align: left; line-height: 1.35; }
    th { background: #e6e6e6; text-align: center; vertical-align: middle; font-weight: bold; \
    min-width: 3.1em; text-wrap: balance; }
    td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
    tr.sum td, tr.whole td, tr.difference td { font-weight: bold; border-top: 2px solid #000; }
    tr.part:nth-last-of-type(-n+4), tr.sum, tr.whole { break-after: avoid; }
    tr.difference td { border-bottom: 2px solid #000; }
    figure { margin: 18px 0; }
    figcaption { font-weight: bold; font-size: 12pt; margin-bottom: 4px; break-after: avoid; }
    figure svg { width: 100%; height: auto; font-size: 12px; }
    @media print { body { margin: 0; max-width: none; padding: 0; \
    -webkit-print-color-adjust: exact; print-color-adjust: exact; } }
    """
}
