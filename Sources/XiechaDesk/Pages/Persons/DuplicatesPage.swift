import ExchangeProtos
import ExchangeRules
import Hummingbird
import Operator
import Presentation
import Wire

/// Persons that look like one (S12.3): beside one another, to be compared in full, and merged.
struct DuplicatesPage {
  let visit: Visit
  private var language: Language { visit.language }

  /// All groups, masked.
  func page() async throws -> Response {
    let groups = try await visit.node.all(Records.duplicates, ReviewRequest())
    var content = [PersonsPage.tabs(visit, shown: "/persons/duplicates")]
    if groups.isEmpty {
      content.append(
        .parent(
          "section", [.leaf("p", [:], visit.text("没有疑似重复的人员", "no persons look like one"))]))
    }
    content += groups.prefix(DeskLimits.itemsOnPage).map(section)
    return visit.page(visit.text("查重", "Duplicates"), content)
  }

  private func section(_ group: LookAlikes) -> Markup {
    let ground = DuplicateGround(rawValue: group.ground)?.label[language] ?? group.ground
    let query = FormFields(group.persons.map { ("of", ItemName.full($0.id)) }).encoded
    return .parent(
      "section",
      [
        .leaf("h2", [:], "\(ground)（S12.3）"),
        SideBySide(masked: group.persons, language).markup(ground),
        .parent(
          "p",
          [
            .leaf(
              "a", ["class": "button first", "href": "/persons/compare?\(query)"],
              visit.text("逐项比较", "compare in full"))
          ]),
      ])
  }

  // MARK: One group

  /// The cards of some persons in full, and the form that merges them.
  func compare() async throws -> Response {
    let ids = try visit.query.all("of").prefix(DeskLimits.comparedPersons).map(PersonPage.id)
    guard ids.count > 1 else { throw HTTPError(.notFound) }
    guard let purpose = ids.first.flatMap(visit.session.purpose),
      ids.allSatisfy({ visit.session.purpose(of: $0) != nil })
    else {
      return PurposePage(visit: visit).ask(
        ids, usual: PersonPage.purposes(visit).reversed())
    }
    var cards: [(person: RegisteredPerson, card: Subject)] = []
    for id in ids {
      let reply = try await visit.node.history(of: id, purpose: purpose)
      guard let person = reply.person,
        let card = reply.versions.last(where: { $0.subject != nil })?.subject
      else { continue }
      if !cards.contains(where: { $0.person.id == person.id }) { cards.append((person, card)) }
    }
    let title = visit.text("逐项比较", "Compare")
    return visit.page(
      title,
      [
        PersonsPage.tabs(visit, shown: "/persons/duplicates"),
        .parent("section", [SideBySide(whole: cards, language).markup(title)]),
        cards.count > 1 ? form(cards.map(\.person)) : merged(),
      ])
  }

  private func merged() -> Markup {
    .parent(
      "section", [.leaf("p", [:], visit.text("已经合并为一人", "they count as one already"))])
  }

  private func form(_ persons: [RegisteredPerson]) -> Markup {
    .parent(
      "section",
      [
        .leaf("h2", [:], visit.text("合并为一人", "Merge")),
        Form.post(
          "/persons/merge", token: visit.session.token,
          persons.map { Form.hidden("of", ItemName.full($0.id)) } + [
            .parent(
              "fieldset",
              [.leaf("legend", [:], visit.text("保留哪一份", "who stays"))]
                + persons.enumerated().map { place, person in
                  Form.tick(
                    "radio", "keep", ItemName.full(person.id),
                    "\(ItemName.short(person.id)) \(person.maskedName)", isOn: place == 0)
                }),
            Form.line(
              "reason", visit.text("为何是同一人", "why they are one"),
              hint: visit.text("不丢失任何内容，可以撤销", "nothing is lost; it can be taken back"),
              isRequired: true),
            Form.button(visit.text("合并", "merge")),
          ]),
      ])
  }

  /// Merges them: what the one that stays has counts.
  func merge() async throws -> Response {
    var request = MergeRequest()
    request.keep = try PersonPage.id(visit.form["keep"])
    request.others = try visit.form.all("of").map(PersonPage.id).filter { $0 != request.keep }
    request.reason = visit.form["reason"]
    let path = "/persons/\(ItemName.full(request.keep))"
    do {
      let reply = try await visit.node.call(Records.merge, request)
      for case .line(let line) in MergeView(reply: reply).page(in: language).parts {
        visit.session.say(line)
      }
      return Replies.go(to: path)
    } catch {
      guard error.status != .unauthenticated else { throw error }
      visit.session.say(visit.reason(of: error), isRefusal: true)
      let of = FormFields(visit.form.pairs.filter { $0.name == "of" }).encoded
      return Replies.go(to: "/persons/compare?\(of)")
    }
  }
}
