/// The person responsible for an item that is late (S9.2).
public struct ResponsiblePerson: Hashable, Sendable {
  /// Who did something to an item.
  public struct Act: Hashable, Sendable {
    /// The account.
    public var account: String
    /// Its division.
    public var division: DivisionCode

    /// An act.
    public init(account: String, division: DivisionCode) {
      self.account = account
      self.division = division
    }
  }

  /// Why it is this person.
  public enum Ground: Int, CaseIterable, Hashable, Sendable {
    /// The last one of the office that holds the item who did something to it.
    case lastActor = 1
    /// Nobody there has touched it: the office's dedicated operator (S10.1).
    case dedicatedOperator = 2

    /// What an operator reads.
    public var label: BilingualText {
      switch self {
      case .lastActor: BilingualText(chinese: "最后经办", english: "acted last")
      case .dedicatedOperator: BilingualText(chinese: "专职人员", english: "dedicated operator")
      }
    }
  }

  /// The account.
  public let account: String
  /// Why.
  public let ground: Ground

  /// Finds the person.
  ///
  /// - Parameters:
  ///   - holder: The office that holds the item: its township or village, or the county itself.
  ///   - acts: What was done to it on the answering side, the oldest first.
  ///   - operators: The dedicated operator of each office, as far as they are known.
  /// - Returns: Nil where nobody is known: then the office answers for it.
  public static func find(
    holder: DivisionCode, acts: [Act], operators: [DivisionCode: String]
  ) -> ResponsiblePerson? {
    let office = holder.township ?? holder
    let isOffice: (DivisionCode) -> Bool = { ($0.township ?? $0) == office }
    if let last = acts.last(where: { isOffice($0.division) }) {
      return ResponsiblePerson(account: last.account, ground: .lastActor)
    }
    return operators[office].map { ResponsiblePerson(account: $0, ground: .dedicatedOperator) }
  }
}
