import ExchangeRules
import ReferenceData
import Testing

@Suite("Data quality (S12.2, S12.3)")
struct QualityTests {
  let register = DivisionRegister.national
  let today = CivilDate(year: 2026, month: 1, day: 1)

  /// A synthetic person without a defect.
  static func person(_ key: String = "a", change: (inout PersonFacts) -> Void = { _ in })
    -> PersonFacts
  {
    var person = PersonFacts(
      key: key, name: "王芳", citizenID: "11010519491231002X",
      birthDate: CivilDate(year: 1949, month: 12, day: 31),
      residence: Searchability.Place(code: "440305007", text: "科技园路1号"),
      household: Searchability.Place(code: "431126105203", text: "三组"))
    change(&person)
    return person
  }

  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let defects: [String]
    let change: @Sendable (inout PersonFacts) -> Void

    init(
      _ what: String, _ defects: [String], _ change: @escaping @Sendable (inout PersonFacts) -> Void
    ) {
      testDescription = what
      self.defects = defects
      self.change = change
    }
  }

  static let rows = [
    Row("nothing", []) { _ in },
    Row("no name", ["name missing"]) { $0.name = "\u{3000}" },
    Row("no sex, no birth date", ["sex missing", "birthDate missing"]) {
      $0.sex = .unknown
      $0.birthDate = nil
    },
    Row("no number", ["citizenId missing"]) { $0.citizenID = "" },
    Row("wrong check digit", ["citizenId checkDigit"]) { $0.citizenID = "110105194912310021" },
    Row("another birth date", ["birthDate differsFromNumber"]) {
      $0.birthDate = CivilDate(year: 1949, month: 12, day: 30)
    },
    Row("another sex", ["sex differsFromNumber"]) { $0.sex = .male },
    Row("no addresses", ["residence.text missing", "household.text missing"]) {
      $0.residence = Searchability.Place(code: "", text: "")
      $0.household = Searchability.Place(code: "", text: "")
    },
    Row("a code that is none", ["residence.code notACode"]) { $0.residence.code = "44" },
    Row("a code that never was", ["residence.code unknownDivision"]) {
      $0.residence.code = "440399001"
    },
    Row("a prefecture", ["residence.code tooCoarse"]) { $0.residence.code = "440300" },
    Row("an address that says nothing", ["household.text vague"]) { $0.household.text = "同上" },
    Row("an address that ends at the township", ["residence.text vague"]) {
      $0.residence.text = "深圳市南山区粤海街道"
    },
    Row("a name that is none", ["name notAName"]) { $0.name = "不详" },
    Row("a village that no village is", ["household.code doubtfulVillage"]) {
      $0.household.code = "431126105999"
    },
    Row("a former county", ["household.code formerDivision"]) {
      $0.household.code = "110103001001"
    },
    Row("the same village", ["residence.code sameAsHousehold"]) {
      $0.residence.code = $0.household.code
    },
  ]

  @Test("S12.2: each defect of a person is found and named", arguments: rows)
  func defects(row: Row) {
    let person = Self.person(change: row.change)
    let defects = PersonConsistency.defects(of: person, register: register, today: today)
    #expect(defects.map { "\($0.field) \($0.reason)" } == row.defects)
    #expect(defects.allSatisfy { $0.rule == "S12.2" })
  }

  @Test("S12.2: a former division is shown with what stands there now")
  func successor() throws {
    let person = Self.person { $0.household.code = "110103001001" }
    let defects = PersonConsistency.defects(of: person, register: register, today: today)
    #expect(defects.first?.text.chinese == "户籍地代码所在区划已撤销，现为110101")
  }

  @Test(
    "S12.2: register and collection card are compared; spellings of one number are no difference")
  func card() {
    let registered = Self.person { $0.citizenID = "110105491231002" }
    let card = Self.person {
      $0.name = "王 芳 "
      $0.citizenID = "１１０１０５１９４９１２３１００２x"
      $0.residence.code = "440305007000"
      $0.household.text = "四组"
    }
    let differences = CardComparison.differences(register: registered, card: card)
    #expect(differences.map(\.field) == [.householdText])
    #expect(differences.last?.registered == "三组" && differences.last?.onCard == "四组")
  }

  @Test(
    "S12.3: duplicates are found by number, by legacy pair, and by name, birth date and village")
  func duplicates() {
    let other = "440305198001010020"
    let persons = [
      Self.person("a"), Self.person("b") { $0.citizenID = "11010519491231002x" },
      Self.person("c") { $0.citizenID = "\(other)" },
      Self.person("d") {
        $0.citizenID = ""
        $0.household.text = "七组"
      },
      Self.person("e") {
        $0.citizenID = "110105500101002"
        $0.name = "李娜"
      },
      Self.person("f") {
        $0.citizenID = CitizenIDReport.normalizing("110105500101002")
        $0.name = "李 娜"
      },
      // Placeholders are nobody's number; without a village a name says nothing.
      Self.person("g") {
        $0.citizenID = "000000000000000000"
        $0.household.code = "431126"
      },
      Self.person("h") {
        $0.citizenID = "000000000000000000"
        $0.household.code = "431126"
      },
    ]
    let groups = DuplicateGroup.groups(among: persons)
    #expect(groups.map(\.ground) == [.sameNumber, .legacyPair, .sameNameBirthVillage])
    #expect(groups.map(\.keys) == [["a", "b"], ["e", "f"], ["a", "b", "c", "d"]])
    #expect(DuplicateGroup.groups(among: Array(persons.prefix(2))).count == 1)
    #expect(DuplicateGroup.groups(among: persons.reversed()) == groups)
  }

  @Test("S12.3: spellings of one name are one; two characters or digits swapped are suggested")
  func spellings() {
    func numberless(_ key: String, _ name: String) -> PersonFacts {
      Self.person(key) {
        $0.citizenID = ""
        $0.name = name
      }
    }
    let persons = [
      numberless("a", "阿依古丽·买买提"), numberless("b", "阿依古丽•买买提"), numberless("c", "阿依古丽 买买提"),
      numberless("d", "王样例"), numberless("e", "王例样"), numberless("f", "王例"),
      Self.person("g") {
        $0.citizenID = "440305198001010020"
        $0.birthDate = nil
      },
      Self.person("h") {
        $0.citizenID = "440305198001010200"
        $0.birthDate = nil
      },
    ]
    let groups = DuplicateGroup.groups(among: persons)
    #expect(groups.map(\.ground) == [.sameNameBirthVillage, .transposedName, .transposedNumber])
    #expect(groups.map(\.keys) == [["a", "b", "c"], ["d", "e"], ["g", "h"]])
  }

  @Test("S12.3: a merge needs a choice for each difference, and takes over what only one has")
  func merge() throws {
    let one = Self.person("a") { $0.birthDate = nil }
    let other = Self.person("b") {
      $0.name = "王方"
      $0.household.text = ""
    }
    #expect(PersonMerge.differences(one, other) == [.name])
    let undecided = #expect(throws: RuleFailure.self) {
      try PersonMerge(one, absorbing: other, choices: [:])
    }
    #expect(undecided?.field == "name" && undecided?.reason == "undecided")
    let merge = try PersonMerge(one, absorbing: other, choices: [.name: .absorbed])
    #expect(merge.conflicts == [.name])
    #expect(merge.merged.key == "a" && merge.merged.name == "王方")
    #expect(merge.merged.birthDate == other.birthDate && merge.merged.household.text == "三组")
    let itself = #expect(throws: RuleFailure.self) {
      try PersonMerge(one, absorbing: one, choices: [:])
    }
    #expect(itself?.reason == "samePerson")
  }

  @Test("S12.3: nothing is lost by a merge, and what changed since it is kept and listed")
  func wayBack() throws {
    let one = Self.person("a")
    let other = Self.person("b") { $0.residence.text = "科技园路2号" }
    let merge = try PersonMerge(one, absorbing: other, choices: [.residenceText: .absorbed])
    let back = merge.undone(current: merge.merged)
    #expect(back.survivor == one && back.absorbed == other && back.changedSince.isEmpty)
    var later = merge.merged
    later.household.text = "五组"
    let after = merge.undone(current: later)
    #expect(after.changedSince == [.householdText])
    #expect(after.survivor.household.text == "五组")
    #expect(after.survivor.residence.text == one.residence.text && after.absorbed == other)
  }

  @Test("S12.3: persons without a number are listed, placeholders among them")
  func numberless() {
    let persons = [
      Self.person("a"), Self.person("b") { $0.citizenID = " " },
      Self.person("c") {
        $0.citizenID = ""
        $0.citizenIDReason = "未登记户口"
      },
      Self.person("d") { $0.citizenID = "000000198001010000" },
    ]
    let list = NumberlessPerson.list(among: persons)
    #expect(list.map(\.key) == ["b", "c", "d"])
    #expect(list.map(\.hasReason) == [false, true, false])
    #expect(list.map(\.hasPlaceholder) == [false, false, true])
  }
}
