import ExchangeRules

/// Makes a case out of the cells of a record, or says all that keeps it from being one.
///
/// It does not stop at the first problem: who corrects a row wants to do it once.
struct CaseRowBuilder {
  let options: CaseFileOptions
  var cells: RowCells
  let line: Int

  init(options: CaseFileOptions, cells: RowCells, line: Int) {
    self.options = options
    self.cells = cells
    self.line = line
  }

  /// The case; nil where there are problems, which ``cells`` then holds.
  mutating func build() -> CaseRow? {
    checkForm()
    let kind = self.kind()
    let category = self.category(of: kind)
    let residenceCode = cells.read(.residenceCode, WrittenDivision.read)
    let householdCode = cells.read(.householdCode, WrittenDivision.read)
    checkSearchability(residenceCode, householdCode)
    let citizenID = self.citizenID()
    let facts = self.facts(from: CitizenID(citizenID))
    let residence = address(.residenceCode, residenceCode, .residenceText)
    let household = address(.householdCode, householdCode, .householdText)
    let sides = residence.flatMap { here in household.flatMap { self.sides(here, $0) } }
    let occurred = pastDate(.occurred)
    let registered = pastDate(.registered)
    let checkItems = self.checkItems(of: kind)
    let question = text(.question, atMost: 1000)
    let record = category.map { self.record(of: $0) } ?? [:]
    let name = self.name()
    let reason = text(.noCitizenIDReason, atMost: 400)
    let telephone = self.telephone()
    let remark = text(.remark, atMost: 2000)
    guard cells.problems.isEmpty, let kind, let category, let residence, let household, let sides
    else { return nil }
    var row = CaseRow(
      line: line, id: [], kind: kind, category: category, from: sides.from, to: sides.to,
      name: name, citizenID: citizenID, noCitizenIDReason: reason, facts: facts,
      residence: residence, household: household, telephone: telephone, occurred: occurred,
      registered: registered, checkItems: checkItems, question: question, remark: remark,
      record: record)
    row.changes = cells.changes.sorted { $0.key < $1.key }.map { column, changes in
      CaseRow.Change(heading: cells.headings.texts[column], made: changes)
    }
    row.id = ItemIdentity.id(of: row)
    return row
  }

  private mutating func checkForm() {
    cells.addFaults()
    for (index, cell) in cells.cells.enumerated() where cell == nil {
      let field = index < cells.headings.meanings.count ? cells.headings.meanings[index].field : nil
      let heading = index < cells.headings.texts.count ? cells.headings.texts[index] : ""
      cells.add(
        RowProblem(
          field: field?.path ?? "", heading: heading, reason: .undecodable, maskedValue: ""))
    }
    // Content without a heading means that a comma has shifted the columns.
    let texts = cells.headings.texts
    let strays = cells.cells.indices.filter { $0 >= texts.count || texts[$0].isEmpty }
    if strays.contains(where: { !cells.content(at: $0).isEmpty }) { cells.addToRow(.extraCells) }
  }

  /// S4.
  ///
  /// A row that does not say is an assist request: that is what most files hold.
  private mutating func kind() -> ItemKind? {
    if cells.content(.kind).isEmpty { return inferredKind }
    return cells.read(.kind, CaseChoices.kinds.read)
  }

  private var inferredKind: ItemKind {
    let category = cells.content(.category)
    let isNotice =
      !category.isEmpty && (try? CaseChoices.category(cells.written(.category)))?.value != .assist
    return isNotice ? .serviceNotice : .assistRequest
  }

  /// S3.
  ///
  /// An assist request that does not say is the category of things to check.
  private mutating func category(of kind: ItemKind?) -> ExchangeRules.Category? {
    if cells.content(.category).isEmpty {
      guard let kind else { return nil }
      if kind == .assistRequest { return .assist }
      cells.add(.missing, to: .category)
      return nil
    }
    guard let category = cells.read(.category, CaseChoices.category) else { return nil }
    if kind == .serviceNotice, category == .assist { cells.add(.notForKind, to: .category) }
    return category
  }

  /// S6.7, by the shared rule; its failures are reported at the columns of the file.
  private mutating func checkSearchability(
    _ residence: DivisionCode?, _ household: DivisionCode?
  ) {
    func code(_ division: DivisionCode?, _ field: CaseField) -> String {
      division?.description ?? cells.content(field)
    }
    let failures = Searchability(
      name: cells.content(.name), citizenID: cells.content(.citizenID),
      noCitizenIDReason: cells.content(.noCitizenIDReason),
      residence: .init(
        code: code(residence, .residenceCode), text: cells.content(.residenceText)),
      household: .init(
        code: code(household, .householdCode), text: cells.content(.householdText))
    ).failures
    // A code that cannot be read has been reported with what is wrong with it.
    for failure in failures where !cells.problems.contains(where: { $0.field == failure.field }) {
      add(failure)
    }
    // The protocol asks for both addresses; the rule lets an item go with one.
    for field in [CaseField.residenceText, .householdText, .residenceCode, .householdCode]
    where cells.content(field).isEmpty && !cells.hasProblem(field) {
      cells.add(.missing, to: field)
    }
  }

  /// The number as it is stored: eighteen characters, or as it is read where a doubtful one or
  /// another document's is kept.
  private mutating func citizenID() -> String {
    let written = cells.written(.citizenID)
    let code = WrittenCode.read(written)
    if code.value.isEmpty { return "" }
    if WrittenCode.isScientific(code.value) {
      cells.add(ReadingRefusal(.scientificNotation), to: .citizenID)
      return ""
    }
    let report = CitizenIDReport(
      checking: written, register: options.register, today: options.day)
    cells.note(report.changes, in: .citizenID)
    // Spreadsheets keep fifteen digits of a number; the last three become zeros.
    if report.problems.contains(.checkDigit), report.normalized.hasSuffix("000") {
      cells.add(ReadingRefusal(.precisionLost), to: .citizenID)
      return ""
    }
    do {
      _ = try DoubtfulNumber.standing(
        of: report.normalized, reason: cells.content(.noCitizenIDReason),
        mayKeepDoubtful: options.mayKeepDoubtfulNumbers, register: options.register,
        today: options.day)
    } catch {
      add(error)
    }
    return report.normalized
  }

  /// Which county asks and which answers (S2.1, S4.1): the one that enters the row asks.
  private mutating func sides(
    _ residence: CaseAddress, _ household: CaseAddress
  ) -> (from: DivisionCode, to: DivisionCode)? {
    guard let here = residence.code.county, let there = household.code.county else { return nil }
    if here == there {
      cells.add(.sameCounty, to: .householdCode)
      return nil
    }
    if options.enteringDivision.contains(residence.code) { return (here, there) }
    if options.enteringDivision.contains(household.code) { return (there, here) }
    cells.add(.notOurs, to: .residenceCode)
    return nil
  }

  mutating func add(_ failure: RuleFailure) {
    let field = CaseField.allCases.first { $0.path == failure.field }
    cells.add(
      RowProblem(
        failure: failure, heading: field.map(cells.heading(of:)) ?? "",
        maskedValue: field.map { CellMask.value(cells.content($0), of: $0) } ?? ""))
  }
}
