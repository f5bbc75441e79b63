import ExchangeRules

// The fields that are read from a cell each, or from a cell and the citizen ID number.
extension CaseRowBuilder {
  /// The facts of S1, checked by S1.1; birth date and sex must agree with the number (S12.2).
  mutating func facts(from number: CitizenID?) -> SubjectFacts {
    let writtenBirth = date(.birthDate)
    let writtenSex = cells.read(.sex, CaseChoices.sexes.read)
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
      currentlyPregnant: cells.read(.currentlyPregnant, CaseChoices.pregnant) ?? false,
      lastBirth: pastDate(.lastBirth),
      certificate: cells.read(.certificate, CaseChoices.certificates.read) ?? .unknown,
      contraception: cells.read(.contraception, CaseChoices.contraceptions.read) ?? .unknown)
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

  mutating func address(
    _ codeField: CaseField, _ code: DivisionCode?, _ textField: CaseField
  ) -> CaseAddress? {
    let text = text(textField, atMost: 400)
    guard let code else { return nil }
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
    guard let items = cells.read(.checkItems, CheckItem.list), !items.isEmpty else { return [] }
    if kind == .serviceNotice { cells.add(.notForKind, to: .checkItems) }
    return items
  }

  mutating func text(_ field: CaseField, atMost bytes: Int) -> String {
    let text = cells.text(field)
    if text.utf8.count > bytes { cells.add(.textTooLong, to: field) }
    return text
  }

  /// What is no name is reported by the rules (S6.7).
  mutating func name() -> String {
    if cells.hasProblem(.name) { return "" }
    let name = cells.read(.name, WrittenName.read) ?? ""
    if name.utf8.count > 120 { cells.add(.textTooLong, to: .name) }
    return name
  }

  mutating func telephone() -> String {
    let telephone = cells.read(.telephone, WrittenTelephone.read) ?? ""
    if telephone.utf8.count > 40 { cells.add(.textTooLong, to: .telephone) }
    return telephone
  }

  mutating func date(_ field: CaseField) -> CivilDate? {
    cells.read(field, WrittenDate.read)
  }

  /// A date of something that has happened.
  mutating func pastDate(_ field: CaseField) -> CivilDate? {
    guard let date = date(field) else { return nil }
    if date > options.day { cells.add(.dateInTheFuture, to: field) }
    return date
  }
}
