import ExchangeRules

// The fields that are read from a cell each, or from a cell and the citizen ID number.
extension CaseRowBuilder {
  /// The facts of S1, checked by S1.1; birth date and sex must agree with the number (S12.2).
  mutating func facts(from number: CitizenID?) -> SubjectFacts {
    let writtenBirth = date(.birthDate)
    let writtenSex = choice(.sex, CaseRowBuilder.sexes)
    if let number {
      if let writtenBirth, writtenBirth != number.birthDate {
        cells.add(.differsFromCitizenID, to: .birthDate)
      }
      if let writtenSex, writtenSex != .unknown, writtenSex != number.sex {
        cells.add(.differsFromCitizenID, to: .sex)
      }
    }
    let facts = SubjectFacts(
      birthDate: writtenBirth ?? number?.birthDate,
      sex: number?.sex ?? writtenSex ?? .unknown,
      currentlyPregnant: yesNo(.currentlyPregnant) ?? false,
      lastBirth: pastDate(.lastBirth),
      certificate: choice(.certificate, CaseRowBuilder.certificates) ?? .unknown,
      contraception: choice(.contraception, CaseRowBuilder.contraceptions) ?? .unknown)
    // A cell that is wrong by itself has been reported; what follows from it is no second problem.
    let reported = Set(cells.problems.map(\.field))
    if let failure = SubjectRule.check(facts, on: options.day).failure,
      !reported.contains(failure.field),
      failure.field != CaseField.birthDate.path || !reported.contains(CaseField.citizenID.path)
    {
      add(failure)
    }
    return facts
  }

  mutating func address(_ codeField: CaseField, _ textField: CaseField) -> CaseAddress? {
    let text = text(textField, atMost: 400)
    guard let code = DivisionCode(cells.code(codeField)) else { return nil }
    guard options.register.isActive(code) else {
      addMissingDivision(code, to: codeField)
      return nil
    }
    return CaseAddress(code: code, text: text)
  }

  /// A division that was abolished has successors, which the remedy names.
  private mutating func addMissingDivision(_ code: DivisionCode, to field: CaseField) {
    var problem = RowProblem(
      field: field.path, heading: cells.heading(of: field), reason: .unknownDivision,
      maskedValue: CellMask.value(cells.content(field), of: field))
    let county = code.county ?? code
    if options.register.everExisted(county), !options.register.isActive(county) {
      let successors = options.register.currentSuccessors(of: county)
        .map { "\($0) \(options.register.fullName(of: $0) ?? "")" }
      if !successors.isEmpty {
        problem.remedy = BilingualText(
          chinese: "该区划已撤并，现为：\(successors.joined(separator: "、"))",
          english: "the division was abolished; it is now \(successors.joined(separator: ", "))")
      }
    }
    cells.add(problem)
  }

  mutating func checkItems(of kind: ItemKind?) -> [CheckItem] {
    let written = cells.content(.checkItems)
    if written.isEmpty { return [] }
    guard let items = CheckItem.list(written) else {
      cells.add(.unknownValue, to: .checkItems)
      return []
    }
    if kind == .serviceNotice { cells.add(.notForKind, to: .checkItems) }
    return items
  }

  mutating func text(_ field: CaseField, atMost bytes: Int) -> String {
    let text = cells.content(field)
    if text.utf8.count > bytes { cells.add(.textTooLong, to: field) }
    return text
  }

  mutating func date(_ field: CaseField) -> CivilDate? {
    let written = cells.content(field)
    if written.isEmpty { return nil }
    switch CellDate.parse(written) {
    case .success(let date): return date
    case .failure(let refusal):
      cells.add(refusal.reason, to: field)
      return nil
    }
  }

  /// A date of something that has happened.
  mutating func pastDate(_ field: CaseField) -> CivilDate? {
    guard let date = date(field) else { return nil }
    if date > options.day { cells.add(.dateInTheFuture, to: field) }
    return date
  }

  mutating func yesNo(_ field: CaseField) -> Bool? {
    let written = cells.code(field)
    if written.isEmpty { return nil }
    let answer = CaseRowBuilder.yesNo(written)
    if answer == nil { cells.add(.unknownValue, to: field) }
    return answer
  }

  /// Yes or no, also in the words of the vendors' dictionary (现孕一孩, 现孕二孩).
  static func yesNo(_ written: String) -> Bool? {
    switch written.lowercased() {
    case "是", "有", "现孕", "怀孕", "现孕一孩", "现孕二孩", "现孕多孩", "1", "y", "yes", "true", "√": true
    case "否", "无", "没有", "未孕", "未怀孕", "不是", "0", "2", "n", "no", "false", "×": false
    default: nil
    }
  }

  private mutating func choice<Value>(
    _ field: CaseField, _ values: [(value: Value, words: [String])]
  ) -> Value? {
    let written = cells.code(field).lowercased()
    if written.isEmpty { return nil }
    let found = values.first { $0.words.contains(written) }
    if found == nil { cells.add(.unknownValue, to: field) }
    return found?.value
  }

  private static let sexes: [(value: Sex, words: [String])] = [
    (.female, ["女", "女性", "2", "f", "female"]),
    (.male, ["男", "男性", "1", "m", "male"]),
    (.unknown, ["未知", "不详", "0", "9", "unknown"]),
  ]

  /// The vendors' dictionary JS1051 (1 有证, 2 没有证) and what offices write.
  private static let certificates: [(value: CertificateStatus, words: [String])] = [
    (.valid, ["有证", "有", "持证", "已持证", "持有", "持有效证明", "有效", "1", "valid", "yes"]),
    (.none, ["没有证", "无证", "无", "没有", "未持证", "未持有", "2", "none", "no"]),
    (
      .nonConforming,
      ["不规范", "证明不规范", "证件不规范", "过期", "已过期", "失效", "3", "nonconforming", "non-conforming"]
    ),
    (.unknown, ["不详", "未知", "0", "unknown"]),
  ]

  /// The vendors' dictionary JS1018.
  ///
  /// Long-acting are sterilisation, the intrauterine device and the implant.
  private static let contraceptions: [(value: Contraception, words: [String])] = [
    (
      .longActing,
      [
        "长效", "长效避孕措施", "男扎", "女扎", "结扎", "上环", "放环", "皮埋", "宫内节育器", "输卵管结扎",
        "输精管结扎", "皮下埋植", "宫型含铜", "iud", "001", "002", "003", "007", "009", "010", "011",
        "longacting", "long-acting",
      ]
    ),
    (
      .other,
      [
        "其他", "其他避孕措施", "其他避孕法", "避孕套", "安全套", "服药", "服注药", "口服药", "外用药", "药具",
        "004", "005", "006", "012", "other",
      ]
    ),
    (.none, ["未避孕", "无", "没有", "未采取", "未落实", "008", "none"]),
    (.unknown, ["不详", "未知", "unknown"]),
  ]
}

extension CellDate.Refusal {
  /// The reason under which a row is refused.
  var reason: RowReason {
    switch self {
    case .serialNumber: .dateSerialNumber
    case .shortYear: .dateShortYear
    case .dayMissing: .dateDayMissing
    case .yearNotFirst: .dateYearNotFirst
    case .notADate: .notADate
    }
  }
}
