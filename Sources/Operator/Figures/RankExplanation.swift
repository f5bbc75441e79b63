package import ExchangeRules
package import Presentation

/// How a county came to its rank: from the rank to the score, its parts, the figures of each cycle,
/// and the items.
package struct RankExplanation {
  let ranking: Ranking
  let county: DivisionCode
  /// The county's figures in the quarter's cycles, and what they look at.
  let cycles: [CycleFigures]
  let items: [[IdentifiedItem]]
  let isCriticised: Bool

  package init(
    ranking: Ranking, county: DivisionCode, cycles: [CycleFigures], items: [[IdentifiedItem]],
    isCriticised: Bool
  ) {
    self.ranking = ranking
    self.county = county
    self.cycles = cycles
    self.items = items
    self.isCriticised = isCriticised
  }

  package func page(in language: Language) -> Page {
    var page = Page()
    guard let place = ranking.places.first(where: { $0.county == county }) else {
      page.add(value: RankLine(unranked: county, ranking))
      page.add(
        line: language.text(
          "\(DivisionText.text("\(county)")) 在 \(ranking.quarter) 未收到任何信息，不参加排名",
          "\(DivisionText.text("\(county)")): nothing was asked in \(ranking.quarter); unranked"))
      return page
    }
    page.add(value: RankLine(place, ranking, isCriticised: isCriticised))
    page.add(heading: DivisionText.text("\(county)"))
    let ranked = ranking.places.count
    page.add(
      line: language.text(
        "\(ranking.quarter)：第 \(place.rank) 名（共 \(ranked) 个），得分 \(place.score.text)",
        "\(ranking.quarter): rank \(place.rank) of \(ranked), score \(place.score.text)"))
    if isCriticised {
      page.add(
        line: language.text(
          "连续两个季度排在后三名，列入通报批评（S9.1）",
          "among the last three in two quarters running: listed for criticism (S9.1)"))
    }
    page.add(partTable(place.score, language))
    page.add(
      line: language.text(
        "公式 \(ranking.formula.name)，自 \(ranking.formula.from) 起施行；没有对象的部分不计，其余按百分折算",
        "formula \(ranking.formula.name), in force from \(ranking.formula.from); a part of nothing "
          + "does not count, and the others are scaled to 100"))
    for (figures, items) in zip(cycles, items) {
      var view = FiguresView(cycle: figures.cycle, rows: [.init(county, figures)])
      view.count(items, at: .county)
      page.addGap()
      page.append(view.page(in: language))
    }
    return page
  }

  private func partTable(_ score: RankingScore, _ language: Language) -> TextTable {
    var table = TextTable([
      .init(language.word(.what)),
      .init(language.text("分值", "weight"), alignsRight: true, isWhole: true),
      .init(language.text("数量", "count"), alignsRight: true, isWhole: true),
      .init(language.text("总数", "of"), alignsRight: true, isWhole: true),
      .init(language.text("得分", "points"), alignsRight: true, isWhole: true),
    ])
    for part in score.parts {
      table.add([
        part.part.label[language], "\(part.weight)", "\(part.count)", "\(part.of)",
        part.of == 0 ? "—" : RankingScore.text(part.hundredths),
      ])
    }
    return table
  }
}
