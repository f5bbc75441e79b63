package import ExchangeRules
package import Presentation

/// The versions of frozen figures: a row for each county and version.
package struct FigureVersionsView {
  let cycle: SubmissionCycle
  let versions: [FrozenVersion]

  package init(cycle: SubmissionCycle, versions: [FrozenVersion]) {
    self.cycle = cycle
    self.versions = versions
  }

  private static let measures: [FigureMeasure] = [
    .submitted, .asked, .receivedInCycle, .fedBackInCycle, .inTime,
  ]
  private static let shownDigits = 12

  package func page(in language: Language) -> Page {
    var page = Page()
    for version in versions { page.add(value: Line(version)) }
    let closing = cycle.receiptCycle.last
    page.add(
      heading: language.text(
        "\(cycle) 周期，定格于 \(closing)", "cycle \(cycle), frozen as of \(closing)"))
    var table = TextTable(
      [
        .init(language.word(.division)),
        .init(language.text("版本", "version"), alignsRight: true, isWhole: true),
        .init(language.word(.time), isWhole: true),
      ]
        + FigureVersionsView.measures.map {
          .init($0.label[language], alignsRight: true, isWhole: true)
        } + [
          .init(language.text("反馈率", "rate"), alignsRight: true, isWhole: true),
          .init(language.word(.profile), isWhole: true),
          .init(language.text("摘要", "digest"), isWhole: true), .init(language.word(.note)),
        ])
    let last = Dictionary(versions.map { ($0.county, $0.version) }) { max($0, $1) }
    for version in versions {
      let isOld = version.version < last[version.county] ?? 0
      table.add(
        [
          "\(version.county) \(DivisionText.short("\(version.county)"))", "\(version.version)",
          ChinaTime.text(version.frozen),
        ] + FigureVersionsView.measures.map { "\(version.figures[$0])" } + [
          version.figures.rate.text, version.rules,
          String(version.digest.prefix(FigureVersionsView.shownDigits)),
          isOld
            ? language.text("已被更正", "corrected since")
            : version.version > 1 ? language.text("更正", "correction") : "",
        ])
    }
    page.add(table)
    return page
  }

  private struct Line: Encodable {
    let division: String
    let cycle: String
    let asOf: String
    let version: Int
    let frozen: String
    let rules: String
    let digest: String
    let figures: [String: Int]

    init(_ version: FrozenVersion) {
      division = "\(version.county)"
      cycle = "\(version.figures.cycle)"
      asOf = "\(version.figures.asOf)"
      self.version = version.version
      frozen = ChinaTime.text(version.frozen)
      rules = version.rules
      digest = version.digest
      figures = Dictionary(
        uniqueKeysWithValues: FigureMeasure.allCases.map { ($0.word, version.figures[$0]) })
    }
  }
}
