/// What was asked for about an item, and who has decided what (PIPL, articles 46 and 47).
///
/// The county that takes it up decides first, by a second person; then the other one, where the item
/// was passed on to it. Each decides for what it holds itself.
public struct AskedRights: Hashable, Sendable {
  /// One thing that was asked for.
  public struct Asked: Hashable, Sendable {
    /// The event that asks.
    public let digest: EventDigest
    /// For what.
    public let right: PersonRight
    /// The county that has taken it up.
    public let division: String
    /// Whoever took it up there.
    public let account: String
    /// Whether it was granted, by each county that has decided.
    public fileprivate(set) var decisions: [String: Bool] = [:]
  }

  /// All that was asked for, in the order of the events.
  public private(set) var asked: [Asked] = []
  private let parties: ItemParties
  /// Whether the other county may have the item.
  private var isPassedOn = false

  /// - Parameters:
  ///   - events: The events of an item that have effect, in order.
  ///   - parties: Between whom it is exchanged.
  public init(of events: some Sequence<HistoryEvent>, between parties: ItemParties) {
    self.parties = parties
    for event in events {
      if event.kind == .relayed { isPassedOn = true }
      switch event.right {
      case .asks(let right, let account):
        asked.append(
          Asked(digest: event.digest, right: right, division: event.division, account: account))
      case .decides(let digest, let granted, _):
        guard let place = asked.firstIndex(where: { $0.digest == digest }) else { continue }
        asked[place].decisions[event.division] = granted
      case nil: continue
      }
    }
  }

  /// How many decisions a county owes.
  public func owed(by county: String) -> Int {
    asked.count { $0.decisions[county] == nil && deciders(of: $0).contains(county) }
  }

  /// Whether a county is to erase what it holds of the item: it has granted that, and nobody has still
  /// to decide, who could not tell it any more.
  public func isErased(at county: String) -> Bool {
    asked.contains { isSettled($0) && $0.right == .erasure && $0.decisions[county] == true }
  }

  /// The same of a province, which keeps what one of the two counties keeps.
  public var isErasedOnTheWay: Bool {
    asked.contains { asked in
      isSettled(asked) && asked.right == .erasure && asked.decisions.values.allSatisfy { $0 }
    }
  }

  /// Why a step has no place behind these; nil where it has.
  func check(_ event: HistoryEvent, in state: ItemState) -> RuleFailure? {
    switch event.right {
    case .asks(.erasure, _) where !AskedRights.ends.contains(state):
      return RuleFailure(
        rule: "PIPL 47", field: "item.state", reason: .wrongState,
        chinese: "当前状态为“\(state.label.chinese)”；须先办结或撤回，再请求删除",
        english: "the item is \(state.word); it is closed or withdrawn before it is erased")
    case .decides(let digest, _, let account):
      guard let asked = asked.first(where: { $0.digest == digest }),
        asked.decisions[event.division] == nil
      else {
        return RuleFailure(
          rule: "PIPL 50", field: "request", reason: .notAwaited,
          chinese: "没有等待本单位决定的请求", english: "no request waits for a decision of this office")
      }
      if event.division == asked.division {
        return account == asked.account ? AskedRights.samePerson : nil
      }
      return asked.decisions[asked.division] == true ? nil : AskedRights.notApproved
    case .asks, nil: return nil
    }
  }

  private static let ends: Set<ItemState> = [.closed, .refused, .withdrawn]

  private static let samePerson = RuleFailure(
    rule: "PIPL 51", field: "event.actor.account", reason: .secondPerson,
    chinese: "须由登记人以外的第二人批准", english: "somebody else than who took it up approves it")
  private static let notApproved = RuleFailure(
    rule: "PIPL 51", field: "request", reason: .notApproved,
    chinese: "受理单位尚未批准", english: "the county that took it up has not approved it")

  /// Who decides on it, as it stands.
  private func deciders(of asked: Asked) -> [String] {
    let others = [parties.from, parties.to].filter { $0 != asked.division }
    return asked.decisions[asked.division] == true && isPassedOn
      ? [asked.division] + others : [asked.division]
  }

  private func isSettled(_ asked: Asked) -> Bool {
    deciders(of: asked).allSatisfy { asked.decisions[$0] != nil }
  }
}
