/// S12.3: persons that look like one, for review.
///
/// Finding is not deciding: see `PersonMerge`.
public struct DuplicateGroup: Hashable, Sendable {
  /// Why.
  public let ground: DuplicateGround
  /// Who: the keys of two or more persons, in order.
  public let keys: [String]

  /// The groups among persons, by ground and then by key.
  ///
  /// Names are compared by ``WrittenName/key(_:)`` and numbers as ``CitizenIDReport`` reads them, so
  /// that a spelling is no difference. A placeholder is nobody's number; persons already grouped by
  /// one ground are not shown again for a weaker one.
  public static func groups(among persons: [PersonFacts]) -> [DuplicateGroup] {
    let entries = persons.map(Entry.init)
    var groups = sameNumber(entries)
    var known = Set(groups.map(\.keys))
    for found in [sameName(entries), transposedNames(entries), transposedNumbers(entries)] {
      for group in found where known.insert(group.keys).inserted { groups.append(group) }
    }
    return groups.sorted { left, right in
      left.ground != right.ground
        ? left.ground.order < right.ground.order : left.keys.lexicographicallyPrecedes(right.keys)
    }
  }

  private init(ground: DuplicateGround, _ entries: some Sequence<Entry>) {
    self.ground = ground
    keys = entries.map(\.key).sorted()
  }

  private static func sameNumber(_ entries: [Entry]) -> [DuplicateGroup] {
    let numbered = entries.filter { !$0.number.isEmpty }
    return Dictionary(grouping: numbered, by: \.number).values.filter { $0.count > 1 }
      .map { group in
        let isMixed = Set(group.map(\.isLegacy)).count > 1
        return DuplicateGroup(ground: isMixed ? .legacyPair : .sameNumber, group)
      }
  }

  private static func sameName(_ entries: [Entry]) -> [DuplicateGroup] {
    var groups: [NameKey: [Entry]] = [:]
    for entry in entries {
      if let name = entry.nameKey { groups[name, default: []].append(entry) }
    }
    return groups.values.filter { $0.count > 1 }
      .map { DuplicateGroup(ground: .sameNameBirthVillage, $0) }
  }

  private static func transposedNames(_ entries: [Entry]) -> [DuplicateGroup] {
    var alike: [NameKey: [Entry]] = [:]
    for entry in entries {
      guard var letters = entry.nameKey else { continue }
      letters.name = String(letters.name.sorted())
      alike[letters, default: []].append(entry)
    }
    return alike.values.flatMap { entries in
      pairs(of: entries, by: \.name, WrittenName.isTransposed)
        .map { DuplicateGroup(ground: .transposedName, $0) }
    }
  }

  private static func transposedNumbers(_ entries: [Entry]) -> [DuplicateGroup] {
    struct Digits: Hashable {
      let name: String
      let village: DivisionCode
      let sorted: String
    }
    var alike: [Digits: [Entry]] = [:]
    for entry in entries where !entry.number.isEmpty && !entry.name.isEmpty {
      guard let village = entry.village else { continue }
      let digits = Digits(
        name: entry.name, village: village, sorted: String(entry.number.sorted()))
      alike[digits, default: []].append(entry)
    }
    return alike.values.flatMap { entries in
      pairs(of: entries, by: \.number, WrittenName.isTransposed)
        .map { DuplicateGroup(ground: .transposedNumber, $0) }
    }
  }

  /// The entries of each two values that are alike.
  private static func pairs(
    of entries: [Entry], by value: (Entry) -> String, _ isAlike: (String, String) -> Bool
  ) -> [[Entry]] {
    let byValue = Dictionary(grouping: entries, by: value)
    let values = byValue.keys.sorted()
    var found: [[Entry]] = []
    for (index, one) in values.enumerated() {
      for other in values[(index + 1)...] where isAlike(one, other) {
        found.append((byValue[one] ?? []) + (byValue[other] ?? []))
      }
    }
    return found
  }

  /// What is compared of a person, read once.
  private struct Entry {
    let key: String
    /// Of 18 characters where it can be read; empty for none and for a placeholder.
    let number: String
    /// Whether the card has 15 digits.
    let isLegacy: Bool
    let name: String
    let village: DivisionCode?
    let nameKey: NameKey?

    init(_ person: PersonFacts) {
      key = person.key
      let number = CitizenIDReport.normalizing(person.citizenID)
      self.number = DoubtfulNumber.isPlaceholder(number) ? "" : number
      isLegacy = CitizenIDReport.spelling(person.citizenID) != number
      name = WrittenName.key(person.name)
      let division = (try? WrittenDivision.read(person.household.code))?.value
      village = division?.level == .village ? division : nil
      if !name.isEmpty, let birthDate = person.birthDate, let village {
        nameKey = NameKey(name: name, birthDate: birthDate, village: village)
      } else {
        nameKey = nil
      }
    }
  }

  /// Name, birth date and household village.
  private struct NameKey: Hashable {
    var name: String
    let birthDate: CivilDate
    let village: DivisionCode
  }
}

extension DuplicateGround {
  fileprivate var order: Int { DuplicateGround.allCases.firstIndex(of: self) ?? 0 }
}
