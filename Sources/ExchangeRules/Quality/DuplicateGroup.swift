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
  /// A placeholder is nobody's number; two persons already grouped by number are not shown again
  /// for their name.
  public static func groups(among persons: [PersonFacts]) -> [DuplicateGroup] {
    var byNumber: [String: [PersonFacts]] = [:]
    var byName: [NameKey: [PersonFacts]] = [:]
    for person in persons {
      let number = CitizenIDReport.normalizing(person.citizenID)
      if !number.isEmpty, !DoubtfulNumber.isPlaceholder(number) {
        byNumber[number, default: []].append(person)
      }
      if let key = NameKey(person) { byName[key, default: []].append(person) }
    }
    var groups: [DuplicateGroup] = []
    for group in byNumber.values where group.count > 1 {
      let lengths = Set(group.map { $0.citizenID.trimmingBlanks.count })
      groups.append(
        DuplicateGroup(ground: lengths.count > 1 ? .legacyPair : .sameNumber, persons: group))
    }
    let known = Set(groups.map(\.keys))
    for group in byName.values where group.count > 1 {
      let found = DuplicateGroup(ground: .sameNameBirthVillage, persons: group)
      if !known.contains(found.keys) { groups.append(found) }
    }
    return groups.sorted { left, right in
      left.ground != right.ground
        ? left.ground.order < right.ground.order : left.keys.lexicographicallyPrecedes(right.keys)
    }
  }

  private init(ground: DuplicateGround, persons: [PersonFacts]) {
    self.ground = ground
    keys = persons.map(\.key).sorted()
  }

  /// Name, birth date and household village; nil where one of them is not known.
  private struct NameKey: Hashable {
    let name: String
    let birthDate: CivilDate
    let village: DivisionCode

    init?(_ person: PersonFacts) {
      let name = person.name.trimmingBlanks
      guard !name.isEmpty, let birthDate = person.birthDate,
        let village = DivisionCode(person.household.code), village.level == .village
      else { return nil }
      self.name = name
      self.birthDate = birthDate
      self.village = village
    }
  }
}

extension DuplicateGround {
  fileprivate var order: Int { DuplicateGround.allCases.firstIndex(of: self) ?? 0 }
}
