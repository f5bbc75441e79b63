public import ExchangeRules

/// One thing that keeps a row out: where, what is wrong with it, and what to do.
public struct RowProblem: Sendable, Hashable {
  /// The field in lowerCamelCase, such as `citizenId`; empty where the row as a whole is meant.
  public var field: String
  /// The column's heading as it stands in the file, or the proper one where the column is missing.
  public var heading: String
  /// A stable word for programs.
  public var reason: String
  /// The value, masked where it tells who the person is (G3); empty where there is none.
  public var maskedValue: String
  /// What is wrong.
  public var text: BilingualText
  /// What to do about it.
  public var remedy: BilingualText

  /// A problem of a file's own kind.
  public init(field: String, heading: String, reason: RowReason, maskedValue: String) {
    self.field = field
    self.heading = heading
    self.reason = reason.rawValue
    self.maskedValue = maskedValue
    text = reason.text
    remedy = reason.remedy
  }

  /// A cell of a spreadsheet that has no value; `place` is its name where it has one, such as `C7`.
  init(field: String, heading: String, fault: CellFault, at place: String?) {
    let (reason, value): (RowReason, String) =
      switch fault {
      case .failedFormula(let error): (.failedFormula, error)
      case .noSavedValue: (.formulaWithoutValue, "")
      case .merged(let first): (.mergedCell, first)
      case .noSuchDay: (.noSuchDay, "")
      }
    self.init(field: field, heading: heading, reason: reason, maskedValue: value)
    if let place {
      text = BilingualText(
        chinese: "\(text.chinese)（单元格 \(place)）", english: "\(text.english) (cell \(place))")
    }
  }

  /// A value that cannot be read.
  public init(field: String, heading: String, refusal: ReadingRefusal, maskedValue: String) {
    self.field = field
    self.heading = heading
    reason = refusal.reason.rawValue
    self.maskedValue = maskedValue
    text = refusal.text
    remedy = refusal.remedy
  }

  /// A rule of the exchange that the row does not meet.
  public init(failure: RuleFailure, heading: String, maskedValue: String) {
    field = failure.field
    self.heading = heading
    reason = failure.reason
    self.maskedValue = maskedValue
    text = failure.text
    remedy = RuleRemedy.text(for: failure)
  }

  /// A refusal by a node that was asked to take the row: its stable word and its sentence.
  public init(field: String, heading: String, nodeReason: String, text: BilingualText) {
    self.field = field
    self.heading = heading
    reason = nodeReason
    maskedValue = ""
    self.text = BilingualText(
      chinese: "节点未接受：\(text.chinese)", english: "the node refused it: \(text.english)")
    remedy = BilingualText(
      chinese: "核对并更正后重新导入", english: "check and correct it, then import it again")
  }

  /// One line for the column 原因 of a rejects file: it leaves the value out, which stands beside.
  public var chineseLine: String {
    "\(heading.isEmpty ? "" : heading + "：")\(text.chinese)（\(remedy.chinese)）"
  }
}
