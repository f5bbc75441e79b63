public import ExchangeRules

/// `xiecha check-id --batch`: one citizen ID number a line, one JSON answer a line, in order.
public struct CheckIDBatch: Sendable {
  private let register: DivisionRegister
  private let today: CivilDate?

  /// Answers by a register of divisions; a birth date after `today` is a problem.
  public init(register: DivisionRegister, today: CivilDate?) {
    self.register = register
    self.today = today
  }

  /// Appends the answer to a line, and a line end.
  ///
  /// `nil` is a line that was too long.
  public func answer(line: Span<UInt8>?, into output: inout [UInt8]) {
    if let line {
      CheckIDBatch.write(
        CitizenIDReport(checking: line, register: register, today: today), into: &output)
    } else {
      output.write(BatchRefusal.tooLong)
    }
    output.append(UInt8(ascii: "\n"))
  }

  /// The answer to a line, without a line end.
  public func answer(line: String) -> String {
    var output: [UInt8] = []
    answer(line: [UInt8](line.utf8).span, into: &output)
    return String(decoding: output.dropLast(), as: UTF8.self)
  }

  /// What cannot be read is `null`.
  ///
  /// `document` stands where the number is of another one than a citizen's card, `changed` where the
  /// number was written otherwise than it is read.
  private static func write(_ report: CitizenIDReport, into output: inout [UInt8]) {
    output.write("{\"value\":")
    output.writeQuoted(report.value)
    output.write(
      report.isValid ? ",\"valid\":true,\"normalized\":" : ",\"valid\":false,\"normalized\":")
    output.writeQuoted(report.normalized)
    output.write(",\"birthDate\":")
    if let birthDate = report.birthDate {
      output.write(birthDate)
    } else {
      output.write("null")
    }
    output.write(",\"sex\":")
    switch report.sex {
    case .unknown: output.write("null")
    case .male: output.write("\"male\"")
    case .female: output.write("\"female\"")
    }
    output.write(",\"region\":")
    if let region = report.region {
      output.writeQuoted(region)
    } else {
      output.write("null")
    }
    output.write(",\"problems\":[")
    var isFirst = true
    for problem in report.problems {
      if !isFirst { output.write(",") }
      isFirst = false
      output.writeQuoted(problem.rawValue)
    }
    output.write("]")
    if let document = report.document, document != .citizenCard {
      output.write(",\"document\":")
      output.writeQuoted(document.rawValue)
    }
    if !report.changes.isEmpty {
      output.write(",\"changed\":[")
      for (index, word) in report.changes.words.enumerated() {
        if index > 0 { output.write(",") }
        output.writeQuoted(word)
      }
      output.write("]")
    }
    output.write("}")
  }
}
