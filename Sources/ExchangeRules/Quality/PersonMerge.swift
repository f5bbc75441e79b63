/// S12.3: two persons found to be one are merged with nothing lost and a way back.
///
/// The merge is a value that holds both as they were; whoever stores it can undo it for ever.
public struct PersonMerge: Hashable, Sendable {
  /// Whose value stands in a field on which the two differ.
  public enum Choice: Hashable, Sendable {
    case survivor
    case absorbed
  }

  /// The person whose key stays, as she was.
  public let survivor: PersonFacts
  /// The person who is merged into her, as she was.
  public let absorbed: PersonFacts
  /// The one person after the merge, under the survivor's key.
  public let merged: PersonFacts
  /// The fields in which both said something and it was not the same: each was chosen.
  public let conflicts: [PersonField]

  /// Merges two persons.
  ///
  /// Each field on which they differ needs a choice: nothing is decided by silence. A field that
  /// only one of them has is taken over.
  public init(
    _ survivor: PersonFacts, absorbing absorbed: PersonFacts, choices: [PersonField: Choice]
  ) throws(RuleFailure) {
    guard survivor.key != absorbed.key else {
      throw PersonMerge.failure(
        "key", .samePerson, "不能与自身合并", "a person is not merged into herself")
    }
    var merged = survivor
    var conflicts: [PersonField] = []
    for field in PersonField.allCases {
      let (own, other) = (survivor[field], absorbed[field])
      if own == other || other.isBlank { continue }
      if own.isBlank {
        merged.take(field, from: absorbed)
        continue
      }
      conflicts.append(field)
      guard let choice = choices[field] else {
        throw PersonMerge.failure(
          field.rawValue, .undecided, "两份档案的“\(field.label.chinese)”不同，须选择保留哪一个",
          "\(field.label.english) differs: choose which one stands")
      }
      if choice == .absorbed { merged.take(field, from: absorbed) }
    }
    self.survivor = survivor
    self.absorbed = absorbed
    self.merged = merged
    self.conflicts = conflicts
  }

  /// The fields on which two persons differ and a choice is needed.
  public static func differences(_ one: PersonFacts, _ other: PersonFacts) -> [PersonField] {
    PersonField.allCases.filter { field in
      !one[field].isBlank && !other[field].isBlank && one[field] != other[field]
    }
  }

  /// The way back: both as they were before.
  ///
  /// What was changed since the merge stays with the survivor and is listed, so that a review can
  /// move it.
  public func undone(
    current: PersonFacts
  ) -> (survivor: PersonFacts, absorbed: PersonFacts, changedSince: [PersonField]) {
    var survivor = survivor
    var changed: [PersonField] = []
    for field in PersonField.allCases where current[field] != merged[field] {
      survivor.take(field, from: current)
      changed.append(field)
    }
    return (survivor, absorbed, changed)
  }

  private static func failure(
    _ field: String, _ reason: RuleReason, _ chinese: String, _ english: String
  ) -> RuleFailure {
    RuleFailure(rule: "S12.3", field: field, reason: reason, chinese: chinese, english: english)
  }
}
