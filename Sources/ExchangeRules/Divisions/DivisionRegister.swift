/// The divisions that exist or existed: provinces, prefectures and counties since 1981 with their
/// years, and the townships of one year.
///
/// Villages are known by their township: no list of them is kept, so a village code is as good as
/// the township in front of it.
///
/// Years are all that the sources give, so a name "on a date" is the name of that year.
public struct DivisionRegister: Sendable {
  let history: DivisionHistoryText
  let townshipText: TownshipText
  /// Codes under which citizen ID numbers were given out and that are no division of `history`.
  let issuing: DivisionHistoryText

  /// A register of its texts: `code,from,until,successors,name` a line, and for townships
  /// `code,name`, all in order of code.
  ///
  /// `issuing` has the codes under which citizen ID numbers were given out though no division bears
  /// them: a city's districts together (市辖区), a city's urban area before 1983 (市区), statistical
  /// and former codes. The texts are the project's own (`ReferenceData`): lines that cannot be read
  /// are left out.
  public init(history: StaticString, townships: StaticString, issuing: StaticString = "") {
    self.history = DivisionHistoryText(history)
    townshipText = TownshipText(townships)
    self.issuing = DivisionHistoryText(issuing)
  }

  /// What a code of province, prefecture or county stood for, oldest first.
  public func entries(of code: DivisionCode) -> [DivisionEntry] {
    guard code.level <= .county else { return [] }
    return history.rows(of: code.sixDigits).compactMap(history.entry(at:))
  }

  /// Whether a division exists or ever existed; a village, whether its township does.
  public func everExisted(_ code: DivisionCode) -> Bool {
    switch code.level {
    case .province, .prefecture, .county: !history.rows(of: code.sixDigits).isEmpty
    case .township, .village: townshipName(of: code) != nil
    }
  }

  /// Whether a division exists now.
  public func isActive(_ code: DivisionCode) -> Bool {
    switch code.level {
    case .province, .prefecture, .county:
      history.rows(of: code.sixDigits).contains { history.untilYear(at: $0) == nil }
    case .township, .village: townshipName(of: code) != nil
    }
  }

  /// The name of a province, prefecture, county or township; on a date, or now.
  ///
  /// Nil when there was no such division then. Townships are known for one year only and always
  /// answer.
  public func name(of code: DivisionCode, on date: CivilDate? = nil) -> String? {
    switch code.level {
    case .village: return nil
    case .township: return townshipName(of: code)
    case .province, .prefecture, .county:
      let rows = history.rows(of: code.sixDigits)
      let row = rows.first { row in
        date.map { history.stood(row, in: $0.year) } ?? (history.untilYear(at: row) == nil)
      }
      return row.map(history.name(at:))
    }
  }

  /// The name as well as it is known: on the date, else the nearest later one, else the last.
  public func nearestName(of code: DivisionCode, on date: CivilDate) -> String? {
    guard code.level <= .county else { return name(of: code) }
    return nearestName(sixDigits: code.sixDigits, year: date.year)
  }

  /// The names from the province down, without gap, such as "广东省深圳市南山区粤海街道".
  ///
  /// A level that does not exist (a county directly under its province) is left out. Nil when the
  /// division itself is not known; a village shows its township.
  public func fullName(of code: DivisionCode, on date: CivilDate? = nil) -> String? {
    guard let own = code.level == .village ? code.township : code, everExisted(own) else {
      return nil
    }
    var names: [String] = []
    var current: DivisionCode? = own
    while let code = current {
      let name =
        date.map { nearestName(of: code, on: $0) } ?? (name(of: code) ?? lastName(of: code))
      if let name { names.append(name) }
      current = code.enclosing
    }
    return names.reversed().joined()
  }

  /// The division above that exists or existed, on a date or at all: a county directly under its
  /// province has the province.
  public func parent(of code: DivisionCode, on date: CivilDate? = nil) -> DivisionCode? {
    var current = code.enclosing
    while let candidate = current {
      let exists = date.map { name(of: candidate, on: $0) != nil } ?? everExisted(candidate)
      if exists || candidate.level == .province { return candidate }
      current = candidate.enclosing
    }
    return nil
  }

  /// The divisions that now stand where a former one stood, all changes followed to the end.
  ///
  /// For a division that lasts it is the division itself; nothing when no successor is recorded.
  public func currentSuccessors(of code: DivisionCode) -> [DivisionCode] {
    var found: Set<DivisionCode> = []
    var seen: Set<DivisionCode> = []
    var waiting = [code]
    while let next = waiting.popLast() {
      guard seen.insert(next).inserted else { continue }
      if isActive(next) {
        found.insert(next)
      } else if let last = entries(of: next).last {
        let whole = last.successors.filter { $0.year == nil }
        waiting += (whole.isEmpty ? last.successors : whole).map(\.code)
      }
    }
    return found.sorted()
  }

  /// The counties that exist now within a division, those included that are prefecture and county
  /// under one code.
  public func counties(in division: DivisionCode) -> [DivisionCode] {
    history.activeCodes().filter { $0.isCounty && division.contains($0) }
  }

  /// The townships of a county, with their names, in order of code.
  public func townships(of county: DivisionCode) -> [(code: DivisionCode, name: String)] {
    townshipText.all(startingWith: county.sixDigits)
  }

  /// The name of the township of a township or village code.
  public func townshipName(of code: DivisionCode) -> String? {
    code.township.flatMap { townshipText.name(of: Int($0.number / 1000)) }
  }

  /// The name behind the first six digits of a citizen ID number: on the birth date or next after
  /// it.
  ///
  /// Numbers given to residents from Taiwan begin with 830000, which is no division.
  public func regionName(sixDigits: Int, around date: CivilDate?) -> String? {
    if sixDigits == DivisionRegister.taiwanResidents { return "台湾居民居住证" }
    return nearestName(sixDigits: sixDigits, year: date?.year ?? 0)
      ?? issuing.rows(of: sixDigits).first.map(issuing.name(at:))
  }

  /// Whether digits 2 and 3 of a foreigner's permanent residence number are those of a province.
  func everExisted(provinceOfResidence region: Int) -> Bool {
    !history.rows(of: region / 1000 % 100 * 10_000).isEmpty
  }

  /// Measures for the residence permit of residents of Hong Kong, Macao and Taiwan (2018): numbers
  /// begin with 810000, 820000 and 830000.
  ///
  /// The first two are divisions as well.
  static let taiwanResidents = 830_000

  private func lastName(of code: DivisionCode) -> String? {
    guard code.level <= .county else { return nil }
    return history.rows(of: code.sixDigits).last.map(history.name(at:))
  }

  private func nearestName(sixDigits: Int, year: Int) -> String? {
    let rows = history.rows(of: sixDigits)
    let row =
      rows.first { history.stood($0, in: year) }
      ?? rows.first { history.fromYear(at: $0) > year } ?? rows.last
    return row.map(history.name(at:))
  }
}
