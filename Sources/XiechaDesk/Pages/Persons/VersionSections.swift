import CaseFile
import ExchangeProtos
import ExchangeRules
import Operator
import Presentation

/// A person's card and records: what holds now, and under it what stood before, with what changed.
struct VersionSections {
  private let records: [[RegisteredVersion]]
  private let language: Language

  /// `versions` are by record, the first version first.
  init(versions: [RegisteredVersion], _ language: Language) {
    self.language = language
    var records: [[RegisteredVersion]] = []
    for version in versions {
      if records.last?.last?.record == version.record {
        records[records.count - 1].append(version)
      } else {
        records.append([version])
      }
    }
    self.records = records
  }

  func markup() -> [Markup] { records.map(section) }

  private func section(_ versions: [RegisteredVersion]) -> Markup {
    guard let newest = versions.last else { return .text("") }
    var parts: [Markup] = [.leaf("h2", [:], title(newest)), byline(newest)]
    if newest.withdrawn {
      parts.append(.leaf("p", ["class": "fault"], "▲ \(language.text("已撤销", "withdrawn"))"))
    }
    parts.append(list(of: newest, after: versions.dropLast().last))
    for (place, version) in versions.enumerated().dropLast().reversed() {
      let number = language.text("第\(version.version)版", "version \(version.version)")
      parts.append(
        .parent(
          "details",
          [
            .leaf("summary", [:], "\(number) · \(ChinaTime.text(version.at))"), byline(version),
            list(of: version, after: place == 0 ? nil : versions[place - 1]),
          ]))
    }
    return .parent("section", parts)
  }

  private func title(_ version: RegisteredVersion) -> String {
    let name =
      version.subject == nil
      ? Words.category(version.category, language) : language.word(.subject)
    return "\(name) · \(language.text("第\(version.version)版", "version \(version.version)"))"
  }

  private func byline(_ version: RegisteredVersion) -> Markup {
    .leaf(
      "p", ["class": "soft"],
      [
        ChinaTime.text(version.at), DivisionText.short(version.actor?.division ?? ""),
        version.actor?.account ?? "",
        version.sourceItem.isEmpty ? "" : ItemName.short(version.sourceItem),
        VersionNote.text(version.note, language),
      ].filter { !$0.isEmpty }.joined(separator: " · "))
  }

  /// The fields; one that the version before has otherwise is told by a word as well as a shape.
  private func list(of version: RegisteredVersion, after before: RegisteredVersion?) -> Markup {
    let earlier = before.map { Dictionary(lines(of: $0)) { first, _ in first } }
    return .parent(
      "dl",
      lines(of: version).flatMap { label, value -> [Markup] in
        let isChanged = earlier.map { $0[label] != value } ?? false
        let mark: [Markup] =
          isChanged
          ? [
            .leaf("span", ["class": "mark soon"], "◆ \(language.text("有变更", "changed"))")
          ] : []
        return [.leaf("dt", [:], label), .parent("dd", [.text(value)] + mark)]
      })
  }

  private func lines(of version: RegisteredVersion) -> [(String, String)] {
    version.subject.map { SubjectText.lines($0, language) }
      ?? RecordText.lines(version.content, language)
  }
}
