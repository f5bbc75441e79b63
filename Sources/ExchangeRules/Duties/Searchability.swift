/// S6.7: an item can be searched by the other side: a name, a citizen ID number, and a detailed
/// residence or household address; a household address reaches the village or community.
public struct Searchability: Hashable, Sendable {
  /// An address as an item carries it.
  public struct Place: Hashable, Sendable {
    /// The division's code, as written.
    public var code: String
    /// Road, number, room.
    public var text: String

    /// An address.
    public init(code: String, text: String) {
      self.code = code
      self.text = text
    }

    /// Whether nothing at all is written.
    var isEmpty: Bool { code.isBlank && text.isBlank }
  }

  /// As written.
  public var name: String
  /// As written; may be blank for a person without number, with a reason.
  public var citizenID: String
  /// Why there is no number.
  ///
  /// Such a case is of its own kind (issue: persons without number).
  public var noCitizenIDReason: String
  /// 现居住地.
  public var residence: Place
  /// 户籍地.
  public var household: Place

  /// What an item carries.
  public init(
    name: String, citizenID: String, noCitizenIDReason: String = "", residence: Place,
    household: Place
  ) {
    self.name = name
    self.citizenID = citizenID
    self.noCitizenIDReason = noCitizenIDReason
    self.residence = residence
    self.household = household
  }

  /// What keeps the item from being searched; none when it can be.
  ///
  /// Both what is missing and what is written and says nothing.
  public var failures: [RuleFailure] {
    let missing = missingFailures
    let reported = Set(missing.map(\.field))
    return missing + emptyFailures.filter { !reported.contains($0.field) }
  }

  /// What is missing: what also a neighbour holds against an item that was entered elsewhere.
  ///
  /// Words are judged where they are written (``failures``): a neighbour of another version may know
  /// other words that say nothing, and an item must not be stuck between the two.
  public var missingFailures: [RuleFailure] {
    var failures: [RuleFailure] = []
    if name.isBlank {
      failures.append(
        failure("name", .missing, "缺少姓名", "the name is missing"))
    }
    if citizenID.isBlank && noCitizenIDReason.isBlank {
      failures.append(missingNumber)
    }
    if residence.isEmpty && household.isEmpty {
      failures.append(
        failure(
          "residence.text", .missing, "须填写详细的现居住地或户籍地址",
          "a detailed residence or household address is mandatory"))
    }
    if !residence.isEmpty {
      failures += placeFailures(residence, field: "residence", atLeast: .county)
    }
    if !household.isEmpty {
      failures += placeFailures(household, field: "household", atLeast: .village)
    }
    return failures
  }

  /// What is written and says nothing: no name, no reason, an address at which nobody can be found.
  private var emptyFailures: [RuleFailure] {
    var failures: [RuleFailure] = []
    if name.saysNothing {
      failures.append(
        failure("name", .notAName, "姓名栏没有姓名", "what stands for the name is no name"))
    }
    if citizenID.isBlank && noCitizenIDReason.saysNothing { failures.append(missingNumber) }
    for (place, field) in [(residence, "residence"), (household, "household")]
    where !place.isEmpty && WrittenAddress.isVague(place.text) {
      failures.append(
        failure(
          field + ".text", .vague, "地址不详细：不能只写到乡镇（街道），也不能写“不详”“同上”",
          "the address is not detailed: it ends at the township, or says nothing"))
    }
    return failures
  }

  private var missingNumber: RuleFailure {
    failure(
      "citizenId", .missing, "缺少公民身份号码；确无号码的须说明原因",
      "the citizen ID number is missing; give the reason if there is none")
  }

  private func placeFailures(
    _ place: Place, field: String, atLeast level: DivisionLevel
  ) -> [RuleFailure] {
    var failures: [RuleFailure] = []
    if let code = DivisionCode(place.code) {
      if code.level < level && !(level == .county && code.isCounty) {
        failures.append(
          failure(
            field + ".code", level == .village ? .notToVillage : .tooCoarse,
            level == .village ? "户籍地址应登记到村（社区居）委会一级（12位代码）" : "地址至少应到县（市、区）一级",
            level == .village
              ? "the household address reaches the village or community (12-digit code)"
              : "the address reaches at least the county"))
      }
    } else {
      failures.append(
        failure(
          field + ".code", place.code.isBlank ? .missing : .notACode, "行政区划代码应为6、9或12位数字",
          "a division code has 6, 9 or 12 digits"))
    }
    if place.text.isBlank {
      failures.append(
        failure(field + ".text", .missing, "缺少详细地址", "the detailed address is missing"))
    }
    return failures
  }

  private func failure(
    _ field: String, _ reason: RuleReason, _ chinese: String, _ english: String
  ) -> RuleFailure {
    RuleFailure(rule: "S6.7", field: field, reason: reason, chinese: chinese, english: english)
  }
}
